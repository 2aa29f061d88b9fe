//! The text of an e-book: its pages in the order of the spine.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use crate::diag::{Code, Finding};

use super::markup::{Token, attribute, name, tokens, words};
use super::text::{FileText, TOO_LARGE};

const UNREADABLE: Code = Code::new("verify-epub-unreadable");

/// So much of one entry is read, in bytes: the package of a book with twenty thousand
/// pictures has three million.
const LARGEST: u64 = 64 << 20;

/// The text of an e-book, a page of the spine a page. Pictures and fonts are not
/// read.
///
/// # Errors
/// Where the file is no archive, or has no package, no spine, or not a page that
/// the spine names; where it unpacks to more than any book has.
pub fn epub(file: impl Read + Seek) -> Result<FileText, Finding> {
    let wrong = |why: String| Finding::error(UNREADABLE).arg("why", why);
    let mut archive = zip::ZipArchive::new(file).map_err(|e| wrong(e.to_string()))?;
    let mut read = |path: &str| -> Result<String, Finding> {
        let mut bytes = Vec::new();
        let entry = archive.by_name(path).map_err(|e| wrong(format!("{path}: {e}")))?;
        let mut entry = entry.take(LARGEST + 1);
        entry.read_to_end(&mut bytes).map_err(|e| wrong(format!("{path}: {e}")))?;
        if bytes.len() as u64 > LARGEST {
            return Err(Finding::error(TOO_LARGE));
        }
        Ok(String::from_utf8(bytes)
            .unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned()))
    };
    let container = read("META-INF/container.xml")?;
    let package_path = tags(&container, "rootfile")
        .find_map(|tag| attribute(tag, "full-path"))
        .ok_or_else(|| wrong("META-INF/container.xml".into()))?;
    let package = read(&package_path)?;
    let folder = package_path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let items: BTreeMap<String, String> = tags(&package, "item")
        .filter_map(|tag| Some((attribute(tag, "id")?, attribute(tag, "href")?)))
        .collect();
    let spine: Vec<&String> =
        tags(&package, "itemref").filter_map(|tag| items.get(&attribute(tag, "idref")?)).collect();
    if spine.is_empty() {
        return Err(wrong(package_path.clone()));
    }
    let (mut pages, mut left) = (Vec::with_capacity(spine.len()), FileText::MOST);
    for href in spine {
        let page = words(&read(&joined(folder, href))?);
        left = left.checked_sub(page.len()).ok_or_else(|| Finding::error(TOO_LARGE))?;
        pages.push(page.into());
    }
    Ok(FileText::of_pages(&pages, false))
}

fn tags<'a>(source: &'a str, wanted: &'a str) -> impl Iterator<Item = &'a str> {
    tokens(source).filter_map(move |token| match token {
        Token::Tag(tag) if !tag.starts_with('/') && name(tag).eq_ignore_ascii_case(wanted) => {
            Some(tag)
        }
        _ => None,
    })
}

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
