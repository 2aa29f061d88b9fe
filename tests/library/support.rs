//! What several test files need: one specimen that uses every kind of block and
//! inline, and the view of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use kanyin::article::{
    Article, Aside, AsideKind, Block, Cell, Credit, Date, Figure, Heading, Image, Inline, List,
    Meta, Role, Series, Table,
};
use kanyin::diag::{Fault, Warned};
use kanyin::export::view::{self, View};
use kanyin::import::{Imported, Sites};
use kanyin::layout::{self, Look, Medium};
use kanyin::media::Picture;
use kanyin::publication::{
    Apparatus, Arrangement, Frame, Kind, PartsBy, Publication, Selection, Source, assemble,
};

pub use crate::judges::at_hand::skipped;

/// Reads a source with the profiles of sites that the program knows.
pub fn import(name: &str, bytes: &[u8]) -> Result<Vec<Warned<Imported>>, Fault> {
    kanyin::import::import(name, bytes, &Sites::builtin())
}

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// A folder of files that are not ours, where it stands beside the repository.
/// Says aloud when it does not.
pub fn shared(name: &str) -> Option<PathBuf> {
    let folder = root().parent()?.join("shared").join(name);
    if folder.exists() {
        return Some(folder);
    }
    skipped(&format!("../shared/{name} does not stand beside the repository"));
    None
}

/// Copies a file, or a folder and everything below it.
pub fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        std::fs::copy(from, to).unwrap();
    }
}

/// Plain text as inlines.
pub fn text(s: &str) -> Vec<Inline> {
    vec![Inline::Text(s.to_owned())]
}

fn p(s: &str) -> Block {
    Block::Paragraph(text(s))
}

/// An article that uses every kind of block and inline there is.
pub fn specimen_article() -> Article {
    let meta = Meta {
        title: text("云澜大学图书馆彻夜亮灯 二十年守护读书人"),
        kicker: text("校园纪事"),
        subtitle: text("——写在新馆启用之际"),
        series: Some(Series { name: "云澜人物".into(), ordinal: 3, raw: "三".into() }),
        column: Some("校园纪事".into()),
        date: Date::new(2023, 4, 23),
        source: Some("云澜校报".into()),
        source_url: Some("https://news.yunlan.example/2023/0423.html".into()),
        summary: Some("新馆启用，灯火如旧。".into()),
        credits: vec![
            Credit {
                role: Role::Author,
                label: "文".into(),
                names: vec!["林溪".into(), "周远".into()],
            },
            Credit { role: Role::Editor, label: "编辑".into(), names: vec!["何㬚".into()] },
        ],
        ..Meta::default()
    };
    let rich = vec![
        Inline::Text("馆藏一百二十万册，".into()),
        Inline::Strong(text("夜读区")),
        Inline::Text("每晚座无虚席；".into()),
        Inline::Emphasis(text("读书即远行")),
        Inline::Text("，".into()),
        Inline::EmphasisMark(text("不可不读")),
        Inline::Text("。水为 H".into()),
        Inline::Subscript(text("2")),
        Inline::Text("O，面积 3.6 万 m".into()),
        Inline::Superscript(text("2")),
        Inline::Text("，".into()),
        Inline::Ruby { base: "阅".into(), text: "yuè".into() },
        Inline::Ruby { base: "览".into(), text: "lǎn".into() },
        Inline::Text("室新开".into()),
        Inline::Note(vec![p("阅览室开放时间以馆内公告为准。")]),
        Inline::Text("，详见".into()),
        Inline::Link {
            url: "https://lib.yunlan.example/".into(), content: text("图书馆网站")
        },
        Inline::Text("。".into()),
        Inline::Break,
        Inline::Text("灯下有人。".into()),
    ];
    let cell = |s: &str| Cell { blocks: vec![p(s)], ..Cell::default() };
    let body = vec![
        Block::Aside(Aside {
            kind: AsideKind::EditorsNote,
            blocks: vec![p("新馆启用百日，本刊记者走访馆内外，记下灯下的人与事。")],
        }),
        Block::Aside(Aside {
            kind: AsideKind::Lead, blocks: vec![p("夜里十一点，灯还亮着。")]
        }),
        Block::Paragraph(rich),
        Block::Figure(Figure {
            images: vec![Image {
                name: "library.jpg".into(), alt: Some("夜色中的图书馆".into())
            }],
            caption: text("新馆夜景"),
            credit: Some("摄影：沈舟".into()),
        }),
        Block::Heading(Heading { level: 1, text: text("一、灯下") }),
        p("“一盏灯，一卷书”，是老馆长对夜读区的期许。"),
        Block::Heading(Heading { level: 2, text: text("（一）值夜人") }),
        Block::List(List {
            start: None,
            items: vec![vec![p("巡查书架")], vec![p("清点座位"), p("每两小时一次。")]],
        }),
        Block::List(List {
            start: Some(3),
            items: vec![
                vec![p("借书")],
                vec![
                    p("还书"),
                    Block::List(List { start: Some(1), items: vec![vec![p("自助还书")]] }),
                ],
            ],
        }),
        Block::Table(Table {
            caption: text("各馆座位"),
            header_rows: 1,
            rows: vec![
                vec![cell("馆舍"), cell("座位"), cell("夜读")],
                vec![Cell { rowspan: 2, ..cell("新馆") }, cell("2,400"), cell("1,100")],
                vec![Cell { colspan: 2, ..cell("另有研讨间三十间") }],
            ],
        }),
        Block::Quote(vec![p("书籍是屹立在时间的汪洋大海中的灯塔。"), p("——馆内题词")]),
        Block::Aside(Aside {
            kind: AsideKind::LinkCard,
            blocks: vec![Block::Paragraph(vec![Inline::Link {
                url: "https://mp.weixin.qq.com/s/yunlan".into(),
                content: text("延伸阅读：老馆的最后一夜"),
            }])],
        }),
        Block::Figure(Figure {
            images: vec![
                Image { name: "desk.jpg".into(), alt: None },
                Image { name: "missing.jpg".into(), alt: None },
            ],
            caption: text("夜读区一角"),
            credit: None,
        }),
        Block::Rule,
        Block::Unknown {
            text: "某行无法辨认\n第二行".into(), why: "read-unplaced".into()
        },
    ];
    Article { meta, body }
}

