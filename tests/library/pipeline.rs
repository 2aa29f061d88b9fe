//! The room `pipeline`: a project from its folder to `out/`, and what is said on
//! the way.

use std::fs;
use std::path::Path;

use kanyin::diag::{Severity, Silent};
use kanyin::pipeline::{BuildOptions, Built, build, check};
use kanyin::project::Project;
use tempfile::TempDir;

use crate::{pdf, support};

/// A project of one article, a foreword without a date, and this `kanyin.toml`.
fn project(manifest: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("kanyin.toml", manifest);
    write("sources/卷首/前言.md", "# 前言\n\n这一年的文字都在这里。\n");
    write("sources/江边.md", "# 江边\n\n2024-03-05\n\n江水退了三尺。\n");
    folder
}

fn built(folder: &Path) -> Option<Built> {
    pdf::fonts()?;
    let options =
        BuildOptions { fonts: vec![support::root().join("fonts")], ..BuildOptions::default() };
    Some(build(&Project::open(folder).unwrap(), &options, &Silent).unwrap())
}

fn codes(built: &Built) -> Vec<&'static str> {
    built.findings().map(|f| f.code.name()).collect()
}

#[test]
fn a_foreword_needs_no_date_and_an_article_does() {
    let folder = project("[[publication]]\nid = \"book\"\nfront = [\"sources/卷首/**\"]\n");
    let findings = check(&Project::open(folder.path()).unwrap(), &[], &Silent).unwrap();
    assert_eq!(findings, []);
    fs::write(folder.path().join("kanyin.toml"), "[[publication]]\nid = \"book\"\n").unwrap();
    let findings = check(&Project::open(folder.path()).unwrap(), &[], &Silent).unwrap();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].finding.code.name(), "date-missing");
}

#[test]
fn what_stands_before_the_articles_of_a_bulletin_has_a_post() {
    let folder = project(
        "[[publication]]\nid = \"news\"\ntitle = \"简报\"\nkind = \"bulletin\"\n\
         formats = [\"wechat\"]\nfront = [\"sources/卷首/**\"]\n",
    );
    let Some(_) = built(folder.path()) else { return };
    let post = |name: &str| {
        let path = folder.path().join("out/news/wechat").join(name).join("article.html");
        fs::read_to_string(path).unwrap()
    };
    assert!(post("01-前言").contains("这一年的文字都在这里。"));
    assert!(post("02-江边").contains("江水退了三尺。"));
}

#[test]
fn front_matter_that_is_not_there_is_said() {
    let folder = project(
        "[[publication]]\nid = \"book\"\ntitle = \"汇编\"\nformats = [\"epub\"]\n\
         front = [\"sources/卷首/**\", \"sources/卷手/**\"]\n",
    );
    let Some(built) = built(folder.path()) else { return };
    let missing: Vec<_> =
        built.findings().filter(|f| f.code.name() == "publication-matter-missing").collect();
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].severity, Severity::Warning);
    assert!(missing[0].args.contains(&("pattern", "sources/卷手/**".into())));
}

#[test]
fn a_paper_that_nobody_knows_is_said_and_a_known_one_is_not() {
    for (paper, expected) in [("80g 双胶", false), ("和纸", true)] {
        let folder = project(&format!(
            "[[publication]]\nid = \"book\"\ntitle = \"汇编\"\nformats = [\"print\"]\n\
             front = [\"sources/卷首/**\"]\n[publication.print]\npaper = \"{paper}\"\n"
        ));
        let Some(built) = built(folder.path()) else { return };
        assert_eq!(codes(&built).contains(&"project-paper-unknown"), expected, "{paper}");
    }
}

#[test]
fn a_publication_of_forewords_alone_is_empty() {
    let folder = project(
        "[[publication]]\nid = \"book\"\ntitle = \"汇编\"\nformats = [\"epub\"]\n\
         front = [\"sources/**\"]\n",
    );
    let Some(built) = built(folder.path()) else { return };
    assert_eq!(codes(&built), ["publication-empty"]);
}

#[test]
fn a_picture_that_cannot_be_decoded_leaves_a_frame_in_every_edition() {
    let folder = project(
        "[[publication]]\nid = \"book\"\ntitle = \"汇编\"\n\
         formats = [\"pdf\", \"print\", \"epub\", \"wechat\"]\nfront = [\"sources/卷首/**\"]\n",
    );
    // A picture with an alpha channel, which no edition takes as it is, and a hole.
    let noise = image::RgbaImage::from_fn(90, 60, |x, y| {
        image::Rgba([(x * 7 % 251) as u8, (y * 11 % 241) as u8, (x * y % 239) as u8, 200])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    noise.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let mut bytes = bytes.into_inner();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 400].fill(0);
    fs::write(folder.path().join("sources/江边.png"), bytes).unwrap();
    let article = "# 江边\n\n2024-03-05\n\n江水退了三尺。\n\n![退潮](江边.png)\n";
    fs::write(folder.path().join("sources/江边.md"), article).unwrap();
    let Some(built) = built(folder.path()) else { return };
    let errors: Vec<_> = built.findings().filter(|f| f.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert!(codes(&built).contains(&"picture-undecodable"), "{:?}", codes(&built));
    let files = &built.publications[0].files;
    for ending in ["book.pdf", "book-print.pdf", "book.epub", "/article.html"] {
        assert!(files.iter().any(|(name, _)| name.ends_with(ending)), "{ending}: {files:?}");
    }
    let path = built.publications[0].folder.join("book.pdf");
    if let Some(text) = crate::judges::pdftotext(&path) {
        assert!(text.contains("图片待补"), "the frame says what is missing: {text}");
    }
}
