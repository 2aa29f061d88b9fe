//! Reading finished files back and comparing their text with the articles: after
//! every build, and whenever a person asks.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::diag::{Code, Fault, Finding, Progress};
use crate::layout::Wording;
use crate::project::Project;
use crate::publication::{Entry, Publication, assemble};
use crate::verify::{
    FileText, Kept, Shown, compare, compare_by_page, epub, html, pdf, without_pictures,
};

use super::configured::{arrangement, frame, selection};
use super::pages::PagesRead;
use super::read::{Read, read_all};

const READING_BACK: Code = Code::new("stage-verifying");
const LOST: Code = Code::new("text-lost");
const LOST_ON_PAGE: Code = Code::new("text-lost-on-page");
const UNKNOWN_KIND: Code = Code::new("verify-unknown-kind");
const NO_TEXT: Code = Code::new("verify-no-text");
const LAID_OUT: Code = Code::new("impose-not-in-order");
const UNREADABLE: Code = Code::new("verify-unreadable");

/// The name of a finished post among the files of a publication.
pub(super) const POST: &str = "/article.html";
/// Where the posts lie among them.
pub(super) const POSTS: &str = "wechat/";

/// How much of the articles' text a finished file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptIn {
    /// The file, relative to the publication's folder.
    pub file: String,
    /// What it holds.
    pub kept: Kept,
}

/// What reading finished files back came to.
#[derive(Default)]
pub struct ReadBack {
    /// How much each of them holds.
    pub kept: Vec<KeptIn>,
    /// What is to be said of those that do not hold everything.
    pub findings: Vec<Finding>,
    /// The first of them that has pages.
    pub(super) pages: Option<PagesRead>,
}

/// Reads finished files of a publication back from `folder` and compares them with
/// the articles: a post with the article whose number its folder has.
pub fn read_back<'a>(
    folder: &Path,
    files: impl Iterator<Item = &'a str>,
    publication: &Publication,
    progress: &dyn Progress,
) -> ReadBack {
    read_back_again(folder, files, publication, &|_| None, progress)
}

/// The same, where for some files it is `known` how much they hold: they were read back
/// when they were made, and neither they nor their articles have changed since.
pub(super) fn read_back_again<'a>(
    folder: &Path,
    files: impl Iterator<Item = &'a str>,
    publication: &Publication,
    known: &dyn Fn(&str) -> Option<Kept>,
    progress: &dyn Progress,
) -> ReadBack {
    let id = &publication.id;
    let whole = [format!("{id}.pdf"), format!("{id}-print.pdf"), format!("{id}.epub")];
    let volume = |file: &str| volume_number(id, file);
    let is_text = |file: &&str| {
        whole.iter().any(|w| w == file) || file.ends_with(POST) || volume(file).is_some()
    };
    let files: Vec<&str> = files.collect();
    let posted = files.iter().any(|file| file.starts_with(POSTS));
    let files: Vec<&str> = files.into_iter().filter(is_text).collect();
    let entries: Vec<&Entry> = publication.entries().collect();
    let each: Vec<&Entry> = articles(publication).collect();
    let mut without_post = vec![posted; entries.len()];
    let mut out = ReadBack::default();
    progress.begin(READING_BACK, files.len());
    for file in files {
        let one = |number: usize| entries.get(number - 1).map_or(&[][..], std::slice::from_ref);
        let entries = match (volume(file), post_number(file)) {
            (Some(number), _) => each.get(number - 1).map_or(&[][..], std::slice::from_ref),
            (None, Some(number)) => {
                if let Some(without) = without_post.get_mut(number - 1) {
                    *without = false;
                }
                one(number)
            }
            (None, None) => entries.as_slice(),
        };
        if let Some(kept) = known(file) {
            out.findings.extend(lost(file, &kept));
            out.kept.push(KeptIn { file: file.to_owned(), kept });
            progress.step();
            continue;
        }
        match read(&folder.join(file)) {
            Ok((text, shown)) => {
                let kept = if file.ends_with(".pdf") && out.pages.is_none() {
                    let (kept, starts) = compare_by_page(entries, shown, &text);
                    out.pages = Some(PagesRead { text, starts });
                    kept
                } else {
                    compare(entries, shown, &text)
                };
                out.findings.extend(lost(file, &kept));
                out.kept.push(KeptIn { file: file.to_owned(), kept });
            }
            Err(finding) => out.findings.push(finding.file(file)),
        }
        progress.step();
    }
    // An entry that is in no post is lost whole.
    for (entry, _) in entries.iter().zip(without_post).filter(|(_, without)| *without) {
        let kept = compare(&[*entry], Shown::WithoutTitle, &html(""));
        out.findings.extend(lost(POSTS, &kept));
        out.kept.push(KeptIn { file: POSTS.to_owned(), kept });
    }
    progress.end();
    out
}

