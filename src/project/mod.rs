//! The project folder: its `kanyin.toml`, its sources, what a person decided.
//! Knows where things lie and what was asked for; reads no article.

mod config;
mod day;
mod discover;
mod document;
mod length;
mod limits;
mod lists;
mod matter;
mod review;
mod share;
mod start;
mod switches;
mod whole;

use std::path::{Path, PathBuf};

use crate::diag::{Code, Decisions, Fault, Finding};

pub use config::{
    Arrange, Config, Epub, EpubFonts, Format, Formats, KindName, Layouts, Named, OrderName, Parts,
    PartsName, Press, Print, PublicationConfig, Select, Standard, Volumes,
};
pub use day::Day;
pub use discover::{SourceFile, sources, sources_and_links};
pub use document::{Document, OneOrMore};
pub use length::{Bleed, Flap, Ink, Side, Spine};
pub use limits::{Limits, Within};
pub use lists::{ListFile, lists, published};
pub use matter::{Book, Bulletin, Chronicle, Colophon, FirstPage, ImprintName, Said};
pub use review::{read_decisions, write_decisions};
pub use share::{Address, Share};
pub use start::{Start, start};
pub use switches::Switches;
pub use whole::whole_file;

/// The name of the configuration file.
pub const MANIFEST: &str = "kanyin.toml";

const NO_PROJECT: Code = Code::new("project-not-found");
const UNREADABLE: Code = Code::new("project-unreadable");

/// A project: a folder with a `kanyin.toml`.
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
    /// What `kanyin.toml` says.
    pub config: Config,
}

impl Project {
    /// Opens the project in this folder.
    ///
    /// # Errors
    /// A configuration fault where there is no `kanyin.toml`, or it cannot be
    /// understood: with key, line and the nearest known key.
    pub fn open(root: &Path) -> Result<Self, Fault> {
        let path = root.join(MANIFEST);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let finding = Finding::error(NO_PROJECT).arg("folder", root.display());
                return Err(Fault::configuration(finding));
            }
            Err(e) => {
                let finding = Finding::error(UNREADABLE).arg("why", e).file(MANIFEST);
                return Err(Fault::configuration(finding));
            }
        };
        Ok(Self { root: root.to_path_buf(), config: Config::parse(&text)? })
    }

    /// The project's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where the sources lie.
    pub fn sources_dir(&self) -> PathBuf {
        self.root.join("sources")
    }

    /// The project's own looks, where it has any.
    pub fn layouts_dir(&self) -> Option<PathBuf> {
        Some(self.root.join("layouts")).filter(|dir| dir.is_dir())
    }

    /// The project's own fonts folder, whether or not it exists.
    pub fn fonts_dir(&self) -> PathBuf {
        self.root.join("fonts")
    }

    /// Where results go unless a person says otherwise.
    pub fn out_dir(&self) -> PathBuf {
        self.root.join("out")
    }

    /// The cache, which may be deleted at any time.
    pub fn cache_dir(&self) -> PathBuf {
        self.root.join(".kanyin")
    }

    /// What a person accepted and refused for good, from `review.toml`.
    ///
    /// # Errors
    /// A configuration fault where the file is there and cannot be understood.
    pub fn decisions(&self) -> Result<Decisions, Fault> {
        read_decisions(&self.root)
    }
}
