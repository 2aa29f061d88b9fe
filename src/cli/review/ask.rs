//! Asking about one thing at a time, on plain lines.

use std::io::BufRead;

use kanyin::diag::{Fault, Status};

use super::{Item, What, Word, show};
use crate::cli::voice::Voice;

/// Asks about everything that waits for a word, until all is asked, the input ends or
/// the person has had enough; each answer is kept at once.
pub(super) fn all(
    items: &[Item<'_>],
    input: &mut dyn BufRead,
    keep: &mut dyn FnMut(&Item<'_>, Word) -> Result<(), Fault>,
    voice: &Voice,
) -> Result<(), Fault> {
    let open: Vec<&Item<'_>> = items.iter().filter(|item| waits(item)).collect();
    if open.is_empty() {
        voice.line(&voice.text("review-nothing-open", &[]));
        return Ok(());
    }
    'items: for (n, item) in open.iter().enumerate() {
        voice.line("");
        voice.line(&format!("{}/{}  {}", n + 1, open.len(), item.read.file));
        show::item(item, voice);
        loop {
            voice.aside(&voice.text("review-ask", &[]));
            let mut line = String::new();
            if !input.read_line(&mut line).is_ok_and(|read| read > 0) {
                break 'items;
            }
            match line.trim().to_lowercase().as_str() {
                "y" => keep(item, Word::Accept)?,
                "n" if item.can_be_refused() => keep(item, Word::Refuse)?,
                "n" => {
                    voice.aside(&voice.text("review-ask-only-source", &[]));
                    continue;
                }
                "s" | "" => {}
                "q" => break 'items,
                _ => continue,
            }
            break;
        }
    }
    Ok(())
}

fn waits(item: &Item<'_>) -> bool {
    match item.what {
        What::Structure(doubt) => doubt.is_open(),
        What::Edit(edit) => edit.status == Status::Proposed,
    }
}
