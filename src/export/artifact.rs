//! What an exporter hands over: a finished file that has not been written yet.

use std::fs::File;
use std::io::{self, Seek, Take, Write};

use crate::media::Ready;
use crate::print::press::PressFile;

/// A file one can write to and move about in.
pub trait WriteSeek: Write + Seek {
    /// Takes in a part of another file and gives how many bytes that were. Where this is
    /// a file too, its bytes do not pass through the program: the system copies them.
    ///
    /// # Errors
    /// Where the other file cannot be read or this one not be written.
    fn take_in(&mut self, part: &mut Take<File>) -> io::Result<u64> {
        io::copy(part, self)
    }
}
impl<T: Write + Seek> WriteSeek for T {}

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
    /// They lie in the earlier result, under the same path, and are the same.
    Earlier,
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
            Body::Picture(picture) => picture.pass(&mut |part| out.take_in(part)),
            Body::Press(file) => file.write(out),
            Body::Stream(stream) => stream(out),
            // Only whoever has the earlier result can give it another name.
            Body::Earlier => Err(io::ErrorKind::NotFound.into()),
        }
    }
}
