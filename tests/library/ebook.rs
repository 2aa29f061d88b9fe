//! The e-book as a book on a shelf: its lists, what catalogues are told of it, its
//! size, its volumes. Built from whole projects, and read back by a reader that is
//! not ours.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use kanyin::diag::{Severity, Silent};
use kanyin::export::view::{Block, Inline};
use kanyin::layout::Medium;
use kanyin::pipeline::{BuildOptions, Built, build, verify};
use kanyin::project::Project;
use kanyin::publication::{Readings, isbn};
use serde_json::Value;

use crate::editions::{sample, solid, titles};
use crate::{judges, pdf, support};

/// A project's folder with these files.
fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        write(folder.path(), name, text.as_bytes());
    }
    folder
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn built(folder: &Path) -> Option<Built> {
    pdf::fonts()?;
    let mut fonts: Vec<PathBuf> = vec![support::root().join("fonts")];
    fonts.extend(std::env::var_os("KANYIN_FONTS").map(PathBuf::from));
    let options = BuildOptions { fonts, ..BuildOptions::default() };
    let built = build(&Project::open(folder).unwrap(), &options, &Silent).unwrap();
    Some(built)
}

fn codes(built: &Built) -> Vec<&'static str> {
    built.findings().map(|f| f.code.name()).collect()
}

fn arg(built: &Built, code: &str, name: &str) -> String {
    let finding = built.findings().find(|f| f.code.name() == code);
    let finding = finding.unwrap_or_else(|| panic!("{code}: {:?}", codes(built)));
    finding.args.iter().find(|(key, _)| *key == name).unwrap().1.clone()
}

/// A file within a container.
fn text(book: &Path, name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(fs::read(book).unwrap())).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn names(book: &Path) -> Vec<String> {
    let zip = zip::ZipArchive::new(Cursor::new(fs::read(book).unwrap())).unwrap();
    zip.file_names().map(|name| name.unwrap().into_owned()).collect()
}

