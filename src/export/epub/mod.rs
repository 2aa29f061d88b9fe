//! EPUB 3.3 by our own writer.

use crate::diag::{Fault, Warned};

use super::{Artifact, Job};

/// Makes `ID.epub`.
///
/// # Errors
/// Where the look is wrong (file and line), a face cannot be subset, or a picture
/// cannot be decoded.
pub fn export(job: Job<'_>) -> Result<Warned<Vec<Artifact<'_>>>, Fault> {
    let _ = job;
    unimplemented!()
}
