//! The tables that all looks share: wording, colours, papers, sheets. A project's own
//! need hold only the keys that it changes; the others come from the one compiled
//! into the program.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

use crate::diag::toml_error::line_of;
use crate::diag::{Code, Fault, Finding};

use super::look::built_in;
use super::{LookFile, Wording};

const NOT_UTF8: Code = Code::new("layout-table-not-utf8");
const WORDING_WRONG: Code = Code::new("layout-wording-wrong");
const PLACE_UNKNOWN: Code = Code::new("layout-wording-place");
const PLACE_WHERE_NONE: Code = Code::new("layout-wording-no-place");
const COLOURS_WRONG: Code = Code::new("layout-colours-wrong");
const SCREEN_WRONG: Code = Code::new("layout-colour-screen");
const PRESS_WRONG: Code = Code::new("layout-colour-press");
const PAPERS_WRONG: Code = Code::new("layout-papers-wrong");
const SIDE_WRONG: Code = Code::new("layout-sheet-side");
const SHEETS_WRONG: Code = Code::new("layout-sheets-wrong");

/// A colour of `shared/colours.toml`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colour {
    /// On screens: red, green, blue.
    pub screen: [u8; 3],
    /// In print: cyan, magenta, yellow and black in per cent.
    pub press: [f32; 4],
}

type ByName<T> = BTreeMap<String, T>;

/// What the tables say.
pub(super) struct Tables {
    pub(super) wording: Wording,
    pub(super) colours: BTreeMap<String, Colour>,
    pub(super) papers: BTreeMap<String, f64>,
    pub(super) sheets: BTreeMap<String, [f64; 2]>,
}

impl Tables {
    /// Reads the tables among the files of a look, and puts into those of the
    /// project what they leave to the built-in ones: Typst reads the files.
    pub(super) fn read(files: &mut BTreeMap<String, LookFile>) -> Result<Self, Fault> {
        let wording = table(files, "shared/wording.toml", WORDING_WRONG, wording)?;
        let colours = table(files, "shared/colours.toml", COLOURS_WRONG, colours)?;
        let papers = table(files, "shared/papers.toml", PAPERS_WRONG, |_, papers| Ok(papers))?;
        let sheets = table(files, "shared/sheets.toml", SHEETS_WRONG, sheets)?;
        Ok(Self { wording: Wording::new(wording), colours, papers, sheets })
    }
}

/// Reads one table. `understood` is asked of the project's own table and of the
/// built-in one, so that a complaint is of the file that a person wrote.
fn table<T: DeserializeOwned, U>(
    files: &mut BTreeMap<String, LookFile>,
    name: &str,
    wrong: Code,
    understood: impl Fn(&Table<'_>, ByName<T>) -> Result<ByName<U>, Fault>,
) -> Result<ByName<U>, Fault> {
    let Some(built_in) = built_in(name) else { return Ok(BTreeMap::new()) };
    let read = |file: &LookFile| {
        let text = text(file)?;
        understood(&Table { origin: &file.origin, text }, parse(file, wrong)?)
    };
    let mut all = read(&built_in)?;
    if let Some(own) = files.get_mut(name) {
        let said = read(own)?;
        let keys: toml::Table = parse(own, wrong)?;
        let mut missing: toml::Table = parse(&built_in, wrong)?;
        missing.retain(|key, _| !keys.contains_key(key));
        // After what is there, so that its lines keep their numbers.
        let completed = format!("{}\n{missing}", text(own)?);
        own.bytes = completed.into_bytes().into();
        all.extend(said);
    }
    Ok(all)
}

/// A table's own text, for complaints.
struct Table<'a> {
    origin: &'a str,
    text: &'a str,
}

impl Table<'_> {
    fn fault<T>(&self, finding: Finding, at: &Spanned<T>) -> Fault {
        let line = line_of(self.text, at.span().start);
        Fault::configuration(finding.file(self.origin).line(line))
    }
}

fn wording(
    table: &Table<'_>,
    words: BTreeMap<String, Spanned<String>>,
) -> Result<BTreeMap<String, String>, Fault> {
    let known: BTreeMap<String, String> = match built_in("shared/wording.toml") {
        Some(file) => parse(&file, WORDING_WRONG)?,
        None => BTreeMap::new(),
    };
    for (key, text) in &words {
        // A key that the built-in table does not have is a look's own affair.
        let Some(usual) = known.get(key) else { continue };
        let usual = places(usual);
        for place in places(text.get_ref()) {
            if !usual.contains(&place) {
                let code = if usual.is_empty() { PLACE_WHERE_NONE } else { PLACE_UNKNOWN };
                let finding = Finding::error(code).arg("key", key).arg("place", place);
                return Err(table.fault(finding.arg("known", usual.join("、")), text));
            }
        }
    }
    Ok(words.into_iter().map(|(key, text)| (key, text.into_inner())).collect())
}

/// The places for values in a wording, braces included; what is left of one where
/// its second brace is missing.
fn places(text: &str) -> Vec<&str> {
    let begin = text.match_indices('{').map(|(at, _)| &text[at..]);
    begin.map(|rest| rest.find('}').map_or(rest, |end| &rest[..=end])).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    /// `#rrggbb`.
    screen: Spanned<String>,
    press: Spanned<[f32; 4]>,
}

fn colours(
    table: &Table<'_>,
    named: BTreeMap<String, Named>,
) -> Result<BTreeMap<String, Colour>, Fault> {
    let mut out = BTreeMap::new();
    for (name, Named { screen, press }) in named {
        let hex = screen.get_ref().strip_prefix('#').filter(|hex| hex.len() == 6);
        let Some(value) = hex.and_then(|hex| u32::from_str_radix(hex, 16).ok()) else {
            let finding = Finding::error(SCREEN_WRONG).arg("name", name);
            return Err(table.fault(finding.arg("value", screen.get_ref()), &screen));
        };
        if press.get_ref().iter().any(|ink| !(0.0..=100.0).contains(ink)) {
            return Err(table.fault(Finding::error(PRESS_WRONG).arg("name", name), &press));
        }
        let [_, screen @ ..] = value.to_be_bytes();
        out.insert(name, Colour { screen, press: press.into_inner() });
    }
    Ok(out)
}

/// Both sides must be what a sheet of paper can have.
fn sheets(
    table: &Table<'_>,
    sheets: BTreeMap<String, Spanned<[f64; 2]>>,
) -> Result<BTreeMap<String, [f64; 2]>, Fault> {
    let wrong = |sides: &[f64; 2]| sides.iter().any(|side| !(50.0..=2000.0).contains(side));
    if let Some((name, sides)) = sheets.iter().find(|(_, sides)| wrong(sides.get_ref())) {
        return Err(table.fault(Finding::error(SIDE_WRONG).arg("name", name), sides));
    }
    Ok(sheets.into_iter().map(|(name, sides)| (name, sides.into_inner())).collect())
}

/// A file of a look as the text it should be.
fn text(file: &LookFile) -> Result<&str, Fault> {
    std::str::from_utf8(&file.bytes)
        .map_err(|_| Fault::configuration(Finding::error(NOT_UTF8).file(&file.origin)))
}

/// Reads a file of TOML; where it cannot be understood, the fault is `wrong` with
/// file and line.
pub(super) fn parse<T: DeserializeOwned>(file: &LookFile, wrong: Code) -> Result<T, Fault> {
    let text = text(file)?;
    toml::from_str(text).map_err(|e| {
        let line = e.span().map(|span| line_of(text, span.start));
        let finding = Finding::error(wrong).arg("why", e.message());
        Fault::configuration(finding.file(&file.origin).line(line))
    })
}