/// The addresses that a page leads to, and the anchors that it has.
fn links(page: &str) -> Vec<String> {
    let values = page.split("href=\"").skip(1);
    values.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

fn anchors(page: &str) -> BTreeSet<&str> {
    page.split(" id=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect()
}

/// The texts that a list of the other reader has under `key`.
fn texts(list: &Value, key: &str) -> Vec<String> {
    let list = list.as_array().unwrap();
    list.iter().map(|one| one[key].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn another_reader_finds_spine_contents_and_text_as_the_model_has_them() {
    let Some(sample) = sample() else { return };
    let path = sample.file("yearbook/yearbook.epub");
    let Some(book) = judges::another_reader(&path) else { return };
    let book = book.unwrap();
    let spine = book["spine"].as_array().unwrap();
    let at = |id: &str| spine.iter().position(|s| s == id).unwrap_or_else(|| panic!("{id}"));
    let order = [
        "cover",
        "titlepage",
        "nav",
        "f0001",
        "figures",
        "chronicle",
        "part1",
        "a0001",
        "part6",
        "b0001",
        "index",
        "colophon",
    ];
    assert!(order.map(at).is_sorted(), "{spine:?}");
    assert_eq!(at("colophon"), spine.len() - 1);

    let articles = titles("yearbook");
    let contents = &book["contents"];
    let depths = contents.as_array().unwrap().iter().map(|entry| entry["depth"].as_u64().unwrap());
    let all: Vec<(u64, String)> = depths.zip(texts(contents, "label")).collect();
    let second = all.iter().filter(|(depth, _)| *depth == 1).map(|(_, label)| label);
    let second: Vec<&String> = second.collect();
    assert_eq!(second.len(), articles.len(), "{all:?}");
    for (label, title) in second.iter().zip(&articles) {
        assert!(solid(label).ends_with(&solid(title)), "{label}: {title}");
    }
    // Long articles have their own headings below them.
    assert!(all.contains(&(2, "四、桥的新规矩".to_owned())), "{all:?}");
    let landmarks = texts(&book["landmarks"], "kind");
    for kind in ["cover", "titlepage", "toc", "bodymatter", "loi", "index", "colophon"] {
        assert!(landmarks.iter().any(|l| l == kind), "{kind}: {landmarks:?}");
    }

    // Every run of the articles stands on the page that is theirs.
    let read = book["text"].as_array().unwrap();
    assert_eq!(read.len(), spine.len());
    for (n, title) in articles.iter().enumerate() {
        let page = read[at(&format!("a{:04}", n + 1))].as_str().unwrap();
        let plain: String =
            page.split('<').filter_map(|p| p.split_once('>')).map(|(_, text)| text).collect();
        assert!(solid(&plain).contains(&solid(title)), "{title}");
    }
}

#[test]
fn index_chronicle_and_list_of_figures_lead_to_places_that_are_there() {
    let Some(sample) = sample() else { return };
    let path = sample.file("yearbook/yearbook.epub");
    for (list, most) in [("index", 1_000), ("chronicle", 100), ("figures", 100)] {
        let page = text(&path, &format!("EPUB/text/{list}.xhtml"));
        let links = links(&page);
        let out: Vec<&String> = links.iter().filter(|l| l.contains(".xhtml")).collect();
        assert!(out.len() >= 10 && out.len() < most, "{list}: {} links", out.len());
        for link in out {
            let (file, place) = link.split_once('#').unwrap_or((link, ""));
            let target = text(&path, &format!("EPUB/text/{file}"));
            assert!(place.is_empty() || anchors(&target).contains(place), "{list}: {link}");
        }
    }
    let index = text(&path, "EPUB/text/index.xhtml");
    // Short forms lead to the name in full, and a name to each article once.
    assert!(index.contains("老桥</span> <span class=\"see\">见<a href=\"#"), "{index}");
    let line = index.split("顾南乔</span>").nth(1).unwrap().split("</li>").next().unwrap();
    let told: BTreeSet<String> = links(line).into_iter().collect();
    assert_eq!(told.len(), line.matches("<a ").count(), "{line}");
    let first = told.iter().next().unwrap();
    let (file, place) = first.split_once('#').unwrap();
    let target = text(&path, &format!("EPUB/text/{file}"));
    let after = target.split(&format!("<span id=\"{place}\"></span>")).nth(1).unwrap();
    assert!(after.starts_with("顾南乔"), "{after:.40}");
}

#[test]
fn a_catalogue_is_told_who_did_what_and_how_it_is_filed() {
    let Some(sample) = sample() else { return };
    let path = sample.file("yearbook/yearbook.epub");
    let Some(book) = judges::another_reader(&path) else { return };
    let book = book.unwrap();
    let people = book["people"].as_array().unwrap();
    for (name, role, sorted) in [
        ("云澜大学宣传部", "com", "Yun lan da xue xuan chuan bu"),
        ("苏砚秋", "edt", "Su Yanqiu"),
        ("江一帆", "pht", "Jiang Yifan"),
        ("贺𬭎", "pfr", "He Hong"),
    ] {
        let one = serde_json::json!({ "name": name, "role": role, "sorted": sorted });
        assert!(people.contains(&one), "{name}: {people:?}");
    }
    let subjects = book["subjects"].as_array().unwrap();
    assert!(["书院建设纪事", "枯水期"].iter().all(|s| subjects.iter().any(|t| t == s)));
    let description = book["description"].as_str().unwrap();
    assert!(
        description.contains("收文章22篇") && description.contains("分6个部分"),
        "{description}"
    );
    let package = text(&path, "EPUB/package.opf");
    assert!(package.contains("property=\"file-as\">Yun lan da xue xin wen hui bian<"));
}

#[test]
fn names_are_filed_as_people_and_libraries_file_them() {
    let readings = Readings::new([("澜州", "lán zhōu")]);
    for (name, filed) in [
        ("苏砚秋", "Su Yanqiu"),
        ("单晓安", "Shan Xiao'an"),
        ("欧阳雪", "Ouyang Xue"),
        ("吕绿", "Lü Lü"),
        ("阿依努尔·买买提", "Ayinu'er Maimaiti"),
        ("John Smith", "John Smith"),
    ] {
        assert_eq!(readings.person(name), filed, "{name}");
    }
    assert_eq!(readings.filed("澜州2024年：AI 与江水"), "Lan zhou 2024 nian AI yu jiang shui");
}

#[test]
fn an_isbn_is_known_by_its_check_digit() {
    for (written, known) in [
        ("ISBN 978-7-00-000000-1", Some("9787000000001")),
        ("9787000000001", Some("9787000000001")),
        ("978－7－00－000000－1", Some("9787000000001")),
        ("978-7-00-000000-2", None),
        ("待定", None),
        ("", None),
    ] {
        assert_eq!(isbn(written).as_deref(), known, "{written}");
    }
    assert_eq!(isbn("0-306-40615-2").as_deref(), Some("9780306406157"));
    assert_eq!(isbn("0-8044-2957-X").as_deref(), Some("9780804429573"));
}

const SERIES: &[(&str, &str)] = &[
    ("sources/1.md", "# 江水记之一：春汛\n\n2024-03-05\n\n江水涨了三尺，青麓山下的人都去看。\n"),
    ("sources/2.md", "# 江水记之二：夏潮\n\n2024-06-05\n\n潮头到了桥边，钟楼敲了十二下。\n"),
    ("sources/3.md", "# 江水记之三：秋平\n\n2024-09-05\n\n水面平得像纸，渡船一天只开两班。\n"),
];

fn manifest(epub: &str) -> String {
    format!(
        "[press]\nname = \"云澜大学\"\n[[publication]]\nid = \"river\"\nkind = \"series\"\n\
         title = \"江水记\"\narrange = {{ order = \"file\" }}\nformats = [\"epub\"]\n\
         [publication.epub]\n{epub}\n"
    )
}

#[test]
fn a_series_is_one_book_or_a_book_an_instalment_or_both() {
    let folder = project(SERIES);
    let out = folder.path().join("out/river");
    let there = || {
        let mut names: Vec<String> = fs::read_dir(&out)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".epub"))
            .collect();
        names.sort();
        names
    };
    let volumes = ["river-01.epub", "river-02.epub", "river-03.epub"];
    for (said, wanted) in [
        ("both", [&volumes[..], &["river.epub"]].concat()),
        ("each", volumes.to_vec()),
        ("one", vec!["river.epub"]),
        ("each", volumes.to_vec()),
    ] {
        write(folder.path(), "kanyin.toml", manifest(&format!("volumes = \"{said}\"")).as_bytes());
        let Some(built) = built(folder.path()) else { return };
        let errors: Vec<_> = built.findings().filter(|f| f.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:?}");
        // What an earlier build left is gone, and every file was read back.
        assert_eq!(there(), wanted, "{said}");
        let kept: Vec<&str> =
            built.publications[0].kept.iter().map(|kept| kept.file.as_str()).collect();
        assert_eq!(kept.len(), wanted.len(), "{kept:?}");
        assert!(built.publications[0].not_made.is_empty());
        assert!(
            built.publications[0].kept.iter().all(|k| k.kept.is_whole() && k.kept.characters > 0)
        );
    }
    let second = out.join("river-02.epub");
    let package = text(&second, "EPUB/package.opf");
    for said in [
        "property=\"belongs-to-collection\" id=\"series\">江水记<",
        "property=\"group-position\">2<",
    ] {
        assert!(package.contains(said), "{said}: {package}");
    }
    let list = text(&second, "EPUB/text/volumes.xhtml");
    assert_eq!(list.matches("</li>").count(), 3);
    let here = list.split("aria-current=\"true\"").nth(1).unwrap().split("</li>").next().unwrap();
    assert!(here.contains("夏潮") && !here.contains("秋平"), "{here}");
    let kept = verify(&Project::open(folder.path()).unwrap(), &second, "river", &Silent).unwrap();
    assert!(kept.is_whole() && kept.characters > 10, "{kept:?}");
    let ids: BTreeSet<String> = volumes
        .iter()
        .map(|name| text(&out.join(name), "EPUB/package.opf"))
        .map(|opf| opf.split("urn:uuid:").nth(1).unwrap()[..36].to_owned())
        .collect();
    assert_eq!(ids.len(), 3, "each has an identifier of its own");
    for name in volumes {
        let Some(report) = judges::epubcheck(&out.join(name)) else { return };
        assert_eq!((report.fatal, report.errors, report.warnings), (0, 0, 0), "{report:?}");
    }
    let Some(violations) = judges::ace(&second) else { return };
    assert!(violations.is_empty(), "{violations:?}");
}

#[test]
fn volumes_are_for_series_alone() {
    let folder = project(SERIES);
    let said = manifest("volumes = \"each\"").replace("\"series\"", "\"compilation\"");
    write(folder.path(), "kanyin.toml", said.as_bytes());
    let Some(built) = built(folder.path()) else { return };
    assert!(codes(&built).contains(&"epub-volumes-not-used"), "{:?}", codes(&built));
    assert!(folder.path().join("out/river/river.epub").is_file());
}

/// A photograph of noise, which no encoder makes light.
fn noise(seed: u32, width: u32, height: u32) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let pixels =
        image::RgbImage::from_fn(width, height, |_, _| image::Rgb([next(), next(), next()]));
    let mut bytes = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 95);
    pixels.write_with_encoder(encoder).unwrap();
    bytes
}

