//! Plain text as departments send it: dates, series and encodings in every form,
//! several articles in one file, and files that mean no good.

use kanyin::article::{Block, plain_text};
use kanyin::diag::Warned;
use kanyin::import::Imported;

use crate::support::import;

const PROSE: &str = "据了解，学校自三年前起设立育人项目，每年投入专项经费，支持学院依托专业特色开展实践活动，已有四十六个项目落地。";

fn all(text: impl AsRef<[u8]>) -> Vec<Warned<Imported>> {
    import("a.txt", text.as_ref()).expect("the text can be read")
}

fn one(text: impl AsRef<[u8]>) -> Warned<Imported> {
    let mut all = all(text);
    assert_eq!(all.len(), 1, "the text is one article");
    all.remove(0)
}

fn codes(read: &Warned<Imported>) -> Vec<(&str, Option<usize>)> {
    read.findings.iter().map(|f| (f.code.name(), f.line)).collect()
}

fn kinds(read: &Warned<Imported>) -> String {
    let kind = |block: &Block| match block {
        Block::Paragraph(_) => 'p',
        Block::Heading(_) => 'h',
        Block::Figure(_) => 'f',
        Block::Rule => 'r',
        Block::Unknown { .. } => 'u',
        _ => '?',
    };
    read.value.article.body.iter().map(kind).collect()
}

#[test]
fn series_are_read_in_every_form() {
    for (title, name, ordinal, rest) in [
        ("【云澜讲坛④】春天的课", "云澜讲坛", 4, "春天的课"),
        ("云澜人物之五：守馆人", "云澜人物", 5, "守馆人"),
        ("云澜夜话第一〇五期：灯下", "云澜夜话", 105, "灯下"),
        ("云澜人物（卅）｜守馆人", "云澜人物", 30, "守馆人"),
        ("云澜述评三:再出发", "云澜述评", 3, "再出发"),
        ("云澜新语⑤｜书声", "云澜新语", 5, "书声"),
        ("云澜改革路（五）", "云澜改革路", 5, "云澜改革路"),
        ("书声——云澜读书系列之廿二", "云澜读书系列", 22, "书声"),
        ("【云澜讲坛】第12期：春天的课", "云澜讲坛", 12, "春天的课"),
        ("【云澜讲坛（五）】春天的课", "云澜讲坛", 5, "春天的课"),
        ("云澜夜话第 12 期：灯下", "云澜夜话", 12, "灯下"),
        ("云澜夜话（第十二期）：灯下", "云澜夜话", 12, "灯下"),
        ("云澜夜话第十二期预告：灯下", "云澜夜话", 12, "灯下"),
        ("云澜夜话第十二期 灯下", "云澜夜话", 12, "灯下"),
        ("云澜人物之五 守馆人", "云澜人物", 5, "守馆人"),
        ("云澜人物·之五：守馆人", "云澜人物", 5, "守馆人"),
        ("云澜系列报道廿一：守馆人", "云澜系列报道", 21, "守馆人"),
        ("云澜系列㉑｜守馆人", "云澜系列", 21, "守馆人"),
        ("云澜系列（Ⅴ）丨守馆人", "云澜系列", 5, "守馆人"),
        ("云澜改革路（之五）", "云澜改革路", 5, "云澜改革路"),
        ("书声——云澜读书系列之一〇五", "云澜读书系列", 105, "书声"),
        ("云澜读书系列之五\n书声琅琅", "云澜读书系列", 5, "书声琅琅"),
        ("书声琅琅\n——云澜读书系列之五", "云澜读书系列", 5, "书声琅琅"),
        ("云澜读书纪实（四）\n书声琅琅", "云澜读书纪实", 4, "书声琅琅"),
    ] {
        let meta = one(format!("{title}\n2023-01-01\n\n正文。")).value.article.meta;
        let series = meta.series.expect(title);
        assert_eq!((series.name.as_str(), series.ordinal), (name, ordinal), "{title}");
        assert_eq!(plain_text(&meta.title), rest, "{title}");
        assert!(meta.kicker.is_empty() && meta.subtitle.is_empty(), "{title}");
    }
    for title in [
        "万众一心：新学期",
        "读书月（2023）",
        "云澜大学（图）",
        "专家谈统一：之路",
        "云澜大学入选十大新闻之一 全校振奋",
        "口述校史：砖窑岁月（下）",
        "2023年第五次集体学习举行",
        "第三届读书节：书声又起",
        "五月的鲜花：合唱比赛落幕",
    ] {
        let meta = one(format!("{title}\n2023-01-01\n\n正文。")).value.article.meta;
        assert_eq!((meta.series, plain_text(&meta.title).as_str()), (None, title));
    }
}

