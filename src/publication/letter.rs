//! Lines of a letter, and lines that announce a quotation: whom a text is to or from,
//! how it greets, who signed it and when. They are told by where they stand and by how
//! they end. How they look is not said here.

use crate::article::{Block, Date, plain_text};

use super::numbers::numeral;

/// What a paragraph is beside text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParagraphRole {
    /// 称谓: the first line, to whom the letter is.
    Salutation,
    /// 署名: the first line, whom the text is from.
    Sender,
    /// 敬礼, on a line of its own.
    Greeting,
    /// 落款: who signed, and the day, at the end.
    Signature,
    /// A short paragraph before a quotation, which it announces.
    Announcement,
}

impl ParagraphRole {
    /// The name towards layouts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Salutation => "salutation",
            Self::Sender => "sender",
            Self::Greeting => "greeting",
            Self::Signature => "signature",
            Self::Announcement => "announcement",
        }
    }
}

/// A line of a letter is at most so wide, in Han characters.
const LONGEST: f64 = 20.0;
/// An announcement is less wide than this.
const ANNOUNCEMENT: f64 = 100.0;
/// More lines than these at the end of a text are a list.
const MOST: usize = 3;

/// What each of these blocks is, which stand one below the other.
pub fn paragraph_roles(blocks: &[Block]) -> Vec<Option<ParagraphRole>> {
    let lines: Vec<Line> = blocks.iter().map(Line::of).collect();
    let opening = opening(&lines);
    let closing = lines.len() - closing(&lines, opening.is_some());
    let role = |(n, line): (usize, &Line)| match opening {
        Some(role) if n == 0 => Some(role),
        _ if line.greets() => Some(ParagraphRole::Greeting),
        _ if n >= closing => Some(ParagraphRole::Signature),
        _ => line.announces(blocks.get(n + 1)).then_some(ParagraphRole::Announcement),
    };
    lines.iter().enumerate().map(role).collect()
}

/// Whether the last line of a text says this day, in figures or in words.
pub fn says_day(blocks: &[Block], day: Date) -> bool {
    /// A longer line says more than the day.
    const LONGEST: usize = 40;
    let Some(Block::Paragraph(last)) = blocks.last() else { return false };
    let last: String = plain_text(last).chars().filter(|c| !c.is_whitespace()).collect();
    let last = last.replace(['○', '零'], "〇");
    if last.chars().count() > LONGEST {
        return false;
    }
    let (year, month, date) = (day.year(), usize::from(day.month()), usize::from(day.day()));
    let digits = year.to_string();
    let spoken = digits.bytes().map(|digit| numeral(usize::from(digit - b'0')));
    let spoken = spoken.collect::<String>().replace('零', "〇");
    let words = [
        format!("{spoken}年{}月{}日", numeral(month), numeral(date)),
        format!("{year}年{month}月{date}日"),
        day.to_string(),
        day.to_string().replace('-', "."),
    ];
    words.iter().any(|words| last.contains(words)) || last == format!("{year}.{month}.{date}")
}

/// A paragraph's words; nothing for what is no paragraph.
struct Line {
    words: String,
    /// In Han characters; two of Latin are as wide as one.
    width: f64,
}

impl Line {
    fn of(block: &Block) -> Self {
        let words = match block {
            Block::Paragraph(inlines) => plain_text(inlines).trim().to_owned(),
            _ => String::new(),
        };
        let width = words.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum();
        Self { words, width }
    }

    fn is_brief(&self) -> bool {
        !self.words.is_empty() && self.width <= LONGEST
    }

    fn calls(&self) -> bool {
        self.is_brief() && self.words.ends_with('：')
    }

    fn greets(&self) -> bool {
        matches!(self.words.as_str(), "敬礼" | "敬礼！")
    }

    /// A signature or a day ends without a mark.
    fn signs(&self) -> bool {
        let ended = |c: char| "：。！？；，、…—）”’.!?".contains(c);
        self.is_brief()
            && !self.greets()
            && !self.words.contains('：')
            && !self.words.ends_with(ended)
    }

    /// A name has a space before it.
    fn is_named(&self) -> bool {
        self.signs() && self.words.contains(char::is_whitespace)
    }

    fn is_dated(&self) -> bool {
        let is_number = |c: char| c.is_numeric() || "〇○零一二三四五六七八九十".contains(c);
        let mut before = ' ';
        self.signs()
            && self.words.chars().filter(|c| !c.is_whitespace()).any(|c| {
                let dated = "年月日".contains(c) && is_number(before);
                before = c;
                dated
            })
    }

    fn announces(&self, next: Option<&Block>) -> bool {
        matches!(next, Some(Block::Quote(_)))
            && self.width < ANNOUNCEMENT
            && self.words.ends_with('：')
    }
}

/// What the first line is. Lines of its kind after it are a list, no letter.
fn opening(lines: &[Line]) -> Option<ParagraphRole> {
    let [first, second, ..] = lines else { return None };
    if first.calls() {
        return Some(ParagraphRole::Salutation);
    }
    (first.is_named() && !second.signs()).then_some(ParagraphRole::Sender)
}

/// How many lines at the end close the letter: after a colon they would be a list.
fn closing(lines: &[Line], opens: bool) -> usize {
    let count = lines.iter().rev().take_while(|line| line.signs()).count();
    let (text, closing) = lines.split_at(lines.len() - count);
    let (Some(before), Some(last)) = (text.last(), closing.last()) else { return 0 };
    if count > MOST || before.words.ends_with('：') {
        return 0;
    }
    if opens || last.is_dated() || (count == 1 && last.is_named()) { count } else { 0 }
}
