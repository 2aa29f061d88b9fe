//! What a PDF needs after Typst: real pictures in place of their stand-ins, and
//! for the press all that a shop asks of a file. Knows PDF objects; knows no layout
//! and no article.

mod counted;
pub mod impose;
mod objects;
mod picture;
pub mod preflight;
pub mod press;
mod stand_in;
mod standard;
mod swap;
mod table;

pub use objects::{Listed, listed_objects, object_ranges};
pub use stand_in::{id_of, stand_in};
pub use standard::Standard;
pub use swap::Swap;
