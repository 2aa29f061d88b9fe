//! Building one publication for a test, and measuring its pages: lines of words where
//! poppler sees them, ink where it draws it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kanyin::diag::{Severity, Silent};
use kanyin::pipeline::{BuildOptions, Built, build};
use kanyin::project::Project;

use crate::judges::at_hand::{finish, program};
use crate::judges::{self, Word};
use crate::{pdf, support};

/// 5.2.1 and 5.2.3: the type area, in millimetres.
pub const TOP: f64 = 37.0;
pub const INNER: f64 = 28.0;
pub const OUTER: f64 = 26.0;
pub const WIDTH: f64 = 156.0;
pub const HEIGHT: f64 = 225.0;
pub const PITCH: f64 = HEIGHT / 22.0;
pub const SIZE: f64 = WIDTH / 28.0;

/// Poppler's box of a word in 仿宋 begins so much of a line below the line's top.
pub const BOX: f64 = 0.23;

/// So exactly is ink to lie where the standard has it, in millimetres.
pub const NEAR: f64 = 0.3;

/// A publication that was built for one test.
pub struct Made {
    pub folder: tempfile::TempDir,
    pub built: Built,
}

/// Builds one publication as the screen's PDF; `None` where the fonts are not there.
pub fn made(publication: &str, articles: &[&str]) -> Option<Made> {
    pdf::fonts()?;
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("sources")).unwrap();
    for (i, text) in articles.iter().enumerate() {
        fs::write(folder.path().join(format!("sources/{i:02}.md")), text).unwrap();
    }
    let manifest = format!(
        "[press]\nname = \"云澜大学\"\nunit = \"宣传部\"\n\n[[publication]]\nid = \"one\"\n\
         title = \"云澜简报\"\narrange = {{ order = \"file\" }}\nformats = [\"pdf\"]\n{publication}"
    );
    fs::write(folder.path().join("kanyin.toml"), manifest).unwrap();
    let built = built(folder.path());
    let errors: Vec<_> = built.findings().filter(|f| f.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let doubts: Vec<_> = built.findings().filter(|f| f.code.name().contains("look")).collect();
    assert!(doubts.is_empty(), "{doubts:?}");
    Some(Made { folder, built })
}

pub fn built(project: &Path) -> Built {
    let mut fonts = vec![support::root().join("fonts")];
    fonts.extend(std::env::var_os("KANYIN_FONTS").map(PathBuf::from));
    let options = BuildOptions { fonts, ..BuildOptions::default() };
    build(&Project::open(project).unwrap(), &options, &Silent).unwrap()
}

impl Made {
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("out/one/one.pdf")
    }

    pub fn pages(&self) -> Option<Vec<Page>> {
        pages(&self.file())
    }

    pub fn codes(&self) -> Vec<&'static str> {
        self.built.findings().map(|finding| finding.code.name()).collect()
    }
}

/// A page as its lines of words.
pub struct Page {
    /// Its place in the file, from 1.
    pub number: usize,
    pub lines: Vec<Line>,
}

/// The words of a line together, in millimetres from the page's upper left corner.
#[derive(Debug)]
pub struct Line {
    pub left: f64,
    pub right: f64,
    /// Where its first word's box begins, and ends.
    pub top: f64,
    pub bottom: f64,
    pub text: String,
}

impl Line {
    /// Which of the 22 lines it stands on, from 0; between two where it is on none.
    pub fn row(&self) -> f64 {
        (self.top - TOP) / PITCH - BOX
    }

    pub fn middle(&self) -> f64 {
        f64::midpoint(self.left, self.right)
    }
}

impl Page {
    /// Where the type area begins on the left.
    pub fn left(&self) -> f64 {
        if self.number % 2 == 1 { INNER } else { OUTER }
    }

    pub fn right(&self) -> f64 {
        self.left() + WIDTH
    }

    pub fn line(&self, words: &str) -> &Line {
        let found = self.lines.iter().find(|line| line.text.contains(words));
        found.unwrap_or_else(|| panic!("{words} is not on page {}: {:?}", self.number, self.lines))
    }

    pub fn has(&self, words: &str) -> bool {
        self.lines.iter().any(|line| line.text.contains(words))
    }
}

pub fn pages(path: &Path) -> Option<Vec<Page>> {
    let pages = judges::words(path)?;
    Some((1..).zip(pages).map(|(number, words)| Page { number, lines: lines(words) }).collect())
}

