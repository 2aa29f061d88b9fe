//! The specimen: a small project in `tests/specimen` that holds every kind of
//! block, every mark within a line and every key of the front matter. It is held
//! to be complete, and every look has to set it, whatever the publication is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kanyin::article::{Article, AsideKind, Block, Inline, Meta, Role};
use kanyin::diag::{Severity, Silent};
use kanyin::layout::Medium;
use kanyin::pipeline::{BuildOptions, Built, build, read_all};
use kanyin::project::Project;
use kanyin::publication::Kind;

use crate::{pdf, support};

fn articles() -> Vec<Article> {
    let project = Project::open(&support::root().join("tests/specimen")).unwrap();
    let library = read_all(&project, &Silent).unwrap();
    assert!(library.findings.is_empty(), "{:?}", library.findings);
    library.reads.into_iter().map(|read| read.imported.article).collect()
}

/// The kinds that `layouts/CONTRACT.md` promises under a heading.
fn promised(heading: &str) -> BTreeSet<String> {
    let page = fs::read_to_string(support::root().join("layouts/CONTRACT.md")).unwrap();
    let section = page.split("\n## ").find(|s| s.starts_with(&format!("{heading}\n"))).unwrap();
    let kinds = section.lines().filter_map(|line| line.strip_prefix("| **`")?.split('`').next());
    kinds.map(str::to_owned).collect()
}

#[test]
fn the_specimen_holds_every_kind() {
    let (mut blocks, mut inlines, mut asides) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for article in articles() {
        let meta = &article.meta;
        for line in [&meta.title, &meta.kicker, &meta.subtitle] {
            in_line(line, &mut inlines);
        }
        in_blocks(&article.body, &mut blocks, &mut inlines, &mut asides);
    }
    let owned = |set: BTreeSet<&str>| set.into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
    // What print and e-books are given besides is made of these.
    let made = ["half", "tie", "foreign", "pagebreak"].map(str::to_owned);
    let source = promised("Block").into_iter().filter(|kind| !made.contains(kind));
    assert_eq!(owned(blocks), source.collect());
    let promised_inlines: BTreeSet<String> = promised("Inline");
    assert!(made.iter().all(|kind| promised_inlines.contains(kind)));
    let source = promised_inlines.into_iter().filter(|kind| !made.contains(kind));
    assert_eq!(owned(inlines), source.collect());
    assert_eq!(asides, AsideKind::ALL.iter().map(|kind| kind.name()).collect());
}

#[test]
fn the_specimen_uses_every_key_of_the_front_matter() {
    let all: Vec<Meta> = articles().into_iter().map(|article| article.meta).collect();
    let some = |says: fn(&Meta) -> bool| all.iter().any(says);
    assert!(some(|m| !m.kicker.is_empty()) && some(|m| !m.subtitle.is_empty()));
    assert!(some(|m| m.series.is_some()) && some(|m| m.column.is_some()));
    assert!(some(|m| m.date.is_some()) && some(|m| m.date_raw.is_some()));
    assert!(some(|m| m.views.is_some()) && some(|m| m.summary.is_some()));
    assert!(some(|m| m.source.is_some()) && some(|m| m.source_url.is_some()));
    assert!(some(|m| !m.extra.is_empty()));
    let roles: BTreeSet<&str> =
        all.iter().flat_map(|m| &m.credits).map(|credit| credit.role.name()).collect();
    assert_eq!(roles, Role::ALL.iter().map(|role| role.name()).collect());
}

/// No kind of publication and no look loses a word or stumbles over a kind.
#[test]
fn every_look_sets_the_specimen_whatever_it_is_published_as() {
    for medium in [Medium::Print, Medium::Epub, Medium::Wechat] {
        for look in looks(medium) {
            for kind in Kind::ALL {
                let Some(built) = built(medium, &look, kind) else { return };
                let place = format!("{}/{look} as {}", medium.folder(), kind.name());
                let wrong: Vec<_> = built
                    .findings()
                    .filter(|f| f.severity == Severity::Error || f.code.name().contains("look"))
                    .collect();
                assert!(wrong.is_empty(), "{place}: {wrong:?}");
                assert!(!built.publications[0].files.is_empty(), "{place}");
            }
        }
    }
}

