//! Pictures: probing a file's header, deriving the picture an edition needs,
//! and keeping each derivative by the content it was made from. This room knows
//! no edition; an exporter says what it wants.

mod album;
mod cmyk;
mod codec;
mod cut;
mod derive;
mod encode;
mod exif;
mod framing;
mod gate;
mod inked;
mod jpeg;
mod planar;
mod png;
mod probe;
mod profile;
mod raster;
mod ready;
mod samples;
mod separation;
mod shelf;
mod store;
mod target;

pub use album::{Album, Picture};
pub use cut::Cut;
pub use framing::Framing;
pub use probe::{Bounds, Format, Probe, probe, probe_within};
pub use profile::Profile;
pub use ready::{Encoding, Ready};
pub use samples::samples;
pub use separation::Separation;
pub use shelf::Shelf;
pub use store::Store;
pub use target::{Colours, Leave, Want};
