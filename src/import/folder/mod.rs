//! Whole folders of sources: which picture belongs to which article, which place in its
//! text a picture fills, which of two sources of one article is better. Works on names
//! and articles alone; nothing here looks at a disk.

mod belong;
mod fill;
mod names;
mod prefer;
mod slots;

pub use belong::{Belonging, Named, belonging};
pub use fill::{Filled, Offered, Place, fill};
pub use names::{is_picture, is_saved_folder, passed_over};
pub use prefer::{Rank, rank};