/// The names of the looks of a medium, by their folders.
pub fn looks(medium: Medium) -> Vec<String> {
    let folder = support::root().join("layouts").join(medium.folder());
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path().join("layout.toml").is_file())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(!names.is_empty(), "{}", medium.folder());
    names
}

fn built(medium: Medium, look: &str, kind: Kind) -> Option<Built> {
    let folder = tempfile::tempdir().unwrap();
    built_in(folder.path(), medium, look, kind)
}

/// The specimen in a folder of its own, which may hold other articles, published in
/// one look; none where the fonts are not here.
pub fn built_in(folder: &Path, medium: Medium, look: &str, kind: Kind) -> Option<Built> {
    pdf::fonts()?;
    let specimen = support::root().join("tests/specimen");
    support::copy(&specimen.join("sources"), &folder.join("sources"));
    support::copy(&support::root().join("layouts"), &folder.join("layouts"));
    let formats = match medium {
        Medium::Print => "[\"pdf\", \"print\"]",
        Medium::Epub => "[\"epub\"]",
        Medium::Wechat | Medium::Report | Medium::Share => "[\"wechat\"]",
    };
    let manifest = fs::read_to_string(specimen.join("kanyin.toml")).unwrap().replace(
        "kind = \"compilation\"\n",
        &format!(
            "kind = \"{}\"\nlayout = {{ {} = \"{look}\" }}\nformats = {formats}\n",
            kind.name(),
            medium.folder()
        ),
    );
    fs::write(folder.join("kanyin.toml"), manifest).unwrap();
    let mut fonts: Vec<PathBuf> = vec![support::root().join("fonts")];
    fonts.extend(std::env::var_os("KANYIN_FONTS").map(PathBuf::from));
    let options = BuildOptions { fonts, ..BuildOptions::default() };
    let project = Project::open(folder).unwrap();
    Some(build(&project, &options, &Silent).unwrap())
}

fn in_blocks(
    blocks: &[Block],
    kinds: &mut BTreeSet<&'static str>,
    inlines: &mut BTreeSet<&'static str>,
    asides: &mut BTreeSet<&'static str>,
) {
    for block in blocks {
        let kind = match block {
            Block::Paragraph(text) => {
                in_line(text, inlines);
                "paragraph"
            }
            Block::Heading(heading) => {
                in_line(&heading.text, inlines);
                "heading"
            }
            Block::Figure(figure) => {
                in_line(&figure.caption, inlines);
                "figure"
            }
            Block::List(list) => {
                list.items.iter().for_each(|item| in_blocks(item, kinds, inlines, asides));
                "list"
            }
            Block::Table(table) => {
                in_line(&table.caption, inlines);
                for cell in table.rows.iter().flatten() {
                    in_blocks(&cell.blocks, kinds, inlines, asides);
                }
                "table"
            }
            Block::Quote(within) => {
                in_blocks(within, kinds, inlines, asides);
                "quote"
            }
            Block::Aside(aside) => {
                asides.insert(aside.kind.name());
                in_blocks(&aside.blocks, kinds, inlines, asides);
                "aside"
            }
            Block::Rule => "rule",
            Block::Unknown { .. } => "unknown",
        };
        kinds.insert(kind);
    }
}

fn in_line(line: &[Inline], kinds: &mut BTreeSet<&'static str>) {
    for inline in line {
        let (kind, within): (_, &[Inline]) = match inline {
            Inline::Text(_) => ("text", &[]),
            Inline::Break => ("break", &[]),
            Inline::Strong(within) => ("strong", within),
            Inline::Emphasis(within) => ("emphasis", within),
            Inline::EmphasisMark(within) => ("dots", within),
            Inline::Superscript(within) => ("sup", within),
            Inline::Subscript(within) => ("sub", within),
            Inline::Link { content, .. } => ("link", content),
            Inline::Ruby { .. } => ("ruby", &[]),
            Inline::Note(_) => ("note", &[]),
        };
        kinds.insert(kind);
        in_line(within, kinds);
    }
}
