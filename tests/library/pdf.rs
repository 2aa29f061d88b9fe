//! The two PDFs, and what outside judges find in them.

use std::fs::File;
use std::path::{Path, PathBuf};

use kanyin::article::{Article, Block, Inline};
use kanyin::diag::{Fault, FaultKind, Finding, Silent};
use kanyin::export::pdf::{Edition, PressOrder};
use kanyin::export::{Job, pdf, view};
use kanyin::layout::{self, FontShelf, Look, Medium};
use kanyin::media::{Album, Picture, Profile, Store};
use kanyin::print::Standard;
use kanyin::publication::Publication;

use crate::{judges, support};

/// The project's fonts; `None`, said aloud, where they have not been fetched.
pub fn fonts() -> Option<FontShelf> {
    let mut folders = vec![support::root().join("fonts")];
    folders.extend(std::env::var_os("KANYIN_FONTS").map(PathBuf::from));
    let shelf = FontShelf::open(&folders);
    let all = FontShelf::manifest();
    if shelf.require(all.iter().map(|face| face.id.as_str())).is_err() {
        assert!(std::env::var_os("CI").is_none(), "the fonts have not been fetched");
        support::skipped("the fonts have not been fetched");
        return None;
    }
    Some(shelf)
}

/// An order for the press that the manifest's profile stands for.
pub(crate) fn press_order(fonts: &FontShelf) -> PressOrder {
    let profile = fonts.profile("fogra39").expect("the profile was fetched with the fonts");
    let profile = Profile::read(profile, "fogra39").expect("it is one of a press");
    PressOrder::new(Standard::X4, profile, 300).expect("it knows the way from RGB")
}

struct Made {
    folder: tempfile::TempDir,
    findings: Vec<Finding>,
}

impl Made {
    fn screen(&self) -> PathBuf {
        self.folder.path().join("specimen.pdf")
    }

    fn press(&self) -> PathBuf {
        self.folder.path().join("specimen-print.pdf")
    }
}

fn make(publication: &Publication, look: &Look, fonts: &FontShelf) -> Result<Made, Fault> {
    let folder = tempfile::tempdir().expect("a folder of our own");
    let view = support::view_of(publication, look);
    let album = album(publication, &view, &folder.path().join("store"));
    let job = Job { view: &view, look, fonts, album: &album, progress: &Silent };
    let done = pdf::export(job, &[Edition::Screen, Edition::Press(&press_order(fonts))])?;
    for artifact in done.value.artifacts {
        let mut file = File::create(folder.path().join(&artifact.path)).expect("it is ours");
        artifact.write(&mut file).expect("the artifact writes itself");
    }
    Ok(Made { folder, findings: done.findings })
}

/// The pictures under the ids that the view gives them.
fn album(publication: &Publication, view: &view::View, store: &Path) -> Album {
    let mut pictures = Vec::new();
    let entries = publication.parts.iter().flat_map(|part| &part.articles);
    for (entry, article) in entries.zip(view.articles()) {
        for block in &article.blocks {
            let view::Block::Figure { images, .. } = block else { continue };
            for image in images {
                let known = entry.source.pictures.iter().find(|p| p.name == image.name);
                let file = known.and_then(|p| p.file.clone());
                pictures.push(Picture {
                    id: image.picture.clone(),
                    name: image.name.clone(),
                    file,
                });
            }
        }
    }
    Album::new(Store::new(store), pictures)
}

fn plain() -> Look {
    support::look(Medium::Print, "plain")
}

fn specimen() -> Publication {
    support::publication(vec![support::specimen_article()], &[])
}

/// All Han characters of a text, so that line ends do not matter.
fn han(text: &str) -> String {
    text.chars()
        .filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}'))
        .collect()
}

