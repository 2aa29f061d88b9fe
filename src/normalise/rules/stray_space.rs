//! Spaces typed between Chinese characters, or between them and digits, letters
//! and marks. The gap between two scripts is drawn by the layout.

use std::ops::Range;

use crate::article::script::{is_han, is_space, is_wide_mark};
use crate::diag::Code;
use crate::normalise::line::{Change, Kind, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("stray-space"), propose };

fn propose(line: &Line) -> Vec<Change> {
    // The space of a title parts its two phrases.
    if line.kind == Kind::Title {
        return Vec::new();
    }
    let marks = |marks: fn(char) -> bool| line.chars.iter().any(|c| marks(*c));
    let run =
        Run { marked: marks(is_wide_mark), prose: marks(|c| matches!(c, '。' | '！' | '？')) };
    line.stretches(is_space).into_iter().filter_map(|range| judge(line, &run, range)).collect()
}

/// What the whole run is like.
struct Run {
    /// It has a mark of Chinese text.
    marked: bool,
    /// It has a whole sentence.
    prose: bool,
}

fn judge(line: &Line, run: &Run, range: Range<usize>) -> Option<Change> {
    let (before, after) = (line.before(range.start)?, line.at(range.end)?);
    if range.clone().any(|i| line.shielded(i)) {
        return None;
    }
    // The name of a file may begin or end with words that it does not show.
    if line.in_file_name(range.start - 1) || line.in_file_name(range.end) {
        return None;
    }
    let latin = |c: char| c.is_alphanumeric() && !is_han(c);
    let phrase = is_han(before) && is_han(after);
    let scripts = (is_han(before) && latin(after)) || (latin(before) && is_han(after));
    let mark = |c: char| is_wide_mark(c) && c != '～';
    // A quotation mark belongs to Chinese text where a Chinese character is its neighbour.
    let quote = |c: char| matches!(c, '“' | '”');
    let quoted = (quote(before) && is_han(after)) || (is_han(before) && quote(after));
    if (phrase || scripts) && is_kept(line, run, &range) {
        let one = range.len() == 1 && line.chars[range.start] == ' ';
        return (!one).then(|| Change::safe(range, " "));
    }
    if phrase {
        return between_han(line, run, range);
    }
    let wide = is_layout(&line.chars[range.clone()]);
    if wide && (scripts || (line.kind == Kind::Text && (quoted || mark(before) || mark(after)))) {
        return Some(Change::suggested(range, ""));
    }
    if scripts || (line.kind == Kind::Text && (quoted || mark(before) || mark(after))) {
        return Some(Change::safe(range, ""));
    }
    None
}

/// Whether so many spaces stand together as are typed to set fields apart or to
/// leave room to write: somebody meant them.
fn is_layout(spaces: &[char]) -> bool {
    let wide = spaces.iter().filter(|c| **c == '\u{3000}').count();
    wide >= 4 || spaces.len() - wide >= 3
}

/// A dateline ends within so many characters.
const DATELINE: usize = 30;

/// Whether a space has its place: behind a dateline (本报云州9月24日电) and behind the
/// number of a picture or a table (图1 全景).
fn is_kept(line: &Line, run: &Run, range: &Range<usize>) -> bool {
    let before = &line.chars[..range.start];
    let told = match before {
        [.., '日', '电'] => true,
        [first, .., '讯'] => *first == '本',
        _ => false,
    };
    if told && before.len() <= DATELINE && !before.iter().any(|c| matches!(c, '，' | '。')) {
        return true;
    }
    let named = match before {
        ['附' | '插', '图' | '表', rest @ ..] | ['图' | '表', rest @ ..] => rest,
        _ => return false,
    };
    let number = |c: &char| c.is_ascii_digit() || matches!(c, '-' | '－' | '.' | ' ');
    let numbered = named.iter().any(char::is_ascii_digit) && named.iter().all(number);
    numbered && !(run.prose && line.kind == Kind::Text) && line.at(range.end).is_some_and(is_han)
}

/// How many characters on either side are taken for the clause at most.
const CLAUSE: usize = 200;

/// Between two Chinese characters a space may part two names or two phrases. It
/// is surely stray only where it stands alone in a clause of running text, and
/// likely so where it tears off a single character. In brackets stand credits:
/// （记者 张三）.
fn between_han(line: &Line, run: &Run, range: Range<usize>) -> Option<Change> {
    // A line without any mark is a signature or a cell: the space parts two names.
    if line.kind != Kind::Text || !run.marked {
        return None;
    }
    let clause_end = |c: &char| is_wide_mark(*c) && !matches!(c, '《' | '》' | '〈' | '〉');
    let start = range.start
        - line.chars[..range.start]
            .iter()
            .rev()
            .take(CLAUSE)
            .take_while(|c| !clause_end(c))
            .count();
    let behind = line.chars[range.end..].iter().take(CLAUSE);
    let end = range.end + behind.take_while(|c| !clause_end(c)).count();
    if start > 0 && line.chars[start - 1] == '（' {
        return None;
    }
    let clause = &line.chars[start..end];
    let alone = clause.iter().filter(|c| is_space(**c)).count() == 1
        && line.chars[range.start] != '\u{3000}';
    if alone && run.prose && !within_name(line, &range) {
        return Some(Change::safe(range, ""));
    }
    let word = |c: &&char| is_han(**c);
    let left = line.chars[..range.start].iter().rev().take(2).take_while(word).count();
    let right = line.chars[range.end..].iter().take(2).take_while(word).count();
    (left == 1 || right == 1).then(|| Change::suggested(range, ""))
}

/// Whether the space lies within a title or a slogan, whose two phrases it parts:
/// 《…》 or “…” without a mark of a sentence.
fn within_name(line: &Line, range: &Range<usize>) -> bool {
    let quote = |c: &&char| matches!(c, '《' | '》' | '“' | '”');
    let before = &line.chars[..range.start];
    let near = before.iter().rev().take(CLAUSE).enumerate().find(|(_, c)| quote(c));
    let Some((back, '《' | '“')) = near else { return false };
    let behind = line.chars[range.end..].iter().take(CLAUSE).position(|c| matches!(c, '》' | '”'));
    let Some(ahead) = behind else { return false };
    let name = &line.chars[range.start - back..range.end + ahead];
    !name.iter().any(|c| matches!(c, '，' | '。' | '；' | '！' | '？' | ','))
}
