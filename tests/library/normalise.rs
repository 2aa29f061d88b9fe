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

use kanyin::article::script::is_han;
use kanyin::article::{Article, Block, Figure, Heading, Image, Inline, plain_text};
use kanyin::diag::{Decisions, Status};
use kanyin::normalise::{codes, normalise, undo};
use proptest::prelude::*;

use crate::support::{import, root, shared};

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
    let dir = root().join("tests/cases/normalise");
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

/// Reads and corrects a source, and counts the applied edits by what they change.
fn corrected(name: &str, bytes: &[u8]) -> (Article, BTreeMap<String, usize>) {
    let mut article = import(name, bytes).expect("a source in UTF-8").remove(0).value.article;
    let mut counts = BTreeMap::new();
    for edit in normalise(&mut article, &Decisions::default()) {
        assert_eq!(edit.status, Status::Applied, "{edit:?}");
        *counts.entry(format!("{}→{}", edit.old, edit.new)).or_insert(0) += 1;
    }
    (article, counts)
}

#[test]
fn a_whole_article_is_corrected_as_its_case_says() {
    let folder = root().join("tests/cases/normalise/article");
    let input = std::fs::read(folder.join("input.txt")).expect("the case");
    let expected = std::fs::read_to_string(folder.join("expected.txt")).expect("the case");
    let (article, counts) = corrected("input.txt", &input);
    let counts: String = counts.iter().map(|(change, n)| format!("{n} {change}\n")).collect();
    assert_eq!(format!("{counts}\n{}\n", words(&article)), expected);
}

#[test]
fn the_sample_article_has_the_edits_that_were_counted() {
    let Some(samples) = shared("samples") else { return };
    let name = "党史学习教育综述五.txt";
    let (article, counts) = corrected(name, &std::fs::read(samples.join(name)).expect("a sample"));
    let expected = [(",→，", 94), (":→：", 2), (" →", 3)];
    assert_eq!(counts, expected.map(|(change, n)| (change.to_owned(), n)).into());
    assert_eq!(article.title_text(), "开好专题组织生活会 努力提升学习教育实效");
    let names = article.body.iter().filter_map(|block| match block {
        Block::Figure(figure) => Some(figure.images[0].name.as_str()),
        _ => None,
    });
    assert!(names.eq(["专题组织生活会5.jpg", "专题组织生活会4.jpg"]));
}

/// An article of one paragraph in spans, from texts that provoke the rules.
fn provoking() -> impl Strategy<Value = Article> {
    const PIECES: &[&str] = &[
        ",",
        ":",
        ";",
        "!",
        "?",
        "(",
        ")",
        "（",
        "）",
        ".",
        "...",
        "。。。",
        "。",
        "，，",
        "\"",
        "“",
        "”",
        "--",
        "—",
        "…",
        " ",
        "  ",
        "\u{3000}",
        "\u{A0}",
        "，",
        "《",
        "》",
        "大学",
        "二零二六年",
        "卡尔•马",
        "100",
        "3,5",
        "1,000",
        "１２",
        "Ａ",
        "AI",
        "a.jpg",
        "合影 3.png",
        "https://a.b/c,d",
        "x@y.z",
        "10:30",
        "\u{200B}",
        "\u{200D}",
        "﹐",
        "｡",
        "一、",
        "1、",
        "（一）、",
        "第一、",
        "发[2023]5号",
        "（2024）第7号",
        "~",
        "2021-2022年",
        "5-10人",
        "5％",
        "．",
        "「",
        "」",
        "‘",
        "’",
        "'",
        "＂",
        "<",
        ">",
        "<<",
        "！！！！",
        "！？",
        "，。",
        "”、“",
        "》、《",
        "……等",
        "、等",
        "⋯⋯",
        "———",
        "⼤⼈",
        "😀",
        "𠮷",
    ];
    let piece = proptest::collection::vec(proptest::sample::select(PIECES), 0..9);
    let leaf = prop_oneof![
        6 => piece.prop_map(|p| Inline::Text(p.concat())),
        1 => Just(Inline::Break),
        1 => Just(Inline::Ruby { base: "澜,".to_owned(), text: "lán".to_owned() }),
        1 => Just(Inline::Note(vec![Block::Paragraph(text("注,意 的"))])),
    ];
    let span = leaf.prop_recursive(2, 12, 4, |inner| {
        proptest::collection::vec(inner, 0..4).prop_map(Inline::Strong)
    });
    let run = proptest::collection::vec(span, 0..6);
    let line = || proptest::collection::vec(proptest::sample::select(PIECES), 0..6);
    (run, line(), line(), line()).prop_map(|(run, title, heading, caption)| {
        let [title, heading, caption] = [title, heading, caption].map(|line| line.concat());
        let mut article = of_kind("caption", &caption);
        article.body.push(Block::Paragraph(run));
        article.body.push(Block::Heading(Heading { level: 1, text: text(&heading) }));
        article.meta.title = text(&title);
        article.tidy();
        article
    })
}