#[test]
fn both_editions_are_sound_and_carry_the_words() {
    let Some(fonts) = fonts() else { return };
    let made = make(&specimen(), &plain(), &fonts).unwrap();
    assert_eq!(made.findings, []);
    for path in [made.screen(), made.press()] {
        let Some(report) = judges::qpdf_check(&path) else { return };
        assert_eq!(report, Vec::<String>::new());
        let Some(text) = judges::pdftotext(&path) else { return };
        let text = han(&text);
        for words in [
            "云澜大学图书馆彻夜亮灯二十年守护读书人",
            "新馆启用百日本刊记者走访馆内外记下灯下的人与事",
            "馆藏一百二十万册夜读区每晚座无虚席读书即远行",
            "一盏灯一卷书是老馆长对夜读区的期许",
            "阅览室开放时间以馆内公告为准",
            "书籍是屹立在时间的汪洋大海中的灯塔",
            "另有研讨间三十间",
            "某行无法辨认",
            "林溪周远",
            "何㬚",
        ] {
            assert!(text.contains(words), "{words} is missing from {}", path.display());
        }
        for font in judges::pdffonts(&path).unwrap() {
            assert!(font.embedded && font.subset, "{font:?}");
        }
    }
}

#[test]
fn the_screen_edition_has_tags_bookmarks_and_links_and_the_press_edition_has_none() {
    let Some(fonts) = fonts() else { return };
    let made = make(&specimen(), &plain(), &fonts).unwrap();
    let has = |path: &Path, words: &str| {
        let bytes = std::fs::read(path).unwrap();
        bytes.windows(words.len()).any(|window| window == words.as_bytes())
    };
    for words in ["/StructTreeRoot", "/Outlines", "/Annots", "https://lib.yunlan.example/"] {
        assert!(has(&made.screen(), words), "{words}");
        assert!(!has(&made.press(), words), "{words}");
    }
    assert!(has(&made.screen(), "/Lang"));
}

#[test]
fn every_press_page_has_three_millimetres_of_bleed_around_its_trim() {
    let Some(fonts) = fonts() else { return };
    let made = make(&specimen(), &plain(), &fonts).unwrap();
    let Some(press) = judges::pdfinfo_boxes(&made.press()) else { return };
    let Some(screen) = judges::pdfinfo_boxes(&made.screen()) else { return };
    assert_eq!(press.len() + 2, screen.len(), "the cover and its inside are not the press's");
    let millimetres = |points: f64| (points / 72.0 * 254.0).round() / 10.0;
    for page in press {
        assert_eq!(page.media.map(millimetres), [0.0, 0.0, 191.0, 266.0]);
        assert_eq!(page.bleed, page.media);
        assert_eq!(page.trim.map(millimetres), [3.0, 3.0, 188.0, 263.0]);
    }
    for page in screen {
        assert_eq!(page.media.map(millimetres), [0.0, 0.0, 185.0, 260.0]);
        assert_eq!(page.trim, page.media);
    }
}

#[test]
fn press_text_is_black_alone_and_red_is_magenta_and_yellow() {
    let Some(fonts) = fonts() else { return };
    let long = "夜里十一点，灯还亮着。".repeat(200);
    let plain_text = support::plain_article("灯下", &[&long]);
    let book = support::publication(vec![support::specimen_article(), plain_text], &[]);
    // Its parts open on a red ground.
    let made = make(&book, &support::look(Medium::Print, "yearbook"), &fonts).unwrap();
    let Some(pages) = judges::inkcov(&made.press()) else { return };
    let text_pages = &pages[pages.len() - 2..];
    for [c, m, y, k] in text_pages {
        assert_eq!([*c, *m, *y], [0.0; 3]);
        assert!(*k > 0.0);
    }
    let red = pages.iter().map(|[_, m, _, _]| *m).fold(0.0, f64::max);
    assert!(red > 0.1, "a part opens on a red ground");
    for [c, m, y, _] in pages {
        assert!(c < 0.00001, "no cyan anywhere");
        assert!((m - y).abs() < 0.00001, "red is as much yellow as magenta");
    }
}

/// A JPEG that tells where it was taken.
fn indiscreet_jpeg(path: &Path) {
    let picture = image::RgbImage::from_fn(900, 600, |x, y| {
        image::Rgb([(x % 256) as u8, (y % 256) as u8, ((x + y) % 256) as u8])
    });
    picture.save(path).expect("the folder is ours");
    let plain = std::fs::read(path).expect("it was just written");
    let secret = b"Exif\0\0SECRET-PLACE";
    let mut bytes = plain[..2].to_vec();
    bytes.extend([0xFF, 0xE1, 0, 2 + secret.len() as u8]);
    bytes.extend(secret);
    bytes.extend(&plain[2..]);
    std::fs::write(path, bytes).expect("the folder is ours");
}

