//! A person who stops the program with Ctrl-C, or a system that ends it, is told in one
//! line that nothing half made is left. There is nothing to tidy up: results come to
//! their place whole, and what lies aside is cleared away by the next build.

use kanyin::diag::Lang;

/// Listens for the rest of the process.
#[cfg(unix)]
pub(super) fn listen(lang: Lang) {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    // Where nobody can listen, the system ends the program without a word.
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else { return };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            let voice = super::voice::Voice::new(lang);
            voice.aside(&voice.text("build-stopped", &[]));
            // As shells tell of a program that a signal ended.
            std::process::exit(128 + signal);
        }
    });
}

/// On other systems the program ends without a word.
#[cfg(not(unix))]
pub(super) fn listen(_: Lang) {}
