//! JPEG as fast as pictures for screens need it: baseline files are decoded at eighths
//! of their size, plane by plane, and planes are encoded. What is not baseline is left
//! to the decoder that reads everything. Knows planes; knows no edition and no file.
//!
//! A picture that is made smaller keeps its luminance and its colour differences apart
//! from beginning to end, so that nothing is turned into RGB and back.

mod decode;
mod encode;
mod forward;
mod head;
mod huffman;
pub(super) mod inks;
mod inverse;
mod plane;
mod tables;

pub(super) use decode::{decode, decode_inks, has_separate_scans};
pub(super) use encode::encode;
pub(super) use plane::{Plane, Planes, Space};