#[test]
fn a_short_name_before_a_bar_is_a_column() {
    let meta = one("云澜人物 | 守馆人的一天\n2023-01-01\n\n正文。").value.article.meta;
    let title = plain_text(&meta.title);
    assert_eq!((meta.column.as_deref(), title.as_str()), (Some("云澜人物"), "守馆人的一天"));
}

#[test]
fn dates_stand_in_heads_of_many_forms() {
    for line in [
        "2022-01-14T10:30:00",
        "2022年1月14日 上午10:30",
        "2022年1月14号",
        "（2022年1月14日）",
        "二○二二年一月十四日",
        "发布于 2022-01-14",
        "发布时间 2022-01-14 来源：校报",
        "宣传部 2022-01-14",
        "2022-01-14 10:30 宣传部 沈舟",
        "作者：沈舟 | 2022.01.14",
        "日期: 2022/01/14  点击: 77",
    ] {
        let date = one(format!("校园读书月启动\n{line}\n\n{PROSE}")).value.article.meta.date;
        assert_eq!(date.map(|d| d.to_string()).as_deref(), Some("2022-01-14"), "{line}");
    }
}

#[test]
fn a_signature_stays_and_lends_its_date() {
    for signed in ["云澜大学宣传部\n2022年1月14日", "云澜大学宣传部　2022年1月14日"]
    {
        let read = one(format!("关于放假的通知\n\n{PROSE}\n\n{signed}"));
        let date = read.value.article.meta.date.map(|d| d.to_string());
        assert_eq!(date.as_deref(), Some("2022-01-14"));
        assert_eq!(read.value.article.body.len(), 1 + signed.lines().count());
        assert!(read.value.article.meta.credits.is_empty());
    }
}

#[test]
fn several_articles_keep_their_lines_and_say_how_many_they_are() {
    let article = |title: &str| format!("{title}\n2023-01-02\n\n{PROSE}\n\n{PROSE}\n\n");
    let text = [article("云澜书院揭牌成立"), article("后山步道建成开放")].concat();
    let read = all(&text);
    let titles: Vec<String> = read.iter().map(|r| r.value.article.title_text()).collect();
    assert_eq!(titles, ["云澜书院揭牌成立", "后山步道建成开放"]);
    let lines: Vec<Option<usize>> = read
        .iter()
        .map(|r| {
            let note = &r.findings[0];
            assert_eq!(note.code.name(), "read-several-articles");
            assert!(note.args.contains(&("count", "2".to_owned())));
            note.line
        })
        .collect();
    assert_eq!(lines, [Some(1), Some(8)]);
}

