//! Amounts as people read them, the same in both languages.

/// 12345 as 12,345.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A file's size: 812 KB, 1.4 MB.
pub fn size(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a size to be read, not counted with")]
    let kb = bytes as f64 / 1000.0;
    if kb < 1000.0 { format!("{kb:.0} KB") } else { format!("{:.1} MB", kb / 1000.0) }
}
