//! Numbers as Chinese text writes them: 5, ５, 五, 一〇五, 廿三, 卅, 二〇二二, ⑤,
//! （五）, Ⅴ.

/// The number that the whole of `text` writes, at most 9999.
pub(super) fn read(text: &str) -> Option<u32> {
    let text = text.trim();
    let inner = text
        .strip_prefix(['（', '('])
        .and_then(|t| t.strip_suffix(['）', ')']))
        .unwrap_or(text)
        .trim();
    let mut chars = inner.chars();
    if let (Some(only), None) = (chars.next(), chars.next())
        && let Some(number) = enclosed(only)
    {
        return Some(number);
    }
    positional(inner).or_else(|| with_units(inner))
}

/// Whether a character can be part of a number.
pub(super) fn is_digit(c: char) -> bool {
    digit(c).is_some() || unit(c).is_some() || enclosed(c).is_some()
}

/// One decimal digit, Arabic of either width or Chinese.
pub(super) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(u32::from(c) - u32::from('0')),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        '〇' | '○' | '零' => Some(0),
        '一' => Some(1),
        '二' | '两' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    }
}

fn unit(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '廿' => Some(20),
        '卅' => Some(30),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

fn enclosed(c: char) -> Option<u32> {
    let from = |first: char, number: u32| u32::from(c) - u32::from(first) + number;
    match c {
        '①'..='⑳' => Some(from('①', 1)),
        '⑴'..='⒇' => Some(from('⑴', 1)),
        '⒈'..='⒛' => Some(from('⒈', 1)),
        '㈠'..='㈩' => Some(from('㈠', 1)),
        '㉑'..='㉟' => Some(from('㉑', 21)),
        '㊀'..='㊉' => Some(from('㊀', 1)),
        '㊱'..='㊿' => Some(from('㊱', 36)),
        '❶'..='❿' => Some(from('❶', 1)),
        'Ⅰ'..='Ⅻ' => Some(from('Ⅰ', 1)),
        _ => None,
    }
}

fn positional(text: &str) -> Option<u32> {
    let mut value = 0u32;
    for (place, c) in text.chars().enumerate() {
        if place == 4 {
            return None;
        }
        value = value * 10 + digit(c)?;
    }
    (!text.is_empty()).then_some(value)
}

fn with_units(text: &str) -> Option<u32> {
    let (mut total, mut pending, mut smallest) = (0u32, None, u32::MAX);
    for c in text.chars() {
        if matches!(c, '〇' | '零') {
            continue;
        }
        if let Some(d) = digit(c) {
            if pending.replace(d).is_some() {
                return None;
            }
            continue;
        }
        let unit = unit(c)?;
        // 廿 and 卅 stand for tens with their digit already inside.
        let rank = if unit < 100 { 10 } else { unit };
        if rank >= smallest || (unit > 10 && unit < 100 && pending.is_some()) {
            return None;
        }
        smallest = rank;
        total += unit * pending.take().unwrap_or(1);
    }
    (smallest != u32::MAX).then(|| total + pending.unwrap_or(0))
}
