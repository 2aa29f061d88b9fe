//! WeChat posts: one folder an article, the theme's CSS inlined, and a lint over
//! the final bytes.

use crate::diag::{Fault, Warned};

use super::{Artifact, Job};

/// Makes `wechat/…`: a folder for each article.
///
/// # Errors
/// Where the theme is wrong (file and line), or a picture cannot be decoded.
pub fn export(job: Job<'_>) -> Result<Warned<Vec<Artifact<'_>>>, Fault> {
    let _ = job;
    unimplemented!()
}
