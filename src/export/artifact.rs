//! What an exporter hands over: a finished file that has not been written yet.

use std::io::{self, Seek, Write};

use crate::media::Ready;
use crate::print::press::PressFile;

/// A file one can write to and move about in.
pub trait WriteSeek: Write + Seek {}
impl<T: Write + Seek + ?Sized> WriteSeek for T {}

/// A finished file, to be written by the pipeline.
pub struct Artifact<'a> {
    /// Its path below the publication's folder in `out/`, with `/` between folders.
    pub path: String,
    /// Its content.
    pub body: Body<'a>,
}

/// How an artifact's bytes come about.
pub enum Body<'a> {
    /// They are here.
    Bytes(Vec<u8>),
    /// They are a picture as it lies in the store, copied without its metadata.
    Picture(Ready),
    /// They are a finished press file, its pictures still to be streamed in.
    Press(Box<PressFile>),
    /// They are written when the file is open, so that photographs pass from
    /// disk to disk without being held.
    Stream(Stream<'a>),
}

/// Writes an artifact's bytes into an open file.
pub type Stream<'a> = Box<dyn FnOnce(&mut dyn WriteSeek) -> io::Result<()> + Send + 'a>;

impl Artifact<'_> {
    /// Writes the artifact's bytes.
    ///
    /// # Errors
    /// Where the sink, or a picture that is read on the way, fails.
    pub fn write(self, out: &mut dyn WriteSeek) -> io::Result<()> {
        match self.body {
            Body::Bytes(bytes) => out.write_all(&bytes),
            Body::Picture(picture) => picture.copy_to(out),
            Body::Press(file) => file.write(out),
            Body::Stream(stream) => stream(out),
        }
    }
}
