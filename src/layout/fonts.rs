//! The fonts and colour profiles a project may use: `fonts/manifest.toml` names them,
//! the files are fetched and checked by sha256. The system's own fonts are never asked, and
//! nothing is fetched here: that is the command line's affair.

mod digest;
mod glance;
mod manifest;
mod shelf;

pub use digest::{sha256, sha256_of_file};
pub use glance::Glance;
pub use manifest::{
    Archive, Face, Package, PressProfile, Supply, faces, packages, profiles, supplies,
};
pub use shelf::FontShelf;
pub(super) use shelf::unknown_face;
