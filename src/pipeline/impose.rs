//! Imposing a finished file: read, laid on sheets, written whole or not at all.

use std::fs;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use crate::diag::{Code, Fault, Finding, Warned};
use crate::layout::Look;
use crate::print::impose::{self, Edge, Imposed, Plan, Sheet, Size};
use crate::project::whole_file;

const UNREADABLE: Code = Code::new("impose-file-unreadable");
const SHEET_UNKNOWN: Code = Code::new("impose-sheet-unknown");
const OVER_SOURCE: Code = Code::new("impose-over-source");
const UNWRITABLE: Code = Code::new("impose-unwritable");

/// What came of a file that was laid on sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetsMade {
    /// How many pages the source had.
    pub pages: usize,
    /// How many sheets there are.
    pub sheets: usize,
    /// How many sets of sheets laid into one another.
    pub signatures: usize,
    /// About which edge a sheet is turned to print its other side.
    pub turned: Edge,
}

/// Lays the pages of the file `from` on sheets and writes them to the file `to`, whole
/// or not at all. The whole file is held in memory. Only with `over_source` may both be
/// the same file.
///
/// # Errors
/// A usage fault where `from` cannot be opened, or is `to`; a fault of the work where it
/// is no PDF, is locked or damaged, its pages do not fit, or `to` cannot be written.
pub fn impose(
    from: &Path,
    to: &Path,
    plan: &Plan,
    over_source: bool,
) -> Result<Warned<SheetsMade>, Fault> {
    let name = from.display().to_string();
    let about = |mut fault: Fault| {
        for finding in &mut fault.findings {
            finding.file.get_or_insert_with(|| name.clone());
        }
        fault
    };
    let bytes = fs::read(from)
        .map_err(|e| about(Fault::usage(Finding::error(UNREADABLE).arg("why", e))))?;
    let one = |path: &Path| path.canonicalize().ok();
    if !over_source && one(to).is_some_and(|to| one(from) == Some(to)) {
        return Err(about(Fault::usage(Finding::error(OVER_SOURCE))));
    }
    let document = impose::open(&bytes).map_err(|finding| about(Fault::work(finding)))?;
    drop(bytes);
    let Warned { value: mut made, findings } = impose::impose(document, plan).map_err(about)?;
    write(&mut made, to).map_err(|e| {
        let finding = Finding::error(UNWRITABLE).arg("why", e);
        Fault::work(finding.file(to.display().to_string()))
    })?;
    let Imposed { pages, sheets, signatures, turned, .. } = made;
    let findings = findings.into_iter().map(|finding| finding.file(name.clone())).collect();
    Ok(Warned { value: SheetsMade { pages, sheets, signatures, turned }, findings })
}

fn write(made: &mut Imposed, to: &Path) -> io::Result<()> {
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = whole_file(folder.unwrap_or(Path::new(".")))?;
    let mut out = BufWriter::with_capacity(1 << 18, &mut file);
    made.document.save_to(&mut out)?;
    out.flush()?;
    drop(out);
    file.persist(to).map_err(|e| e.error)?;
    Ok(())
}

/// The sheet that a person names: one that the look's tables know, or its measures.
///
/// # Errors
/// Where it is neither; the finding lists those that are known.
pub fn sheet(look: &Look, name: &str) -> Result<Sheet, Finding> {
    let known = sheets(look);
    Sheet::named(name, &known).ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|sheet| sheet.name.as_str()).collect();
        Finding::error(SHEET_UNKNOWN).arg("sheet", name).arg("known", names.join("、"))
    })
}

/// The sheets that a look's tables know by name.
pub fn sheets(look: &Look) -> Vec<Sheet> {
    let sheet = |(name, [width, height]): (&String, &[f64; 2])| Sheet {
        name: name.clone(),
        size: Size { width: *width, height: *height },
    };
    look.sheets.iter().map(sheet).collect()
}