/// Decisions that accept and refuse as `coins` fall.
fn decide(article: &Article, coins: &[u8]) -> Decisions {
    let mut decisions = Decisions::default();
    let edits = normalise(&mut article.clone(), &decisions);
    for (edit, coin) in edits.iter().zip(coins) {
        match coin % 3 {
            0 => decisions.accepted.insert(edit.key()),
            1 => decisions.refused.insert(edit.key()),
            _ => false,
        };
    }
    decisions.accepted.retain(|key| !decisions.refused.contains(key));
    decisions
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn twice_is_once_and_undoing_gives_the_original(
        article in provoking(),
        coins in proptest::collection::vec(any::<u8>(), 24),
    ) {
        let decisions = decide(&article, &coins);
        let mut once = article.clone();
        let edits = normalise(&mut once, &decisions);
        let mut twice = once.clone();
        let again = normalise(&mut twice, &decisions);
        prop_assert_eq!(&once, &twice, "{:?}", again);
        let mut tidied = once.clone();
        tidied.tidy();
        prop_assert_eq!(&once, &tidied);
        undo(&mut once, &edits);
        prop_assert_eq!(once, article, "{:?}", edits);
    }

    #[test]
    fn safe_edits_leave_every_chinese_character_alone(article in provoking()) {
        let han = |a: &Article| words(a).chars().filter(|c| is_han(*c)).collect::<String>();
        let mut after = article.clone();
        normalise(&mut after, &Decisions::default());
        prop_assert_eq!(han(&article), han(&after));
    }

    #[test]
    fn every_edit_says_what_stood_there(article in provoking()) {
        let mut after = article.clone();
        let edits = normalise(&mut after, &Decisions::default());
        // Taken back one by one, each edit must find its own words in the text.
        for n in (0..edits.len()).filter(|n| edits[*n].status == Status::Applied).rev() {
            let edit = &edits[n];
            let mut run = String::new();
            after.for_each_run(&mut |r| if r.place == edit.place { run = plain_text(r.inlines) });
            let there: String = run.chars().skip(edit.at).take(edit.new.chars().count()).collect();
            prop_assert_eq!(&there, &edit.new, "{:?}", edit);
            undo(&mut after, std::slice::from_ref(edit));
        }
    }
}

#[test]
fn a_refused_edit_stays_listed_and_stays_out_of_the_text() {
    let article = paragraph("一年来,学校很好,学生也好。");
    let first = normalise(&mut article.clone(), &Decisions::default()).remove(0);
    let mut decisions = Decisions::default();
    decisions.refused.insert(first.key());
    let mut after = article;
    let edits = normalise(&mut after, &decisions);
    assert_eq!(words(&after), "一年来,学校很好，学生也好。");
    let status: Vec<_> = edits.iter().map(|e| (e.at, e.status)).collect();
    assert_eq!(status, [(8, Status::Applied), (3, Status::Refused)]);
}

#[test]
fn a_decision_holds_whatever_becomes_of_its_neighbours() {
    let key = |t: &str| {
        let edits = normalise(&mut paragraph(t), &Decisions::default());
        edits.iter().find(|e| e.old == "3" || e.new == "、").expect("a suggestion").key()
    };
    assert_eq!(key("一年来,住3,5号楼,很好。"), key("一年来，住3,5号楼，很好。"));
}

#[test]
fn formatting_keeps_its_place() {
    let strong = Inline::Strong(text("通知,"));
    let run =
        vec![Inline::Text("关于".to_owned()), strong, Inline::Text(" 请看附件(一)".to_owned())];
    let mut article = Article { body: vec![Block::Paragraph(run)], ..Article::default() };
    normalise(&mut article, &Decisions::default());
    let Block::Paragraph(run) = &article.body[0] else { panic!("still a paragraph") };
    let strong = Inline::Strong(text("通知，"));
    assert_eq!(
        run[..],
        [Inline::Text("关于".to_owned()), strong, Inline::Text("请看附件（一）".to_owned())]
    );
}