#[test]
fn real_pictures_stand_in_the_pages_without_their_metadata() {
    let Some(fonts) = fonts() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (photo, drawing) = (folder.path().join("a.jpg"), folder.path().join("b.png"));
    indiscreet_jpeg(&photo);
    image::GrayImage::from_fn(300, 400, |x, _| image::Luma([(x % 256) as u8]))
        .save(&drawing)
        .unwrap();
    let pictures = [("library.jpg", photo), ("desk.jpg", drawing)];
    let book = support::publication(vec![support::specimen_article()], &pictures);
    let made = make(&book, &plain(), &fonts).unwrap();
    for (path, colours) in [(made.screen(), 3), (made.press(), 4)] {
        let Some(placed) = judges::pdfimages(&path) else { return };
        let sizes: Vec<_> = placed.iter().map(|p| (p.width, p.height, p.components)).collect();
        assert_eq!(sizes, [(900, 600, colours), (300, 400, 1)]);
        assert_eq!(judges::qpdf_check(&path), Some(Vec::new()));
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(6).any(|window| window == b"SECRET"));
        assert!(!bytes.windows(7).any(|window| window == b"kanyin:"), "a stand-in was left");
        let text = judges::pdftotext(&path).unwrap();
        assert!(text.contains("missing.jpg"), "a missing picture leaves a frame that says so");
    }
}

#[test]
fn a_picture_in_cmyk_keeps_its_inks() {
    let Some(fonts) = fonts() else { return };
    let folder = tempfile::tempdir().unwrap();
    let photo = folder.path().join("a.jpg");
    let cyan: Vec<u8> = [255, 0, 0, 0].repeat(600 * 400);
    let encoder = jpeg_encoder::Encoder::new_file(&photo, 90).unwrap();
    encoder.encode(&cyan, 600, 400, jpeg_encoder::ColorType::Cmyk).unwrap();
    let book = support::publication(vec![support::specimen_article()], &[("library.jpg", photo)]);
    let made = make(&book, &plain(), &fonts).unwrap();
    let Some(placed) = judges::pdfimages(&made.press()) else { return };
    assert_eq!(placed.iter().map(|p| p.components).collect::<Vec<_>>(), [4]);
    let Some(pages) = judges::inkcov(&made.press()) else { return };
    let [c, m, y, _] = pages[placed[0].page - 1];
    assert!(c > 0.1, "cyan is printed");
    assert!(m < 0.01 && y < 0.01, "and no other ink for it");
}

#[test]
fn the_same_publication_gives_the_same_bytes() {
    let Some(fonts) = fonts() else { return };
    let (one, two) = (
        make(&specimen(), &plain(), &fonts).unwrap(),
        make(&specimen(), &plain(), &fonts).unwrap(),
    );
    assert!(std::fs::read(one.screen()).unwrap() == std::fs::read(two.screen()).unwrap());
    assert!(std::fs::read(one.press()).unwrap() == std::fs::read(two.press()).unwrap());
}

/// An article whose paragraph holds a character that no font has.
fn with(character: &str) -> Article {
    let mut article = support::plain_article("灯下", &["夜里十一点，灯还亮着。"]);
    article.body.push(Block::Paragraph(vec![Inline::Strong(support::text(character))]));
    article
}

#[test]
fn a_character_without_a_glyph_fails_and_is_named() {
    let Some(fonts) = fonts() else { return };
    let book = support::publication(vec![support::specimen_article(), with("𪚥")], &[]);
    let fault = make(&book, &plain(), &fonts).err().expect("no font has this character");
    assert_eq!(fault.kind, FaultKind::Work);
    let [finding] = &fault.findings[..] else { panic!("{fault:?}") };
    assert_eq!(finding.code.name(), "pdf-no-glyph");
    assert_eq!(finding.file.as_deref(), Some("sources/01.md"));
    assert!(finding.args.contains(&("character", "𪚥".to_owned())));
    assert!(finding.args.contains(&("code", "U+2A6A5".to_owned())));
}

