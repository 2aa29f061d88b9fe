//! The outside judges: real programs that have the last word on a file. Nothing
//! of the library is used here, so that it cannot judge itself.
//!
//! Each returns `None` where its program is not on this machine, after saying so
//! aloud; with `CI` set a missing judge fails instead. A test therefore reads
//! `let Some(report) = judges::epubcheck(&path) else { return };`
//!
//! `bash scripts/test` installs them all. They are the system's, and what lies in
//! `.judges/` (or the folder that `KANYIN_JUDGES` names).

pub(crate) mod at_hand;
mod books;
mod catalogues;
mod pdf;
mod raster;
mod trial;

pub use books::{ace, another_reader, browser, epubcheck};
pub use catalogues::{by_our_schema, catalogues, seen_by_a_reader};
pub use pdf::{
    Plates, Word, inkcov, pdffonts, pdfimages, pdfinfo_boxes, pdftotext, qpdf_check, tiffsep, words,
};
pub use raster::raster;
