//! Saved web pages beyond the cases: what is refused and with which words, hostile
//! pages, pages in one file, and that no text of a page is lost.

mod head;

use std::fmt::Write as _;

use kanyin::article::{Article, Block, plain_text};
use kanyin::diag::{Lang, Warned};
use kanyin::import::{Content, Imported, Sites, import};
use proptest::prelude::*;

fn read(name: &str, page: impl AsRef<[u8]>) -> Warned<Imported> {
    import(name, page.as_ref(), &Sites::builtin()).expect("the page can be read").remove(0)
}

fn refusal(page: &str) -> (&'static str, String) {
    let fault = import("a.html", page.as_bytes(), &Sites::builtin()).expect_err("it is refused");
    let finding = &fault.findings[0];
    (finding.code.name(), finding.message(Lang::Zh))
}

/// All words of an article's text, one after the other.
fn words(article: &Article) -> String {
    let mut out = String::new();
    article.for_each_run(&mut |run| out.push_str(&plain_text(run.inlines)));
    article.for_each_block(&mut |_, block| {
        if let Block::Unknown { text, .. } = block {
            out.push_str(text);
        }
    });
    out
}

fn names(article: &Article) -> Vec<String> {
    let mut out = Vec::new();
    article.for_each_block(&mut |_, block| {
        if let Block::Figure(figure) = block {
            out.extend(figure.images.iter().map(|i| i.name.clone()));
        }
    });
    out
}

#[test]
fn a_deleted_or_blocked_page_is_refused_with_its_own_words() {
    for (page, said) in [
        (
            "<title></title><body class='zh_CN mm_appmsg'><div class='weui-msg'><div class='weui-msg__title warn'>该内容已被发布者删除</div></div>",
            "该内容已被发布者删除",
        ),
        (
            "<body><div class='weui-msg__title'>此内容因违规无法查看</div><p>此内容违反相关规定</p>",
            "此内容因违规无法查看",
        ),
        (
            "<title>404 Not Found</title><center><h1>404 Not Found</h1></center><hr>nginx",
            "404 Not Found",
        ),
        (
            "<title>提示</title><p>当前环境异常，完成验证后即可继续访问。</p><a>去验证</a>",
            "环境异常",
        ),
        ("<title>出错了</title><div>对不起，您访问的页面不存在！</div>", "您访问的页面不存在"),
    ] {
        let (code, message) = refusal(page);
        assert_eq!(code, "web-page-gone", "{page}");
        assert!(message.contains(said), "{message}");
    }
    assert_eq!(
        refusal("<title>空壳</title><div id=app></div><script>boot()</script>").0,
        "web-page-empty"
    );
}

#[test]
fn an_article_that_quotes_an_error_is_an_article() {
    let text = "网页上常见的“该内容已被发布者删除”是怎么来的？".repeat(20);
    let page = format!("<title>说说删帖</title><article><h1>说说删帖</h1><p>{text}</p></article>");
    assert_eq!(read("a.html", page).value.article.title_text(), "说说删帖");
}

#[test]
fn a_page_in_one_file_brings_its_pictures() {
    let png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let file = format!(
        "From: <Saved by Browser>\r\nSnapshot-Content-Location: https://news.yunlan.example/1.html\r\n\
         Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--XX--\"\r\n\r\n\
         ----XX--\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
         Content-Location: https://news.yunlan.example/1.html\r\n\r\n\
         <meta charset=3D\"utf-8\"><title>=E6=A0=A1=E9=97=A8</title><article><h1>=E6=A0=A1=\r\n=E9=97=A8</h1>\
         <p>=E6=AD=A3=E6=96=87=E3=80=82</p><img src=3D\"https://news.yunlan.example/g/gate.png\"><img src=3D\"cid:b\"></article>\r\n\
         ----XX--\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Location: https://news.yunlan.example/g/gate.png\r\n\r\n{png}\r\n\
         ----XX--\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <b>\r\n\r\n{png}\r\n----XX----\r\n"
    );
    let read = read("a.mht", file).value;
    assert_eq!(read.article.title_text(), "校门");
    assert_eq!(names(&read.article), ["gate.png", "picture.png"]);
    let inside: Vec<&str> = read.embedded.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(inside, ["gate.png", "picture.png"]);
    let Content::Bytes(bytes) = &read.embedded[0].content else { panic!("they are here") };
    assert!(bytes.starts_with(b"\x89PNG"));
    assert_eq!(read.article.meta.source_url.as_deref(), Some("https://news.yunlan.example/1.html"));
}

