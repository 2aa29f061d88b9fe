//! A word of grammar typed twice: 的的, 了了, 和和. Told once a word.

use crate::article::script::is_han;
use crate::check::fold::fold;
use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("doubled-word");
pub(super) const RULE: Rule = Rule { code: CODE, look };

/// Words that are doubled by mistake only, but for the expressions below.
const WORDS: &str = "的了是在和与及为把被将从对";

/// Expressions in which such a word is rightly doubled.
const RIGHT: [&str; 9] = [
    "的的确确",
    "目的的",
    "为了了解",
    "了了结",
    "了了然",
    "小小的的",
    "和和美美",
    "和和气气",
    "对对联",
];

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for line in &subject.lines {
        for i in 1..line.chars.len() {
            let c = line.chars[i];
            if c != line.chars[i - 1] || !WORDS.contains(c) {
                continue;
            }
            let near = line.text(i.saturating_sub(4), (i + 4).min(line.chars.len()));
            let begins_word =
                c == '了' && line.chars.get(i + 1).is_some_and(|n| "解结然却".contains(*n));
            let ends_word =
                i >= 2 && is_han(line.chars[i - 2]) && c == '的' && line.chars[i - 2] == '目';
            // What was said of the 的 before 的确: 说的的确.
            let sure = c == '的' && line.chars.get(i + 1) == Some(&'确');
            if sure || begins_word || ends_word || RIGHT.iter().any(|right| near.contains(right)) {
                continue;
            }
            out.push(
                Finding::warning(CODE)
                    .arg("word", line.text(i - 1, i + 1))
                    .excerpt(line.around(i - 1, i + 1))
                    .place(line.place.clone()),
            );
        }
    }
    fold(out)
}