#[test]
fn a_budget_is_met_by_smaller_pictures_and_no_smaller_than_need_be() {
    let folder = project(&[(
        "sources/1.md",
        "# 江岸\n\n2024-03-05\n\n江水涨了三尺。\n\n![江岸](a.jpg)\n\n![桥头](b.jpg)\n",
    )]);
    write(folder.path(), "sources/a.jpg", &noise(1, 1600, 1200));
    write(folder.path(), "sources/b.jpg", &noise(2, 1200, 1600));
    let size = |budget: &str| {
        write(folder.path(), "kanyin.toml", manifest(budget).as_bytes());
        let built = built(folder.path())?;
        let path = folder.path().join("out/river/river.epub");
        Some((built, fs::metadata(&path).unwrap().len(), fs::read(path).unwrap()))
    };
    let Some((free, whole, _)) = size("") else { return };
    assert!(whole > 4_000_000, "{whole}");
    assert!(!codes(&free).iter().any(|code| code.starts_with("epub-budget")));

    let (far, same, _) = size("budget = 50").unwrap();
    assert_eq!(same, whole, "what fits stays as it is");
    assert!(!codes(&far).iter().any(|code| code.starts_with("epub-budget")));

    let (some, most, bytes) = size("budget = 3").unwrap();
    assert!(most <= 3_000_000, "{most}");
    let told = |built: &Built, name: &str| arg(built, "epub-budget-kept", name);
    let megabytes = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1e6);
    assert_eq!(told(&some, "size"), megabytes(most), "weighed rightly before it was written");
    assert_eq!(told(&some, "whole"), megabytes(whole));
    let (_, _, again) = size("budget = 3").unwrap();
    assert!(bytes == again, "the same bytes");

    let (less, least, _) = size("budget = 1").unwrap();
    assert!(least < most && least <= 1_000_000, "{least}");
    let pixels = |built: &Built| told(built, "pixels").parse::<u32>().unwrap();
    assert!(pixels(&less) < pixels(&some));

    // No step is left out that would have done: the one above is over the budget.
    let (_, all_of_it, _) = size("budget = 4").unwrap();
    assert!(all_of_it >= most && all_of_it <= 4_000_000);
}

