//! What lines look like in print, read off the finished pages: where they begin and
//! end, what they keep together, how wide marks are. `docs/clreq.md` says which rule
//! is held where.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use kanyin::article::Block;
use kanyin::diag::Silent;
use kanyin::export::Job;
use kanyin::export::pdf::{Edition, export};
use kanyin::layout::Medium;
use kanyin::media::{Album, Store};
use serde::Deserialize;
use tempfile::TempDir;

use crate::judges::{self, Word};
use crate::{editions, pdf, support};

/// Marks that begin no line (CLREQ, line start and line end, strict).
const NOT_FIRST: &str = "，。、；：？！．）》」』】〕〉〗］｝”’·‧—…～－–％‰℃／/";
/// Marks that end no line.
const NOT_LAST: &str = "（《「『【〔〈〖［｛“‘／/";

/// A line as a reader sees it: the words that stand beside one another.
#[derive(Debug, Clone)]
struct Line {
    text: String,
    left: f64,
    right: f64,
    bottom: f64,
    height: f64,
}

/// The lines of a page. Words belong to one line where they overlap in height by half
/// of the lower one, so that the calls of notes do, and stand close.
fn lines(words: &[Word]) -> Vec<Line> {
    let mut words: Vec<&Word> = words.iter().collect();
    words.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut lines: Vec<Line> = Vec::new();
    for word in words {
        let height = word.bottom - word.top;
        let beside = |line: &&mut Line| {
            let top = line.bottom - line.height;
            let shared = line.bottom.min(word.bottom) - top.max(word.top);
            let gap = word.left - line.right;
            shared > 0.5 * height.min(line.height) && gap.abs() < 1.3 * height.max(line.height)
        };
        match lines.iter_mut().rev().find(beside) {
            Some(line) => {
                line.text.push_str(&word.text);
                line.right = word.right;
                if height > line.height {
                    (line.bottom, line.height) = (word.bottom, height);
                }
            }
            None => lines.push(Line {
                text: word.text.clone(),
                left: word.left,
                right: word.right,
                bottom: word.bottom,
                height,
            }),
        }
    }
    lines.sort_by(|a, b| a.bottom.total_cmp(&b.bottom));
    lines
}

/// What is wrong with where the lines of a page begin and end. A dash may begin a
/// paragraph, and a folio stands between two.
fn wrong(lines: &[Line]) -> Vec<String> {
    let mut out = Vec::new();
    for line in lines {
        let (Some(first), Some(last)) = (line.text.chars().next(), line.text.chars().last()) else {
            continue;
        };
        let goes_on = lines.iter().any(|above| {
            let pitch = (line.bottom - above.bottom) / line.height;
            let gap = (line.left - above.left).abs();
            (0.5..2.0).contains(&pitch) && gap < 0.6 * line.height && above.right > line.left
        });
        let may_open = matches!(first, '—' | '…') && !goes_on;
        if NOT_FIRST.contains(first) && !may_open {
            out.push(format!("begins with {first}: {}", line.text));
        }
        if NOT_LAST.contains(last) {
            out.push(format!("ends with {last}: {}", line.text));
        }
    }
    out
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    text: String,
    #[serde(default)]
    whole: Vec<String>,
    #[serde(default)]
    width: f64,
    #[serde(default)]
    about: f64,
}

fn cases(name: &str) -> Vec<Case> {
    let path = support::root().join("tests/cases/typography").join(name);
    let cases: Cases = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert!(!cases.case.is_empty(), "{name}");
    cases.case
}

