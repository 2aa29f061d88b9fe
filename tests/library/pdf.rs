//! The two PDFs, and what outside judges find in them.

use std::fs::File;
use std::path::{Path, PathBuf};

use kanyin::article::{Article, Block, Inline};
use kanyin::diag::{Fault, FaultKind, Finding, Silent};
use kanyin::export::pdf::Edition;
use kanyin::export::{Job, pdf, view};
use kanyin::layout::{self, FontShelf, Look, Medium};
use kanyin::media::{Album, Picture, Store};
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
    let folder = tempfile::tempdir().unwrap();
    let view = support::view_of(publication, look);
    let album = album(publication, &view, &folder.path().join("store"));
    let job = Job { view: &view, look, fonts, album: &album, progress: &Silent };
    let done = pdf::export(job, &[Edition::Screen, Edition::Press])?;
    for artifact in done.value {
        let mut file = File::create(folder.path().join(&artifact.path)).unwrap();
        artifact.write(&mut file).unwrap();
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
