//! Picture file names in text: lines of nothing else, and names glued to the
//! words before or after them.

use std::collections::BTreeMap;
use std::ops::Range;

const ENDINGS: &[&str] =
    &["jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff", "heic", "svg"];

/// How cameras and programs begin the names of their files.
const MAKERS: &[&str] = &[
    "IMG_",
    "IMG-",
    "DSC_",
    "DSCF",
    "DSCN",
    "DSC0",
    "MVIMG_",
    "WechatIMG",
    "mmexport",
    "微信图片_",
    "微信截图_",
    "QQ图片",
    "QQ截图",
    "Screenshot",
];

/// A line longer than this, in bytes, is text whatever names stand in it.
const LONGEST: usize = 20_000;

/// Where the names of pictures end in `text`.
fn name_ends(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    if text.len() > LONGEST {
        return out;
    }
    for (dot, _) in text.match_indices('.') {
        let tail = &text[dot + 1..];
        let length = tail.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tail.len());
        let known = ENDINGS.iter().any(|e| e.eq_ignore_ascii_case(&tail[..length]));
        if known && dot > 0 {
            out.push(dot + 1 + length);
        }
    }
    out
}

/// Whether a line ends with the name of a picture.
pub(super) fn ends_with_name(text: &str) -> bool {
    name_ends(text).last() == Some(&text.len())
}

/// The names a line consists of, where it consists of nothing else but brackets
/// and a word that announces a picture: 【图片：a.jpg】, 插图1 a.jpg.
pub(super) fn bare(text: &str) -> Option<Vec<Range<usize>>> {
    let mut names = Vec::new();
    let begin = announced(text);
    let mut start = begin;
    for end in name_ends(text) {
        let lead = text.get(start..end)?;
        let skipped = lead.len()
            - lead.trim_start_matches(|c: char| c.is_whitespace() || "、，,；;/".contains(c)).len();
        names.push(start + skipped..end);
        start = end;
    }
    let rest = text[start..].trim();
    let closes = rest.is_empty() || (begin > 0 && matches!(rest, "】" | "]" | "）" | ")" | ">"));
    let fits = closes && !names.is_empty() && names.iter().all(|n| is_name(&text[n.clone()]));
    fits.then_some(names)
}

/// How much of a line only announces the picture it names.
fn announced(text: &str) -> usize {
    let inner = text.trim_start_matches(['【', '[', '（', '(', '<']);
    let word = ["图片", "插图", "配图", "照片", "附图"].iter().find_map(|w| inner.strip_prefix(w));
    let rest = word.map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    match rest {
        Some(rest) if rest.starts_with(['：', ':', ' ', '\u{3000}']) => {
            text.len() - rest.trim_start_matches(['：', ':', ' ', '\u{3000}']).len()
        }
        _ if inner.len() < text.len() && text.ends_with(['】', ']', '）', ')', '>']) => {
            text.len() - inner.len()
        }
        _ => 0,
    }
}

/// Whether a line marks the place of a picture without naming it: [图片], 图1.
pub(super) fn is_nameless(text: &str) -> bool {
    let inner = text.trim_matches(['【', '】', '[', ']', '（', '）', '(', ')', ' ']);
    let numbered = inner.ends_with(|c: char| c.is_ascii_digit());
    text.chars().take(12).count() < 12
        && (inner.len() < text.len() || numbered || inner == "图片")
        && ["图片", "插图", "配图", "照片", "此处插图", "此处有图", "图"]
            .contains(&inner.trim_end_matches(|c: char| c.is_ascii_digit()))
}

/// The name of a picture has at most so many characters.
const MOST_CHARS: usize = 80;

fn is_name(name: &str) -> bool {
    name.chars().take(MOST_CHARS + 1).count() <= MOST_CHARS
        && !name.contains(['。', '！', '？', '；', '，', '：', ':', '“', '”'])
}