/// A PDF of these paragraphs, in canonical form, under a look.
fn set(look: &str, paragraphs: &[String]) -> Option<(TempDir, PathBuf)> {
    let fonts = pdf::fonts()?;
    // Each has a note of its own.
    let (mut body, mut notes) = (String::new(), String::new());
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let text = paragraph.replace("[^1]", &format!("[^{}]", i + 1));
        if paragraph.contains("[^1]") {
            notes.push_str(&format!("[^{}]: 见校史。\n\n", i + 1));
        }
        body.push_str(&text);
        body.push_str("\n\n");
    }
    let text = format!("+++\ntitle = \"样张\"\n+++\n\n{body}{notes}");
    let read = support::import("a.md", text.as_bytes()).unwrap();
    let article = read.into_iter().next().unwrap().value.article;
    assert!(article.body.iter().all(|block| matches!(block, Block::Paragraph(_))), "{article:?}");
    let book = support::publication(vec![article], &[]);
    let look = support::look(Medium::Print, look);
    let view = support::view_of(&book, &look);
    let folder = tempfile::tempdir().unwrap();
    let album = Album::new(Store::new(folder.path()), Vec::new());
    let job = Job { view: &view, look: &look, fonts: &fonts, album: &album, progress: &Silent };
    let artifact = export(job, &[Edition::Screen]).unwrap().value.artifacts.pop().unwrap();
    let path = folder.path().join("a.pdf");
    artifact.write(&mut File::create(&path).unwrap()).unwrap();
    Some((folder, path))
}

fn lines_of(path: &Path) -> Option<Vec<Vec<Line>>> {
    Some(judges::words(path)?.iter().map(|words| lines(words)).collect())
}

/// The text after so many characters of nothing in particular: with every number of
/// them another place of it comes to the end of a line.
fn shifted(text: &str, by: usize) -> String {
    format!("灯{}{text}", "山".repeat(by))
}

/// The text with the mark of the first note for those of all.
fn one_mark(text: &str) -> String {
    let mark = |c| matches!(c, '①'..='⑳' | '\u{3251}'..='\u{325f}' | '\u{32b1}'..='\u{32bf}');
    text.chars().map(|c| if mark(c) { '①' } else { c }).collect()
}

#[test]
fn no_line_tears_what_belongs_together_nor_begins_or_ends_with_a_wrong_mark() {
    for (look, columns) in [("plain", 38), ("bulletin", 28)] {
        for case in cases("whole.toml") {
            let texts: Vec<String> = (0..columns).map(|by| shifted(&case.text, by)).collect();
            let Some((_folder, path)) = set(look, &texts) else { return };
            let Some(pages) = lines_of(&path) else { return };
            let wrong: Vec<String> = pages.iter().flat_map(|lines| wrong(lines)).collect();
            assert_eq!(wrong, Vec::<String>::new(), "{look}: {}", case.why);
            let all: Vec<&Line> = pages.iter().flatten().collect();
            for whole in &case.whole {
                let count = all.iter().filter(|l| one_mark(&l.text).contains(whole)).count();
                assert!(count >= columns, "{look}: {whole} is torn: {} ({count})", case.why);
            }
        }
    }
}

#[test]
fn marks_are_as_wide_as_their_neighbours_let_them() {
    let cases = cases("widths.toml");
    let texts: Vec<String> = cases.iter().map(|case| case.text.clone()).collect();
    let Some((_folder, path)) = set("plain", &texts) else { return };
    let Some(pages) = lines_of(&path) else { return };
    let solid = |c: &Case| {
        let first = c.text.chars().next().unwrap();
        let last = c.text.chars().last().unwrap();
        move |line: &&Line| line.text.starts_with(first) && line.text.ends_with(last)
    };
    let mut found = pages.iter().flatten();
    for case in &cases {
        let line = found.find(solid(case)).unwrap_or_else(|| panic!("{} is not there", case.text));
        let width = (line.right - line.left) / 10.5;
        let about = if case.about > 0.0 { case.about } else { 0.02 };
        assert!((width - case.width).abs() < about, "{}: {width} ({})", case.why, line.text);
    }
}

