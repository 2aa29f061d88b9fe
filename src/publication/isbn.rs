//! ISBNs as they are written in colophons: known for what they are by their check
//! digit, and as the thirteen digits that catalogues ask for.

/// The thirteen digits of an ISBN (ISO 2108:2017) as written, with or without the
/// letters before it and marks between its parts; one of ten digits is made one of
/// thirteen. `None` where it is none, or a digit of it is wrong.
pub fn isbn(written: &str) -> Option<String> {
    let start = written.find(|c: char| c.is_ascii_digit())?;
    let between = |c: char| matches!(c, '-' | ' ' | '\u{2010}'..='\u{2015}' | '－');
    let run = written[start..]
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, 'X' | 'x') || between(*c));
    let digits: Vec<u32> =
        run.filter(|c| !between(*c)).map(|c| c.to_digit(10).unwrap_or(10)).collect();
    let text = |digits: &[u32]| digits.iter().map(u32::to_string).collect::<String>();
    match digits.len() {
        13 if check(&digits[..12]) == digits[12] => Some(text(&digits)),
        10 if check_of_ten(&digits[..9]) == digits[9] => {
            let mut long = [&[9, 7, 8], &digits[..9]].concat();
            long.push(check(&long));
            Some(text(&long))
        }
        _ => None,
    }
}

/// The last digit of thirteen, by the others.
fn check(digits: &[u32]) -> u32 {
    let sum: u32 = digits.iter().zip([1, 3].into_iter().cycle()).map(|(d, w)| d * w).sum();
    (10 - sum % 10) % 10
}

/// The last digit of ten, by the others; 10 is written X.
fn check_of_ten(digits: &[u32]) -> u32 {
    let sum: u32 = digits.iter().zip((2..=10).rev()).map(|(d, w)| d * w).sum();
    (11 - sum % 11) % 11
}