#[test]
fn a_budget_that_cannot_be_met_is_an_error_and_the_book_is_there() {
    let text: String = (0..20).map(|n| format!("![第{n}幅](p{n}.jpg)\n\n")).collect();
    let folder = project(&[("sources/1.md", &format!("# 江岸\n\n2024-03-05\n\n江水。\n\n{text}"))]);
    for n in 0..20 {
        write(folder.path(), &format!("sources/p{n}.jpg"), &noise(n, 640, 480));
    }
    write(folder.path(), "kanyin.toml", manifest("budget = 1").as_bytes());
    let Some(built) = built(folder.path()) else { return };
    let finding = built.findings().find(|f| f.code.name() == "epub-budget-missed").unwrap();
    assert_eq!(finding.severity, Severity::Error);
    assert!(folder.path().join("out/river/river.epub").is_file());
}

#[test]
fn rare_characters_have_a_face_even_where_no_fonts_travel() {
    let folder =
        project(&[("sources/1.md", "# 贺𬭎\n\n2024-03-05\n\n贺𬭎与何㬚在江边，鿏元素课。\n")]);
    write(folder.path(), "kanyin.toml", manifest("fonts = \"none\"").as_bytes());
    let Some(_) = built(folder.path()) else { return };
    let path = folder.path().join("out/river/river.epub");
    let style = text(&path, "EPUB/style.css");
    let faces: Vec<String> =
        names(&path).into_iter().filter(|name| name.starts_with("EPUB/fonts/")).collect();
    assert!(faces.len() >= 2, "the title's face and the text's: {faces:?}");
    let mut zip = zip::ZipArchive::new(Cursor::new(fs::read(&path).unwrap())).unwrap();
    let mut drawn = BTreeSet::new();
    for face in faces {
        let mut bytes = Vec::new();
        zip.by_name(&face).unwrap().read_to_end(&mut bytes).unwrap();
        assert!(bytes.len() < 20_000, "{face}: {} bytes", bytes.len());
        let font = ttf_parser::Face::parse(&bytes, 0).unwrap();
        drawn.extend("𬭎㬚鿏".chars().filter(|c| {
            font.glyph_index(*c).is_some_and(|g| font.glyph_bounding_box(g).is_some())
        }));
        assert!(font.glyph_index('江').is_none(), "common characters are the reader's own");
    }
    assert_eq!(drawn.len(), 3, "{drawn:?}");
    // A face for a few characters must not decide how high the lines are.
    assert!(style.contains("unicode-range: U+") && style.contains("U+2CB4E"), "{style:.600}");
}

