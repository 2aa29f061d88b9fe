//! What Typst complains of, as findings with the look's file and line.

use typst::diag::{Severity, SourceDiagnostic};
use typst::{World, WorldExt};

use crate::diag::{Code, Fault, FaultKind, Finding};
use crate::layout::Look;

use super::desk::Desk;

const LOOK_WRONG: Code = Code::new("pdf-look-wrong");
const LOOK_DOUBTFUL: Code = Code::new("pdf-look-doubtful");

/// Warnings that mean missing text: without its font a text has no glyph at all.
const FATAL: &str = "unknown font family";

/// The fault of a layout that failed.
pub(in crate::export) fn fault(desk: &Desk, look: &Look, errors: &[SourceDiagnostic]) -> Fault {
    let findings = errors.iter().map(|error| finding(desk, look, error)).collect();
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
    let finding = match diagnostic.severity {
        Severity::Error => Finding::error(LOOK_WRONG),
        Severity::Warning => Finding::warning(LOOK_DOUBTFUL),
    }
    .arg("why", why);
    let Some(id) = diagnostic.span.id() else { return finding };
    let path = id.get().vpath().get_without_slash();
    let origin = look.get(path).map_or(path, |file| file.origin.as_str());
    let line = desk.range(diagnostic.span).and_then(|range| {
        let source = desk.source(id).ok()?;
        source.lines().byte_to_line(range.start).map(|line| line + 1)
    });
    finding.file(origin).line(line)
}
