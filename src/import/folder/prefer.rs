//! Of two sources of one article, which is proposed.

use std::cmp::Reverse;

use crate::article::{Block, Date};
use crate::import::date::{self, Reading};
use crate::import::{Imported, SourceFormat};

/// What the names of copies have in them.
const COPIES: &[&str] = &["副本", "复件", "备份", "拷贝", "copy", "Copy", "(1)", "（1）"];

/// How good a source of an article is: the better is the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// The canonical form was made or mended by a person.
    canonical: bool,
    format: u8,
    /// Pictures and everything else that is no plain paragraph.
    structure: usize,
    date: Option<Date>,
    /// No name of a copy, and not put away in folders.
    original: bool,
    depth: Reverse<usize>,
}

/// Ranks a source of an article by its name and what was read from it.
pub fn rank(name: &str, imported: &Imported) -> Rank {
    let format = SourceFormat::of(name);
    let mut structure = 0;
    imported.article.for_each_block(&mut |_, block| {
        structure += match block {
            Block::Paragraph(_) | Block::Unknown { .. } => 0,
            Block::Figure(figure) => figure.images.len() + usize::from(!figure.caption.is_empty()),
            _ => 1,
        };
    });
    Rank {
        canonical: imported.made_from.is_some(),
        format: match format {
            SourceFormat::Word => 4,
            SourceFormat::WebPage => 3,
            SourceFormat::Markdown => 2,
            SourceFormat::Text => 1,
            SourceFormat::OldWord | SourceFormat::Unknown => 0,
        },
        structure,
        date: date_in(name),
        original: !COPIES.iter().any(|word| file_of(name).contains(word)),
        depth: Reverse(name.matches('/').count()),
    }
}

fn file_of(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// The date in a file's name: 2022-01-14, 2022年1月14日, 20220114.
fn date_in(name: &str) -> Option<Date> {
    let file = file_of(name);
    let part = |c: char| c.is_ascii_digit() || "-_.年月日".contains(c);
    file.split(|c| !part(c)).find_map(|run| {
        let run = run.trim_matches(['-', '_', '.']);
        let day = match run.len() {
            8 if run.bytes().all(|b| b.is_ascii_digit()) => {
                date::read(&format!("{}-{}-{}", &run[..4], &run[4..6], &run[6..]))
            }
            _ => date::read(&run.replace('_', "-")),
        };
        match day {
            Some(Reading::Day(day)) => Some(day),
            _ => None,
        }
    })
}