/// An article of plain paragraphs.
pub fn plain_article(title: &str, paragraphs: &[&str]) -> Article {
    Article {
        meta: Meta { title: text(title), date: Date::new(2023, 5, 4), ..Meta::default() },
        body: paragraphs.iter().map(|s| p(s)).collect(),
    }
}

/// A publication of these articles; a picture is there where `pictures` has its
/// name, else it is missing.
pub fn publication(articles: Vec<Article>, pictures: &[(&str, PathBuf)]) -> Publication {
    let sources: Vec<Source> = articles
        .into_iter()
        .enumerate()
        .map(|(i, article)| {
            let mut names = Vec::new();
            article.for_each_block(&mut |_, block| {
                if let Block::Figure(figure) = block {
                    for image in &figure.images {
                        if !names.contains(&image.name) {
                            names.push(image.name.clone());
                        }
                    }
                }
            });
            let pictures = names
                .into_iter()
                .map(|name| {
                    let path = pictures.iter().find(|(n, _)| *n == name).map(|(_, p)| p.clone());
                    let file =
                        path.and_then(|p| kanyin::media::probe(&p).ok().map(|probe| (p, probe)));
                    Picture { id: String::new(), name, file }
                })
                .collect();
            Source {
                file: format!("sources/{i:02}.md"),
                part: 0,
                article: Arc::new(article),
                pictures,
            }
        })
        .collect();
    let frame = Frame {
        id: "specimen".into(),
        kind: Kind::Compilation,
        title: "云澜大学宣传工作汇编".into(),
        subtitle: "二〇二三年卷".into(),
        press: "云澜大学".into(),
        unit: "宣传部".into(),
        issue: None,
        document: None,
        colophon: None,
        apparatus: Apparatus::default(),
    };
    let arrangement =
        Arrangement { parts: PartsBy::Series, rest: "其他".into(), ..Arrangement::default() };
    assemble(frame, &sources, &Selection::default(), &arrangement)
}

/// A built-in look.
pub fn look(medium: Medium, name: &str) -> Look {
    layout::find(None, medium, name).expect("the built-in look is there")
}

/// The view of a publication under a look.
pub fn view_of(publication: &Publication, look: &Look) -> View {
    view::build(publication, look)
}

/// Says how many cases from outside the repository ran: aloud, and into a file whose
/// lines `scripts/test` repeats at its end.
pub fn outside(line: &str) {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outside.txt");
    std::fs::write(file, format!("{line}\n")).unwrap();
    crate::judges::at_hand::say(line);
}