/// The empty half of a mark that opens a paragraph gives way to the indent, whether
/// the mark is strong or not; what stands after two of them stands a character in.
#[test]
fn an_opening_mark_stands_half_as_wide_after_the_indent() {
    let texts = ["“灯下有人。”", "**《灯下》**有人", "（灯下）有人", "“《灯下》有人", "灯下有人"];
    let Some((_folder, path)) = set("plain", &texts.map(str::to_owned)) else { return };
    let Some(pages) = lines_of(&path) else { return };
    let found: Vec<&Line> =
        pages.iter().flatten().filter(|line| line.text.contains("灯下")).collect();
    let indent = found.last().unwrap().left;
    for line in &found[..4] {
        // The mark is as wide as a character, half of which stands in the indent.
        assert!((line.left - indent + 0.5 * 10.5).abs() < 0.05, "{line:?}");
    }
    let width = |line: &Line, count: f64| (line.right - line.left) / 10.5 - count;
    // From the mark's left edge to the last character's right: the half in the indent
    // is there, and the second mark gave up its own.
    assert!(width(found[1], 6.0).abs() < 0.02, "{:?}", found[1]);
    assert!(width(found[3], 6.5).abs() < 0.02, "{:?}", found[3]);
}

#[test]
fn a_long_word_is_hyphenated_and_an_address_parts_so_that_no_line_is_loose() {
    let text = "所用软件叫internationalization与counterrevolutionaries与characterization，\
        地址是https://lib.yunlan.example/reading/2024/12/31/index.html?id=123456789。";
    let texts: Vec<String> = (0..38).map(|by| shifted(text, by)).collect();
    let Some((_folder, path)) = set("plain", &texts) else { return };
    let Some(pages) = lines_of(&path) else { return };
    let all: Vec<&Line> = pages.iter().flatten().collect();
    assert!(all.iter().any(|line| line.text.ends_with('\u{ad}')), "some word is hyphenated");
    let torn =
        all.iter().filter(|line| line.text.starts_with("s与") || line.text.starts_with("n与"));
    assert_eq!(torn.count(), 0, "no word leaves a letter behind");
}

/// However long a run is that has no place to part at, it stays in the measure.
#[test]
fn nothing_juts_out_of_the_measure() {
    let texts =
        ["3".repeat(130), "！".repeat(90), "…".repeat(100), format!("灯{}", "k".repeat(130))];
    let Some((_folder, path)) = set("plain", &texts) else { return };
    let Some(pages) = lines_of(&path) else { return };
    let measure = 23.0 / 25.4 * 72.0 + 38.0 * 10.5;
    let all: Vec<&Line> = pages.iter().flatten().collect();
    assert!(all.iter().filter(|line| line.text.chars().count() > 30).count() > 8, "{all:?}");
    for line in all.iter().filter(|line| line.height > 10.0) {
        // The empty half of a mark at the end of a line is outside.
        assert!(line.right < measure + 0.55 * 10.5, "{line:?}");
    }
}

#[test]
fn no_paragraph_ends_in_a_line_of_one_character() {
    let text = "这一天的会开得很长，先说夜读区的灯，又说旧书的归处，最后谈到明年的几件小事，\
        大家都没有再说什么。";
    for (look, end) in [("plain", "么。"), ("plain", "么。”"), ("bulletin", "么。”")] {
        let text = text.strip_suffix("么。").map(|text| format!("{text}{end}")).unwrap();
        let texts: Vec<String> = (0..40).map(|by| shifted(&text, by)).collect();
        let Some((_folder, path)) = set(look, &texts) else { return };
        let Some(pages) = lines_of(&path) else { return };
        let ends: Vec<&Line> = pages.iter().flatten().filter(|l| l.text.ends_with(end)).collect();
        assert_eq!(ends.len(), 40);
        let shortest = end.chars().count();
        assert!(ends.iter().all(|line| line.text.chars().count() > shortest), "{look}: {ends:?}");
    }
}

#[test]
fn nothing_that_governs_lines_is_in_the_text_that_is_copied() {
    let texts: Vec<String> = cases("whole.toml").into_iter().map(|case| case.text).collect();
    let Some((_folder, path)) = set("plain", &texts) else { return };
    let Some(text) = judges::pdftotext(&path) else { return };
    assert!(text.contains("2024"));
    for sign in ['\u{2060}', '\u{200b}'] {
        assert!(!text.contains(sign), "{sign:?}");
    }
}