/// Compares the finished file at `path` with the articles of the publication `id`;
/// a post or a volume with the article of which it holds most.
///
/// # Errors
/// A usage fault where there is no such publication or the file is of no known
/// kind or cannot be read; a configuration fault.
pub fn verify(
    project: &Project,
    path: &Path,
    id: &str,
    progress: &dyn Progress,
) -> Result<Kept, Fault> {
    let name = path.display().to_string();
    let configs = project.config.chosen(&[id.to_owned()])?;
    if kind(&name).is_none() {
        return Err(Fault::usage(Finding::error(UNKNOWN_KIND).file(name)));
    }
    if let Some((code, other)) = instead(path, id) {
        return Err(Fault::usage(Finding::error(code).arg("other", other).file(name)));
    }
    let (text, shown) = read(path).map_err(|finding| Fault::usage(finding.file(name)))?;
    let library = read_all(project, progress)?;
    let sources: Vec<_> = library.reads.iter().map(Read::source).collect();
    let publications = configs.into_iter().map(|config| {
        let frame = frame(config, &project.config.press);
        let arrangement = arrangement(config, &Wording::default());
        assemble(frame, &sources, &selection(config), &arrangement)
    });
    let publications: Vec<Publication> = publications.collect();
    let is_volume = path.file_name().and_then(|name| volume_number(id, name.to_str()?)).is_some();
    if shown == Shown::Whole && !is_volume {
        let entries: Vec<&Entry> = publications.iter().flat_map(Publication::entries).collect();
        return Ok(compare(&entries, shown, &text));
    }
    let articles = publications.iter().flat_map(Publication::entries);
    let each = articles.map(|entry| compare(&[entry], shown, &text));
    Ok(each.max_by_key(|kept| (kept.found, usize::MAX - kept.lost())).unwrap_or_default())
}

/// The file to verify in the place of one of ours that does not carry the text of
/// the articles, or not in its order, and which of the two it is.
fn instead(path: &Path, id: &str) -> Option<(Code, String)> {
    let name = path.file_name()?.to_str()?;
    if name == format!("{id}-booklet.pdf") {
        return Some((LAID_OUT, format!("{id}-print.pdf")));
    }
    let other = match name {
        "preview.html" => Some(path.with_file_name("article.html").display().to_string()),
        "index.html" => Some("wechat/…/article.html".to_owned()),
        "report.html" => Some(format!("{id}.pdf")),
        cover if cover == format!("{id}-cover.pdf") => Some(format!("{id}-print.pdf")),
        _ => None,
    };
    Some((NO_TEXT, other?))
}

/// Which volume of the series `id` a file is by its name, from 1: `ID-01.epub`.
pub(super) fn volume_number(id: &str, file: &str) -> Option<usize> {
    let number = file.strip_prefix(id)?.strip_prefix('-')?.strip_suffix(".epub")?;
    let digits = number.len() >= 2 && number.bytes().all(|b| b.is_ascii_digit());
    number.parse().ok().filter(|number| digits && *number > 0)
}

/// Which of the articles a post holds by its folder's name, from 1:
/// `wechat/07-TITLE/article.html`.
fn post_number(file: &str) -> Option<usize> {
    let folder = file.strip_prefix(POSTS)?.strip_suffix(POST)?;
    folder.split('-').next()?.parse().ok().filter(|number| *number > 0)
}

/// The articles of which volumes are made, in their order.
fn articles(publication: &Publication) -> impl Iterator<Item = &Entry> {
    publication.parts.iter().flat_map(|part| &part.articles)
}

/// The kinds of finished files.
enum Kind {
    Pdf,
    Epub,
    Html,
}

fn kind(name: &str) -> Option<Kind> {
    match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
        "pdf" => Some(Kind::Pdf),
        "epub" => Some(Kind::Epub),
        "html" | "htm" => Some(Kind::Html),
        _ => None,
    }
}

fn read(path: &Path) -> Result<(FileText, Shown), Finding> {
    let unreadable = |e: std::io::Error| Finding::error(UNREADABLE).arg("why", e);
    match kind(&path.display().to_string()) {
        Some(Kind::Pdf) => Ok((pdf(without_pictures(path).map_err(unreadable)?)?, Shown::Whole)),
        Some(Kind::Epub) => {
            let file = BufReader::new(File::open(path).map_err(unreadable)?);
            Ok((epub(file)?, Shown::Whole))
        }
        Some(Kind::Html) => {
            let bytes = fs::read(path).map_err(unreadable)?;
            Ok((html(&String::from_utf8_lossy(&bytes)), Shown::WithoutTitle))
        }
        None => Err(Finding::error(UNKNOWN_KIND)),
    }
}

/// What is to be said of a file that does not hold everything.
fn lost(file: &str, kept: &Kept) -> Option<Finding> {
    let first = kept.missing.first()?;
    let finding = match first.page {
        Some(page) => Finding::error(LOST_ON_PAGE).arg("page", page),
        None => Finding::error(LOST),
    };
    Some(
        finding
            .arg("out", file)
            .arg("count", kept.lost())
            .arg("article", &first.article)
            .file(&first.file)
            .place(first.place.clone())
            .excerpt(&first.expected),
    )
}
