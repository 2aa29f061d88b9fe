//! What a PDF needs after Typst: real pictures in place of their stand-ins, and
//! for the press its boxes. Knows PDF objects; knows no layout and no article.

mod objects;
mod picture;
pub mod preflight;
mod stand_in;
mod swap;

pub use objects::object_ranges;
pub use stand_in::stand_in;
pub use swap::{Boxes, Swap};
