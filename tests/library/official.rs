//! Official documents and bulletins by GB/T 9704-2012, measured on the finished
//! pages by programs that are not ours: the grid, the head, the end, the numbers.

mod bulletin;
mod measure;

use std::fs;

use kanyin::diag::Severity;

use crate::judges;

use measure::{
    HEIGHT, INNER, Line, NEAR, OUTER, PITCH, Page, SIZE, TOP, WIDTH, article, built, han, hold_end,
    ink, made, pages,
};

const DOCUMENT: &str = "kind = \"post\"\nselect = { sources = [\"sources/*\"] }\n\
    [publication.document]\nnumber = \"云大发〔2024〕47号\"\nrecipients = [\"各学院\"]\n";
const BULLETIN: &str = "kind = \"bulletin\"\nselect = { sources = [\"sources/*\"] }\n";

/// Every line of a full page stands on the grid and fills the measure.
fn hold_full_page(page: &Page) {
    let body: Vec<&Line> = page.lines.iter().filter(|line| !line.text.starts_with('—')).collect();
    assert_eq!(body.len(), 22, "page {}", page.number);
    for (row, line) in (0..).zip(body) {
        assert!((line.row() - f64::from(row)).abs() < 0.01, "page {}, {line:?}", page.number);
        assert_eq!(line.text.chars().count(), 28, "page {}, {line:?}", page.number);
        let edges = (line.left - page.left(), line.right - page.right());
        assert!(edges.0.abs() < 0.1 && edges.1.abs() < 0.1, "page {}, {line:?}", page.number);
    }
}

#[test]
fn a_full_page_has_22_lines_of_28_characters() {
    let text = article("关于灯", &han(28 * 80));
    for publication in [DOCUMENT, BULLETIN] {
        let Some(made) = made(publication, &[&text]) else { return };
        let Some(pages) = made.pages() else { return };
        for page in &pages[1..3] {
            hold_full_page(page);
        }
    }
}

/// Section heads, numbered items, recipients, the list of attachments, signature and
/// date: whatever is set in 3号 stands on the grid, and nothing passes its right edge.
#[test]
fn every_line_of_a_document_is_on_the_grid() {
    let body = format!(
        "## 一、总的要求\n\n（一）守时。{0}。\n\n1. {0}。\n\n2. {0}。\n\n（1）{0}。\n\n\
         ## 二、有关事项\n\n{0}。",
        han(40)
    );
    let table = "copies_to = [\"各书院\"]\nprinted_on = 2024-12-24\nattachments = [\"甲表\"]\n";
    let made = made(
        &format!("{DOCUMENT}{table}"),
        &[&article("关于做好留校学生服务保障工作的通知", &body), &article("乙表", &han(30))],
    );
    let Some(made) = made else { return };
    let Some(pages) = made.pages() else { return };
    let mut measured = 0;
    for page in &pages {
        let of_text = |line: &&Line| line.top < TOP + HEIGHT - 2.0 * PITCH;
        for line in page.lines.iter().filter(of_text) {
            // Lines that begin with figures are measured by other boxes, titles and
            // the head have their own sizes.
            let han = line.text.starts_with(|c: char| !c.is_ascii());
            let own = ["关于做好", "云澜大学文件", "云大发", "乙表"];
            let own = own.iter().any(|head| line.text.starts_with(head));
            if han && !own {
                let off = (line.row() - line.row().round()).abs();
                assert!(off < 0.01, "page {}, {line:?}: {off}", page.number);
                measured += 1;
            }
            let mark = !line.text.ends_with(|c: char| matches!(c, '\u{4e00}'..='\u{9fff}'));
            let edge = page.right() + if mark { SIZE / 2.0 } else { 0.0 };
            assert!(line.right < edge + 0.1, "page {}, {line:?}", page.number);
        }
    }
    assert!(measured > 12, "{measured} lines were measured");
}

