//! A person's word on structure: what is accepted is sure, what is refused is plain
//! text again, and no word is lost either way.

use kanyin::article::{Block, Place, plain_text};
use kanyin::diag::Verdicts;
use kanyin::import::Imported;
use kanyin::review::{Doubt, Ruling, Understood, carried, settle};

use crate::support::import;

/// Reads a plain text and settles it; refuses the kinds named.
fn settled(source: &str, refused: &[&str]) -> (Imported, Vec<Doubt>) {
    let read = || import("case.txt", source.as_bytes()).unwrap().remove(0);
    let run = |verdicts: &Verdicts| {
        let mut warned = read();
        let doubts = settle(
            &mut Understood {
                article: &mut warned.value.article,
                origins: &mut warned.value.origins,
                edits: &mut warned.value.edits,
                findings: &mut warned.findings,
            },
            verdicts,
        );
        (warned.value, doubts)
    };
    let (_, doubts) = run(&Verdicts::default());
    let refuses = |d: &&Doubt| refused.contains(&d.kind.name());
    let keys: Vec<String> = doubts.iter().filter(refuses).map(|d| d.key().to_owned()).collect();
    assert!(keys.len() >= refused.len(), "{doubts:?}");
    run(&Verdicts { refused: keys.into_iter().collect(), ..Verdicts::default() })
}

/// The body, a block a line: its kind and its text.
fn outline(imported: &Imported) -> Vec<String> {
    let block = |block: &Block| match block {
        Block::Paragraph(run) => format!("p {}", plain_text(run)),
        Block::Heading(heading) => format!("h {}", plain_text(&heading.text)),
        Block::Figure(figure) => {
            let names: Vec<&str> = figure.images.iter().map(|i| i.name.as_str()).collect();
            format!("f {} {}", names.join("+"), plain_text(&figure.caption))
        }
        Block::Aside(aside) => format!("a {}", aside.blocks.len()),
        other => format!("{other:?}"),
    };
    imported.article.body.iter().map(block).collect()
}

const LONG: &str = "各学院辅导员逐一走访寝室，为新生讲解安全须知和作息安排，并与家长交流学生的学习和生活情况，气氛十分热烈，大家都说这一天来得正好。";

#[test]
fn a_refused_heading_is_a_paragraph_and_its_neighbours_stay() {
    let source = format!("迎新\n2023-09-01\n\n{LONG}\n\n宿舍楼里的第一课\n\n{LONG}\n");
    let (imported, doubts) = settled(&source, &["heading"]);
    assert_eq!(outline(&imported)[1], "p 宿舍楼里的第一课");
    let origin = imported.origins.get(&Place::block(1)).unwrap();
    assert_eq!((origin.confidence, origin.reason), (1.0, "review-decided"));
    let heading = doubts.iter().find(|d| d.kind.name() == "heading").unwrap();
    assert_eq!(heading.ruling, Ruling::Refused);
    assert!(heading.key().starts_with("heading: 宿舍楼里的第一课 | 各学院辅导员"));
}

#[test]
fn a_refused_caption_is_a_paragraph_behind_its_picture() {
    let source = format!(
        "迎新\n2023-09-01\n\n{LONG}\n\n校门.jpg\n\n志愿者在校门口\n\n{LONG}\n\n食堂.jpg\n\n午餐\n"
    );
    let (imported, _) = settled(&source, &["caption"]);
    let outline = outline(&imported);
    assert_eq!(outline[1..3], ["f 校门.jpg ", "p 志愿者在校门口"]);
    assert_eq!(outline[4..], ["f 食堂.jpg ", "p 午餐"]);
}

#[test]
fn a_refused_series_gives_the_title_back_whole() {
    let source = format!("云澜大学迎新综述一:迎新第一天\n2023-09-01\n\n{LONG}\n");
    let (imported, _) = settled(&source, &["series"]);
    assert_eq!(imported.article.title_text(), "云澜大学迎新综述一:迎新第一天");
    assert_eq!(imported.article.meta.series, None);
    let title = kanyin::article::Part::Title;
    assert!(imported.edits.iter().all(|e| e.place.part != title), "nothing of it is consumed");
}

