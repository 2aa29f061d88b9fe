//! Word files. Those of tests/cases/word, made here feature by feature, each with
//! what must come of it; and those that nobody here made, held against what another
//! converter reads from them.

pub mod make;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use kanyin::article::{Article, Block, Inline, List};
use kanyin::canonical::{self, Canonical};
use kanyin::import::Imported;
use unicode_normalization::UnicodeNormalization;

use crate::judges::at_hand;
use crate::support::{self, import, root};

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

/// The cases by name.
fn cases() -> Vec<(String, make::Case)> {
    let entries = fs::read_dir(root().join("tests/cases/word")).unwrap();
    let mut paths: Vec<_> = entries.map(|e| e.unwrap().path()).collect();
    paths.sort();
    let name = |path: &std::path::Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|p| (name(p), make::Case::parse(&fs::read_to_string(p).unwrap()))).collect()
}

#[test]
fn every_feature_comes_out_as_its_case_says() {
    let mut wrong = String::new();
    let cases = cases();
    for (name, case) in &cases {
        let mut read = import(&format!("{name}.docx"), &case.file()).unwrap();
        let read = read.remove(0);
        let article = read.value.article.clone();
        let text = canonical::write(&Canonical { article, made_from: None, made_from_sum: None });
        let codes: Vec<&str> = read.findings.iter().map(|f| f.code.name()).collect();
        let framed = read.value.embedded.iter().filter(|e| !e.framing.is_plain());
        let framed = framed.map(|e| {
            let f = &e.framing;
            format!("framed {}: cut {:?}, turned {}", e.name, f.cut, f.turn)
        });
        let found: Vec<String> = codes.into_iter().map(str::to_owned).chain(framed).collect();
        if case.section("expected") != text {
            let _ = writeln!(wrong, "=== {name} is\n{text}");
        }
        if case.section("findings").lines().ne(found.iter().map(String::as_str)) {
            let _ = writeln!(wrong, "=== {name} finds\n{}", found.join("\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(cases.len() >= 19, "cases are missing");
}

/// What an article holds, with the numbers of its lists, and what its reader took
/// for marks instead of what stands for them now.
fn with_consumed(read: &Imported) -> String {
    let mut text = characters(&read.article);
    read.article.for_each_block(&mut |_, block| {
        if let Block::List(List { start: Some(start), items }) = block {
            (0..).take(items.len()).for_each(|n| text += &(start + n).to_string());
        }
    });
    for edit in &read.edits {
        let told = |text: &str| text.nfkc().filter(|c| c.is_alphanumeric()).collect::<String>();
        for c in told(&edit.new).chars() {
            text.remove(text.find(c).expect("what stands for a mark is in the article"));
        }
        text += &told(&edit.old);
    }
    text
}

/// LibreOffice reads the same characters from every file made here, or the case says
/// which not and why.
#[test]
fn another_program_reads_the_same_characters() {
    let Some(soffice) = at_hand::program("soffice") else { return };
    let folder = tempfile::tempdir().unwrap();
    let cases = cases();
    for (name, case) in &cases {
        fs::write(folder.path().join(format!("{name}.docx")), case.file()).unwrap();
    }
    let files = cases.iter().map(|(name, _)| folder.path().join(format!("{name}.docx")));
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("p").display());
    let mut command = Command::new(soffice);
    command.args([&profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir"]);
    at_hand::finish(command.arg(folder.path()).args(files));
    let mut wrong = String::new();
    for (name, case) in &cases {
        let text = fs::read_to_string(folder.path().join(format!("{name}.txt")));
        let read = import(&format!("{name}.docx"), &case.file()).unwrap().remove(0).value;
        let ours = with_consumed(&read);
        let differences = match text {
            Err(_) => vec!["refuses".to_owned()],
            Ok(text) => {
                let theirs: String = text.nfkc().filter(|c| c.is_alphanumeric()).collect();
                let sides = [("lacks", lacking(&ours, &theirs)), ("adds", lacking(&theirs, &ours))];
                let some = sides.into_iter().filter(|(_, text)| !text.is_empty());
                some.map(|(side, text)| format!("{side} {text}")).collect()
            }
        };
        let told = case.section("libreoffice").lines().map(|line| line.split_once("：").unwrap());
        let told: Vec<&str> = told.map(|(what, _)| what).collect();
        if told != differences {
            let _ = writeln!(wrong, "=== {name}\n{}", differences.join("\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
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
    let told: String =
        known.lines().filter(|l| !l.starts_with('#')).fold(String::new(), |s, l| s + l + "\n");
    assert_eq!(lines, told, "{} says otherwise", list.display());
    assert!(whole == 122 && in_order >= 121, "{whole} whole, {in_order} in order");
}