#[test]
fn a_page_cut_off_within_a_character_is_read() {
    let page = "<meta charset=utf-8><title>校门</title><p>石砌的校门前有两棵玉兰。</p>";
    let read = read("a.html", &page.as_bytes()[..page.len() - 8]);
    assert!(words(&read.value.article).contains("两棵玉"));
    assert!(read.findings.iter().any(|f| f.code.name() == "web-broken-characters"));
}

#[test]
fn a_project_adds_a_site_and_mistakes_are_told_with_their_line() {
    let page = "<div class=yl-t>石门</div><div class=yl-m>2020-02-02</div><div class=yl-b>正文<i>一</i>句</div><div>旁的</div>";
    let mut sites = Sites::builtin();
    let profile =
        "recognise = [\".yl-b\"]\ntitle = [\".yl-t\"]\nmeta = [\".yl-m\"]\nbody = [\".yl-b\"]\n";
    sites.add("yunlan.toml", profile).expect("the profile is right");
    let article = import("a.html", page.as_bytes(), &sites).unwrap().remove(0).value.article;
    assert_eq!((article.title_text().as_str(), article.body.len()), ("石门", 1));
    for (profile, code, line) in [
        ("name = \"x\"\ntitel = []\n", "project-unknown-key", 2),
        ("name = \"x\"\n\nbody = [\"div[\"]\n", "site-selector", 3),
    ] {
        let fault = sites.add("x.toml", profile).expect_err("it is refused");
        let finding = &fault.findings[0];
        let (file, at) = (finding.file.as_deref(), finding.line);
        assert_eq!((finding.code.name(), file, at), (code, Some("sites/x.toml"), Some(line)));
    }
}

#[test]
fn hostile_pages_are_read_flat_or_refused() {
    let deep = |open: &str| {
        format!("<meta charset=utf-8><title>题</title>{}深处的文字", open.repeat(20_000))
    };
    for open in [
        "<div>",
        "<span>",
        "<b>",
        "<a href=x>",
        "<blockquote>",
        "<ul><li>",
        "<table><tr><td>",
        "<svg><foreignObject><p>",
        "<select>",
        "<p><font color=a>",
        "<ruby>",
        "<template>",
        "<figure>",
    ] {
        if let Ok(read) = import("a.html", deep(open).as_bytes(), &Sites::builtin()) {
            let read = &read[0].value;
            let kept = words(&read.article).contains("深处")
                || open.contains("select")
                || open.contains("template");
            assert!(kept, "{open}");
        }
    }
    assert_eq!(
        refusal(&format!("<title>题</title>{}", "<i>字</i>".repeat(300_000))).0,
        "web-too-many-tags"
    );
    let wide = "<table border=1><tr><td colspan=99999999 rowspan=99999999>甲</td><td>乙</td></tr></table><p>正文。</p>";
    assert!(words(&read("a.html", wide).value.article).contains('乙'));
}

#[test]
fn addresses_that_run_or_open_something_are_not_taken_over() {
    let page = "<title>题</title><article><h1>题</h1><p>正文<a href='javascript:x()'>甲</a><a href='file:///etc/a'>乙</a>\
        <a href='vbscript:x'>丙</a></p><img src='file:///c:/a/门.jpg'><iframe src='javascript:1'></iframe></article>";
    let read = read("a.html", page);
    let json = format!("{:?}", read.value.article);
    for scheme in ["javascript:", "file:", "vbscript:"] {
        assert!(!json.contains(scheme), "{json}");
    }
    let said = |code: &str| read.findings.iter().filter(|f| f.code.name() == code).count();
    assert_eq!(
        (said("web-address-refused"), said("web-script-links"), said("web-media-lost")),
        (2, 1, 1)
    );
}