/// What the names of one set of pictures share: the name without ending and
/// without the number it closes with.
pub(super) fn stem(name: &str) -> &str {
    let name = name.rfind('.').map_or(name, |dot| &name[..dot]);
    name.trim_end_matches(|c: char| c.is_ascii_digit() || "()（）_-— ".contains(c))
}

/// A name glued to other words, and how sure that is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glued {
    /// The name; the words stand before or after it.
    pub(super) name: Range<usize>,
    /// From 0 to 1.
    pub(super) confidence: f32,
}

/// Finds a name glued to the words of its line. `stems` are those of the
/// names that stand alone in the source, with how many have each; `after_picture` says that the line
/// follows a picture and so may begin with its caption.
pub(super) fn glued(
    text: &str,
    stems: &BTreeMap<&str, usize>,
    after_picture: bool,
) -> Option<Glued> {
    let ends = name_ends(text);
    let end = *ends.first()?;
    if ends.len() > 1 {
        return None;
    }
    if end == text.trim_end().len() {
        return glued_behind(text, end, stems, after_picture);
    }
    // Words right behind a name: a caption, if they are short and no sentence.
    let rest = text[end..].trim();
    let short = rest.chars().count() <= 40 && !rest.ends_with(['。', '！', '？', '；', '，']);
    let opens = rest.starts_with(super::fields::is_han)
        || rest.starts_with(['（', '(', '：', ':', '—', '“']);
    (short && is_name(&text[..end]) && opens).then_some(Glued { name: 0..end, confidence: 0.6 })
}

fn glued_behind(
    text: &str,
    end: usize,
    stems: &BTreeMap<&str, usize>,
    after_picture: bool,
) -> Option<Glued> {
    let own = stem(&text[..end]);
    if stems.get(own).is_some_and(|count| *count > 1) {
        return None;
    }
    // The longest ending of the line that is a stem; names are not longer than this.
    let learned = own
        .char_indices()
        .rev()
        .take(MOST_CHARS)
        .filter(|(at, _)| *at > 0)
        .map(|(at, _)| &own[at..])
        .filter(|ending| stems.contains_key(ending) && ending.chars().nth(1).is_some())
        .last();
    let maker = || MAKERS.iter().filter_map(|m| text[..end].find(m)).find(|at| *at > 0);
    let spoken = text[..end].rfind(['。', '！', '？', '；', '，', '”', '）']);
    let (start, sure) = if let Some(stem) = learned {
        (own.len() - stem.len(), 0.9)
    } else if let Some(at) = maker() {
        (at, 0.9)
    } else {
        let at = script_change(&text[..end]);
        let told = after_picture || spoken.is_some();
        match (at, spoken) {
            (Some(at), _) if told => (at, 0.7),
            (_, Some(mark)) => {
                let width = text[mark..].chars().next().map_or(1, char::len_utf8);
                (mark + width, 0.5)
            }
            _ => return None,
        }
    };
    let told = after_picture || text[..start].contains(['。', '，', '”', '！', '？']);
    let words = text[..start].trim().chars().count();
    let name_is_whole = text[start..end].starts_with('.');
    // Two pictures may well be called 活动 and 开学活动: a few characters before
    // a learned stem are a caption only where a picture waits for one.
    (words >= 2 && !name_is_whole && (told || words >= 6))
        .then_some(Glued { name: start..end, confidence: if told { sure } else { 0.55 } })
}

/// Where Han characters give way to a name in letters and digits.
fn script_change(text: &str) -> Option<usize> {
    let at = text
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_ascii() && !c.is_ascii_whitespace())
        .last()
        .map(|(i, _)| i)?;
    let name = &text[at..];
    let name = &name[..name.rfind('.').unwrap_or(0)];
    // A number alone belongs to the words before it: 校园100.jpg.
    let named = name.chars().count() >= 3 && name.contains(|c: char| c.is_ascii_alphabetic());
    (at > 0 && named).then_some(at)
}
