//! PDF through Typst, used as a library. The look's Typst files receive the view
//! as JSON and place it; no mark-up is ever generated from an article.

use crate::diag::{Fault, Warned};

use super::{Artifact, Job};

/// The two PDFs that can be made of one publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// For the screen: links, bookmarks, tags. `ID.pdf`.
    Screen,
    /// For the press: bleed, boxes, black on K alone. `ID-print.pdf`.
    Press,
}

/// Makes the PDFs asked for.
///
/// # Errors
/// Where the look is wrong (file and line), a character has no glyph (article,
/// character, face), or a picture cannot be decoded.
pub fn export<'a>(job: Job<'a>, editions: &[Edition]) -> Result<Warned<Vec<Artifact<'a>>>, Fault> {
    let _ = (job, editions);
    unimplemented!()
}
