//! Where to part a post that is too long: before which section heads, so that each
//! part is well within the limit. Measured on the finished fragment; nothing is
//! changed by it.

use crate::diag::{Code, Finding};
use crate::export::view::{Article, Block};

use super::lint::MARKUP_NEAR;
use super::markup::{Token, pieces, unescape};
use super::plain;

const SPLIT: Code = Code::new("wechat-w19-split");

/// A block at the top of a fragment.
struct Piece {
    /// Its characters, mark-up counted.
    size: usize,
    /// Its text.
    text: String,
}

/// What is to be said of an article whose fragment has too many characters: the heads
/// to part it at. `None` where no heads give parts that are short enough.
pub(super) fn proposal(fragment: &str, article: &Article) -> Option<Finding> {
    let (pieces, around) = blocks(fragment);
    // Each part has a root and a block of credits of its own.
    let closing = pieces.last().map_or(0, |piece| piece.size);
    let room = MARKUP_NEAR.checked_sub(around + closing + 1)?;
    let parted = [1, 2, 6].into_iter().find_map(|depth| part(&pieces, article, depth, room))?;
    let heads: Vec<String> = parted.iter().map(|head| format!("“{head}”")).collect();
    let finding = Finding::error(SPLIT).arg("what", fragment.chars().count());
    Some(finding.arg("places", heads.join("、")).arg("count", parted.len() + 1))
}

/// The blocks of the root, and how many characters the root itself takes.
fn blocks(fragment: &str) -> (Vec<Piece>, usize) {
    let (mut blocks, mut around, mut depth) = (Vec::<Piece>::new(), 0, 0usize);
    for (token, written) in pieces(fragment) {
        let size = written.chars().count();
        let (opens, closes) = match &token {
            Token::Open(tag) => (!tag.is_void(), false),
            Token::Close(_) => (false, true),
            Token::Text(_) | Token::Other => (false, false),
        };
        let starts = depth == 1 && !closes;
        if closes {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 {
            around += size;
        } else {
            if starts || blocks.is_empty() {
                blocks.push(Piece { size: 0, text: String::new() });
            }
            if let Some(block) = blocks.last_mut() {
                block.size += size;
                if let Token::Text(text) = token {
                    block.text.push_str(&unescape(text));
                }
            }
        }
        if opens {
            depth += 1;
        }
    }
    (blocks, around)
}

/// The heads, of this level and above, before which to part, so that each part has at
/// most `room` characters: as few parts as can be, and of those the most even.
fn part(pieces: &[Piece], article: &Article, depth: u8, room: usize) -> Option<Vec<String>> {
    let mut heads = article.blocks.iter().filter_map(|block| match block {
        Block::Heading { level, inlines, .. } if *level <= depth => Some(plain::text(inlines)),
        _ => None,
    });
    // A section is a head and what follows; the first may have none.
    let mut sections = vec![(String::new(), 0)];
    let mut head = heads.next();
    for piece in pieces {
        // A theme may put a number or an ornament before a head.
        let opens = head.as_ref().filter(|h| !h.is_empty() && piece.text.ends_with(h.as_str()));
        if let Some(text) = opens {
            sections.push((text.clone(), 0));
            head = heads.next();
        }
        if let Some((_, size)) = sections.last_mut() {
            *size += piece.size;
        }
    }
    let sizes: Vec<usize> = sections.iter().map(|(_, size)| *size).collect();
    let total: usize = sizes.iter().sum();
    let parts = (2..=sizes.len()).find(|n| cuts(&sizes, *n, room).is_some())?;
    // The least size within which so few parts will do.
    let (mut least, mut most) = (total / parts, room);
    while least < most {
        let middle = least.midpoint(most);
        match cuts(&sizes, parts, middle) {
            Some(_) => most = middle,
            None => least = middle + 1,
        }
    }
    let cuts = cuts(&sizes, parts, most)?;
    Some(cuts.into_iter().map(|at| sections[at].0.clone()).collect())
}

/// The sections that begin a part, where at most so many parts of at most so many
/// characters hold them all. A part without a head of its own is none.
fn cuts(sizes: &[usize], parts: usize, room: usize) -> Option<Vec<usize>> {
    let (mut cuts, mut filled) = (Vec::new(), 0);
    for (at, size) in sizes.iter().enumerate() {
        if *size > room {
            return None;
        }
        if filled + size > room {
            cuts.push(at);
            filled = 0;
        }
        filled += size;
    }
    (cuts.len() < parts && !cuts.is_empty()).then_some(cuts)
}
