//! Preflight of a file on disk: opens it and has it judged.

use std::fs;
use std::path::Path;

use crate::diag::{Code, Fault, Finding};
use crate::print::preflight::{self, Order, Preflight};

const UNOPENED: Code = Code::new("preflight-unopened");

/// Judges the PDF at `path`.
///
/// # Errors
/// A usage fault where the file cannot be opened, is no PDF or is damaged beyond
/// reading.
pub fn preflight(path: &Path, order: &Order) -> Result<Preflight, Fault> {
    let name = path.display().to_string();
    let bytes = fs::read(path)
        .map_err(|e| Fault::usage(Finding::error(UNOPENED).arg("why", e).file(&name)))?;
    preflight::preflight(bytes, order).map_err(|mut fault| {
        for finding in &mut fault.findings {
            finding.file = Some(name.clone());
        }
        fault
    })
}
