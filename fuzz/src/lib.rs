//! The rooms of Kanyin that read, without those that typeset, and what is to hold of
//! whatever they read.

#![allow(unused, unreachable_pub)]

#[path = "../../src/article/mod.rs"]
pub mod article;
#[path = "../../src/canonical/mod.rs"]
pub mod canonical;
#[path = "../../src/check/mod.rs"]
pub mod check;
#[path = "../../src/diag/mod.rs"]
pub mod diag;
#[path = "../../src/import/mod.rs"]
pub mod import;
#[path = "../../src/layout/mod.rs"]
pub mod layout;
#[path = "../../src/media/mod.rs"]
pub mod media;
#[path = "../../src/normalise/mod.rs"]
pub mod normalise;
#[path = "../../src/print/mod.rs"]
pub mod print;
#[path = "../../src/project/mod.rs"]
pub mod project;
#[path = "../../src/publication/mod.rs"]
pub mod publication;
#[path = "../../src/review/mod.rs"]
pub mod review;
#[path = "../../src/verify/mod.rs"]
pub mod verify;

use std::sync::{Arc, OnceLock};

use canonical::Canonical;
use diag::{Decisions, Verdicts};
use import::{Inside, Sites};

/// What is to hold of any source whatever: reading ends, and what was read can be
/// settled, corrected, checked, taken back and written; what was written can be read.
pub fn whole_way(name: &str, bytes: &[u8]) {
    let Ok(reads) = import::import(name, bytes, &Sites::builtin()) else { return };
    for read in reads {
        let (mut imported, mut findings) = (read.value, read.findings);
        let mut inside = Inside::of(bytes);
        for embedded in &imported.embedded {
            let _ = inside.picture(embedded);
        }
        review::settle(
            &mut review::Understood {
                article: &mut imported.article,
                origins: &mut imported.origins,
                edits: &mut imported.edits,
                findings: &mut findings,
            },
            &Verdicts::default(),
        );
        let before = imported.article.clone();
        let edits = normalise::normalise(&mut imported.article, &Decisions::default());
        check::check(name, &imported.article, &imported.origins, &check::Lists::default());
        normalise::undo(&mut imported.article, &edits);
        assert_eq!(imported.article, before, "every edit can be taken back");
        let mut tidy = imported.article;
        canonical::tidy(&mut tidy);
        let text = canonical::write(&Canonical { article: tidy.clone(), made_from: None, made_from_sum: None });
        match canonical::parse(name, &text) {
            Ok(parsed) => assert_eq!(parsed.value.article, tidy, "what is written is read:\n{text}"),
            Err(fault) => panic!("what is written cannot be read: {fault}\n{text}"),
        }
    }
}

/// The articles that finished files and lists are held against: every kind of block
/// that stands apart from the text, readings, notes, and what repeats.
pub fn sources() -> Vec<publication::Source> {
    const TEXTS: [&str; 2] = [include_str!("../seeds/one.md"), include_str!("../seeds/two.md")];
    let read = |(n, text): (usize, &&str)| publication::Source {
        file: format!("sources/{n}.md"),
        part: 0,
        article: Arc::new(canonical::parse("a.md", text).expect("they are ours").value.article),
        pictures: Vec::new(),
    };
    TEXTS.iter().enumerate().map(read).collect()
}

fn published() -> &'static publication::Publication {
    static PUBLICATION: OnceLock<publication::Publication> = OnceLock::new();
    PUBLICATION.get_or_init(|| {
        let frame = publication::Frame {
            id: "fuzz".into(),
            kind: publication::Kind::Compilation,
            title: "云澜大学新闻汇编".into(),
            subtitle: String::new(),
            press: String::new(),
            unit: String::new(),
            issue: None,
            document: None,
            colophon: None,
            apparatus: Default::default(),
        };
        publication::assemble(frame, &sources(), &Default::default(), &Default::default())
    })
}

/// Holds a finished file's text against the articles. Whatever it says, the sums are
/// right, and each page begins where there is text.
pub fn compared(text: &verify::FileText, shown: verify::Shown) {
    let entries: Vec<&publication::Entry> = published().entries().collect();
    let (kept, starts) = verify::compare_by_page(&entries, shown, text);
    assert!(kept.found <= kept.characters);
    assert_eq!(kept.is_whole(), kept.missing.is_empty());
    assert!(kept.missing.iter().all(|m| m.page.is_none_or(|page| page <= text.pages())));
    assert!(starts.len() <= text.pages());
}

/// Files of others are read where the panics of a reader that is not ours are caught
/// (`print::preflight::guarded`); only our own are found cases.
pub fn forgive_the_reader_of_syntax() {
    let abort = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let theirs = |at: &std::panic::Location<'_>| at.file().contains("/registry/");
        if !panic.location().is_some_and(theirs) {
            abort(panic);
        }
    }));
}

/// The parts of a text: each is opened by a line `== name`.
pub fn parts(text: &str) -> Vec<(&str, &str)> {
    let text = text.strip_prefix("== ").unwrap_or_default();
    let parts = text.split("\n== ").filter(|part| !part.is_empty());
    parts.map(|part| part.split_once('\n').unwrap_or((part, ""))).map(|(n, t)| (n.trim(), t)).collect()
}
