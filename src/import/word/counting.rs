//! Numbers in the ways that Word can write them (ST_NumberFormat, ECMA-376 part 1,
//! 17.18.59).

/// A number in a format; in Arabic digits where the format is not known.
pub(super) fn written(n: u32, format: &str) -> String {
    let of_set = |set: &str| n.checked_sub(1).and_then(|i| set.chars().nth(i as usize));
    let single = match format {
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(n),
        "decimalEnclosedFullstop" => of_set("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
        "decimalEnclosedParen" => of_set("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
        "ideographEnclosedCircle" => of_set("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
        "ideographTraditional" => of_set("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => of_set("子丑寅卯辰巳午未申酉戌亥"),
        _ => None,
    };
    if let Some(c) = single {
        return c.to_string();
    }
    match format {
        "none" => String::new(),
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).to_lowercase(),
        "upperLetter" => letters(n),
        "lowerLetter" => letters(n).to_lowercase(),
        "decimalZero" => format!("{n:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => n
            .to_string()
            .chars()
            .map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c))
            .collect(),
        "chineseCounting" | "taiwaneseCounting" | "ideographDigital" if n < 100 => {
            if format == "ideographDigital" { digits(n) } else { chinese(n, SMALL, '〇') }
        }
        "ideographDigital" | "chineseCounting" | "taiwaneseCounting" => digits(n),
        "chineseCountingThousand"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "koreanDigital" => chinese(n, SMALL, '零'),
        "chineseLegalSimplified" => chinese(n, LEGAL, '零'),
        "ordinal" => ordinal(n),
        "numberInDash" => format!("- {n} -"),
        _ => n.to_string(),
    }
}

fn circled(n: u32) -> Option<char> {
    let code = match n {
        1..=20 => 0x2460 + n - 1,
        21..=35 => 0x3251 + n - 21,
        36..=50 => 0x32b1 + n - 36,
        _ => return None,
    };
    char::from_u32(code)
}

fn roman(mut n: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n == 0 || n > 4999 {
        return n.to_string();
    }
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while n >= value {
            out.push_str(sign);
            n -= value;
        }
    }
    out
}

/// A, B … Z, AA, BB …, as Word goes on.
fn letters(n: u32) -> String {
    let Some(i) = n.checked_sub(1).filter(|i| *i < 26 * 10) else { return n.to_string() };
    let letter = char::from(b'A' + u8::try_from(i % 26).unwrap_or_default());
    std::iter::repeat_n(letter, i as usize / 26 + 1).collect()
}

/// Digits, units for tens, hundreds and thousands, and the unit of ten thousand.
type Set = ([char; 10], [&'static str; 4], &'static str);

const SMALL: Set =
    (['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'], ["", "十", "百", "千"], "万");
const LEGAL: Set =
    (['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'], ["", "拾", "佰", "仟"], "万");

fn digits(n: u32) -> String {
    n.to_string().chars().filter_map(|c| c.to_digit(10)).map(|d| SMALL.0[d as usize]).collect()
}

/// A number as it is read: 十一, 一百零五.
fn chinese(n: u32, (digits, units, myriad): Set, zero: char) -> String {
    if n >= 100_000_000 {
        return n.to_string();
    }
    if n == 0 {
        return zero.to_string();
    }
    let group = |n: u32| {
        let mut out = String::new();
        let mut gap = false;
        for place in (0..4u32).rev() {
            let digit = n / 10u32.pow(place) % 10;
            if digit == 0 {
                gap = !out.is_empty();
                continue;
            }
            if std::mem::take(&mut gap) {
                out.push(zero);
            }
            out.push(digits[digit as usize]);
            out.push_str(units[place as usize]);
        }
        out
    };
    let (high, low) = (n / 10_000, n % 10_000);
    let mut out = String::new();
    if high > 0 {
        out.push_str(&group(high));
        out.push_str(myriad);
        if low > 0 && low < 1000 {
            out.push(zero);
        }
    }
    out.push_str(&group(low));
    // Ten to nineteen have no one before the ten, but in the legal form.
    let lean = out.strip_prefix("一十").map(|rest| format!("十{rest}"));
    lean.unwrap_or(out)
}

fn ordinal(n: u32) -> String {
    let ending = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}
