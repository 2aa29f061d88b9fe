//! What stands above the text of a Word file: 引题, title, 副题, the line of date and
//! source.

use std::collections::BTreeSet;

use crate::article::{Credit, Inline, Part, Place, Role};
use crate::diag::{Code, Finding};
use crate::import::draft::{Draft, SourceLine};
use crate::import::text::{half_units, number_rank};
use crate::import::{fields, format, notice, series, values};

use super::item::{Item, Look, Para};
use super::styles::{Align, Meaning};

const TITLE_STYLE: Code = Code::new("read-word-title-style");
const TITLE_LOOK: Code = Code::new("read-word-title-look");
const TITLE_MISSING: Code = Code::new("read-title-missing");
const KICKER: Code = Code::new("read-kicker-above");
const SUBTITLE: Code = Code::new("read-subtitle-dash");
const SUBTITLE_BELOW: Code = Code::new("read-subtitle-below");
const BYLINE: Code = Code::new("read-word-byline");
const META_LINE: Code = Code::new("read-meta-line");

/// The widest title, in half-width units.
const TITLE_WIDTH: usize = 120;
/// So many paragraphs may stand above the text.
const HEAD_LINES: usize = 6;

/// Where an article's own text begins and what above it was used.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) taken: BTreeSet<usize>,
}

/// Reads the head into the draft; gives the items it took.
pub(super) fn read(draft: &mut Draft, items: &[Item], name: &str) -> Head {
    let mut head = Head::default();
    let mut lines: Vec<(usize, &Para)> = Vec::new();
    for (i, item) in items.iter().enumerate() {
        // A table or the like ends the head; a picture may stand above the title.
        let Item::Paragraph(para) = item else { break };
        if !para.text().is_empty() {
            lines.push((i, para));
        }
        if lines.len() > HEAD_LINES {
            break;
        }
    }
    let mut at = meta_lines(draft, &lines, 0, &mut head);
    let text = Look::of_text(items);
    match title(&lines[at..], &text, items) {
        None => {
            let stem = format::stem(name);
            draft.article.meta.title = vec![Inline::Text(stem.to_owned())];
            let place = Place::part(Part::Title);
            draft.say(Finding::warning(TITLE_MISSING).arg("title", stem).place(place));
        }
        Some(found) => {
            let line = |n: &usize| lines[at + n];
            if let Some(kicker) = found.kicker.as_ref().map(line) {
                draft.article.meta.kicker = kicker.1.inlines(true);
                draft.origin(Place::part(Part::Kicker), 0, 0.7, KICKER);
                head.taken.insert(kicker.0);
            }
            let paras: Vec<_> = found.title.clone().map(|n| lines[at + n]).collect();
            head.taken.extend(paras.iter().map(|(i, _)| *i));
            take_title(draft, &paras, found.confidence, found.reason);
            if let Some(subtitle) = found.subtitle.as_ref().map(line) {
                draft.article.meta.subtitle = subtitle.1.inlines(true);
                let dashed = is_dashed(&subtitle.1.text());
                let (sure, reason) = if dashed { (0.95, SUBTITLE) } else { (0.7, SUBTITLE_BELOW) };
                draft.origin(Place::part(Part::Subtitle), 0, sure, reason);
                head.taken.insert(subtitle.0);
            }
            at += found.end;
            while let Some((item, _)) = lines.get(at).filter(|(_, para)| writers(draft, para)) {
                head.taken.insert(*item);
                at += 1;
            }
        }
    }
    meta_lines(draft, &lines, at, &mut head);
    head
}

/// Takes over a line of writers below a title, with labels or without; whether it was one.
fn writers(draft: &mut Draft, para: &Para) -> bool {
    let text = para.text();
    let bare = without_bullet(&text);
    if !para.is_only_text() {
        return false;
    }
    let place = Place::part(Part::Meta);
    let found = fields::parse(bare).filter(|f| f.is_credit_line() || f.is_dated_byline(bare));
    if let Some(found) = found {
        let whole = SourceLine { number: 0, text: &text };
        draft.consume_rest(&place, whole, 0..text.len() - bare.len(), &[]);
        values::apply(draft, SourceLine { number: 0, text: bare }, &found);
        draft.origin(place, 0, 0.8, META_LINE);
        return true;
    }
    if para.look.align != Some(Align::Centre) || !is_byline(bare) {
        return false;
    }
    let words: Vec<&str> = bare.split_whitespace().collect();
    // 林　晓 is one name, spread over the width of three characters.
    let spread = words.iter().all(|w| w.chars().count() == 1);
    let names = match spread {
        true => vec![words.concat()],
        false => words.into_iter().map(str::to_owned).collect(),
    };
    let label = "作者".to_owned();
    draft.article.meta.credits.push(Credit { role: Role::Author, label, names });
    draft.origin(place, 0, 0.6, BYLINE);
    true
}

