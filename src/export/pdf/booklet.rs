//! The booklet of a press edition: its finished inside laid on sheets, to be printed,
//! folded and stitched in the house.

use crate::diag::{Finding, Warned};
use crate::print::impose::{self, Sheet};
use crate::print::press::PressFile;

/// What a booklet is printed on.
#[derive(Debug, Clone, PartialEq)]
pub struct Booklet {
    /// The sheet.
    pub sheet: Sheet,
    /// Sheets to be advised where it is too small.
    pub known: Vec<Sheet>,
}

/// The booklet of a finished inside; `leaf` is the thickness of a leaf in millimetres.
/// None where the findings say why it cannot be laid out: the press edition stands
/// without it. They name the file as `path`.
pub(super) fn lay(
    inside: &PressFile,
    booklet: &Booklet,
    leaf: f64,
    path: &str,
) -> Warned<Option<PressFile>> {
    let Booklet { sheet, known } = booklet.clone();
    let (value, findings) = match impose::booklet(inside.document().clone(), sheet, leaf, known) {
        Ok(Warned { value, findings }) => (Some(inside.rearranged(value.document)), findings),
        Err(fault) => (None, fault.findings),
    };
    let about = |finding: Finding| finding.file(path);
    Warned { value, findings: findings.into_iter().map(about).collect() }
}
