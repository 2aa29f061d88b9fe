//! The document model: what an article *is*, whichever file it came from and
//! whichever edition it goes to. Pure values: this room knows no file format, no
//! path and no I/O, and imports no other room.

mod block;
mod date;
mod focus;
mod inline;
mod meta;
mod origin;
mod place;
pub mod script;
mod walk;

use serde::{Deserialize, Serialize};

pub use block::{Aside, AsideKind, Block, Cell, Figure, Heading, Image, List, Table};
pub use date::Date;
pub use focus::Focus;
pub use inline::{Inline, Inlines, plain_text, tidy};
pub use meta::{Credit, Meta, Role, Series};
pub use origin::{Origin, Origins};
pub use place::{Part, Place, Step};
pub use walk::{Run, RunMut};

/// One article: what stands above the text, and the text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Title, series, date, credits and the rest of what is said *about* the text.
    pub meta: Meta,
    /// The text, as blocks in reading order.
    pub body: Vec<Block>,
}

impl Article {
    /// The title as plain text, without notes; line breaks become a space.
    pub fn title_text(&self) -> String {
        plain_text(&self.meta.title)
    }

    /// Brings every inline sequence of the article into its one normal shape:
    /// neighbouring text runs joined, empty runs and empty spans dropped.
    pub fn tidy(&mut self) {
        self.for_each_run_mut(&mut |run| tidy(run.inlines));
    }
}