/// Pieces of pages as they come, to be put together at random.
fn soup() -> impl Strategy<Value = String> {
    let parts = [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<section style='text-align:center'>",
        "</section>",
        "<br>",
        "<b>",
        "</b>",
        "<strong>",
        "</strong>",
        "<span style='display:block'>",
        "</span>",
        "<ul>",
        "<li>",
        "</ul>",
        "<ol start=3>",
        "<table border=1>",
        "<tr>",
        "<td>",
        "<td colspan=2>",
        "<th>",
        "</table>",
        "<blockquote>",
        "</blockquote>",
        "<h2>",
        "</h2>",
        "<h3>",
        "</h3>",
        "<img src=a.jpg>",
        "<img data-src=//x.example/640>",
        "<figure>",
        "<figcaption>",
        "</figure>",
        "<hr>",
        "<a href=https://yunlan.example/a>",
        "</a>",
        "<a href=#n1>",
        "[1]",
        "<p id=n1>",
        "<sup>",
        "</sup>",
        "<ruby>",
        "<rt>",
        "</ruby>",
        "<pre>",
        "</pre>",
        "<div id=js_content>",
        "<div class=TRS_Editor>",
        "<div class=v_news_content>",
        "<title>题",
        "</title>",
        "<caption>",
        "<center>",
        "</center>",
        "编者按：",
        "一、",
        "（二）",
        "来源：",
        "2022-01-14",
        "供稿：",
        "【打印】",
        "上一篇：",
        "▲",
        "——",
        "\n",
        " ",
        "　",
        "&nbsp;",
        "&lt;",
        "云澜大学",
        "图为玉兰",
        "编辑/周以宁",
        "正文。",
        "为了把读书月办得更好，图书馆的同志们连续两个月走访了全校十二个学院，听取师生的意见和建议。",
    ];
    let part = prop_oneof![9 => prop::sample::select(parts.to_vec()).prop_map(str::to_owned), 1 => "[^<&]{0,5}"];
    prop::collection::vec(part, 1..50).prop_map(|parts| parts.concat())
}

/// Every character that an article, its values and its consumed edits hold.
fn kept(read: &Imported) -> String {
    let mut out = words(&read.article);
    let meta = &read.article.meta;
    if let Some(series) = &meta.series {
        _ = write!(out, "{}{}", series.name, series.raw);
    }
    for credit in &meta.credits {
        out.push_str(&credit.label);
        credit.names.iter().for_each(|n| out.push_str(n));
    }
    for value in [&meta.column, &meta.date_raw, &meta.source, &meta.source_url, &meta.summary] {
        out.extend(value.as_deref());
    }
    out.extend(meta.date.map(|d| d.to_string()));
    out.extend(meta.views.map(|v| v.to_string()));
    meta.extra.iter().for_each(|(key, value)| _ = write!(out, "{key}{value}"));
    read.edits.iter().for_each(|e| out.push_str(&e.old));
    read.article.for_each_block(&mut |_, block| {
        if let Block::Table(table) = block {
            out.push_str(&plain_text(&table.caption));
        }
    });
    out.push_str(&ruby(&read.article));
    out
}

