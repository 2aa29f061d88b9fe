//! The rooms of Kanyin that read, without those that typeset.

#![allow(unused, unreachable_pub)]

#[path = "../../src/article/mod.rs"]
pub mod article;
#[path = "../../src/canonical/mod.rs"]
pub mod canonical;
#[path = "../../src/check/mod.rs"]
pub mod check;
#[path = "../../src/diag/mod.rs"]
pub mod diag;
#[path = "../../src/import/mod.rs"]
pub mod import;
#[path = "../../src/media/mod.rs"]
pub mod media;
#[path = "../../src/normalise/mod.rs"]
pub mod normalise;
