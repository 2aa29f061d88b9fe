//! 今年 or 去年 with another year in brackets than the article's date makes it.

use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("relative-year");
pub(super) const RULE: Rule = Rule { code: CODE, look };

const WORDS: [(&str, i32); 5] = [("今年", 0), ("去年", -1), ("前年", -2), ("明年", 1), ("后年", 2)];

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(date) = subject.article.meta.date else { return Vec::new() };
    let mut out = Vec::new();
    for line in &subject.lines {
        for (word, offset) in WORDS {
            let right = i32::from(date.year()) + offset;
            for at in line.find(word) {
                let open = at + 2;
                let year: String = line.chars.iter().skip(open + 1).take(4).collect();
                let bracket = matches!(line.chars.get(open), Some('（' | '('));
                let close = matches!(line.chars.get(open + 5), Some('年' | '）' | ')'));
                let Ok(said) = year.parse::<i32>() else { continue };
                if bracket && close && said != right && year.len() == 4 {
                    out.push(
                        Finding::warning(CODE)
                            .arg("word", word)
                            .arg("said", said)
                            .arg("right", right)
                            .arg("date", date)
                            .excerpt(line.around(at, open + 6))
                            .place(line.place.clone()),
                    );
                }
            }
        }
    }
    out
}
