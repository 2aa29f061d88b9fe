//! Structure that the reader only guessed.

use crate::article::{Block, plain_text};
use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

pub(in crate::check) const CODE: Code = Code::new("low-confidence");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let doubtful = subject.origins.iter().filter(|(_, origin)| origin.is_doubtful());
    doubtful
        .map(|(place, origin)| {
            let mut finding = Finding::note(CODE)
                .arg("percent", (origin.confidence * 100.0).round())
                .arg("reason", origin.reason)
                .place(place.clone());
            let block = subject.blocks.iter().find(|(at, _)| at == place);
            finding.excerpt = block.and_then(|(_, block)| opening(block));
            finding
        })
        .collect()
}

fn opening(block: &Block) -> Option<String> {
    let text = match block {
        Block::Paragraph(inlines) => plain_text(inlines),
        Block::Heading(heading) => plain_text(&heading.text),
        Block::Figure(figure) => figure.images.first()?.name.clone(),
        _ => return None,
    };
    Some(text.chars().take(30).collect())
}
