//! The room `normalise`: what each rule changes and leaves alone, that a person
//! has the last word, and that everything can be taken back.
//!
//! A case file `tests/cases/normalise/<rule>.md` holds groups of lines apart by
//! blank lines: `- ` the text as it comes, `+ ` the text as it is left (absent:
//! unchanged), `? ` the text once all suggestions are accepted (absent: as left).
//! `## title`, `## heading`, `## caption` and `## text` say what the texts below
//! are; other lines are remarks. `␣` stands for a space at an end, `⍽` for a
//! no-break space.

use std::collections::BTreeMap;
use std::path::Path;

use kanyin::article::{Article, Block, Figure, Heading, Image, Inline, plain_text};
use kanyin::diag::{Decisions, Status};
use kanyin::normalise::{codes, normalise};

fn text(t: &str) -> Vec<Inline> {
    vec![Inline::Text(t.to_owned())]
}

fn paragraph(t: &str) -> Article {
    Article { body: vec![Block::Paragraph(text(t))], ..Article::default() }
}

fn of_kind(kind: &str, t: &str) -> Article {
    let mut article = Article::default();
    match kind {
        "title" => article.meta.title = text(t),
        "heading" => article.body = vec![Block::Heading(Heading { level: 1, text: text(t) })],
        "caption" => {
            let images = vec![Image { name: "a.jpg".to_owned(), alt: None }];
            article.body = vec![Block::Figure(Figure { images, caption: text(t), credit: None })];
        }
        _ => return paragraph(t),
    }
    article
}

/// All text of an article, run by run.
fn words(article: &Article) -> String {
    let mut out = Vec::new();
    article.for_each_run(&mut |run| out.push(plain_text(run.inlines)));
    out.join("\n")
}

fn accept_all(article: &Article) -> Decisions {
    let mut decisions = Decisions::default();
    // A suggestion may show another one once it is accepted.
    for _ in 0..4 {
        let edits = normalise(&mut article.clone(), &decisions);
        decisions.accepted.extend(edits.iter().map(kanyin::diag::Edit::key));
    }
    decisions
}

struct Case {
    kind: String,
    before: String,
    after: String,
    accepted: String,
    line: usize,
}

fn cases(content: &str) -> Vec<Case> {
    let unveil = |s: &str| s.replace('␣', " ").replace('⍽', "\u{A0}");
    let mut kind = "text".to_owned();
    let mut out: Vec<Case> = Vec::new();
    for (n, line) in content.lines().enumerate() {
        if let Some(k) = line.strip_prefix("## ") {
            kind = k.to_owned();
        } else if let Some(t) = line.strip_prefix("- ") {
            let t = unveil(t);
            let kind = kind.clone();
            out.push(Case { kind, after: t.clone(), accepted: t.clone(), before: t, line: n + 1 });
        } else if let (Some(t), Some(last)) = (line.strip_prefix("+ "), out.last_mut()) {
            last.after = unveil(t);
            last.accepted = unveil(t);
        } else if let (Some(t), Some(last)) = (line.strip_prefix("? "), out.last_mut()) {
            last.accepted = unveil(t);
        }
    }
    out
}

#[test]
fn each_rule_does_what_its_cases_say() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/normalise");
    for code in codes() {
        let path = dir.join(format!("{}.md", code.name()));
        let content = std::fs::read_to_string(&path)
            .unwrap_or_else(|e| panic!("{}: every rule has its cases: {e}", path.display()));
        let mut heard = false;
        for case in cases(&content) {
            let at = format!("{}:{}", path.display(), case.line);
            let mut article = of_kind(&case.kind, &case.before);
            let edits = normalise(&mut article, &Decisions::default());
            assert_eq!(words(&article), case.after, "{at}");
            heard |= edits.iter().any(|e| e.rule == code);
            let mut article = of_kind(&case.kind, &case.before);
            let decisions = accept_all(&article);
            normalise(&mut article, &decisions);
            assert_eq!(words(&article), case.accepted, "{at}, accepted");
        }
        assert!(heard, "{}: no case is about {}", path.display(), code.name());
    }
}

#[test]
fn the_sample_article_has_the_edits_that_were_counted() {
    let sample =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/党史学习教育综述五.txt");
    let Ok(raw) = std::fs::read_to_string(&sample) else {
        eprintln!("skipped: no ../shared/samples beside the repository");
        return;
    };
    let mut lines = raw.lines().filter(|l| !l.trim().is_empty());
    let title = lines.next().and_then(|l| l.split_once(':')).map_or("", |(_, t)| t);
    let body = lines.skip(1).filter(|l| !l.starts_with("供稿") && !l.starts_with("编辑"));
    let body = body.map(|l| Block::Paragraph(text(l.trim_start_matches("[编者按]"))));
    let mut article = Article { body: body.collect(), ..Article::default() };
    article.meta.title = text(title);
    let edits = normalise(&mut article, &Decisions::default());
    let mut counts = BTreeMap::new();
    for edit in &edits {
        assert_eq!(edit.status, Status::Applied, "{edit:?}");
        *counts.entry(edit.old.as_str()).or_insert(0) += 1;
    }
    assert_eq!(counts, BTreeMap::from([(",", 94), (":", 2), (" ", 3)]));
    assert!(article.title_text().contains(' '));
    assert!(words(&article).contains("专题组织生活会5.jpg"));
    assert!(words(&article).contains("专题组织生活会4.jpg"));
}
