//! The comparison by itself, with pages that are written down here: what may stand
//! between the words, and what must not be taken for them.

use super::*;

#[test]
fn heads_and_folios_do_not_matter() {
    let pages = [
        "云澜大学新闻汇编 目录 扫石阶的人 1",
        &format!("扫石阶的人{FIRST}{SECOND} 1"),
        &format!("第一部分 云澜大学新闻汇编{THIRD} 2"),
    ];
    assert_eq!(on_pages(&three(), &pages).missing, []);
}

#[test]
fn a_paragraph_may_go_on_over_a_pages_end_but_nowhere_else() {
    let (head, tail) = SECOND.split_at(SECOND.find("扫了").unwrap());
    let over = [
        &*format!("扫石阶的人{FIRST}{head}①一级约合十六厘米。 12"),
        &*format!("扫石阶的人 图一 山门{tail}{THIRD}13"),
    ];
    assert_eq!(on_pages(&three(), &over).missing, []);
    let within = format!("扫石阶的人{FIRST}{head}①一级约合十六厘米。{tail}{THIRD}");
    assert_eq!(on_pages(&three(), &[&within, "13"]).missing.len(), 1);
}

#[test]
fn what_stands_at_the_foot_of_a_page_may_begin_like_the_rest() {
    let (head, tail) = SECOND.split_at(SECOND.find("扫了").unwrap());
    let pages = [&*format!("扫石阶的人{FIRST}{head}扫地工具说明"), &*format!("{tail}{THIRD}")];
    assert_eq!(on_pages(&three(), &pages).missing, []);
}

#[test]
fn a_running_head_may_say_the_same_as_the_sentence_that_goes_on_below_it() {
    let said = |name: &str| {
        ["修好了湖边的路", "修好了湖边的桥", "修好了湖边的灯"].map(|what| format!("{name}{what}，"))
    };
    // What the head ends in does not begin the rest: nobody could tell the two apart.
    let (title, text) = (said("去年").concat() + "记事", said("今年").concat());
    let article = plain_article(&title, &[FIRST, &text]);
    for at in text.char_indices().map(|(at, _)| at).skip(1) {
        let (head, rest) = text.split_at(at);
        let pages = [&*format!("{title}{FIRST}{head}12"), &*format!("{title}{rest}13")];
        assert_eq!(on_pages(&article, &pages).missing, [], "{head}");
        // And it does not stand for what is gone, but where it has all that is left to say.
        if title.contains(rest) {
            continue;
        }
        for (gone, c) in rest.char_indices() {
            let left = rest[..gone].to_owned() + &rest[gone + c.len_utf8()..];
            let pages = [pages[0], &format!("{title}{left}13")];
            let lost = on_pages(&article, &pages).lost();
            assert!(lost > 0, "{head}|{left}");
        }
    }
}

#[test]
fn what_stands_below_a_paragraph_may_say_the_same_as_what_follows() {
    let (head, tail) = SECOND.split_at(SECOND.find("扫了").unwrap());
    // The note at the foot of the page begins like the rest, for a long way.
    let foot = format!("{}也就这么多", tail.strip_suffix("那么多。").unwrap());
    let pages = [&*format!("扫石阶的人{FIRST}{head}{foot}"), &*format!("{tail}{THIRD}")];
    assert_eq!(on_pages(&three(), &pages).missing, []);
}

#[test]
fn the_last_words_of_a_paragraph_are_not_taken_from_anywhere() {
    let short = SECOND.strip_suffix('。').unwrap();
    let pages = [&*format!("扫石阶的人{FIRST}{short}"), THIRD];
    let kept = on_pages(&three(), &pages);
    assert_eq!((kept.lost(), kept.missing.len()), (1, 1), "{:?}", kept.missing);
}

#[test]
fn a_heading_does_not_take_a_word_of_a_caption() {
    let mut article = three();
    let image = Image { name: "a.jpg".into(), alt: None };
    let caption = text("扫地的贺师傅，石阶上");
    article.body.insert(
        1,
        Block::Figure(Figure { images: vec![image], caption, credit: Some("石阶".into()) }),
    );
    article.body.insert(2, Block::Paragraph(text("石阶")));
    let page = format!("扫石阶的人{FIRST}扫地的贺师傅，石阶上 石阶 石阶{SECOND}{THIRD}");
    assert_eq!(on_pages(&article, &[&page]).missing, []);
    let page = format!("扫石阶的人{FIRST}扫地的贺师傅，石阶上 石阶{SECOND}{THIRD}");
    assert_eq!(on_pages(&article, &[&page]).lost(), 2);
}

#[test]
fn a_short_cell_does_not_take_a_figure_of_a_longer_one() {
    let cell = |s: &str| Cell { blocks: vec![Block::Paragraph(text(s))], ..Cell::default() };
    let rows = vec![vec![cell("1"), cell("1,100")], vec![cell("100"), cell("1")]];
    let mut article = three();
    article.body.push(Block::Table(Table { rows, ..Table::default() }));
    let page = |cells: &str| format!("扫石阶的人{FIRST}{SECOND}{THIRD}{cells}");
    assert_eq!(on_pages(&article, &[&page("1,100 1 1 100")]).missing, []);
    let kept = on_pages(&article, &[&page("1,100 1 100")]);
    assert_eq!(kept.missing.len(), 1, "{:?}", kept.missing);
    assert!(matches!(kept.missing[0].place.steps.get(1), Some(Step::Cell(..))));
}

