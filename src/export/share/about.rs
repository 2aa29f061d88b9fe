//! What an e-book says of itself, read from the finished file as a reading system
//! reads it (EPUB 3.3, 5). Whatever it does not say stays empty; nothing is guessed.

use std::io::{Read, Seek};

use roxmltree::{Document, Node};
use zip::ZipArchive;

use crate::diag::{Code, Finding};

const UNREADABLE: Code = Code::new("share-book-unreadable");

/// The most that one file within an e-book may be long to be read, in bytes.
const MOST: u64 = 64 << 20;

/// What an e-book says of itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct About {
    /// Its identifier, as written.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// Its subtitle; empty where there is none.
    pub subtitle: String,
    /// Who made it, those first who are named on its cover.
    pub people: Vec<Person>,
    /// Its publisher.
    pub publisher: String,
    /// The language of its text, a tag of BCP 47.
    pub language: String,
    /// The day it was published, as written.
    pub issued: String,
    /// When it last changed, as written.
    pub modified: String,
    /// What it is about; empty where it does not say.
    pub description: String,
    /// Its subjects.
    pub subjects: Vec<String>,
    /// The series that it belongs to.
    pub series: Option<Series>,
    /// How many words it has, where it says so.
    pub words: Option<usize>,
    /// The titles of its chapters, in their order.
    pub chapters: Vec<String>,
    /// The bytes of its cover; empty where there is none.
    pub cover: Vec<u8>,
}

/// Somebody who made an e-book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The role as a MARC relator code, such as `edt`; empty where none is given.
    pub role: String,
    /// Whether it is a creator, not a contributor.
    pub creator: bool,
}

/// A series.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// The place in it.
    pub position: Option<f64>,
}

/// Reads what an e-book says of itself.
///
/// # Errors
/// A finding where the file is no archive, or has no package document or no title.
pub fn read(file: impl Read + Seek) -> Result<About, Finding> {
    about(file).map_err(|why| Finding::warning(UNREADABLE).arg("why", why))
}

fn about(file: impl Read + Seek) -> Result<About, String> {
    let mut archive = ZipArchive::new(file).map_err(|e| e.to_string())?;
    let container = text(&mut archive, "META-INF/container.xml")?;
    let container = Document::parse(&container).map_err(|e| format!("container.xml: {e}"))?;
    let path = container.descendants().find(|n| n.tag_name().name() == "rootfile");
    let path = path.and_then(|n| n.attribute("full-path")).ok_or("container.xml")?.to_owned();
    let package = text(&mut archive, &path)?;
    let package = Document::parse(&package).map_err(|e| format!("{path}: {e}"))?;
    let mut about = metadata(&package);
    if about.title.is_empty() {
        return Err(format!("{path}: dc:title"));
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let items: Vec<Node<'_, '_>> =
        package.descendants().filter(|n| n.tag_name().name() == "item").collect();
    let has = |n: &Node<'_, '_>, word: &str| {
        n.attribute("properties").is_some_and(|p| p.split_whitespace().any(|p| p == word))
    };
    if let Some(href) =
        items.iter().find(|n| has(n, "cover-image")).and_then(|n| n.attribute("href"))
    {
        about.cover = bytes(&mut archive, &joined(folder, href))?;
    }
    for spine in package.descendants().filter(|n| n.tag_name().name() == "itemref") {
        let item = items.iter().find(|n| n.attribute("id") == spine.attribute("idref"));
        let Some(href) = item.and_then(|n| n.attribute("href")) else { continue };
        about.chapters.extend(chapter(&text(&mut archive, &joined(folder, href))?));
    }
    Ok(about)
}

/// The title of a page, where the page is a chapter.
fn chapter(page: &str) -> Option<String> {
    if !page.contains("doc-chapter") {
        return None;
    }
    let start = page.find("<title>")?;
    let end = page[start..].find("</title>")? + start;
    let title = page.get(start..end + "</title>".len())?;
    Some(said(Document::parse(title).ok()?.root_element()))
}

fn metadata(package: &Document<'_>) -> About {
    let all: Vec<Node<'_, '_>> = package
        .descendants()
        .find(|n| n.tag_name().name() == "metadata")
        .map(|n| n.children().filter(Node::is_element).collect())
        .unwrap_or_default();
    let dublin = |name: &str| {
        let name = name.to_owned();
        all.iter().filter(move |n| n.tag_name().name() == name && n.attribute("property").is_none())
    };
    let first = |name: &str| dublin(name).map(|n| said(*n)).next().unwrap_or_default();
    // `<meta property="p">` about the book, and about one of its elements.
    let meta = |property: &str| {
        let whole = all.iter().filter(|n| n.attribute("refines").is_none());
        whole.into_iter().find(|n| n.attribute("property") == Some(property)).copied()
    };
    let refined = |node: &Node<'_, '_>, property: &str| {
        let about = format!("#{}", node.attribute("id")?);
        let refining = all.iter().filter(|n| n.attribute("refines") == Some(about.as_str()));
        refining.into_iter().find(|n| n.attribute("property") == Some(property)).map(|n| said(*n))
    };
    let unique = package.root_element().attribute("unique-identifier");
    let identifier = dublin("identifier").find(|n| n.attribute("id") == unique);
    let titled = |kind: &str| {
        dublin("title")
            .find(|n| refined(n, "title-type").as_deref() == Some(kind))
            .map(|n| said(*n))
    };
    let person = |n: &Node<'_, '_>, creator| Person {
        name: said(*n),
        role: refined(n, "role").unwrap_or_default(),
        creator,
    };
    let creators = dublin("creator").map(|n| person(n, true));
    let contributors = dublin("contributor").map(|n| person(n, false));
    let series = meta("belongs-to-collection")
        .filter(|n| refined(n, "collection-type").is_none_or(|kind| kind == "series"));
    About {
        identifier: identifier.map(|n| said(*n)).unwrap_or_default(),
        title: titled("main").unwrap_or_else(|| first("title")),
        subtitle: titled("subtitle").unwrap_or_default(),
        people: creators.chain(contributors).filter(|p| !p.name.is_empty()).collect(),
        publisher: first("publisher"),
        language: first("language"),
        issued: first("date"),
        modified: meta("dcterms:modified").map(said).unwrap_or_default(),
        description: first("description"),
        subjects: dublin("subject").map(|n| said(*n)).filter(|s| !s.is_empty()).collect(),
        series: series.map(|n| Series {
            name: said(n),
            position: refined(&n, "group-position").and_then(|p| p.parse().ok()),
        }),
        words: meta("schema:wordCount").and_then(|n| said(n).parse().ok()),
        ..About::default()
    }
}

/// The text of an element, in one line.
fn said(node: Node<'_, '_>) -> String {
    let text: String =
        node.descendants().filter_map(|n| n.text().filter(|_| n.is_text())).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text(archive: &mut ZipArchive<impl Read + Seek>, path: &str) -> Result<String, String> {
    bytes(archive, path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

fn bytes(archive: &mut ZipArchive<impl Read + Seek>, path: &str) -> Result<Vec<u8>, String> {
    let entry = archive.by_name(path).map_err(|e| format!("{path}: {e}"))?;
    let mut bytes = Vec::new();
    entry.take(MOST).read_to_end(&mut bytes).map_err(|e| format!("{path}: {e}"))?;
    Ok(bytes)
}

/// A path within the archive, from the folder of the package document.
fn joined(folder: &str, href: &str) -> String {
    let mut steps: Vec<&str> = folder.split('/').filter(|s| !s.is_empty()).collect();
    for step in href.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}