/// 7.2.4, 7.2.7 and 7.3.1: the words in red begin 35 mm below the type area's edge, the
/// rule lies 4 mm below the number and is as wide as the type area, the title stands
/// two lines below it.
#[test]
fn the_head_of_a_document_stands_where_the_standard_has_it() {
    let Some(made) = made(DOCUMENT, &[&article("关于亮灯的通知", &han(60))]) else { return };
    let Some(pages) = made.pages() else { return };
    let Some(ink) = ink(&made.file(), 1) else { return };
    let red = ink.extent([INNER, INNER + WIDTH, TOP, TOP + 60.0]).unwrap();
    assert!((red.0 - TOP - 35.0).abs() < NEAR, "the words in red begin at {}", red.0);
    let rules = ink.rules(INNER);
    let [(rule, thick)] = rules[..] else { panic!("{rules:?}") };
    let middle = rule + thick / 2.0;
    assert!((middle - TOP - 8.0 * PITCH).abs() < NEAR, "the red rule lies at {middle}");
    let number = pages[0].line("云大发〔2024〕47号");
    assert!((number.middle() - INNER - WIDTH / 2.0).abs() < 0.5, "{number:?}");
    let below = middle - number.bottom;
    assert!((below - 4.0).abs() < NEAR, "the red rule lies {below} mm below the number");
    let title = pages[0].line("关于亮灯的通知");
    assert!((title.row() - 10.0).abs() < 0.3, "{title:?}");
    assert!((pages[0].line("各学院：").row() - 12.0).abs() < 0.01);
    assert!((pages[0].line("各学院：").left - INNER).abs() < 0.1);
}

/// 7.2.6: the number goes to the left and the signers to the right, each one character
/// in; the last of them stands beside the number.
#[test]
fn a_document_to_a_higher_authority_names_who_signed_it() {
    let table = "signer = [\"苏砚秋\", \"陆文舟\", \"林未晞\"]\n";
    let made = made(&format!("{DOCUMENT}{table}"), &[&article("关于灯的请示", &han(30))]);
    let Some(made) = made else { return };
    let Some(pages) = made.pages() else { return };
    let (first, last) = (pages[0].line("签发人："), pages[0].line("林未晞"));
    assert!(first.text.ends_with("苏砚秋陆文舟"), "{first:?}");
    assert!(last.text.starts_with("云大发〔2024〕47号"), "{last:?}");
    assert!((first.right - (INNER + WIDTH - SIZE)).abs() < 0.2, "{first:?}");
    assert!((last.left - (INNER + SIZE)).abs() < 0.2, "{last:?}");
    assert!((last.top - first.top - PITCH).abs() < 0.1);
}

#[test]
fn serial_classification_and_urgency_stand_below_one_another() {
    let table = "serial = 12\nclassification = \"秘密★1年\"\nurgency = \"特急\"\n";
    let made = made(&format!("{DOCUMENT}{table}"), &[&article("关于灯的通知", &han(30))]);
    let Some(made) = made else { return };
    assert!(!made.codes().iter().any(|code| code.starts_with("document-")), "{:?}", made.codes());
    let Some(pages) = made.pages() else { return };
    for (row, words) in [(0.0, "000012"), (1.0, "秘密★1年"), (2.0, "特急")] {
        let line = pages[0].line(words);
        assert!((line.left - INNER).abs() < 0.2 && (line.row() - row).abs() < 0.12, "{line:?}");
    }
}

/// 7.3.5.1 and 7.3.6: the date ends four characters from the right, the name stands over
/// its middle, the remark in the line below it.
#[test]
fn signature_and_date_stand_on_the_right() {
    let table = "issuer = \"云澜大学教务处\"\nnote = \"联系人：林未晞\"\n";
    let made = made(&format!("{DOCUMENT}{table}"), &[&article("关于灯的通知", &han(30))]);
    let Some(made) = made else { return };
    let Some(pages) = made.pages() else { return };
    let page = &pages[0];
    let name = page.lines.iter().find(|line| line.text == "云澜大学教务处").unwrap();
    let (day, note) = (page.line("2024年12月23日"), page.line("（联系人："));
    assert!((day.right - (page.right() - 4.0 * SIZE)).abs() < 0.1, "{day:?}");
    assert!((name.middle() - day.middle()).abs() < 0.3, "{name:?}, {day:?}");
    assert!((note.row() - name.row() - 2.0).abs() < 0.01, "{note:?}");
    assert_eq!(note.text, "（联系人：林未晞）");
}

/// 7.3.5.5: a page with a signature has some of the text.
#[test]
fn a_signature_never_has_a_page_to_itself() {
    for lines in 4..12 {
        let text = article("关于灯的通知", &han(28 * lines - 4));
        let Some(made) = made(DOCUMENT, &[&text]) else { return };
        let Some(pages) = made.pages() else { return };
        let signed = pages.iter().find(|page| page.has("2024年12月23日")).unwrap();
        let text = signed.lines.iter().find(|line| line.text.chars().count() > 8);
        assert!(text.is_some(), "{lines} lines: {:?}", signed.lines);
    }
}

