//! Proofreading: rules that look at an article and say what they find, and never
//! change it. One rule, one file.

use crate::article::{Article, Origins};
use crate::diag::Finding;

/// All that the rules have to say about one article, in the order of the text.
/// `file` is what the findings name as the file.
pub fn check(file: &str, article: &Article, origins: &Origins) -> Vec<Finding> {
    let _ = (file, article, origins);
    unimplemented!()
}
