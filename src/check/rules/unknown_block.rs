//! Text that its reader could not place.

use crate::article::Block;
use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

/// The reason of a picture that did not come along: its reader has said so aloud.
const SAID: &str = "read-picture-nameless";
const CODE: Code = Code::new("unknown-block");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let unknown = |block: &Block| match block {
        Block::Unknown { text, why } if why != SAID => {
            Some(text.chars().take(30).collect::<String>())
        }
        _ => None,
    };
    let found = subject.blocks.iter().filter_map(|(place, block)| Some((place, unknown(block)?)));
    found
        .map(|(place, text)| {
            Finding::warning(CODE).excerpt(text.replace('\n', " ")).place(place.clone())
        })
        .collect()
}
