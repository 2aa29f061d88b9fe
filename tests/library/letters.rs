//! Lines of a letter in a text, and lines that announce a quotation: each case is a text,
//! a paragraph a line, what it is said to be before the stroke. `>` begins a quotation.

use kanyin::article::{Block, Date};
use kanyin::publication::{paragraph_roles, says_day};

use crate::support::text;

/// What each paragraph is held to be, and the blocks.
fn read(case: &'static str) -> (Vec<&'static str>, Vec<Block>) {
    let lines = case.lines().map(|line| line.trim().split_once('|').expect("a stroke"));
    let block = |said: &str| match said.strip_prefix('>') {
        Some(said) => Block::Quote(vec![Block::Paragraph(text(said))]),
        None => Block::Paragraph(text(said)),
    };
    lines.map(|(role, said)| (role, block(said))).unzip()
}

fn holds(case: &'static str) {
    let (expected, blocks) = read(case);
    let found: Vec<&str> =
        paragraph_roles(&blocks).into_iter().map(|role| role.map_or("", |r| r.name())).collect();
    assert_eq!(found, expected, "{case}");
}

#[test]
fn a_letter_opens_greets_and_is_signed() {
    holds(
        "salutation|尊敬的各位导师：
         |座谈会上，各学院负责人围绕课程建设谈了打算。
         |此致
         greeting|敬礼
         signature|云澜大学研究生院
         signature|二〇二二年九月十日",
    );
}

#[test]
fn a_text_may_say_above_whom_it_is_from() {
    holds(
        "sender|文学院 柳问渠
         |桥头的灯亮了一夜。
         |我们在灯下读信。",
    );
    // Two lines of its kind are a list of names.
    holds(
        "|文学院 柳问渠
         |理学院 陶然
         |桥头的灯亮了一夜。",
    );
}

#[test]
fn a_day_or_a_single_name_closes_a_text_that_is_no_letter() {
    holds("|桥修好了。\nsignature|校史馆\nsignature|2024年3月9日");
    holds("|桥修好了。\nsignature|柳问渠 文");
    holds("|桥修好了。\n|柳问渠");
}

#[test]
fn lists_at_the_end_are_no_signatures() {
    holds("|桥修好了。\n|到会的有：\n|校史馆\n|2024年3月9日");
    holds("|桥修好了。\n|校史馆\n|图书馆\n|档案馆\n|2024年3月9日");
    holds("|2024年3月9日");
}

#[test]
fn a_short_line_before_a_quotation_announces_it() {
    holds("|信里写着一句话，他念了出来。\nannouncement|信里说：\n|>桥头见。");
    // Before text, the same line at the beginning is addressed to somebody.
    holds("salutation|问桥的人：\n|桥头见。\n|好。");
    holds("|信里说了很多。\n|>桥头见。");
}

#[test]
fn a_text_may_say_its_day_in_its_last_line() {
    let day = Date::new(2022, 9, 10).expect("a day");
    for said in [
        "二〇二二年九月十日",
        "二○二二 年 九 月 十 日",
        "云澜大学　2022年9月10日",
        "2022-09-10",
        "2022.09.10",
        "2022.9.10",
    ] {
        assert!(says_day(&[Block::Paragraph(text(said))], day), "{said}");
    }
    for said in ["二〇二二年九月十一日", "2022年9月", "", "9.10"] {
        assert!(!says_day(&[Block::Paragraph(text(said))], day), "{said}");
    }
    assert!(!says_day(&[], day));
}
