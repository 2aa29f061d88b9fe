//! Press files: what Ghostscript, qpdf and poppler find in them. A book of 200
//! articles with pictures of every kind is built as a person would build it.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use kanyin::diag::{FaultKind, Severity, Silent};
use kanyin::pipeline::{BuildOptions, build};
use kanyin::project::{Format, Project};

use crate::judges::{self, Plates};
use crate::pdf::fonts;
use crate::support::root;

/// A built project and its press files.
struct Built {
    _folder: tempfile::TempDir,
    out: PathBuf,
}

impl Built {
    fn inside(&self) -> PathBuf {
        self.out.join("book/book-print.pdf")
    }

    fn cover(&self) -> PathBuf {
        self.out.join("book/book-cover.pdf")
    }
}

/// Builds the press edition of a project of these articles, each a file's text.
fn built(print: &str, articles: &[String], pictures: impl FnOnce(&Path)) -> Option<Built> {
    fonts()?;
    let folder = tempfile::tempdir().unwrap();
    let sources = folder.path().join("sources");
    std::fs::create_dir(&sources).unwrap();
    pictures(&sources);
    for (i, article) in articles.iter().enumerate() {
        std::fs::write(sources.join(format!("{i:04}.md")), article).unwrap();
    }
    let manifest = format!(
        "[press]\nname = \"云澜大学\"\nunit = \"宣传部\"\n\n[[publication]]\nid = \"book\"\n\
         title = \"云澜大学新闻汇编\"\nformats = [\"print\"]\n\n[publication.print]\n{print}\n"
    );
    std::fs::write(folder.path().join("kanyin.toml"), manifest).unwrap();
    let project = Project::open(folder.path()).unwrap();
    let options = BuildOptions {
        formats: vec![Format::Print],
        fonts: vec![root().join("fonts")],
        ..BuildOptions::default()
    };
    let built = build(&project, &options, &Silent).unwrap();
    let errors: Vec<_> =
        built.findings().filter(|f| f.severity == Severity::Error).map(|f| f.code.name()).collect();
    assert_eq!(errors, [""; 0]);
    let out = folder.path().join("out");
    Some(Built { _folder: folder, out })
}

fn article(i: usize, pictures: &[&str]) -> String {
    let mut text = format!("+++\ntitle = \"第{i}次晨读会在江边举行\"\ndate = 2024-03-05\n+++\n\n");
    for (n, paragraph) in (0..18).zip(PARAGRAPHS.iter().cycle().skip(i)) {
        text += &format!("{paragraph}这是第{i}次的第{n}段记录。\n\n");
        if let Some(name) = pictures.get(n) {
            text += &format!("![晨读会现场]({name})\n\n");
        }
    }
    text
}

const PARAGRAPHS: &[&str] = &[
    "清晨六点半，江面上的雾还没有散，操场边的路灯已经熄了。来的人比上一回多了十几个，有人带了折叠凳，有人干脆坐在石阶上，把书摊在膝头。",
    "领读的是历史学院的老师，他选了一篇讲修桥的旧文。读到“石不能言，而人能记之”一句，江上恰好有一条货船鸣笛，大家都笑了起来。",
    "读完以后照例是一刻钟的闲谈。有学生问，为什么修桥的人没有留下名字；老师说，桥就是他们的名字，你们每天从上面走过，就是在念。",
    "七点一刻，人群散去，只剩下两个值日的同学收拾场地。他们把石阶上的落叶扫成一堆，又把忘在那里的一本书送到了图书馆的失物处。",
];

/// Pixels of a scene with every colour in it.
fn scene(width: u32, height: u32, turn: u32) -> image::RgbImage {
    image::RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (x * 255 / width, y * 255 / height);
        image::Rgb([x, y, (x + y * 2 + turn * 40) % 256].map(|v| (v % 256) as u8))
    })
}

/// Pictures of every kind that departments have.
fn every_kind(folder: &Path) {
    for turn in 0..4 {
        scene(1600, 1067, turn).save(folder.join(format!("彩照{turn}.jpg"))).unwrap();
    }
    scene(6000, 4000, 5).save(folder.join("大图.jpg")).unwrap();
    image::imageops::grayscale(&scene(1500, 1000, 1)).save(folder.join("黑白.jpg")).unwrap();
    image::RgbaImage::from_fn(1200, 900, |x, y| {
        image::Rgba([200, (x % 256) as u8, (y % 256) as u8, (x * 255 / 1200) as u8])
    })
    .save(folder.join("透明.png"))
    .unwrap();
    // Four hundred per cent of ink, as a careless separation leaves it.
    let heavy: Vec<u8> = (0..1200 * 800).flat_map(|i| [255, 255, 255, (i % 256) as u8]).collect();
    jpeg_encoder::Encoder::new_file(folder.join("四色.jpg"), 92)
        .unwrap()
        .encode(&heavy, 1200, 800, jpeg_encoder::ColorType::Cmyk)
        .unwrap();
}

