//! A writer that knows how much has been written, as a cross-reference table asks.

use std::io::{self, Write};

/// Counts the bytes that pass.
pub(super) struct Counted<W> {
    inner: W,
    written: u64,
}

impl<W> Counted<W> {
    pub(super) fn new(inner: W) -> Self {
        Self { inner, written: 0 }
    }

    /// How many bytes have passed.
    pub(super) fn written(&self) -> u64 {
        self.written
    }
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.inner.write(bytes)?;
        self.written += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