/// 7.3.4 and 7.3.7: attachments are listed below one another and open a page each, the
/// number on the first line and the title on the third.
#[test]
fn attachments_are_listed_and_open_their_own_pages() {
    let Some(made) = made(
        DOCUMENT,
        &[
            &article("关于灯的通知", &han(30)),
            &article("亮灯时间表", &han(30)),
            &article("亮灯人员表", &han(30)),
        ],
    ) else {
        return;
    };
    let Some(pages) = made.pages() else { return };
    let (first, second) = (pages[0].line("亮灯时间表"), pages[0].line("亮灯人员表"));
    assert_eq!(first.text, "附件：1.亮灯时间表");
    assert_eq!(second.text, "2.亮灯人员表");
    assert!((first.left - (INNER + 2.0 * SIZE)).abs() < 0.1, "{first:?}");
    assert!((first.right - second.right).abs() < 0.1, "{first:?}, {second:?}");
    for (page, label, title) in [(1, "附件1", "亮灯时间表"), (2, "附件2", "亮灯人员表")]
    {
        let (label, title) = (pages[page].line(label), pages[page].line(title));
        assert!((label.left - pages[page].left()).abs() < 0.1 && label.row().abs() < 0.12);
        assert!((title.row() - 2.0).abs() < 0.3, "{title:?}");
        assert!((title.middle() - pages[page].left() - WIDTH / 2.0).abs() < 0.2, "{title:?}");
    }
}

/// 7.4.1: the outer rules are 0.35 mm thick and the inner one 0.25 mm, the last lies on
/// the type area's lower edge, on the back of the last leaf.
#[test]
fn the_block_at_the_end_lies_on_the_type_areas_edge() {
    let table = "copies_to = [\"各学院\"]\nprinted_by = \"校长办公室\"\nprinted_on = 2024-12-24\n";
    let Some(made) = made(&format!("{DOCUMENT}{table}"), &[&article("关于灯的通知", &han(30))])
    else {
        return;
    };
    let Some(pages) = made.pages() else { return };
    assert_eq!(pages.len(), 2);
    hold_end(&made.file(), &pages[1]);
    let (copies, printed) = (pages[1].line("抄送：各学院。"), pages[1].line("校长办公室"));
    assert!(printed.text.ends_with("2024年12月24日印发"), "{printed:?}");
    let inset = 14.0 / 72.0 * 25.4;
    for line in [copies, printed] {
        assert!((line.left - OUTER - inset).abs() < 0.1, "{line:?}");
    }
    assert!((printed.right - (pages[1].right() - inset)).abs() < 0.1, "{printed:?}");
}

/// However full the last page is, the block stands on an even one and covers no text;
/// where blank pages are before it, it has no number, nor have they (7.5).
#[test]
fn the_block_at_the_end_leaves_the_text_alone() {
    let table = "copies_to = [\"各学院\"]\nprinted_on = 2024-12-24\n";
    let mut blanks = 0;
    for lines in 6..36 {
        if lines % 3 != 0 && !(20..30).contains(&lines) {
            continue;
        }
        let text = article("关于灯的通知", &han(28 * lines - 4));
        let Some(made) = made(&format!("{DOCUMENT}{table}"), &[&text]) else { return };
        let Some(pages) = made.pages() else { return };
        let last = pages.last().unwrap();
        assert_eq!(pages.len() % 2, 0, "{lines} lines");
        let block = last.line("抄送：").top;
        let above = last.lines.iter().filter(|line| line.top < block);
        assert!(above.clone().all(|line| line.top + SIZE < block - 2.0), "{lines} lines");
        let blank = pages[pages.len() - 2].lines.is_empty();
        blanks += usize::from(blank);
        let numbered = |page: &Page| page.lines.iter().any(|line| line.text.starts_with('—'));
        assert_eq!(numbered(last), !blank, "{lines} lines");
        assert_eq!(numbered(&pages[pages.len() - 2]), !blank, "{lines} lines");
    }
    assert!(blanks > 0, "the text of one filled the even page");
}