#[test]
fn a_character_without_a_glyph_in_its_role_fails_and_names_the_face() {
    let Some(fonts) = fonts() else { return };
    let mut look = plain();
    look.settings.fonts.insert("strong".into(), vec!["fang-regular".into()]);
    let book = support::publication(vec![support::specimen_article(), with("堃")], &[]);
    let fault = make(&book, &look, &fonts).err().expect("the face lacks this character");
    let named = |finding: &Finding| {
        (finding.code.name(), finding.file.clone(), finding.args.first().map(|a| a.1.clone()))
    };
    assert_eq!(
        fault.findings.iter().map(named).collect::<Vec<_>>(),
        [("pdf-no-glyph-in-face", Some("sources/01.md".into()), Some("堃".into()))]
    );
    assert!(fault.findings[0].args.contains(&("face", "fang-regular".to_owned())));
}

/// The plain look with one of its files replaced.
fn look_with(file: &str, text: &str) -> Look {
    let folder = tempfile::tempdir().expect("a folder of our own");
    let path = folder.path().join("print/plain").join(file);
    std::fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder is ours");
    std::fs::write(path, text).expect("the folder is ours");
    layout::find(Some(folder.path()), Medium::Print, "plain").expect("the look is found")
}

#[test]
fn a_broken_look_is_named_with_file_and_line() {
    let Some(fonts) = fonts() else { return };
    for (text, line) in [("#let title-page(book) = [\n\n", 1), ("\n\n#import \"none.typ\"\n", 3)] {
        let fault = make(&specimen(), &look_with("cover.typ", text), &fonts).err().unwrap();
        assert_eq!(fault.kind, FaultKind::Configuration);
        assert_eq!(fault.findings[0].code.name(), "pdf-look-wrong");
        assert_eq!(fault.findings[0].file.as_deref(), Some("layouts/print/plain/cover.typ"));
        assert_eq!(fault.findings[0].line, Some(line));
    }
}

/// One bracket that is never closed.
#[test]
fn one_slip_is_not_told_ten_times() {
    let Some(fonts) = fonts() else { return };
    let whole = plain().text("theme.typ").unwrap().to_owned();
    let broken = look_with("theme.typ", &whole.replacen('(', "((", 1));
    let fault = make(&specimen(), &broken, &fonts).err().unwrap();
    assert!((1..=3).contains(&fault.findings.len()), "{:?}", fault.findings);
}

#[test]
fn a_function_that_a_look_does_not_have_is_named_with_its_file() {
    let Some(fonts) = fonts() else { return };
    let whole = plain().text("book.typ").unwrap().to_owned();
    let file = Some("layouts/print/plain/book.typ");
    let broken = look_with("book.typ", &whole.replace("#let closing()", "#let finish()"));
    let fault = make(&specimen(), &broken, &fonts).err().unwrap();
    let [finding] = &fault.findings[..] else { panic!("{fault:?}") };
    assert_eq!((finding.code.name(), finding.file.as_deref()), ("layout-function-missing", file));
    assert!(finding.args.contains(&("name", "closing".to_owned())));
    // One that wants more than it is given is told with its line, and what it wants.
    let broken = look_with("book.typ", &whole.replace("#let closing()", "#let closing(last)"));
    let fault = make(&specimen(), &broken, &fonts).err().unwrap();
    let [finding] = &fault.findings[..] else { panic!("{fault:?}") };
    assert_eq!((finding.code.name(), finding.file.as_deref()), ("pdf-look-wrong", file));
    assert!(finding.args[0].1.contains("last"), "{finding:?}");
    let line = whole.lines().position(|line| line.starts_with("#let closing()")).unwrap();
    assert_eq!(finding.line, Some(line + 1));
}

#[test]
fn a_font_that_the_look_does_not_name_is_an_error() {
    let Some(fonts) = fonts() else { return };
    let text = "#let dress(body) = body\n\
        #let cover() = none\n#let opening() = none\n#let contents() = none\n#let closing() = none\n\
        #let front(article) = none\n#let back(article) = none\n#let part(index) = none\n\
        #let article(index, article) = text(font: \"SimSun\", fallback: false)[目录]\n";
    let fault = make(&specimen(), &look_with("book.typ", text), &fonts).err().unwrap();
    assert_eq!(fault.kind, FaultKind::Configuration);
    assert_eq!(fault.findings[0].file.as_deref(), Some("layouts/print/plain/book.typ"));
    assert_eq!(fault.findings[0].line, Some(9));
}
