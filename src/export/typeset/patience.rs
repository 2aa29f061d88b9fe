//! Typst under a look's patience. Typst stops loops and recursions that it can see have
//! no end, and cannot be interrupted in others; so it works beside, and is left behind
//! once the look has taken too long. It holds nothing that anybody waits for.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;

use typst::diag::{SourceResult, Warned};

use crate::diag::{Code, Fault, Finding};
use crate::layout::Look;

use super::desk::Desk;
use super::passes::{Laid, lay_out};

const ENDLESS: Code = Code::new("layout-endless");
const NOT_SET: Code = Code::new("pdf-not-written");

/// What Typst's recursion takes of the stack at most, in bytes.
pub(super) const STACK: usize = 32 << 20;

/// Lays out what is on the desk.
///
/// # Errors
/// A configuration fault where that takes longer than the look may. `door` is the file
/// of the look that Typst began with.
pub(in crate::export) fn compiled(
    desk: &Arc<Desk>,
    look: &Look,
    door: &str,
) -> Result<Warned<SourceResult<Laid>>, Fault> {
    let (send, receive) = mpsc::channel();
    let before = Arc::clone(desk);
    let work = move || {
        let _ = send.send(lay_out(&before));
    };
    let not_set =
        |why: &dyn std::fmt::Display| Fault::internal(Finding::error(NOT_SET).arg("why", why));
    if rayon::current_thread_index().is_none() {
        let thread = thread::Builder::new().name("layout".to_owned()).stack_size(STACK);
        thread.spawn(work).map(drop).map_err(|why| not_set(&why))?;
    } else {
        // Whoever is at work in the pool must not wait for others of it, and Typst may ask
        // for them: it has a pool of its own.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK);
        // A panic is told below, by the end of the channel.
        let pool = pool.panic_handler(|_| {}).build();
        pool.map_err(|why| not_set(&why))?.spawn(work);
    }
    receive.recv_timeout(look.patience).map_err(|why| match why {
        RecvTimeoutError::Timeout => {
            let origin = look.get(door).map_or(door, |file| file.origin.as_str());
            let seconds = look.patience.as_secs();
            Fault::configuration(Finding::error(ENDLESS).arg("seconds", seconds).file(origin))
        }
        RecvTimeoutError::Disconnected => not_set(&"Typst panicked"),
    })
}
