//! Wires the rooms together: reads a project, builds its publications, writes
//! `out/`. It has no rules of its own, and it alone writes results.

pub mod inspect;

mod across;
mod again;
mod alone;
mod apparatus;
mod build;
mod built;
mod check;
mod configured;
mod convert;
mod draft;
mod earlier;
mod folder;
mod impose;
mod inputs;
mod making;
mod medium;
mod memory;
mod names;
mod pages;
mod pictures;
mod preflight;
mod press;
mod put;
mod read;
mod record;
mod report;
mod saved;
mod sealed;
mod share;
mod sites;
mod state;
mod understand;
mod verify;
mod write;

pub use across::Dismissed;
pub use build::build;
pub use built::{BuildOptions, Built, BuiltPublication, NotMade};
pub use check::{Checked, check};
pub use convert::{convert, home_of};
pub use draft::{DraftOptions, deliver, plan_drafts, read_ledger};
pub use folder::{FolderImport, FolderOptions, Written, import_folder};
pub use impose::{SheetsMade, impose, sheet, sheets};
pub use pictures::find_picture;
pub use preflight::preflight;
pub use press::Preflighted;
pub use read::{Library, Read, embedded_dir, read_all, read_file, read_lists};
pub use share::Shared;
pub use sites::site_profiles;
pub use understand::Surroundings;
pub use verify::{KeptIn, ReadBack, read_back, verify};
