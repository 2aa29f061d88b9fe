//! How well the structure of articles is found, in numbers. The cases are folders
//! under tests/cases/labelled/<format>: an input, and what a careful editor sees in
//! it. Precision and recall are counted field by field; a case that is not wholly
//! right stands in known.txt until it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use kanyin::article::{Article, Block, plain_text};
use kanyin::diag::Warned;
use kanyin::import::Imported;
use serde::Deserialize;

use crate::support::{self, import};

/// Each of these must be reached, by every format and by all together.
const ENOUGH: f64 = 0.95;

/// What an editor sees in an article. What does not apply is left out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    title: Option<String>,
    date: Option<String>,
    series: Option<Instalment>,
    #[serde(default)]
    headings: Vec<String>,
    #[serde(default)]
    captions: Vec<String>,
    /// Each as `label: name、name`.
    #[serde(default)]
    credits: Vec<String>,
    source: Option<String>,
    /// From here on: not scored, but held wherever a case says it.
    column: Option<String>,
    kicker: Option<String>,
    subtitle: Option<String>,
    figure_credits: Option<Vec<String>>,
    pictures: Option<Vec<String>>,
    paragraphs: Option<usize>,
    /// For a source that holds several articles: each of them, and nothing else.
    #[serde(default)]
    articles: Vec<Expected>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Instalment {
    name: String,
    ordinal: u32,
}

/// The values of one article by field, as lines of text.
type Values = BTreeMap<&'static str, Vec<String>>;

const SCORED: [&str; 6] = ["title", "date", "series", "headings", "captions", "credits"];

impl Expected {
    fn values(&self) -> Values {
        let series = self.series.as_ref().map(|s| format!("{} {}", s.name, s.ordinal));
        let mut out = Values::from([
            ("title", Vec::from_iter(self.title.clone())),
            ("date", Vec::from_iter(self.date.clone())),
            ("series", Vec::from_iter(series)),
            ("headings", self.headings.clone()),
            ("captions", self.captions.clone()),
            ("credits", self.credits.clone()),
        ]);
        for (key, value) in [
            ("source", &self.source),
            ("column", &self.column),
            ("kicker", &self.kicker),
            ("subtitle", &self.subtitle),
        ] {
            out.extend(value.clone().map(|v| (key, vec![v])));
        }
        out.extend(self.figure_credits.clone().map(|v| ("figure_credits", v)));
        out.extend(self.pictures.clone().map(|v| ("pictures", v)));
        out.extend(self.paragraphs.map(|n| ("paragraphs", vec![n.to_string()])));
        out
    }
}

fn values_of(read: &Warned<Imported>) -> Values {
    let article: &Article = &read.value.article;
    let meta = &article.meta;
    let untitled = read.findings.iter().any(|f| f.code.name() == "read-title-missing");
    let filled = |text: String| Vec::from_iter(Some(text).filter(|t| !t.is_empty()));
    let series = meta.series.as_ref().map(|s| format!("{} {}", s.name, s.ordinal));
    let credit = |c: &kanyin::article::Credit| format!("{}: {}", c.label, c.names.join("、"));
    let mut out = Values::from([
        ("title", if untitled { Vec::new() } else { filled(article.title_text()) }),
        ("date", Vec::from_iter(meta.date.map(|d| d.to_string()))),
        ("series", Vec::from_iter(series)),
        ("credits", meta.credits.iter().map(credit).collect()),
        ("source", Vec::from_iter(meta.source.clone())),
        ("column", Vec::from_iter(meta.column.clone())),
        ("kicker", filled(plain_text(&meta.kicker))),
        ("subtitle", filled(plain_text(&meta.subtitle))),
    ]);
    let mut paragraphs = 0;
    for key in ["headings", "captions", "figure_credits", "pictures"] {
        out.insert(key, Vec::new());
    }
    let mut add = |key: &'static str, value: String| {
        if !value.is_empty() {
            out.entry(key).or_default().push(value);
        }
    };
    article.for_each_block(&mut |_, block| match block {
        Block::Heading(heading) => add("headings", plain_text(&heading.text)),
        Block::Paragraph(_) => paragraphs += 1,
        Block::Figure(figure) => {
            add("captions", plain_text(&figure.caption));
            add("figure_credits", figure.credit.clone().unwrap_or_default());
            figure.images.iter().for_each(|i| add("pictures", i.name.clone()));
        }
        _ => {}
    });
    out.insert("paragraphs", vec![paragraphs.to_string()]);
    out
}

/// How often a field was found rightly, wrongly, and not at all.
#[derive(Debug, Default, Clone, Copy)]
struct Score {
    right: u32,
    wrong: u32,
    missed: u32,
}

impl Score {
    fn count(&mut self, expected: &[String], got: &[String]) {
        let mut left: Vec<&String> = got.iter().collect();
        for value in expected {
            match left.iter().position(|g| *g == value) {
                Some(at) => {
                    left.remove(at);
                    self.right += 1;
                }
                None => self.missed += 1,
            }
        }
        self.wrong += u32::try_from(left.len()).unwrap_or(u32::MAX);
    }

