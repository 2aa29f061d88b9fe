//! Quotation marks, brackets and 书名号 come in pairs. A quotation over several
//! paragraphs opens each of them and is closed in the last alone.

use crate::article::Step;
use crate::check::subject::{Line, Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("unpaired-mark");
pub(super) const RULE: Rule = Rule { code: CODE, look };

const PAIRS: [(char, char); 9] = [
    ('“', '”'),
    ('‘', '’'),
    ('《', '》'),
    ('〈', '〉'),
    ('（', '）'),
    ('「', '」'),
    ('『', '』'),
    ('【', '】'),
    ('〔', '〕'),
];

/// Over how many paragraphs a quotation is followed.
const FARTHEST: usize = 60;

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for (n, line) in subject.lines.iter().enumerate() {
        for at in unpaired(line) {
            if line.chars[at] == '“' && goes_on(&subject.lines[n..]) {
                continue;
            }
            out.push(
                Finding::warning(CODE)
                    .arg("mark", line.chars[at])
                    .excerpt(line.around(at, at + 1))
                    .place(line.place.clone()),
            );
        }
    }
    out
}

/// Whether the quotation that is left open in the first of these lines goes on in
/// the paragraphs below, each of which opens it again, and is closed in the end.
fn goes_on(lines: &[Line]) -> bool {
    let mut last = &lines[0].place;
    let depth = last.steps.len();
    // Notes may lie between two paragraphs of one parent.
    for line in lines[1..].iter().filter(|line| line.place.steps.len() == depth).take(FARTHEST) {
        let next = match (last.steps.split_last(), line.place.steps.split_last()) {
            (Some((Step::Block(a), up)), Some((Step::Block(b), same))) => up == same && *b == a + 1,
            _ => false,
        };
        if !next || line.chars.first() != Some(&'“') {
            return false;
        }
        if !unpaired(line).iter().any(|&at| line.chars[at] == '“') {
            return true;
        }
        last = &line.place;
    }
    false
}

/// Positions of the marks of one run that have no partner in it.
fn unpaired(line: &Line) -> Vec<usize> {
    let mut open: Vec<usize> = Vec::new();
    let mut alone = Vec::new();
    for (i, &c) in line.chars.iter().enumerate() {
        if PAIRS.iter().any(|(o, _)| *o == c) {
            open.push(i);
        } else if let Some((mark, _)) = PAIRS.iter().find(|(_, close)| *close == c) {
            // What stands open within the pair has lost its partner.
            match open.iter().rposition(|&at| line.chars[at] == *mark) {
                Some(n) => {
                    alone.extend(open.drain(n + 1..));
                    open.pop();
                }
                None if apostrophe(line, i) || numbering(line, i) => {}
                None => alone.push(i),
            }
        }
    }
    alone.extend(open);
    alone.sort_unstable();
    alone
}

fn apostrophe(line: &Line, i: usize) -> bool {
    line.chars[i] == '’' && i > 0 && line.chars[i - 1].is_ascii_alphanumeric()
}

/// `1）` and `一）` number a paragraph with half a pair.
fn numbering(line: &Line, i: usize) -> bool {
    line.chars[i] == '）'
        && (1..=3).contains(&i)
        && line.chars[..i]
            .iter()
            .all(|c| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(*c))
}
