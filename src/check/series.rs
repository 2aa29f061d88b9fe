//! Series across all articles: which are confirmed by a second instalment, which
//! instalments are missing or stand twice, and which names are probably one.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::{Article, Date};
use crate::diag::{Code, Finding};

const GAP: Code = Code::new("series-gap");
const DOUBLE: Code = Code::new("series-double");
const SPELT: Code = Code::new("series-spelt-differently");
const ALIKE: Code = Code::new("series-names-alike");
const DATES: Code = Code::new("series-dates");

/// Names shorter than this differ by one character without being alike.
const SHORTEST: usize = 4;

/// An article as the series see it.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// The file as findings name it.
    pub file: &'a str,
    /// The article.
    pub article: &'a Article,
}

/// What is known of the series once all articles have been read.
#[derive(Debug, Default)]
pub struct SeriesPass {
    /// The articles whose series a second one confirms, by their numbers.
    pub confirmed: BTreeSet<usize>,
    /// What was found, each with the number of the article it is about.
    pub findings: Vec<(usize, Finding)>,
}

/// One instalment.
struct Instalment<'a> {
    /// The number of the article.
    member: usize,
    file: &'a str,
    name: &'a str,
    ordinal: u32,
    date: Option<Date>,
}

/// Looks at the series of all articles.
pub fn series(members: &[Member<'_>]) -> SeriesPass {
    let mut all: BTreeMap<String, Vec<Instalment<'_>>> = BTreeMap::new();
    for (member, Member { file, article }) in members.iter().enumerate() {
        let Some(series) = &article.meta.series else { continue };
        let instalment = Instalment {
            member,
            file,
            name: &series.name,
            ordinal: series.ordinal,
            date: article.meta.date,
        };
        all.entry(plain(&series.name)).or_default().push(instalment);
    }
    let mut pass = SeriesPass::default();
    for instalments in all.values_mut() {
        instalments.sort_by(|a, b| a.ordinal.cmp(&b.ordinal).then(a.member.cmp(&b.member)));
        if instalments.len() > 1 {
            pass.confirmed.extend(instalments.iter().map(|i| i.member));
        }
        numbers(instalments, &mut pass.findings);
        spelling(instalments, &mut pass.findings);
    }
    alike(&all, &mut pass.findings);
    pass
}

/// A series' name without the marks and spaces that people leave out.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Instalments that stand twice, that are missing between two others, or whose dates
/// say another order than their numbers.
fn numbers(instalments: &[Instalment<'_>], out: &mut Vec<(usize, Finding)>) {
    for pair in instalments.windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        let about = |finding: Finding| {
            let finding = finding.arg("name", after.name).arg("number", after.ordinal);
            (after.member, finding.arg("other", before.file).file(after.file))
        };
        if before.ordinal == after.ordinal {
            out.push(about(Finding::warning(DOUBLE)));
            continue;
        }
        if after.ordinal > before.ordinal + 1 {
            let (from, to) = (before.ordinal + 1, after.ordinal - 1);
            let missing = if from == to { from.to_string() } else { format!("{from}–{to}") };
            out.push(about(Finding::warning(GAP).arg("missing", missing)));
        }
        if let (Some(earlier), Some(later)) = (before.date, after.date)
            && later < earlier
        {
            let note = Finding::note(DATES).arg("date", later).arg("before", before.ordinal);
            out.push(about(note.arg("earlier", earlier)));
        }
    }
}

/// One series whose name is written in two ways: they would be printed as two.
fn spelling(instalments: &[Instalment<'_>], out: &mut Vec<(usize, Finding)>) {
    let mut ways: BTreeMap<&str, usize> = BTreeMap::new();
    for instalment in instalments {
        *ways.entry(instalment.name).or_default() += 1;
    }
    // The most frequent way is proposed, of equals the first.
    let Some((usual, _)) = ways.iter().rev().max_by_key(|(_, count)| **count) else { return };
    for instalment in instalments.iter().filter(|i| i.name != *usual) {
        let finding = Finding::warning(SPELT).arg("name", instalment.name).arg("usual", usual);
        out.push((instalment.member, finding.excerpt(instalment.name).file(instalment.file)));
    }
}

/// Names that differ by one character. A digit is what tells two series apart.
fn alike(all: &BTreeMap<String, Vec<Instalment<'_>>>, out: &mut Vec<(usize, Finding)>) {
    let mut by_rest: BTreeMap<String, Vec<(&str, Option<char>)>> = BTreeMap::new();
    for name in all.keys().filter(|name| name.chars().count() >= SHORTEST) {
        by_rest.entry(name.clone()).or_default().push((name, None));
        for (at, c) in name.char_indices() {
            let rest = format!("{}{}", &name[..at], &name[at + c.len_utf8()..]);
            by_rest.entry(rest).or_default().push((name, Some(c)));
        }
    }
    let mut told = BTreeSet::new();
    for list in by_rest.values() {
        for pair in list.windows(2) {
            let ((a, x), (b, y)) = (pair[0], pair[1]);
            let number = |c: Option<char>| c.is_some_and(|c| c.is_numeric() || counts(c));
            if a == b || number(x) || number(y) || !told.insert((a, b)) || told.contains(&(b, a)) {
                continue;
            }
            let (Some(one), Some(other)) = (all.get(a), all.get(b)) else { continue };
            let (rare, usual) = if one.len() < other.len() { (one, other) } else { (other, one) };
            if let (Some(rare), Some(usual)) = (rare.first(), usual.first()) {
                let finding = Finding::note(ALIKE).arg("name", rare.name).arg("usual", usual.name);
                let finding = finding.arg("other", usual.file).file(rare.file);
                out.push((rare.member, finding.excerpt(rare.name)));
            }
        }
    }
}

/// Whether a character counts, as in 上 and 下, or is a Chinese digit.
fn counts(c: char) -> bool {
    "〇零一二三四五六七八九十百千廿卅上中下甲乙丙丁".contains(c)
}
