//! Text that is mark-up somewhere is letters everywhere: what means something to Typst,
//! HTML, CSS, XML or a template stands in every edition as it was written, wherever an
//! article or `kanyin.toml` may have text.

use kanyin::article::{
    Article, Aside, AsideKind, Block, Cell, Credit, Date, Figure, Heading, Image, Inline, List,
    Meta, Role, Series, Table,
};
use kanyin::canonical::{self, Canonical};
use kanyin::verify;

use super::opened::pieces;
use super::{Folder, codes, editions};

/// What would do something if it were not letters. Characters that correcting changes are
/// avoided, so that the words can be looked for as they stand here.
const SPELLS: [&str; 9] = [
    "<script>alert(1)</script>",
    "<img/src=x/onerror=alert(2)>",
    "</style></title></p></body>",
    "{{7*7}}{%raw%}",
    "#panic[x]#include",
    "$x^2$*b*_i_@ref",
    "]]><!--c--><?pi?>",
    "&lt;&#65;&amp;&bad;",
    "\\u{41}\\n@import",
];

/// The spells with a word of Chinese before each, so that places can be told apart.
fn spelt(place: &str) -> String {
    let spells: Vec<String> = SPELLS.iter().map(|spell| format!("{place}{spell}")).collect();
    spells.join("，")
}

fn text(place: &str) -> Vec<Inline> {
    vec![Inline::Text(spelt(place))]
}

fn paragraph(place: &str) -> Block {
    Block::Paragraph(text(place))
}

/// The places of an article whose text every edition shows.
const SHOWN: [&str; 14] = [
    "标题",
    "引题",
    "副题",
    "系列",
    "作者",
    "段落",
    "粗体",
    "链接",
    "注释",
    "小标题",
    "列表",
    "表格",
    "图注",
    "引文",
];

fn article() -> Article {
    let meta = Meta {
        title: text("标题"),
        kicker: text("引题"),
        subtitle: text("副题"),
        series: Some(Series { name: spelt("系列"), ordinal: 3, raw: "三".into() }),
        date: Date::new(2024, 3, 5),
        summary: Some(spelt("摘要")),
        credits: vec![Credit {
            role: Role::Author,
            label: "文".into(),
            names: vec![spelt("作者")],
        }],
        ..Meta::default()
    };
    let cell = |place: &str| Cell { blocks: vec![paragraph(place)], ..Cell::default() };
    let body = vec![
        Block::Aside(Aside { kind: AsideKind::EditorsNote, blocks: vec![paragraph("编者")] }),
        paragraph("段落"),
        Block::Paragraph(vec![Inline::Strong(text("粗体"))]),
        Block::Paragraph(vec![Inline::Link {
            url: "https://yunlan.example/\"><script>alert(3)</script>".into(),
            content: text("链接"),
        }]),
        Block::Paragraph(vec![
            Inline::Text("湖边的路修好了。".into()),
            Inline::Note(vec![paragraph("注释")]),
        ]),
        Block::Heading(Heading { level: 1, text: text("小标题") }),
        Block::List(List { start: None, items: vec![vec![paragraph("列表")]] }),
        Block::Table(Table {
            caption: text("表题"),
            header_rows: 0,
            rows: vec![vec![cell("表格"), cell("格子")]],
        }),
        Block::Figure(Figure {
            images: vec![Image { name: "湖.png".into(), alt: Some(spelt("替代")) }],
            caption: text("图注"),
            credit: Some(spelt("摄影")),
        }),
        Block::Quote(vec![paragraph("引文")]),
    ];
    Article { meta, body }
}

fn project() -> Folder {
    // In a string of TOML that takes everything as it is.
    let manifest = format!(
        "[press]\nname = '{}'\nunit = '{}'\n[[publication]]\nid = \"all\"\ntitle = '{}'\n\
         subtitle = '{}'\nformats = [\"pdf\", \"print\", \"epub\", \"wechat\"]\n\
         [publication.arrange]\nparts = [{{ title = '{}', sources = [\"sources/**\"] }}]\n",
        spelt("单位"),
        spelt("部门"),
        spelt("书名"),
        spelt("副名"),
        spelt("部分"),
    );
    let folder = Folder::new(&manifest);
    let article = Canonical { article: article(), made_from: None, made_from_sum: None };
    folder.write("sources/咒.md", canonical::write(&article));
    let photo = image::RgbImage::from_pixel(60, 40, image::Rgb([9, 99, 199]));
    photo.save(folder.path("sources/湖.png")).unwrap();
    // The same in the other formats that are read.
    let escaped = |text: String| text.replace('&', "&amp;").replace('<', "&lt;");
    folder.write(
        "sources/页.html",
        format!(
            "<html><body><article><h1>路修好了</h1><p>2024-03-06</p><p>{}</p><p>路修好了，两岸近了。</p>\
             </article></body></html>",
            escaped(spelt("页文"))
        ),
    );
    folder
}

fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{ad}' && *c != '\u{200b}').collect()
}

/// What is missing of a place's spells in a text.
fn missing(found: &str, places: &[&str]) -> Vec<String> {
    let all = places.iter().flat_map(|place| SPELLS.map(|spell| format!("{place}{spell}")));
    all.filter(|wanted| !found.contains(&solid(wanted))).collect()
}

#[test]
fn what_is_mark_up_elsewhere_is_letters_in_every_edition() {
    let folder = project();
    let Some(built) = folder.built() else { return };
    let publication = &built.publications[0];
    assert!(publication.not_made.is_empty(), "{:?}", codes(&built));
    let lost: Vec<_> =
        built.findings().filter(|f| f.code.name().starts_with("text-lost")).collect();
    assert!(lost.is_empty(), "{lost:?}");
    let (mut books, mut posts) = (0, 0);
    for (name, bytes) in editions(&folder.path("out")) {
        if name == "all/all.pdf" || name == "all/all-print.pdf" {
            let read = verify::pdf(bytes).unwrap();
            let all: String = (0..read.pages()).map(|page| read.page_text(page)).collect();
            let shown = [&SHOWN[..], &["书名", "部分", "页文"]].concat();
            assert_eq!(missing(&solid(&all), &shown), [""; 0], "{name}");
            books += 1;
        } else if name.ends_with(".epub") {
            let mut all = String::new();
            for piece in pieces(&name, &bytes).into_iter().skip(1) {
                let is_xml =
                    [".xhtml", ".opf", ".ncx", ".xml"].iter().any(|e| piece.place.ends_with(e));
                if is_xml {
                    all += &letters_of_xml(&piece.place, &String::from_utf8(piece.bytes).unwrap());
                }
            }
            let shown = [&SHOWN[..], &["书名", "部分", "替代", "页文", "单位"]].concat();
            assert_eq!(missing(&solid(&all), &shown), [""; 0], "{name}");
            books += 1;
        } else if name.ends_with(".html") {
            let text = String::from_utf8(bytes).unwrap();
            let all = letters_of_html(&name, &text);
            if name.ends_with("article.html") && all.contains("段落") {
                // The title is not in the post itself: WeChat has a field for it.
                let shown: Vec<&str> =
                    SHOWN.into_iter().filter(|p| !["标题", "系列"].contains(p)).collect();
                let shown: Vec<&str> = shown.into_iter().filter(|p| *p != "链接").collect();
                assert_eq!(missing(&solid(&all), &shown), [""; 0], "{name}");
                posts += 1;
            }
        } else if name.ends_with(".json") {
            let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            assert!(value.is_object(), "{name}");
        }
    }
    // The book in its folder, both PDFs, and the book that is handed out.
    assert_eq!((books, posts), (4, 1));
}

/// The letters of an XML file, which must be sound, and have no element or attribute that
/// only a spell can have brought.
fn letters_of_xml(name: &str, text: &str) -> String {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let parsed = roxmltree::Document::parse_with_options(text, options);
    let parsed = parsed.unwrap_or_else(|e| panic!("{name}: {e}"));
    let mut all = String::new();
    for node in parsed.descendants() {
        assert!(!(node.is_comment() && node.text() == Some("c")), "{name}");
        assert_ne!(node.pi().map(|pi| pi.target), Some("pi"), "{name}");
        assert_ne!(node.tag_name().name(), "script", "{name}");
        assert!(node.attribute("onerror").is_none(), "{name}");
        all += node.text().filter(|_| node.is_text()).unwrap_or_default();
        for attribute in node.attributes() {
            all += attribute.value();
            all += " ";
        }
    }
    all
}

/// The same of a page of HTML, read as browsers read it.
fn letters_of_html(name: &str, text: &str) -> String {
    let page = dom_query::Document::from(text);
    assert!(!page.select("[onerror]").exists(), "{name}");
    for script in page.select("script").iter() {
        // What a page of ours hands its own script is data, its brackets escaped.
        assert!(!script.text().trim().starts_with("alert("), "{name}");
    }
    for link in page.select("[href], [src]").iter() {
        let to = link.attr_or("href", &link.attr_or("src", ""));
        assert!(!to.trim().to_lowercase().starts_with("javascript:"), "{name}: {to}");
    }
    page.select("body").text().to_string() + &page.select("title").text()
}