const KINDS: [&str; 8] = [
    "彩照0.jpg",
    "黑白.jpg",
    "彩照1.jpg",
    "四色.jpg",
    "彩照2.jpg",
    "透明.png",
    "大图.jpg",
    "彩照3.jpg",
];

/// Two hundred articles with two pictures each.
fn large() -> Option<&'static Built> {
    static BUILT: OnceLock<Option<Built>> = OnceLock::new();
    let build = || {
        let two = |i: usize| [KINDS[i % 8], KINDS[(i * 3 + 1) % 8]];
        let articles: Vec<String> = (0..200).map(|i| article(i, &two(i))).collect();
        built("", &articles, every_kind)
    };
    BUILT.get_or_init(build).as_ref()
}

/// The plates of the large book, page by page.
fn plates() -> Option<&'static [Plates]> {
    static PLATES: OnceLock<Option<Vec<Plates>>> = OnceLock::new();
    PLATES.get_or_init(|| judges::tiffsep(&large()?.inside(), 36)).as_deref()
}

#[test]
fn the_structure_is_sound_and_every_font_is_inside() {
    let Some(book) = large() else { return };
    for path in [book.inside(), book.cover()] {
        assert_eq!(judges::qpdf_check(&path).unwrap_or_default(), [""; 0]);
        for font in judges::pdffonts(&path).unwrap_or_default() {
            assert!(font.embedded && font.subset, "{font:?}");
            assert_ne!(font.kind, "Type 3");
        }
    }
}

#[test]
fn no_picture_is_in_rgb_and_none_is_finer_than_a_plate_can_show() {
    let Some(book) = large() else { return };
    let Some(placed) = judges::pdfimages(&book.inside()) else { return };
    assert_eq!(placed.len(), 400);
    for picture in &placed {
        assert!(["cmyk", "gray"].contains(&picture.colour.as_str()), "{picture:?}");
        assert!(picture.ppi <= 451.0, "{picture:?}");
        let as_it_came = [1600, 6000, 1500, 1200].contains(&picture.width);
        assert!(picture.ppi >= 300.0 || as_it_came, "made coarser than it had to be: {picture:?}");
    }
    assert!(placed.iter().any(|p| p.colour == "gray"), "a grey picture stays on the black plate");
}

#[test]
fn the_boxes_are_right_on_every_page() {
    let Some(book) = large() else { return };
    let Some(pages) = judges::pdfinfo_boxes(&book.inside()) else { return };
    let mm = 72.0 / 25.4;
    for page in &pages {
        let [left, bottom, right, top] = page.trim;
        assert!((right - left - 185.0 * mm).abs() < 0.1 && (top - bottom - 260.0 * mm).abs() < 0.1);
        assert_eq!((page.bleed, page.crop), (page.media, page.media));
        for (inner, outer) in page.trim.iter().zip(page.bleed) {
            assert!(((inner - outer).abs() - 3.0 * mm).abs() < 0.1, "{page:?}");
        }
    }
}

#[test]
fn black_text_is_on_the_black_plate_alone() {
    let Some(book) = large() else { return };
    let (Some(plates), Some(placed)) = (plates(), judges::pdfimages(&book.inside())) else {
        return;
    };
    let with_pictures: Vec<usize> = placed.iter().map(|picture| picture.page).collect();
    let mut text_alone = 0;
    for (i, page) in plates.iter().enumerate() {
        if with_pictures.contains(&(i + 1)) {
            continue;
        }
        // The red of the house is as much magenta as yellow, and no cyan.
        assert!(page.is_empty(0), "cyan on page {}", i + 1);
        assert_eq!(page.inks[1], page.inks[2], "page {}", i + 1);
        text_alone += usize::from(page.is_empty(1) && !page.is_empty(3));
    }
    assert!(text_alone > 100, "{text_alone} pages of nothing but black text");
}

#[test]
fn no_point_of_a_page_carries_more_ink_than_the_paper_takes() {
    let Some(plates) = plates() else { return };
    for (i, page) in plates.iter().enumerate() {
        assert!(page.most_ink() <= 300.5, "{:.1} % on page {}", page.most_ink(), i + 1);
    }
    let heaviest = plates.iter().map(Plates::most_ink).fold(0.0, f64::max);
    assert!(heaviest > 250.0, "the heavy picture is in the book: {heaviest}");
}

