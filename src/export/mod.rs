//! From a publication to finished files. An exporter is one function: job in,
//! artifacts out. Exporters never write to disk; the pipeline does.

pub mod cover;
pub mod epub;
pub mod html;
pub mod pdf;
pub mod share;
pub mod view;
pub mod wechat;

mod artifact;
mod typeset;

pub use artifact::{Artifact, Body, Stream, WriteSeek};

use crate::diag::Progress;
use crate::layout::{FontShelf, Look};
use crate::media::Album;

/// What every exporter is given.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// The publication, as layouts see it.
    pub view: &'a view::View,
    /// The look to give it.
    pub look: &'a Look,
    /// The fonts that may be used; no others are.
    pub fonts: &'a FontShelf,
    /// The pictures.
    pub album: &'a Album,
    /// Listens to the work.
    pub progress: &'a dyn Progress,
}