    fn precision(self) -> f64 {
        ratio(self.right, self.wrong)
    }

    fn recall(self) -> f64 {
        ratio(self.right, self.missed)
    }
}

fn ratio(good: u32, bad: u32) -> f64 {
    if good + bad == 0 { 1.0 } else { f64::from(good) / f64::from(good + bad) }
}

type Table = BTreeMap<(String, usize), Score>;

/// Scores one case; returns what is not as it should be.
fn score(case: &Path, format: &str, table: &mut Table) -> String {
    let mut wrong = String::new();
    let text = fs::read_to_string(case.join("expected.toml")).expect("a case has expected.toml");
    let mut expected: Expected =
        toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", case.display()));
    let articles = match std::mem::take(&mut expected.articles) {
        several if several.is_empty() => vec![expected],
        several => several,
    };
    let input = input_of(case);
    let name = input.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let got = import(&name, &fs::read(&input).expect("the input can be read"));
    let got: Vec<Values> = match &got {
        Ok(reads) => reads.iter().map(values_of).collect(),
        Err(fault) => {
            let _ = writeln!(wrong, "  cannot be read: {:?}", fault.findings);
            Vec::new()
        }
    };
    if got.len() != articles.len() {
        let _ = writeln!(wrong, "  {} articles, not {}", got.len(), articles.len());
    }
    let nothing = Values::new();
    for i in 0..articles.len().max(got.len()) {
        let expected = articles.get(i).map(Expected::values).unwrap_or_default();
        let got = got.get(i).unwrap_or(&nothing);
        let of = |values: &Values, key: &str| values.get(key).cloned().unwrap_or_default();
        for (at, key) in SCORED.iter().enumerate() {
            for column in [format, "all"] {
                let score = table.entry((column.to_owned(), at)).or_default();
                score.count(&of(&expected, key), &of(got, key));
            }
        }
        let extra = SCORED.iter().filter(|key| !expected.contains_key(*key));
        for key in expected.keys().chain(extra) {
            let (expected, got) = (of(&expected, key), of(got, key));
            if expected != got {
                let _ = writeln!(wrong, "  {key}: {expected:?}\n    read as {got:?}");
            }
        }
    }
    wrong
}

fn input_of(case: &Path) -> PathBuf {
    let mut inputs = listed(case);
    inputs.retain(|path| path.file_stem().is_some_and(|stem| stem == "input"));
    assert_eq!(inputs.len(), 1, "{} holds one input", case.display());
    inputs.remove(0)
}

fn listed(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).expect("a folder of cases can be listed");
    let mut out: Vec<PathBuf> = entries.map(|e| e.expect("an entry").path()).collect();
    out.sort();
    out
}

fn printed(table: &Table, cases: &BTreeMap<String, usize>) -> String {
    let mut out = String::new();
    for (format, count) in cases {
        let _ = writeln!(out, "{format}: {count} cases");
        for (at, key) in SCORED.iter().enumerate() {
            let score = table.get(&(format.clone(), at)).copied().unwrap_or_default();
            let _ = writeln!(
                out,
                "  {key:<9} precision {:.3}  recall {:.3}  ({} right, {} wrong, {} missed)",
                score.precision(),
                score.recall(),
                score.right,
                score.wrong,
                score.missed,
            );
        }
    }
    out
}

#[test]
#[expect(clippy::print_stdout, reason = "the table is asked for with --nocapture")]
fn the_structure_of_labelled_articles_is_found() {
    let folder = support::root().join("tests/cases/labelled");
    let known: BTreeSet<String> = fs::read_to_string(folder.join("known.txt"))
        .expect("the list of cases not yet right")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned)
        .collect();
    let (mut table, mut cases) = (Table::new(), BTreeMap::new());
    let (mut failed, mut report) = (BTreeSet::new(), String::new());
    for format in listed(&folder).into_iter().filter(|path| path.is_dir()) {
        let name = format.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for case in listed(&format) {
            let id = format!("{name}/{}", case.file_name().unwrap_or_default().to_string_lossy());
            let wrong = score(&case, &name, &mut table);
            if !wrong.is_empty() {
                let _ = writeln!(report, "{id}\n{wrong}");
                failed.insert(id);
            }
            *cases.entry(name.clone()).or_insert(0) += 1;
            *cases.entry("all".to_owned()).or_insert(0) += 1;
        }
    }
    let printed = printed(&table, &cases);
    println!("{printed}");
    let low = table.values().any(|s| s.precision() < ENOUGH || s.recall() < ENOUGH);
    assert!(!low, "too much is read wrongly:\n{report}{printed}");
    assert_eq!(failed, known, "known.txt does not say what fails:\n{report}{printed}");
    assert!(cases.get("text").is_some_and(|n| *n >= 44), "cases are missing:\n{printed}");
}
