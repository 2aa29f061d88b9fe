//! Looks and fonts: finding them, reading them, saying clearly what is wrong
//! with them. What a look *does* with a publication is the exporters' affair.

pub mod fonts;
mod look;
pub mod style_sheet;
mod switches;
mod tables;
mod wording;

pub use fonts::{Face, FontShelf};
pub use look::{Look, LookFile, Medium, Page, Settings, find};
pub use switches::{Switch, ValueKind};
pub use tables::Colour;
pub use wording::Wording;
