//! The phrases of a title. Newspapers part the two halves of a headline by a space
//! and set each on a line of its own.

/// More phrases than this are no headline but a list of words.
const MOST: usize = 3;
/// A phrase has at least so many characters.
const LEAST: usize = 3;

/// The phrases of a title: parted at those spaces that stand between two Chinese
/// characters or marks, as long as each half is long enough to be a phrase. The
/// spaces of foreign words and before numbers part nothing.
pub(crate) fn phrases(title: &str) -> Vec<String> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut phrases: Vec<String> = Vec::new();
    for word in title.split(' ') {
        let parts = |last: &String| last.ends_with(chinese) && word.starts_with(chinese);
        match phrases.last_mut() {
            Some(last) if !parts(last) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => phrases.push(word.to_owned()),
        }
    }
    let short = |phrase: &String| phrase.chars().count() < LEAST;
    if phrases.len() > MOST || (phrases.len() > 1 && phrases.iter().any(short)) {
        return vec![title];
    }
    phrases
}

/// Han characters, full-width marks, and the quotes both scripts share.
fn chinese(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff65}'
        | '\u{20000}'..='\u{3ffff}' | '“' | '”' | '‘' | '’' | '…' | '—')
}