/// 7.5: numbers stand between dashes 7 mm below the type area, one character in from
/// the outer edge.
#[test]
fn page_numbers_stand_outside_below_the_type_area() {
    for publication in [DOCUMENT, BULLETIN] {
        let Some(made) = made(publication, &[&article("关于灯", &han(28 * 60))]) else { return };
        let Some(pages) = made.pages() else { return };
        for page in &pages[..2] {
            let folio = page.line("—");
            assert_eq!(folio.text, format!("—{}—", page.number));
            let off = if page.number % 2 == 1 {
                folio.right - (page.right() - SIZE)
            } else {
                folio.left - (page.left() + SIZE)
            };
            assert!(off.abs() < 0.1, "{folio:?}");
            let Some(ink) = ink(&made.file(), page.number) else { return };
            let dash = [folio.left, folio.left + 3.0, TOP + HEIGHT + 1.0, 290.0];
            let dash = ink.extent(dash).unwrap();
            let middle = f64::midpoint(dash.0, dash.1);
            assert!((middle - TOP - HEIGHT - 7.0).abs() < NEAR, "the dash lies at {middle}");
        }
    }
}

/// 7.3.1: a line of a title ends at a word's end, and none begins with 的.
#[test]
fn titles_part_between_words() {
    for (title, lines) in [
        (
            "云澜大学关于做好2025年寒假留校学生服务保障工作的通知",
            &["云澜大学关于做好2025年", "寒假留校学生服务保障工作的通知"][..],
        ),
        (
            "云澜大学关于增加基础学科研究生招生计划的请示",
            &["云澜大学关于增加", "基础学科研究生招生计划的请示"][..],
        ),
        (
            "云澜大学关于进一步加强实验室安全管理工作的意见",
            &["云澜大学关于进一步加强", "实验室安全管理工作的意见"][..],
        ),
        (
            "云澜大学关于举办International Workshop on Libraries的通知",
            &["云澜大学关于举办International", "WorkshoponLibraries的通知"][..],
        ),
    ] {
        let Some(made) = made(DOCUMENT, &[&article(title, &han(30))]) else { return };
        let Some(pages) = made.pages() else { return };
        for line in lines {
            assert_eq!(pages[0].line(line).text, *line);
        }
    }
}

/// What a text says of itself is set as if the table had said it, and once.
#[test]
fn a_text_that_is_a_whole_document_needs_no_table() {
    let body = "省教育厅：\n\n现将有关情况报告如下：\n\n学校图书资料和档案工作是基础。\n\n妥否，请批示。\n\n\
                附件：1. 研究生招生情况表\n\n2. 导师名单\n\n云澜大学\n\n2024年5月6日\n\n\
                （联系人：林未晞）";
    let publication = "kind = \"post\"\nlayout = { print = \"document\" }\n";
    let Some(made) = made(publication, &[&article("关于灯的请示", body)]) else { return };
    let Some(pages) = made.pages() else { return };
    let (first, page) = (&pages[0], &pages[1]);
    assert!((first.line("省教育厅：").left - INNER).abs() < 0.1);
    assert!((first.line("现将有关情况报告如下：").left - (INNER + 2.0 * SIZE)).abs() < 0.1);
    let (first, second) = (page.line("附件：1."), page.line("2.导师名单"));
    assert!((second.left - first.left - 3.0 * SIZE).abs() < 0.1, "{first:?}, {second:?}");
    let day = page.line("2024年5月6日");
    assert!((day.right - (page.right() - 4.0 * SIZE)).abs() < 0.1, "{day:?}");
    let signed: Vec<_> = page.lines.iter().filter(|line| line.text == "云澜大学").collect();
    assert_eq!(signed.len(), 1, "{:?}", page.lines);
    assert!((page.line("（联系人：林未晞）").row() - day.row() - 1.0).abs() < 0.11);
}

/// The names in red of a joint document are equally wide, and each signs with room
/// for its seal of 42 mm, the last over the date.
#[test]
fn several_issuers_share_the_head_and_sign_one_by_one() {
    let table = "issuer = [\"云澜大学\", \"澜州市教育局\", \"澜州市图书馆\"]\n";
    let made = made(&format!("{DOCUMENT}{table}"), &[&article("关于灯的通知", &han(28 * 6))]);
    let Some(made) = made else { return };
    let Some(pages) = made.pages() else { return };
    let head = &pages[0];
    let names = ["云澜大学", "澜州市教育局", "澜州市图书馆"].map(|name| head.line(name));
    assert!(names.windows(2).all(|pair| (pair[0].left - pair[1].left).abs() < 0.5), "{names:?}");
    assert!(names.windows(2).all(|pair| pair[0].top + 8.0 < pair[1].top), "{names:?}");
    assert!(head.has("文件"));
    assert!((head.line("各学院：").row() - 14.0).abs() < 0.01, "on the grid");
    let signed = &pages[1];
    let day = signed.line("2024年12月23日");
    let last = signed.line("澜州市图书馆");
    assert_eq!(last.text, "云澜大学澜州市教育局澜州市图书馆");
    assert!((last.right - day.middle() - 3.0 * SIZE).abs() < 0.5, "{last:?}, {day:?}");
}

