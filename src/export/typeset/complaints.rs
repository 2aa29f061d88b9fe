//! What Typst complains of, as findings with the look's file and line.

use typst::diag::{Severity, SourceDiagnostic};
use typst::{World, WorldExt};

use crate::diag::{Code, Fault, FaultKind, Finding};
use crate::layout::Look;

use super::desk::Desk;

const LOOK_WRONG: Code = Code::new("pdf-look-wrong");
const FUNCTION_MISSING: Code = Code::new("layout-function-missing");
const LOOK_DOUBTFUL: Code = Code::new("pdf-look-doubtful");

/// Warnings that mean missing text: without its font a text has no glyph at all.
const FATAL: &str = "unknown font family";

/// What Typst says of a name that a file does not have.
const NO_SUCH_NAME: &str = "unresolved import";

/// The file of a look whose functions the program's own file calls.
const DOOR: &str = "book.typ";

/// One slip, such as a bracket that is never closed, makes Typst complain of all
/// that follows. More than these help nobody.
const MOST: usize = 3;

/// The fault of a layout that failed.
pub(in crate::export) fn fault(desk: &Desk, look: &Look, errors: &[SourceDiagnostic]) -> Fault {
    let findings = errors.iter().take(MOST).map(|error| finding(desk, look, error)).collect();
    Fault { kind: FaultKind::Configuration, findings }
}

/// The findings of a layout that worked.
///
/// # Errors
/// Where a look asks for a font that there is not.
pub(in crate::export) fn warnings(
    desk: &Desk,
    look: &Look,
    warnings: &[SourceDiagnostic],
) -> Result<Vec<Finding>, Fault> {
    let fatal: Vec<SourceDiagnostic> =
        warnings.iter().filter(|w| w.message.starts_with(FATAL)).cloned().collect();
    if fatal.is_empty() {
        Ok(warnings.iter().map(|warning| finding(desk, look, warning)).collect())
    } else {
        let mut fault = fault(desk, look, &fatal);
        for finding in &mut fault.findings {
            finding.severity = crate::diag::Severity::Error;
            finding.code = LOOK_WRONG;
        }
        Err(fault)
    }
}

fn finding(desk: &Desk, look: &Look, diagnostic: &SourceDiagnostic) -> Finding {
    let mut why = diagnostic.message.to_string();
    for hint in &diagnostic.hints {
        why.push_str("; ");
        why.push_str(&hint.v);
    }
    let new = |why: String| match diagnostic.severity {
        Severity::Error => Finding::error(LOOK_WRONG).arg("why", why),
        Severity::Warning => Finding::warning(LOOK_DOUBTFUL).arg("why", why),
    };
    let Some(id) = diagnostic.span.id() else { return new(why) };
    let (source, range) = (desk.source(id).ok(), desk.range(diagnostic.span));
    let path = id.get().vpath().get_without_slash();
    if let Some(file) = look.get(path) {
        let line = source.zip(range).and_then(|(s, r)| s.lines().byte_to_line(r.start));
        return new(why).file(&file.origin).line(line.map(|line| line + 1));
    }
    // The file in which the program names the functions it calls: nobody can mend it,
    // so the look's door is named, and what is asked of it.
    let door = look.get(DOOR).map_or(DOOR, |file| file.origin.as_str());
    let called = source.zip(range).and_then(|(s, r)| Some(s.text().get(r)?.to_owned()));
    match called {
        Some(name) if diagnostic.message == NO_SUCH_NAME => {
            Finding::error(FUNCTION_MISSING).arg("door", DOOR).arg("name", name)
        }
        _ => new(why),
    }
    .file(door)
}
