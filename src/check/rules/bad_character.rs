//! Characters that no font can print, because they stand for nothing: what a
//! broken conversion leaves behind.

use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("bad-character");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for line in &subject.lines {
        // One finding for a row of them.
        let starts = (0..line.chars.len())
            .filter(|&i| bad(line.chars[i]) && (i == 0 || line.chars[i] != line.chars[i - 1]));
        for i in starts {
            out.push(
                Finding::error(CODE)
                    .arg("code", format!("U+{:04X}", u32::from(line.chars[i])))
                    .excerpt(line.around(i, i + 1))
                    .place(line.place.clone()),
            );
        }
    }
    out
}

/// The replacement character, the private use areas, control characters and
/// what Unicode says is no character.
fn bad(c: char) -> bool {
    let n = u32::from(c);
    matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
        || (c.is_control() && c != '\t')
        || n & 0xFFFE == 0xFFFE
        || (0xFDD0..=0xFDEF).contains(&n)
}
