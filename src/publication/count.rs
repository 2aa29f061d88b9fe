//! Counting words as a Chinese word processor does: a Han character is one, a
//! run of letters or digits is one.

use crate::article::{Article, plain_text};

/// The words of an article: titles, text, captions and notes.
pub fn word_count(article: &Article) -> usize {
    let mut count = 0;
    article.for_each_run(&mut |run| count += words(&plain_text(run.inlines)));
    count
}

fn words(text: &str) -> usize {
    let mut count = 0;
    let mut inside = false;
    for c in text.chars() {
        let han = matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
        let word = !han && c.is_alphanumeric();
        if han || (word && !inside) {
            count += 1;
        }
        inside = word;
    }
    count
}