/// One article with a dark drawing that begins at a part's opening.
fn small(print: &str) -> Option<Built> {
    built(print, &[article(1, &["黑白.jpg", "彩照1.jpg"])], every_kind)
}

#[test]
fn the_conservative_variant_is_an_older_pdf() {
    let (Some(new), Some(old)) = (small("standard = \"x4\""), small("standard = \"x1a\"")) else {
        return;
    };
    let version =
        |file: PathBuf| String::from_utf8_lossy(&std::fs::read(file).unwrap()[..8]).into_owned();
    assert_eq!(
        (version(new.inside()), version(old.inside())),
        ("%PDF-1.6".into(), "%PDF-1.4".into())
    );
    assert_eq!(judges::qpdf_check(&old.inside()).unwrap_or_default(), [""; 0]);
    let text = std::fs::read(old.inside()).unwrap();
    assert!(text.windows(14).any(|w| w == b"PDF/X-1a:2003)"), "it says what it is");
}

#[test]
fn a_paper_that_takes_less_ink_gets_less() {
    let article = article(1, &["四色.jpg"]);
    let Some(book) = built("ink = 240", &[article], every_kind) else { return };
    let Some(plates) = judges::tiffsep(&book.inside(), 36) else { return };
    let heaviest = plates.iter().map(Plates::most_ink).fold(0.0, f64::max);
    assert!((200.0..=240.5).contains(&heaviest), "{heaviest}");
}

#[test]
fn black_text_overprints_and_white_text_does_not() {
    let Some(book) = small("") else { return };
    let file = lopdf::Document::load(book.inside()).unwrap();
    let mut seen = 0;
    for page in file.page_iter() {
        let content = String::from_utf8(file.get_page_content(page)).unwrap();
        for run in content.split("BT").skip(1).zip(content.split("BT")).map(|(_, before)| before) {
            let over = run.trim_end().ends_with("/KanyinOver gs");
            let colour = run.trim_end().trim_end_matches("/KanyinOver gs").trim_end();
            assert_eq!(over, colour.ends_with(" 0 0 0 1 k") || colour.ends_with("\n0 0 0 1 k"));
            seen += usize::from(over);
        }
    }
    assert!(seen > 20, "{seen} runs of black text");
    for object in file.objects.values() {
        let Ok(state) = object.as_dict() else { continue };
        if state.get(b"OPM").is_ok() {
            assert!(state.get(b"OP").unwrap().as_bool().is_ok_and(|on| !on), "strokes knock out");
        }
    }
}

#[test]
fn the_same_articles_give_the_same_press_files() {
    let (Some(one), Some(two)) = (small(""), small("")) else { return };
    assert!(std::fs::read(one.inside()).unwrap() == std::fs::read(two.inside()).unwrap());
    assert!(std::fs::read(one.cover()).unwrap() == std::fs::read(two.cover()).unwrap());
}

#[test]
fn a_profile_that_is_not_one_of_a_press_is_refused() {
    use kanyin::media::Profile;
    let screen = moxcms::ColorProfile::new_srgb().encode().unwrap();
    let wrong = |bytes: Vec<u8>| Profile::read(bytes, "x.icc").unwrap_err().code.name();
    assert_eq!(wrong(screen), "profile-not-of-a-press");
    assert_eq!(wrong(b"no profile at all".to_vec()), "profile-unreadable");
}

#[test]
fn a_sheet_without_bleed_is_trimmed_at_its_edge() {
    let Some(book) = small("bleed = 0") else { return };
    for path in [book.inside(), book.cover()] {
        for page in judges::pdfinfo_boxes(&path).unwrap_or_default() {
            assert_eq!((page.trim, page.bleed), (page.media, page.media));
        }
    }
}

/// What is typed or written wrongly is told before any work is done.
#[test]
fn a_profile_that_is_not_there_is_the_projects_fault() {
    if fonts().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let manifest =
        "[[publication]]\nid = \"book\"\n[publication.print]\nprofile = \"我们的.icc\"\n";
    std::fs::write(folder.path().join("kanyin.toml"), manifest).unwrap();
    let project = Project::open(folder.path()).unwrap();
    let fonts = vec![root().join("fonts")];
    let wrong = |icc: Option<PathBuf>| {
        let options = BuildOptions { fonts: fonts.clone(), icc, ..BuildOptions::default() };
        let fault = build(&project, &options, &Silent).unwrap_err();
        (fault.kind, fault.findings[0].code.name(), fault.findings[0].file.clone().unwrap())
    };
    let code = "press-profile-not-there";
    assert_eq!(wrong(None), (FaultKind::Configuration, code, "kanyin.toml".to_owned()));
    assert_eq!(wrong(Some("nowhere.icc".into())), (FaultKind::Usage, code, "--icc".to_owned()));
}