/// Names are parted by 、, and by ，where some of them are several themselves.
#[test]
fn recipients_of_several_kinds_are_told_apart() {
    for (list, said) in [
        ("[\"各学院\", \"各部门\"]", "各学院、各部门"),
        ("[\"各学院、各书院\", \"机关各部门\"]", "各学院、各书院，机关各部门"),
    ] {
        let document = format!(
            "kind = \"post\"\n[publication.document]\nrecipients = {list}\ncopies_to = {list}\n"
        );
        let bulletin = format!("{BULLETIN}[publication.bulletin]\nreported = {list}\n");
        let text = article("关于灯的通知", &han(30));
        let Some(document) = made(&document, &[&text]) else { return };
        let Some(bulletin) = made(&bulletin, &[&text]) else { return };
        let (Some(document), Some(bulletin)) = (document.pages(), bulletin.pages()) else { return };
        assert!(document[0].has(&format!("{said}：")), "{said}");
        assert!(document[1].has(&format!("抄送：{said}。")), "{said}");
        assert!(bulletin[0].has(&format!("报：{said}。")), "{said}");
    }
}

#[test]
fn a_press_without_a_name_has_no_words_in_red() {
    let Some(made) = made(DOCUMENT, &[&article("关于灯的通知", &han(30))]) else { return };
    let path = made.folder.path().join("kanyin.toml");
    let text = fs::read_to_string(&path).unwrap().replace("name = \"云澜大学\"\n", "");
    fs::write(&path, text).unwrap();
    let built = built(made.folder.path());
    assert!(built.findings().all(|finding| finding.severity != Severity::Error));
    let Some(pages) = pages(&made.file()) else { return };
    assert!(!pages[0].has("文件") && pages[0].has("云大发〔2024〕47号"));
}

#[test]
fn what_is_not_in_the_form_of_the_standard_is_said() {
    for (table, code) in [
        ("number = \"云大发[2024]47号\"\n", "document-number-form"),
        ("number = \"云大发〔2024〕第47号\"\n", "document-number-form"),
        ("number = \"云大发〔2024〕047号\"\n", "document-number-form"),
        ("serial = 1234567\n", "document-serial-form"),
        ("serial = \"一号\"\n", "document-serial-form"),
        ("classification = \"秘密★1年\"\n", "document-serial-missing"),
    ] {
        let publication = format!("kind = \"post\"\n[publication.document]\n{table}");
        let Some(made) = made(&publication, &[&article("关于灯的通知", &han(30))]) else {
            return;
        };
        assert!(made.codes().contains(&code), "{table}: {:?}", made.codes());
    }
    let publication = "kind = \"series\"\n[publication.document]\nurgency = \"特急\"\n";
    let Some(made) = made(publication, &[&article("关于灯的通知", &han(30))]) else { return };
    assert!(made.codes().contains(&"document-not-used"));
}

/// Sections that open within a paragraph (7.3.3): 一、 in 黑, （一） in 楷, up to the
/// sentence's end, though the bracket that opens the line is half as wide.
#[test]
fn heads_within_paragraphs_have_their_faces() {
    let with = |text: &str| {
        let made = made(DOCUMENT, &[&article("关于灯", &format!("{text}{}。", han(60)))])?;
        let fonts = judges::pdffonts(&made.file())?;
        Some(move |face: &str| fonts.iter().any(|font| font.name.contains(face)))
    };
    let (Some(plain), Some(first), Some(second)) =
        (with("统一思想。"), with("一、统一思想。"), with("（一）落实责任。"))
    else {
        return;
    };
    assert!(!plain("NotoSansSC") && !plain("WenKai-Regular"));
    assert!(first("NotoSansSC") && !first("WenKai-Regular"));
    assert!(second("WenKai-Regular") && !second("NotoSansSC"));
}
