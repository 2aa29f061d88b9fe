//! Who may derive a picture just now: never two the same one, and never so many
//! that their pixels fill the memory.

use std::collections::BTreeSet;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many pixels may be open at once, all threads together: about 0.5 GB. A
/// larger picture is opened alone.
const MAX_OPEN: u64 = 60_000_000;

#[derive(Debug, Default)]
pub(super) struct Gate {
    open: Mutex<Open>,
    left: Condvar,
}

#[derive(Debug, Default)]
struct Open {
    keys: BTreeSet<String>,
    pixels: u64,
}

/// The right to derive one picture; given back when dropped. Its holder must not
/// wait for other work of the thread pool, which might wait for it.
pub(super) struct Pass<'a> {
    gate: &'a Gate,
    key: &'a str,
    pixels: u64,
}

impl Gate {
    /// Waits until nobody derives this picture and there is room for its pixels.
    pub(super) fn enter<'a>(&'a self, key: &'a str, pixels: u64) -> Pass<'a> {
        let mut open = self.lock();
        while open.keys.contains(key) || (open.pixels > 0 && open.pixels + pixels > MAX_OPEN) {
            open = self.left.wait(open).unwrap_or_else(PoisonError::into_inner);
        }
        open.keys.insert(key.to_owned());
        open.pixels += pixels;
        Pass { gate: self, key, pixels }
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        let mut open = self.gate.lock();
        open.keys.remove(self.key);
        open.pixels -= self.pixels;
        self.gate.left.notify_all();
    }
}