/// Words whose middles are at one height are a line.
pub fn lines(words: Vec<Word>) -> Vec<Line> {
    let mm = |points: f64| points / 72.0 * 25.4;
    let mut out: Vec<(f64, Line)> = Vec::new();
    for word in words {
        let middle = mm(f64::midpoint(word.top, word.bottom));
        let (left, right) = (mm(word.left), mm(word.right));
        match out.iter_mut().find(|(at, _)| (at - middle).abs() < 1.5) {
            Some((_, line)) => {
                line.text.push_str(&word.text);
                (line.left, line.right) = (line.left.min(left), line.right.max(right));
            }
            None => out.push((
                middle,
                Line { left, right, top: mm(word.top), bottom: mm(word.bottom), text: word.text },
            )),
        }
    }
    out.into_iter().map(|(_, line)| line).collect()
}

/// A page's ink, line of pixels by line of pixels.
pub struct Ink {
    width: usize,
    dark: Vec<bool>,
}

/// Pixels a millimetre.
pub const FINE: f64 = 600.0 / 25.4;

/// The ink of a page; red counts as dark.
pub fn ink(path: &Path, page: usize) -> Option<Ink> {
    let tool = program("pdftoppm")?;
    let page = page.to_string();
    let mut command = Command::new(tool);
    command.args(["-gray", "-r", "600", "-f", &page, "-l", &page]).arg(path);
    let output = finish(&mut command);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut fields = output.stdout.splitn(4, |byte| byte.is_ascii_whitespace());
    let (_, width, rest) = (fields.next()?, fields.next()?, (fields.next()?, fields.next()?));
    let width: usize = std::str::from_utf8(width).unwrap().parse().unwrap();
    // The height is known by the rest; the largest value stands before the pixels.
    let pixels = &rest.1[rest.1.iter().position(|b| b.is_ascii_whitespace()).unwrap() + 1..];
    Some(Ink { width, dark: pixels.iter().map(|grey| *grey < 128).collect() })
}

impl Ink {
    /// Rules as wide as the type area: where each begins, from above, and how thick it
    /// is, in millimetres.
    pub fn rules(&self, left: f64) -> Vec<(f64, f64)> {
        let (from, to) = ((left + 0.3) * FINE, (left + WIDTH - 0.3) * FINE);
        let is_rule = |row: &[bool]| row[from as usize..to as usize].iter().all(|dark| *dark);
        let mut rules: Vec<(usize, usize)> = Vec::new();
        for (y, row) in self.dark.chunks(self.width).enumerate() {
            if is_rule(row) {
                match rules.last_mut() {
                    Some((top, thick)) if *top + *thick == y => *thick += 1,
                    _ => rules.push((y, 1)),
                }
            }
        }
        rules.into_iter().map(|(y, thick)| (y as f64 / FINE, thick as f64 / FINE)).collect()
    }

    /// Where ink begins and ends, from above, within a part of the page: left, right,
    /// top and bottom in millimetres.
    pub fn extent(&self, [left, right, top, bottom]: [f64; 4]) -> Option<(f64, f64)> {
        let (from, to) = ((left * FINE) as usize, (right * FINE) as usize);
        let rows = self.dark.chunks(self.width).enumerate();
        let rows = rows.skip((top * FINE) as usize).take(((bottom - top) * FINE) as usize);
        let inked: Vec<usize> =
            rows.filter(|(_, row)| row[from..to].contains(&true)).map(|(y, _)| y).collect();
        Some((*inked.first()? as f64 / FINE, (inked.last()? + 1) as f64 / FINE))
    }
}

/// Text of so many Han characters and no mark, as an article's paragraph.
pub fn han(count: usize) -> String {
    "云澜大学图书馆彻夜亮灯二十年守护读书人".chars().cycle().take(count).collect()
}

pub fn article(title: &str, body: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ndate = 2024-12-23\n+++\n\n{body}\n")
}

/// The rules of the block at a page's end are as thick as 7.4.1 has them, and the last
/// lies on the type area's lower edge.
pub fn hold_end(file: &Path, page: &Page) {
    let Some(ink) = ink(file, page.number) else { return };
    let rules = ink.rules(page.left());
    let [.., (first, thick), (_, thin), (last, last_thick)] = rules[..] else {
        panic!("{rules:?}")
    };
    for (measured, asked) in [(thick, 0.35), (thin, 0.25), (last_thick, 0.35)] {
        assert!((measured - asked).abs() < 0.06, "{rules:?}");
    }
    let foot = last + last_thick / 2.0;
    assert!((foot - TOP - HEIGHT).abs() < NEAR && first < last, "{rules:?}");
}