/// A line without the mark that draws the eye to writers: □ 林溪.
fn without_bullet(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || "□■◆◇●○▲△▪".contains(c))
}

/// A title among the first lines, by their numbers.
struct Titled {
    kicker: Option<usize>,
    title: std::ops::Range<usize>,
    subtitle: Option<usize>,
    /// The first line that is none of these.
    end: usize,
    confidence: f32,
    reason: Code,
}

fn title(lines: &[(usize, &Para)], text: &Look, items: &[Item]) -> Option<Titled> {
    let words: Vec<String> = lines.iter().map(|(_, para)| para.text()).collect();
    let fits = |n: usize| {
        let t = &words[n];
        half_units(t) <= TITLE_WIDTH
            && lines[n].1.number.is_none()
            && t.chars().any(char::is_alphanumeric)
            && !t.ends_with(['。', '；', '：', '，'])
            && notice::opening(t, true).is_none()
            && !fields::parse(t).is_some_and(|f| f.is_head_line())
    };
    let run = (0..lines.len().min(HEAD_LINES)).take_while(|n| fits(*n)).count();
    // Above a title stands at most a 引题, which stands out as the title does.
    let above = |n: usize| match n {
        0 => true,
        1 => fits(0) && lines[0].1.outline.is_none() && text.differs(&lines[0].1.look),
        _ => false,
    };
    let styled = |n: &usize| lines[*n].1.meaning == Some(Meaning::Title);
    if let Some(first) = (0..lines.len()).find(styled).filter(|n| above(*n)) {
        let end = (first..lines.len()).take_while(styled).last().map_or(first + 1, |n| n + 1);
        return Some(around(lines, &words, first..end, 1.0, TITLE_STYLE, run.max(end)));
    }
    if run == 0 {
        return None;
    }
    // A heading of the first level that has no sister is the title.
    let outlined = |para: &Para| para.outline == Some(0);
    let sisters = items.iter().filter(|i| matches!(i, Item::Paragraph(p) if outlined(p))).count();
    if outlined(lines[0].1) && sisters == 1 {
        return Some(around(lines, &words, 0..1, 0.95, TITLE_STYLE, run));
    }
    if lines[0].1.outline.is_some() {
        let first = lines[0].1;
        let larger = first.look.size > text.size || first.look.align == Some(Align::Centre);
        return (larger || sisters <= 1).then(|| around(lines, &words, 0..1, 0.6, TITLE_LOOK, 1));
    }
    let largest = (0..run).map(|n| lines[n].1.look.size).max().unwrap_or(0);
    let first = (0..run).find(|n| {
        let look = &lines[*n].1.look;
        look.size == largest && largest > text.size && text.size > 0
    });
    let centred = |n: &usize| lines[*n].1.look.align == Some(Align::Centre);
    let first = first.or_else(|| (0..run).find(centred)).filter(|n| above(*n));
    if let Some(first) = first {
        // A long title is set in two lines of one look, broken by hand.
        let look = lines[first].1.look;
        let same = |n: &usize| lines[*n].1.look == look && !is_dashed(&words[*n]);
        let end = (first..run.min(first + 3)).take_while(same).last().map_or(first + 1, |n| n + 1);
        let sure = if look.size > text.size { 0.95 } else { 0.85 };
        return Some(around(lines, &words, first..end, sure, TITLE_LOOK, run));
    }
    if run == 1 || half_units(&words[0]) <= TITLE_WIDTH && number_rank(&words[0]).is_none() {
        let sure = if text.differs(&lines[0].1.look) { 0.9 } else { 0.6 };
        return Some(around(lines, &words, 0..1, sure, TITLE_LOOK, 1 + dashes(&words, 1)));
    }
    None
}