#[test]
fn dates_within_a_text_do_not_cut_it() {
    for text in [
        // A chronicle.
        format!("云澜大学大事记\n2023-12-31\n\n2023-01-02\n\n{PROSE}\n\n2023-02-03\n\n{PROSE}"),
        // Headings with a date of another form.
        format!("新馆的一年\n2023-12-31\n\n{PROSE}\n\n开馆的那一天\n2022年1月2日\n\n{PROSE}"),
        // Titles without text.
        format!("近期讲座安排\n2023-12-31\n\n{PROSE}\n\n古建筑里的数学\n2023-12-30\n"),
        // Rules between the scenes of one text.
        format!("一夜与一晨\n2023-12-31\n\n{PROSE}\n\n------\n\n{PROSE}\n\n------\n\n{PROSE}"),
    ] {
        assert_eq!(all(&text).len(), 1, "{text}");
    }
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn utf_16_needs_no_mark() {
    let text = format!("校园读书月启动\r\n2023-04-23\r\n{PROSE}\r\n");
    for bytes in [utf16(&text, u16::to_le_bytes), utf16(&text, u16::to_be_bytes)] {
        let read = one(&bytes);
        assert_eq!(read.value.article.title_text(), "校园读书月启动");
        assert_eq!(codes(&read), [("read-encoding-guessed", None)]);
        // A byte that got lost at the end costs no more than its character.
        let read = one(&bytes[..bytes.len() - 1]);
        assert_eq!(read.value.article.title_text(), "校园读书月启动");
    }
}

#[test]
fn a_broken_byte_costs_one_character() {
    let text = format!("校园读书月启动\n2023-04-23\n{PROSE}\n{PROSE}\n");
    let mut utf8 = text.clone().into_bytes();
    let at = text.find("项目").expect("it is there");
    utf8[at] = 0xff;
    let cut = text.as_bytes()[..text.len() - 3].to_vec();
    for (bytes, line) in [(utf8, 3), (cut, 4)] {
        let read = one(&bytes);
        assert_eq!(read.value.article.title_text(), "校园读书月启动");
        assert_eq!(codes(&read), [("read-broken-bytes", Some(line))]);
    }
}

#[test]
fn traditional_text_in_big5_is_read_and_said() {
    // 校園讀書節, then 圖書館為同學們準備了三千冊新書。 in Big5.
    let big5: &[u8] = b"\xae\xd5\xb6\xe9\xc5\xaa\xae\xd1\xb8\x60\n\n\
        \xb9\xcf\xae\xd1\xc0\x5d\xac\xb0\xa6\x50\xbe\xc7\xad\xcc\xb7\xc7\xb3\xc6\xa4\x46\
        \xa4\x54\xa4\x64\xa5\x55\xb7\x73\xae\xd1\xa1\x43\n";
    let read = one(big5);
    assert_eq!(read.value.article.title_text(), "校園讀書節");
    assert_eq!(codes(&read), [("read-encoding-traditional", None)]);
}

#[test]
fn broken_lines_are_joined_and_verses_are_not() {
    let broken = "雨量站建在后山第三级台地上，是气象系的老师们三十年前亲手搭起来\n\
        的。一间砖房，一座百叶箱，一只翻斗雨量计，就是全部家当。\n\n\
        每天早晚八点，值班的学生沿着石阶走上去，读数、记录、签名，风雨无\n\
        阻。三十年的记录装满了四个铁皮柜，成为附近三个县做规划时必查的资\n\
        料。那条石阶也被脚步磨得发亮，老师说机器记得住雨，却记不住人。\n";
    let read = one(format!("后山的雨量站\n2021-08-19\n\n{broken}"));
    assert_eq!(kinds(&read), "pp");
    assert_eq!(codes(&read), [("read-lines-joined", Some(5))]);
    let verses = "老樟树\n你的年轮里有多少个春天\n多少双眼睛在你的影子里\n读完了同一本书\n";
    let read = one(format!("樟树下\n2021-08-19\n\n{PROSE}\n\n{verses}\n{PROSE}"));
    assert_eq!(kinds(&read), "pppppp");
}

#[test]
fn what_is_too_large_is_refused() {
    for (text, code) in [
        (PROSE.repeat(20_000_000 / PROSE.len()), "read-too-large"),
        ("短\n".repeat(200_001), "read-too-many-lines"),
        ("\u{c}".repeat(200_001), "read-too-many-lines"),
    ] {
        let fault = import("a.txt", text.as_bytes()).expect_err("it is refused");
        assert_eq!(fault.findings[0].code.name(), code);
    }
}

/// Each of these took quadratic time or a great deal of memory in some reader.
#[test]
fn hostile_text_is_read_all_the_same() {
    let head = "校园读书月启动\n2023-04-23\n\n";
    let size = |read: &Warned<Imported>| (read.value.article.body.len(), read.value.edits.len());
    let long = one(format!("{head}{}", PROSE.repeat(20_000)));
    assert_eq!(size(&long), (1, 0));
    let names = one(format!("{head}{}", "a.jpg、".repeat(200_000)));
    assert_eq!((kinds(&names).as_str(), size(&names).1), ("p", 0));
    let pictures: String = (0..50_000).map(|i| format!("校园{i}.jpg\n")).collect();
    let pictures = one(format!("{head}{pictures}"));
    // One figure; the first of the other lines serves it as a caption.
    assert_eq!(size(&pictures).0, 1 + 45_000 - 1);
    assert_eq!(codes(&pictures), [("read-pictures-too-many", None)]);
    let glued: String = (0..20_000).map(|i| format!("学生{i}在读书{i}景.jpg\n")).collect();
    assert!(size(&one(format!("{head}{glued}"))).0 >= 1);
    let labels = one(format!("{head}{}", "记者：".repeat(100_000)));
    assert_eq!(size(&labels), (1, 0));
    let credits = one(format!("{head}{PROSE}\n\n{}", "文/沈舟\n".repeat(50_000)));
    assert_eq!(size(&credits).0, 1 + 50_000 - 100);
    let brackets = format!("{}{}", "（".repeat(300_000), "）".repeat(300_000));
    assert_eq!(size(&one(format!("{head}{brackets}"))), (1, 0));
    let lines = one(format!("{head}{}", "短行文字\n".repeat(150_000)));
    assert_eq!(size(&lines).0, 150_000);
}