#[test]
fn a_refused_name_glued_to_words_is_a_part_of_its_line_again() {
    let source = format!(
        "迎新\n2023-09-01\n\n{LONG}\n\n志愿者在校门口迎接新生，大家忙前忙后IMG_1234.jpg\n\n{LONG}\n"
    );
    let (imported, _) = settled(&source, &["figure"]);
    let outline = outline(&imported);
    assert_eq!(outline.len(), 3, "{outline:?}");
    assert_eq!(outline[1], "p 志愿者在校门口迎接新生，大家忙前忙后IMG_1234.jpg");
}

#[test]
fn refused_lines_above_the_text_open_it() {
    let source = format!("校园纪事\n迎新第一天\n写在开学之际\n2023-09-01\n\n{LONG}\n");
    let (imported, _) = settled(&source, &["kicker", "subtitle"]);
    assert_eq!(outline(&imported)[..2], ["p 校园纪事", "p 写在开学之际"]);
    assert!(imported.article.meta.kicker.is_empty() && imported.article.meta.subtitle.is_empty());
    assert_eq!(imported.article.title_text(), "迎新第一天");
}

#[test]
fn a_refused_aside_keeps_the_word_that_opened_it() {
    let source = format!("迎新\n2023-09-01\n\n[编者按]新学期开始了。\n\n{LONG}\n");
    let (imported, _) = settled(&source, &["aside"]);
    assert_eq!(outline(&imported)[0], "p [编者按]新学期开始了。");
}

#[test]
fn refusing_everything_loses_no_word() {
    let source = format!(
        "校园纪事\n云澜大学迎新综述一：迎新第一天\n2023-09-01\n\n[编者按]新学期开始了。\n\n{LONG}\n\n\
         校门.jpg\n\n志愿者在校门口\n\n一、宿舍楼里的第一课\n\n{LONG}\n\n***\n\n大家忙前忙后，\
         直到天黑IMG_1234.jpg\n\n{LONG}\n"
    );
    let words = |text: &str| -> Vec<char> {
        let mut all: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        all.sort_unstable();
        all
    };
    let kinds = ["kicker", "series", "aside", "caption", "heading", "figure", "rule"];
    let (imported, doubts) = settled(&source, &kinds);
    let told = |d: &&Doubt| kinds.contains(&d.kind.name()) && d.ruling != Ruling::Refused;
    assert_eq!(doubts.iter().filter(told).count(), 0, "{doubts:?}");
    let mut text = imported.article.title_text();
    for line in outline(&imported) {
        text.push_str(line.split_once(' ').unwrap().1);
    }
    assert_eq!(words(&text), words(&source.replace("2023-09-01", "")));
}

#[test]
fn a_decision_holds_over_a_light_change_and_no_further() {
    let set = |keys: &[&str]| keys.iter().map(|k| (*k).to_owned()).collect();
    let holds = |decided: &str, met: &[&str]| {
        carried(&[decided].into_iter().collect(), &set(met)).into_keys().collect::<Vec<_>>()
    };
    let old = "heading: 宿舍楼里的第一课 | 各学院辅导员逐一走访";
    let new = "heading: 宿舍楼内的第一课 | 各学院辅导员逐一走访";
    assert_eq!(holds(old, &[new]), [new]);
    assert_eq!(holds(old, &[old, new]), [""; 0], "it still has what it was made for");
    assert_eq!(holds(old, &["caption: 宿舍楼内的第一课 | 各学院辅导员逐一走访"]), [""; 0]);
    assert_eq!(holds(old, &["heading: 食堂里的第一餐 | 清晨六点食堂灯火通明"]), [""; 0]);
    let edit = "half-width-mark: 本刊记者走进[,→，]校园记录迎新";
    assert_eq!(holds(edit, &["half-width-mark: 本刊记者走入[,→，]校园记录迎新"]).len(), 1);
    assert_eq!(holds(edit, &["half-width-mark: 本刊记者走进[:→：]校园记录迎新"]), [""; 0]);
}