#[test]
fn a_date_line_does_not_take_the_date_that_a_notice_ends_in() {
    let notice = ["各位同学：", "大家好。祝好。", "此致", "敬礼", "宣传部", "2024年1月4日"];
    let article = plain_article("信", &notice);
    let sound = ["目录信3", "信2024年1月4日各位同学：大家好。祝好。此致敬礼宣传部2024年1月4日3"];
    assert_eq!(on_pages(&article, &sound).missing, []);
    let unsigned = ["目录信3", "信2024年1月4日各位同学：大家好。祝好。此致敬礼宣传部3"];
    assert!(!on_pages(&article, &unsigned).is_whole());
    let unclosed = ["目录信3", "信2024年1月4日各位同学：大家好。祝好。此致宣传部2024年1月4日3"];
    let kept = on_pages(&article, &unclosed);
    assert!(kept.missing.iter().any(|m| m.expected == "敬礼"), "{:?}", kept.missing);
}

#[test]
fn many_short_lines_find_room_for_all() {
    let mut lines = vec!["1".to_owned(); 20];
    lines.extend((0..50).map(|n| n.to_string()));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let article = plain_article("数", &lines);
    let all = lines.concat();
    assert_eq!(on_pages(&article, &["数2024年1月4日", &all]).missing, []);
    for gone in [lines[..40].concat() + &lines[41..].concat(), lines[..69].concat()] {
        assert!(!on_pages(&article, &["数2024年1月4日", &gone]).is_whole());
    }
}

#[test]
fn a_reading_is_missed_where_it_is_not_beside_its_characters() {
    let ruby = Inline::Ruby { base: "翀".into(), text: "chōng".into() };
    let mut article = three();
    article.body[0] =
        Block::Paragraph(vec![ruby, Inline::Text("，向上直飞的意思，名字是祖父起的。".into())]);
    let page =
        |name: &str| format!("扫石阶的人{name}，向上直飞的意思，名字是祖父起的。{SECOND}{THIRD}");
    for told in ["翀chōng", "chōng翀"] {
        assert_eq!(on_pages(&article, &[&page(told)]).missing, [], "{told}");
    }
    assert_eq!(on_pages(&article, &[&page("翀")]).lost(), 5);
}

#[test]
fn a_title_in_the_contents_does_not_stand_for_the_one_above_the_text() {
    let kept = on_pages(&three(), &["目录 扫石阶的人 1", &format!("{FIRST}{SECOND}{THIRD}")]);
    assert!(kept.is_whole(), "what is there is there, once");
    let twice = vec![
        three(),
        plain_article("扫石阶的人", &["又一年，石阶又薄了一张纸，扫地的人换了一把新扫帚。"]),
    ];
    let publication = publication(twice, &[]);
    let entries: Vec<&Entry> = publication.entries().collect();
    let pages =
        ["扫石阶的人", FIRST, SECOND, THIRD, "又一年，石阶又薄了一张纸，扫地的人换了一把新扫帚。"];
    let kept = compare(&entries, Shown::Whole, &FileText::new(&pages, false));
    assert_eq!(kept.missing.len(), 1);
    assert_eq!(kept.missing[0].place.to_string(), "title");
}

#[test]
fn a_large_book_is_compared_in_no_time() {
    let sentence = |n: usize| format!("第{n}段：{}", FIRST.repeat(3));
    let articles: Vec<Article> = (0..99)
        .map(|a| {
            let paragraphs: Vec<String> = (0..33).map(|p| sentence(a * 100 + p)).collect();
            let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
            plain_article(&format!("第{a}篇"), &paragraphs)
        })
        .collect();
    let pages: Vec<String> = articles
        .iter()
        .enumerate()
        .map(|(a, _)| {
            format!("第{a}篇{}", (0..33).map(|p| sentence(a * 100 + p)).collect::<String>())
        })
        .collect();
    let publication = publication(articles, &[]);
    let entries: Vec<&Entry> = publication.entries().collect();
    let text = FileText::new(&pages, true);
    let start = std::time::Instant::now();
    let kept = compare(&entries, Shown::Whole, &text);
    assert_eq!(kept.missing.first(), None);
    assert!(kept.characters > 300_000, "{}", kept.characters);
    // Measured at a hundredth of this; a square of the length would take minutes.
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

#[test]
fn a_file_that_says_nothing_of_the_articles_is_soon_known() {
    let said = |n: usize| format!("第{n}段：湖边的{n}号楼修好了，住进去{n}个人。");
    let paragraphs: Vec<String> = (0..2000).map(said).collect();
    let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
    let publication = publication(vec![plain_article("修楼记", &paragraphs)], &[]);
    let entries: Vec<&Entry> = publication.entries().collect();
    let other = "the quick brown fox jumps over the lazy dog ".repeat(100_000);
    let text = FileText::new(&[other], true);
    let start = std::time::Instant::now();
    let kept = compare(&entries, Shown::Whole, &text);
    assert_eq!(kept.found, 0);
    // Measured at a hundredth of this; each paragraph looked for anew took minutes.
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}
