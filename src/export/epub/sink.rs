//! Where a container is written to: it knows how far it has come and the checksum of all
//! that was written, so that a book of many hundred megabytes is not read once more for
//! it.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};

use serde::{Deserialize, Serialize};
use sha2::digest::common::hazmat::{SerializableState, SerializedState};
use sha2::{Digest as _, Sha256};

use crate::export::WriteSeek;

/// The checksum of the beginning of a container, from which it can be gone on with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// How many entries that beginning has.
    pub(super) entries: usize,
    /// The state of the checksum.
    state: Vec<u8>,
}

impl Mark {
    /// Whether it can be gone on with from here.
    pub(super) fn is_sound(&self) -> bool {
        self.sum().is_some()
    }

    /// The checksum, gone on with from here; none where the state is none.
    fn sum(&self) -> Option<Sha256> {
        let state = SerializedState::<Sha256>::try_from(self.state.as_slice()).ok()?;
        Sha256::deserialize(&state).ok()
    }
}

/// A container in the making.
pub(super) struct Sink<'a> {
    out: &'a mut dyn WriteSeek,
    sum: Sha256,
    at: u64,
    marked: u64,
}

/// Within so many bytes there is a mark: a book whose last picture changed is not summed
/// from its beginning.
const BETWEEN_MARKS: u64 = 8 << 20;

impl<'a> Sink<'a> {
    /// A container of which nothing is written yet.
    pub(super) fn new(out: &'a mut dyn WriteSeek) -> Self {
        Self { out, sum: Sha256::new(), at: 0, marked: 0 }
    }

    /// How many bytes were written.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// Begins with the first `length` bytes of another container, whose checksum goes on
    /// from a mark. They do not pass through the program where the system can copy them.
    pub(super) fn resume(&mut self, from: &mut File, length: u64, mark: &Mark) -> io::Result<()> {
        let sum = mark.sum().ok_or(io::ErrorKind::InvalidData)?;
        from.seek(SeekFrom::Start(0))?;
        let mut part = from.try_clone()?.take(length);
        if self.out.take_in(&mut part)? < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        (self.sum, self.at, self.marked) = (sum, length, length);
        Ok(())
    }

    /// Writes bytes.
    pub(super) fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sum.update(bytes);
        self.at += bytes.len() as u64;
        self.out.write_all(bytes)
    }

    /// A mark behind so many entries, where one is due or asked for.
    pub(super) fn mark(&mut self, entries: usize, asked: bool) -> Option<Mark> {
        let due = asked || self.at - self.marked >= BETWEEN_MARKS;
        due.then(|| {
            self.marked = self.at;
            Mark { entries, state: self.sum.serialize().to_vec() }
        })
    }

    /// The checksum of all that was written, in lower-case hexadecimal.
    pub(super) fn finish(self) -> String {
        self.sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
