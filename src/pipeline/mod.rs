//! Wires the rooms together: reads a project, builds its publications, writes
//! `out/`. It has no rules of its own, and it alone writes results.

mod build;
mod configured;
mod pictures;
mod read;
mod report;
mod write;

pub use build::{BuildOptions, Built, BuiltPublication, build};
pub use pictures::find_picture;
pub use read::{Library, Read, read_all, read_file};
