//! Plain text of the view, counted and cut as WeChat's fields want it: a Han
//! character, a letter and a mark each count as one.

use crate::export::view::{Article, Block, Inline};
use crate::publication::ParagraphRole;

/// The characters of a line without notes and readings; a break is one space.
pub(super) fn text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push(inlines, &mut out);
    out
}

fn push(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { text, .. } | Inline::Half { text } | Inline::Foreign { text } => {
                out.push_str(text);
            }
            Inline::Break => out.push(' '),
            Inline::Strong { inlines }
            | Inline::Emphasis { inlines }
            | Inline::Dots { inlines }
            | Inline::Sup { inlines }
            | Inline::Sub { inlines }
            | Inline::Link { inlines, .. } => push(inlines, out),
            Inline::Ruby { base, .. } => out.push_str(base),
            Inline::Note { .. } | Inline::Tie | Inline::PageBreak { .. } => {}
        }
    }
}

/// How many characters a text has.
pub(super) fn count(text: &str) -> usize {
    text.chars().count()
}

/// The article's summary, else its first paragraph that is no line of a letter, in at most
/// `limit` characters.
pub(super) fn digest(article: &Article, limit: usize) -> String {
    if !article.summary.is_empty() {
        return cut(&article.summary, limit);
    }
    let first = article.blocks.iter().find_map(|block| match block {
        Block::Paragraph { inlines, role: None | Some(ParagraphRole::Announcement) } => {
            Some(text(inlines))
        }
        _ => None,
    });
    cut(first.unwrap_or_default().trim(), limit)
}

/// Cuts a text to at most `limit` characters: after the last sentence that fits,
/// where that leaves at least half, else with an ellipsis.
fn cut(text: &str, limit: usize) -> String {
    if count(text) <= limit {
        return text.to_owned();
    }
    let head: Vec<char> = text.chars().take(limit).collect();
    let end = head.iter().rposition(|c| matches!(c, '。' | '！' | '？' | '；'));
    match end {
        Some(end) if end >= limit / 2 => head[..=end].iter().collect(),
        _ => head[..limit - 1].iter().chain(['…'].iter()).collect(),
    }
}

/// Who the post is signed by: the authors, else the contributors, as many whole
/// names as fit; else the unit, else the institution.
pub(super) fn author(article: &Article, press: [&str; 2], separator: &str, limit: usize) -> String {
    for role in ["author", "contributor"] {
        let mut line = String::new();
        let names = article.credits.iter().filter(|c| c.role == role).flat_map(|c| &c.names);
        for name in names {
            let joint = if line.is_empty() { "" } else { separator };
            if count(&line) + count(joint) + count(name) > limit {
                break;
            }
            line.push_str(joint);
            line.push_str(name);
        }
        if !line.is_empty() {
            return line;
        }
    }
    press.into_iter().find(|n| (1..=limit).contains(&count(n))).unwrap_or_default().to_owned()
}
