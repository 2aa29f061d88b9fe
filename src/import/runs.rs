//! Cutting runs of text at their ends, whatever marks they stand in.

use crate::article::{Inline, Inlines, plain_text};

/// Removes `bytes` of plain text from the start.
pub(super) fn cut_start(inlines: &mut Inlines, mut bytes: usize) {
    for inline in inlines.iter_mut() {
        if bytes == 0 {
            return;
        }
        match inline {
            Inline::Text(text) => {
                let cut = bytes.min(text.len());
                bytes -= cut;
                text.drain(..cut);
            }
            Inline::Break => bytes = bytes.saturating_sub(1),
            other => {
                let length = plain_text(std::slice::from_ref(other)).len();
                if let Some(children) = other.children_mut() {
                    cut_start(children, bytes);
                }
                bytes = bytes.saturating_sub(length);
            }
        }
    }
}

/// Removes space and breaks at both ends.
pub(super) fn trim(inlines: &mut Inlines) {
    while let Some(first) = inlines.first_mut() {
        match first {
            Inline::Break => {}
            Inline::Text(text) => {
                let kept = text.trim_start().len();
                text.drain(..text.len() - kept);
                if kept > 0 {
                    break;
                }
            }
            _ => break,
        }
        inlines.remove(0);
    }
    while let Some(last) = inlines.last_mut() {
        match last {
            Inline::Break => {}
            Inline::Text(text) => {
                text.truncate(text.trim_end().len());
                if !text.is_empty() {
                    break;
                }
            }
            _ => break,
        }
        inlines.pop();
    }
}
