//! Files of the cache that stand behind a sum of their own bytes and the name of the
//! program that wrote them. One that is damaged, or another program's, is as if it were
//! not there.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use postcard::ser_flavors::Flavor;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::inputs::PROGRAM;

/// Bytes of the sum that goes before the rest of a file.
const SUM: usize = blake3::OUT_LEN;

/// What a file holds, where it is sound and this program's.
pub(super) fn read<T: DeserializeOwned>(place: &Path) -> Option<T> {
    let bytes = fs::read(place).ok()?;
    let (sum, rest) = bytes.split_first_chunk::<SUM>()?;
    if blake3::hash(rest).as_bytes() != sum {
        return None;
    }
    let (program, rest) = postcard::take_from_bytes::<&str>(rest).ok()?;
    if program != PROGRAM {
        return None;
    }
    postcard::from_bytes(rest).ok()
}

/// Writes a file, whole or not at all. Where it cannot be written nothing is lost: what
/// it would have saved is done once more.
pub(super) fn write(place: &Path, holds: &impl Serialize) {
    let Some(bytes) = bytes(&(PROGRAM, holds)) else { return };
    let Some(home) = place.parent().filter(|home| fs::create_dir_all(home).is_ok()) else { return };
    let Ok(mut new) = tempfile::NamedTempFile::new_in(home) else { return };
    let sum = blake3::hash(&bytes);
    if new.write_all(sum.as_bytes()).and_then(|()| new.write_all(&bytes)).is_ok() {
        let _ = new.persist(place);
    }
}

/// A value as bytes of the cache; none where it has no such form.
pub(super) fn bytes(value: &impl Serialize) -> Option<Vec<u8>> {
    postcard::serialize_with_flavor(value, Growing::default()).ok()
}

/// Bytes that grow as they are written.
#[derive(Default)]
struct Growing(Vec<u8>);

impl Flavor for Growing {
    type Output = Vec<u8>;

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.push(byte);
        Ok(())
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<Vec<u8>> {
        Ok(self.0)
    }
}