#[test]
fn an_isbn_is_the_main_identifier_and_the_uuid_the_second() {
    let folder = project(SERIES);
    let colophon = "[publication.colophon]\nmode = \"isbn\"\nisbn = \"978-7-00-000000-1\"\n";
    let package = |epub: &str, colophon: &str| {
        write(folder.path(), "kanyin.toml", (manifest(epub) + colophon).as_bytes());
        let built = built(folder.path())?;
        let path = folder.path().join("out/river/river.epub");
        let ncx = text(&path, "EPUB/toc.ncx");
        Some((built, text(&path, "EPUB/package.opf"), ncx))
    };
    let Some((_, opf, ncx)) = package("", colophon) else { return };
    assert!(opf.contains("id=\"identifier\">urn:isbn:9787000000001<"), "{opf}");
    assert!(opf.contains("urn:uuid:") && opf.contains("<dc:source>urn:isbn:9787000000001<"));
    assert!(ncx.contains("content=\"urn:isbn:9787000000001\""));
    let (_, opf, _) = package("isbn = \"978-0-306-40615-7\"", colophon).unwrap();
    assert!(opf.contains("id=\"identifier\">urn:isbn:9780306406157<"), "its own goes first");
    assert!(opf.contains("<dc:source>urn:isbn:9787000000001<"));
    let wrong = colophon.replace("978-7-00-000000-1", "978-7-00-000000-2");
    let (built, opf, _) = package("description = \"一条江的一年。\"", &wrong).unwrap();
    assert!(codes(&built).contains(&"epub-isbn-wrong"), "{:?}", codes(&built));
    assert!(opf.contains("id=\"identifier\">urn:uuid:") && !opf.contains("urn:isbn"));
    assert!(opf.contains("<dc:description>一条江的一年。</dc:description>"));
}

#[test]
fn english_sentences_are_told_apart_and_names_are_not() {
    let line = "他念：The river runs into the lake. 大家鼓掌。";
    let others = [
        "发表于 Journal of River Studies（2024）。",
        "用 Open Source 软件，见 https://a.example/the/of/and 。",
        "Yunlan Daxue Xuanchuanbu 的 iPhone 15 Pro Max。",
    ];
    let texts: Vec<&str> = std::iter::once(line).chain(others).collect();
    let book = support::publication(vec![support::plain_article("江边", &texts)], &[]);
    let foreign = |medium, look| -> Vec<String> {
        let view = support::view_of(&book, &support::look(medium, look));
        let article = view.articles().next().unwrap();
        let inlines = article.blocks.iter().flat_map(|block| match block {
            Block::Paragraph { inlines, .. } => inlines.clone(),
            _ => Vec::new(),
        });
        let foreign = inlines.filter_map(|inline| match inline {
            Inline::Foreign { text } => Some(text),
            _ => None,
        });
        foreign.collect()
    };
    let found = foreign(Medium::Epub, "plain");
    assert_eq!(found, ["The river runs into the lake.", "Journal of River Studies"]);
    assert_eq!(foreign(Medium::Wechat, "campus"), [""; 0]);
}