/// The readings above characters.
fn ruby(article: &Article) -> String {
    let mut out = String::new();
    article.for_each_run(&mut |run| {
        let mut stack: Vec<&kanyin::article::Inline> = run.inlines.iter().collect();
        while let Some(inline) = stack.pop() {
            if let kanyin::article::Inline::Ruby { text, .. } = inline {
                out.push_str(text);
            }
            stack.extend(inline.children());
        }
    });
    out
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_a_page_never_panics(page in prop_oneof![soup(), any::<String>()], bytes: Vec<u8>) {
        for name in ["a.html", "a.mht"] {
            let _ = import(name, page.as_bytes(), &Sites::builtin());
            let _ = import(name, &bytes, &Sites::builtin());
        }
    }

    #[test]
    fn no_word_of_the_body_is_lost(soup in soup()) {
        // What ends the body, or begins another, is another test's affair.
        let soup = ["</div>", "<title>", "<div id=js_content>", "<div class=TRS_Editor>", "<div class=v_news_content>"]
            .iter()
            .fold(soup, |soup, part| soup.replace(part, ""));
        // Each marked word stands somewhere in the body; the page says which is it.
        let mut marked = String::new();
        for (n, part) in soup.split("正文。").enumerate() {
            _ = write!(marked, "{part}第{n}号词。");
        }
        let page = format!("<title>题目在此</title><div id='vsb_content'><div class='v_news_content'>{marked}</div></div>");
        if let Ok(read) = import("a.html", page.as_bytes(), &Sites::builtin()) {
            let kept = kept(&read[0].value);
            for n in 0..marked.matches("号词").count() {
                let word = format!("第{n}号词");
                prop_assert!(kept.contains(&word), "{word} of {page} is gone: {:#?}", read[0].value);
            }
        }
    }
}

/// A grey picture of one size, so that files tell apart.
fn picture(side: u32) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    let image = image::DynamicImage::new_rgb8(side, side);
    image.write_to(&mut out, image::ImageFormat::Png).expect("a picture can be made");
    out.into_inner()
}

#[test]
fn pictures_are_found_among_what_the_browser_saved() {
    let dir = tempfile::tempdir().unwrap();
    let saved = dir.path().join("校门_files");
    std::fs::create_dir(&saved).unwrap();
    for (name, side) in [("640", 40), ("640(1)", 41), ("tower-2022.png", 42), ("湖畔.png", 43)] {
        std::fs::write(saved.join(name), picture(side)).unwrap();
    }
    std::fs::write(dir.path().parent().unwrap().join("outside-of-it.png"), picture(9)).unwrap();
    let page = "<meta charset=utf-8><title>校门</title><article><h1>校门</h1><p>石砌的校门前有两棵玉兰。</p>\
        <img data-src='https://mmbiz.example/aaa/640?wx_fmt=png'><img data-src='https://mmbiz.example/bbb/640?wx_fmt=png'>\
        <p>正文。</p><img src='https://img.yunlan.example/x/tower-2022.png?v=1'><p>正文。</p>\
        <img src='./%E6%A0%A1%E9%97%A8_files/%E6%B9%96%E7%95%94.png'><p>正文。</p>\
        <img src='../outside-of-it.png'><p>正文。</p><img src='/a/b/nowhere.png'></article>";
    let path = dir.path().join("校门.html");
    std::fs::write(&path, page).unwrap();
    let shelf = dir.path().join("shelf");
    let decisions = kanyin::diag::Decisions::default();
    let (sites, lists) = (Sites::builtin(), kanyin::check::Lists::default());
    let around = kanyin::pipeline::Surroundings {
        within: dir.path(),
        shelf: &shelf,
        sites: &sites,
        lists: &lists,
        limits: kanyin::project::Limits::default(),
    };
    let read = kanyin::pipeline::read_file(&path, "校门.html", &around, &decisions);
    let read = read.unwrap().remove(0);
    let sizes: Vec<Option<u32>> =
        read.pictures.iter().map(|p| p.file.as_ref().map(|(_, probe)| probe.width)).collect();
    assert_eq!(sizes, [Some(40), Some(41), Some(42), Some(43), None, None]);
}

/// Programs that export to Word write pages and call them .doc or .docx.
#[test]
fn a_page_that_is_named_after_word_is_read_as_the_page_it_is() {
    let page = "<html><head><title>校门初开-云澜大学新闻网</title></head><body><h1>校门初开</h1><p>云澜大学的老校门今天重新开放，\
        许多校友专程回来，在门前合影留念，说起当年入学时的情景。</p></body></html>";
    for name in ["校门.doc", "校门.docx", "校门.wps"] {
        let read = import(name, page.as_bytes(), &Sites::builtin()).unwrap().remove(0);
        assert_eq!(read.value.article.title_text(), "校门初开", "{name}");
    }
}
