//! Wires the rooms together: reads a project, builds its publications, writes
//! `out/`. It has no rules of its own, and it alone writes results.

pub mod inspect;

mod build;
mod check;
mod configured;
mod convert;
mod pictures;
mod read;
mod report;
mod saved;
mod sites;
mod verify;
mod write;

pub use build::{BuildOptions, Built, BuiltPublication, NotMade, build};
pub use check::check;
pub use convert::{convert, home_of};
pub use pictures::find_picture;
pub use read::{Library, Read, embedded_dir, read_all, read_file, read_lists};
pub use sites::site_profiles;
pub use verify::{KeptIn, verify};
