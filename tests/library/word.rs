//! Word files that nobody here made: what the reader keeps of each, held against
//! what another converter reads from it, and a list of those that it keeps whole.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use kanyin::article::{Article, Block, Inline};
use kanyin::import::import;
use unicode_normalization::UnicodeNormalization;

use crate::support::{self, root};

/// The letters and digits of an article in reading order, notes where they are
/// called, and what the head and the credits took over from the text.
fn characters(article: &Article) -> String {
    let mut out = String::new();
    let meta = &article.meta;
    let mut value = |text: &str| out.push_str(text);
    if let Some(series) = &meta.series {
        value(&series.name);
        value(&series.raw);
    }
    meta.column.iter().for_each(|text| value(text));
    inlines(&meta.kicker, &mut out);
    inlines(&meta.title, &mut out);
    inlines(&meta.subtitle, &mut out);
    for text in [&meta.date_raw, &meta.source, &meta.source_url].into_iter().flatten() {
        out.push_str(text);
    }
    if let Some(date) = meta.date {
        out.push_str(&date.to_string());
    }
    meta.extra.values().for_each(|text| out.push_str(text));
    blocks(&article.body, &mut out);
    for credit in &meta.credits {
        out.push_str(&credit.label);
        credit.names.iter().for_each(|name| out.push_str(name));
    }
    out.nfkc().filter(|c| c.is_alphanumeric()).collect()
}

fn blocks(list: &[Block], out: &mut String) {
    for block in list {
        match block {
            Block::Paragraph(text) => inlines(text, out),
            Block::Heading(heading) => inlines(&heading.text, out),
            Block::Figure(figure) => inlines(&figure.caption, out),
            Block::List(list) => list.items.iter().for_each(|item| blocks(item, out)),
            Block::Table(table) => {
                inlines(&table.caption, out);
                table.rows.iter().flatten().for_each(|cell| blocks(&cell.blocks, out));
            }
            Block::Quote(inner) => blocks(inner, out),
            Block::Aside(aside) => blocks(&aside.blocks, out),
            Block::Unknown { text, .. } => out.push_str(text),
            Block::Rule => {}
        }
    }
}

fn inlines(list: &[Inline], out: &mut String) {
    for inline in list {
        match inline {
            Inline::Text(text) => out.push_str(text),
            Inline::Ruby { base, text } => {
                out.push_str(base);
                out.push_str(text);
            }
            Inline::Note(inner) => blocks(inner, out),
            other => inlines(other.children(), out),
        }
    }
}

/// The characters of `wanted` that `text` has not got, each as often as it lacks.
fn lacking(wanted: &str, text: &str) -> String {
    let mut there: BTreeMap<char, usize> = BTreeMap::new();
    text.chars().for_each(|c| *there.entry(c).or_default() += 1);
    let mut gone = |c: &char| match there.get_mut(c) {
        Some(n) if *n > 0 => {
            *n -= 1;
            false
        }
        _ => true,
    };
    wanted.chars().filter(|c| gone(c)).collect()
}

fn is_subsequence(wanted: &str, text: &str) -> bool {
    let mut text = text.chars();
    wanted.chars().all(|c| text.any(|t| t == c))
}

/// Where the other converter's own files stand, everything it reads of them must
/// be read here, too. Those in which the order differs are on a list that may only
/// become shorter.
#[test]
fn nothing_is_lost_of_word_files_that_others_made() {
    let list = root().join("tests/outside/docx.txt");
    let known = fs::read_to_string(&list).unwrap();
    let Some(folder) = support::shared("outside/docx") else {
        return support::outside("Word files of pandoc's tests: not here, 0 of 122 ran");
    };
    let expected = fs::read_to_string(folder.join("expected.json")).unwrap();
    let expected: BTreeMap<String, Vec<String>> = serde_json::from_str(&expected).unwrap();
    let mut lines = String::new();
    let (mut whole, mut in_order) = (0, 0);
    for (name, versions) in &expected {
        let bytes = fs::read(folder.join(name)).unwrap();
        let read = import(name, &bytes).map(|mut read| characters(&read.remove(0).value.article));
        let (state, detail) = match &read {
            // A file without a word is refused, rightly.
            Err(_) if versions.iter().all(String::is_empty) => ("in order", String::new()),
            Err(fault) => ("refused", format!(" ({fault})")),
            Ok(text) => {
                let lost: String =
                    versions.iter().map(|v| lacking(v, text)).min_by_key(String::len).unwrap();
                if !lost.is_empty() {
                    ("lost", format!(" ({lost})"))
                } else if versions.iter().any(|v| is_subsequence(v, text)) {
                    ("in order", String::new())
                } else {
                    ("whole", String::new())
                }
            }
        };
        whole += usize::from(matches!(state, "in order" | "whole"));
        in_order += usize::from(state == "in order");
        let _ = writeln!(lines, "{name}: {state}{detail}");
    }
    support::outside(&format!(
        "Word files of pandoc's tests: {} ran, nothing lost in {whole}, in order {in_order}",
        expected.len()
    ));
    let told: String = known.lines().filter(|l| !l.starts_with('#')).fold(String::new(), |s, l| s + l + "\n");
    assert_eq!(lines, told, "{} says otherwise", list.display());
    assert!(whole == 122 && in_order >= 121, "{whole} whole, {in_order} in order");
}
