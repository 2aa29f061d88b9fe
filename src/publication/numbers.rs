//! Numbers in words: 一, 十二, 二百零三, the marks of notes, and where a text says
//! 第十二届.

/// A number in Chinese numerals, as in 第十二部分. Numbers of 10,000 and more
/// stay in digits.
pub fn numeral(n: usize) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    const UNITS: [&str; 4] = ["", "十", "百", "千"];
    if n >= 10_000 {
        return n.to_string();
    }
    if n == 0 {
        return DIGITS[0].to_owned();
    }
    let digits: Vec<usize> = n.to_string().bytes().map(|b| usize::from(b - b'0')).collect();
    let mut out = String::new();
    let mut gap = false;
    for (i, &digit) in digits.iter().enumerate() {
        if digit == 0 {
            gap = true;
            continue;
        }
        if gap {
            out.push_str(DIGITS[0]);
            gap = false;
        }
        let unit = digits.len() - 1 - i;
        if !(digit == 1 && unit == 1 && i == 0) {
            out.push_str(DIGITS[digit]);
        }
        out.push_str(UNITS[unit]);
    }
    out
}

/// The mark of a note: ① to ㊿, then 〔51〕.
pub fn note_mark(n: usize) -> String {
    let n = u32::try_from(n).unwrap_or(u32::MAX);
    let code = match n {
        1..=20 => 0x2460 + n - 1,
        21..=35 => 0x3251 + n - 21,
        36..=50 => 0x32B1 + n - 36,
        _ => return format!("〔{n}〕"),
    };
    char::from_u32(code).map(String::from).unwrap_or_default()
}

/// Ordinals in a text: 第十五届, 第3期.
pub mod ordinal {
    /// The most characters that [`length`] says.
    pub const LONGEST: usize = 8;

    /// How many characters an ordinal at the beginning of a text has, with the
    /// character it counts; 0 where there is none.
    pub fn length(text: impl IntoIterator<Item = char>) -> usize {
        let mut text = text.into_iter();
        if text.next() != Some('第') {
            return 0;
        }
        let number = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十百千".contains(c);
        let digits = text.take(LONGEST - 2).take_while(|c| number(*c)).count();
        if digits == 0 { 0 } else { digits + 2 }
    }
}