fn dashes(words: &[String], at: usize) -> usize {
    usize::from(words.get(at).is_some_and(|w| is_dashed(w)))
}

/// A title with the line above and the line below it.
fn around(
    lines: &[(usize, &Para)],
    words: &[String],
    title: std::ops::Range<usize>,
    confidence: f32,
    reason: Code,
    run: usize,
) -> Titled {
    let kicker = (title.start > 0 && reason == TITLE_LOOK || title.start == 1)
        .then(|| title.start - 1)
        .filter(|n| lines[*n].1.outline.is_none());
    let below = Some(title.end).filter(|n| *n < lines.len());
    let subtitle = below.filter(|n| {
        let para = lines[*n].1;
        let centred = para.look.align == Some(Align::Centre);
        let near = *n < run && centred && lines[title.start].1.look.align == para.look.align;
        let bare = without_bullet(&words[*n]);
        let credit = fields::parse(bare)
            .is_some_and(|f| f.is_credit_line() || f.is_head_line() || f.is_dated_byline(bare));
        let bracketed = words[*n].starts_with(['（', '(']);
        // 云大教〔2023〕18号 numbers the paper it stands in.
        let paper = words[*n].ends_with('号') && words[*n].contains('〔');
        let other = credit || bracketed || paper || is_byline(bare);
        is_dashed(&words[*n])
            || para.meaning == Some(Meaning::Subtitle)
            || (near && !other && half_units(&words[*n]) >= 10)
    });
    let end = subtitle.map_or(title.end, |n| n + 1);
    Titled { kicker, title, subtitle, end, confidence, reason }
}

/// Whether a line is names and units in a row, as writers stand below a title:
/// 宣传部　林溪　周远, 林　晓. Who holds an office speaks, and stands in a 副题.
fn is_byline(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let han = |w: &str| w.chars().all(fields::is_han);
    let is_name = |w: &str| (2..=4).contains(&w.chars().count()) && han(w);
    let office = |w: &str| w.ends_with(['长', '任', '授', '记', '员', '生', '师']);
    match words[..] {
        [] => false,
        [one] => is_name(one) && !office(one) || (fields::is_person_or_unit(one) && han(one)),
        [first, last] if first.chars().count() == 1 && last.chars().count() == 1 => {
            han(first) && han(last)
        }
        [first, ref rest @ ..] => {
            rest.len() < 5
                && rest.iter().all(|w| is_name(w))
                && first.chars().count() <= 12
                && han(first)
                && !office(first)
        }
    }
}

fn is_dashed(text: &str) -> bool {
    text.starts_with('—') && !text.trim_start_matches('—').trim().is_empty()
}

fn take_title(draft: &mut Draft, paras: &[(usize, &Para)], confidence: f32, reason: Code) {
    let mut inlines = Vec::new();
    for (_, para) in paras {
        if !inlines.is_empty() {
            inlines.push(Inline::Text(" ".to_owned()));
        }
        inlines.extend(para.inlines(true));
    }
    crate::article::tidy(&mut inlines);
    match &inlines[..] {
        [Inline::Text(text)] => {
            let line = SourceLine { number: 0, text };
            series::apply(draft, line, confidence);
            if draft.article.meta.series.is_some() || draft.article.meta.column.is_some() {
                return;
            }
        }
        // A series is looked for in plain words only: a note in a title would be
        // lost with the words around it.
        _ => draft.article.meta.title = inlines,
    }
    draft.origin(Place::part(Part::Title), 0, confidence, reason);
}

/// Takes over the lines of values from line `at` on; gives the first that is none.
fn meta_lines(
    draft: &mut Draft,
    lines: &[(usize, &Para)],
    mut at: usize,
    head: &mut Head,
) -> usize {
    while let Some((item, para)) = lines.get(at) {
        let text = para.text();
        let Some(found) = fields::parse(&text).filter(fields::Fields::is_head_line) else { break };
        if !para.is_only_text() {
            break;
        }
        values::apply(draft, SourceLine { number: 0, text: &text }, &found);
        draft.origin(Place::part(Part::Meta), 0, 0.9, META_LINE);
        head.taken.insert(*item);
        at += 1;
    }
    at
}
