//! Kanyin 刊印 reads a department's articles into one document model and
//! publishes the same words as print-ready PDF, EPUB and WeChat posts.
//!
//! ARCHITECTURE.md shows the rooms and the one way that data flows through them.

pub mod article;
pub mod canonical;
pub mod check;
pub mod deliver;
pub mod diag;
pub mod export;
pub mod import;
pub mod layout;
pub mod media;
pub mod normalise;
pub mod pipeline;
pub mod print;
pub mod project;
pub mod publication;
pub mod review;
pub mod verify;
