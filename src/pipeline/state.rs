//! The state of a file on disk: what tells, without reading it, whether its bytes are
//! those that were seen before. It is what git's index goes by, with the same care for
//! a file that was changed in the very moment in which it was looked at.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

/// A moment by the disk's own reckoning, in nanoseconds since 1970: that of the changes
/// of its files, never a clock's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Moment(i64);

impl Moment {
    /// The present one on the disk of this folder, which is made if need be.
    pub(super) fn now(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self::of_change(&tempfile::NamedTempFile::new_in(folder)?.as_file().metadata()?))
    }

    /// When the content was last changed; long ago where the disk does not say.
    fn of_change(data: &Metadata) -> Self {
        let since = data.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self(since.map_or(0, |since| i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)))
    }
}

/// What the disk says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    /// Its size in bytes.
    bytes: u64,
    /// When its content was changed.
    changed: Moment,
    /// When anything about it was, its names among it; nobody can set that back. As
    /// `changed` where the disk does not say.
    touched: Moment,
    /// Its number: another file in its place has another. 0 where there are none.
    number: u64,
}

impl State {
    /// The state of a file, of that which a link leads to; none where there is none.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let data = fs::metadata(path).ok().filter(Metadata::is_file)?;
        let changed = Moment::of_change(&data);
        let (touched, number) = beyond(&data).unwrap_or((changed, 0));
        Some(Self { bytes: data.len(), changed, touched, number })
    }

    /// Whether it was last changed, in any way, before that moment. Of a file for which
    /// that does not hold its state says nothing: it may be changed once more within
    /// one tick of the disk and look the same.
    pub(super) fn is_before(&self, moment: Moment) -> bool {
        self.changed.max(self.touched) < moment
    }

    /// The same of a file that was put there whole and is never written into: it may
    /// have got another name since, which touches it.
    pub(super) fn of_finished(self) -> Self {
        Self { touched: self.changed, ..self }
    }

    /// All that it says, as bytes of a sum.
    pub(super) fn to_bytes(self) -> [u8; 32] {
        let mut out = [0; 32];
        out[..8].copy_from_slice(&self.bytes.to_le_bytes());
        out[8..16].copy_from_slice(&self.changed.0.to_le_bytes());
        out[16..24].copy_from_slice(&self.touched.0.to_le_bytes());
        out[24..].copy_from_slice(&self.number.to_le_bytes());
        out
    }
}

/// When anything about a file was changed, and its number.
#[cfg(unix)]
fn beyond(data: &Metadata) -> Option<(Moment, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    let seconds = data.ctime().checked_mul(1_000_000_000)?;
    Some((Moment(seconds.checked_add(data.ctime_nsec())?), data.ino()))
}

/// When anything about a file was changed, and its number: this system tells neither.
#[cfg(not(unix))]
fn beyond(_: &Metadata) -> Option<(Moment, u64)> {
    None
}