/// Over the whole compilation and the bulletin.
#[test]
fn no_line_of_the_sample_begins_or_ends_with_a_wrong_mark() {
    let Some(sample) = editions::sample() else { return };
    for name in ["yearbook/yearbook.pdf", "bulletin/bulletin.pdf", "series/series.pdf"] {
        let Some(pages) = lines_of(&sample.file(name)) else { return };
        let count: usize = pages.iter().map(Vec::len).sum();
        assert!(count > 80, "{name}: {count} lines");
        let folio = |line: &&Line| {
            line.text.trim_matches(|c: char| "— ".contains(c) || c.is_ascii_digit()).is_empty()
        };
        let wrong: Vec<String> = pages
            .iter()
            .enumerate()
            .flat_map(|(i, lines)| {
                let text: Vec<Line> = lines.iter().filter(|l| !folio(l)).cloned().collect();
                wrong(&text).into_iter().map(move |what| format!("page {}: {what}", i + 1))
            })
            .collect();
        assert_eq!(wrong, Vec::<String>::new(), "{name}");
    }
}

/// The book's lines stand on the grid of 17 points, so that those of facing pages are
/// level; quotations stand half a line off, and the openings of parts and of the
/// picture section have places of their own.
#[test]
fn the_lines_of_the_book_stand_on_its_grid() {
    let Some(sample) = editions::sample() else { return };
    let Some(pages) = lines_of(&sample.file("yearbook/yearbook.pdf")) else { return };
    let body = |line: &&Line| (line.height - 10.5).abs() < 0.05 && line.text.chars().count() > 8;
    let mut on = 0;
    // The first line of the type area: 35 lines of 17 points leave the rest of 260 mm
    // to the margins, a little more of it above.
    let first = 0.52 * (260.0 / 25.4 * 72.0 - 35.0 * 17.0) + 10.5;
    for lines in pages.iter().filter(|lines| {
        !lines.iter().any(|l| ["部分", "图影"].iter().any(|own| l.text.contains(own)))
    }) {
        for line in lines.iter().filter(body) {
            let off = (line.bottom - first).rem_euclid(8.5);
            assert!(off.min(8.5 - off) < 0.1, "{line:?} is off the grid by {off}");
            on += usize::from((line.bottom - first).rem_euclid(17.0).min(1.0) < 0.1);
        }
    }
    assert!(on > 350, "{on} lines are on the grid");
}

/// The test can say no.
#[test]
fn a_line_that_begins_or_ends_wrongly_is_seen() {
    let word = |text: &str, left: f64, top: f64| Word {
        left,
        top,
        right: left + 10.5 * text.chars().count() as f64,
        bottom: top + 10.5,
        text: text.to_owned(),
    };
    let page =
        |second: &str| lines(&[word("灯下有人在读书", 100.0, 100.0), word(second, 100.0, 117.0)]);
    assert_eq!(wrong(&page("读到天明。")), Vec::<String>::new());
    for (text, what) in [
        ("·肖洛霍夫", "begins with ·"),
        ("——读到天明", "begins with —"),
        ("”他说", "begins with ”"),
        ("他说（", "ends with （"),
    ] {
        let found = wrong(&page(text));
        assert!(found.len() == 1 && found[0].starts_with(what), "{text}: {found:?}");
    }
    // The call of a note is no line, and a dash may open a paragraph.
    let mut call = word("①", 173.5, 100.0);
    (call.bottom, call.right) = (106.5, 180.0);
    let noted = [word("灯下有人在读书", 100.0, 100.0), call, word("，天明", 180.0, 100.0)];
    assert_eq!(wrong(&lines(&noted)), Vec::<String>::new());
    assert_eq!(wrong(&lines(&[word("——灯下", 100.0, 100.0)])), Vec::<String>::new());
}
