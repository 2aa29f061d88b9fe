//! Site profiles: where the systems that publish pages keep title, date and
//! text. Each is a TOML file that needs no Rust; unknown keys are refused.

use std::sync::{Arc, OnceLock};

use dom_query::{Matcher, NodeRef};
use serde::Deserialize;
use toml::Spanned;

use crate::diag::{Code, Fault, Finding, toml_error};

const SELECTOR: Code = Code::new("site-selector");

/// The profile that every page falls back on; its lists hold for all pages.
const OTHER: &str = "other.toml";

include!(concat!(env!("OUT_DIR"), "/builtin_sites.rs"));

/// The site profiles a page may fit.
#[derive(Debug, Clone)]
pub struct Sites {
    known: Vec<(String, Arc<Site>)>,
    other: Arc<Site>,
}

impl Sites {
    /// The profiles compiled into the program.
    ///
    /// # Panics
    /// Where one of them does not parse: a mistake in this program that its
    /// tests find.
    pub fn builtin() -> Self {
        static ALL: OnceLock<Sites> = OnceLock::new();
        ALL.get_or_init(|| {
            let mut sites = Self { known: Vec::new(), other: Arc::new(Site::default()) };
            for (name, bytes) in BUILTIN_SITES {
                let text = String::from_utf8_lossy(bytes);
                if let Err(fault) = sites.add(name, &text) {
                    panic!("site profile {name}: {:?}", fault.findings);
                }
            }
            sites
        })
        .clone()
    }

    /// Adds a project's own profile; it is tried before those that are there, and
    /// takes the place of one with the same file name. `name` is the file's name
    /// without folders.
    ///
    /// # Errors
    /// A configuration fault with file and line where it cannot be understood.
    pub fn add(&mut self, name: &str, text: &str) -> Result<(), Fault> {
        let site = Arc::new(Site::parse(name, text)?);
        if name == OTHER {
            self.other = site;
        } else {
            self.known.retain(|(known, _)| known != name);
            self.known.insert(0, (name.to_owned(), site));
        }
        Ok(())
    }

    /// The profile for pages that no other fits.
    pub(super) fn other(&self) -> &Site {
        &self.other
    }

    /// The profile that fits a page: by its address, else by its elements.
    pub(super) fn of(&self, root: &NodeRef<'_>, address: Option<&str>) -> Option<&Site> {
        let sites = || self.known.iter().map(|(_, site)| &**site);
        let host = address.map(host);
        let by_address = sites().find(|site| {
            let ends = |a: &String| host.is_some_and(|h| h == a || h.ends_with(&format!(".{a}")));
            site.address.iter().any(ends)
        });
        by_address.or_else(|| {
            sites().find(|site| site.recognise.iter().any(|pick| pick.first(root).is_some()))
        })
    }
}

fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', ':', '?', '#']).next().unwrap_or(rest)
}

/// A selector, and the attribute whose value is meant where it is not the text.
#[derive(Debug, Clone)]
pub(super) struct Pick {
    pub(super) matcher: Matcher,
    pub(super) attribute: Option<String>,
}

impl Pick {
    fn parse(written: &str) -> Option<Self> {
        let (selector, attribute) = match written.rsplit_once(" @") {
            Some((selector, attribute)) => (selector, Some(attribute.trim().to_owned())),
            None => (written, None),
        };
        Some(Self { matcher: Matcher::new(selector).ok()?, attribute })
    }

    /// The first element below `root` that the selector means.
    pub(super) fn first<'a>(&self, root: &NodeRef<'a>) -> Option<NodeRef<'a>> {
        let document = dom_query::Selection::from(*root);
        document.select_single_matcher(&self.matcher).nodes().first().copied()
    }

    /// All elements below `root` that the selector means.
    pub(super) fn all<'a>(&self, root: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
        dom_query::Selection::from(*root).select_matcher(&self.matcher).nodes().to_vec()
    }
}

/// How the pages of one system are made. Every list is in order of preference.
#[derive(Debug, Clone, Default)]
pub(super) struct Site {
    address: Vec<String>,
    recognise: Vec<Pick>,
    pub(super) title: Vec<Pick>,
    pub(super) kicker: Vec<Pick>,
    pub(super) subtitle: Vec<Pick>,
    pub(super) date: Vec<Pick>,
    pub(super) source: Vec<Pick>,
    pub(super) views: Vec<Pick>,
    pub(super) author: Vec<Pick>,
    pub(super) meta: Vec<Pick>,
    pub(super) body: Vec<Pick>,
    pub(super) attachments: Vec<Pick>,
    pub(super) captions: Vec<Pick>,
    pub(super) drop: Vec<Pick>,
    pub(super) errors: Vec<Pick>,
    pub(super) pictures: Vec<String>,
    pub(super) gone: Vec<String>,
    pub(super) words: Vec<String>,
    pub(super) openings: Vec<String>,
    pub(super) script_title: Vec<String>,
    pub(super) script_date: Vec<String>,
}

type Words = Vec<Spanned<String>>;

/// The file as written. What each key means stands in `sites/README.md`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    name: String,
    address: Vec<String>,
    recognise: Words,
    title: Words,
    kicker: Words,
    subtitle: Words,
    date: Words,
    source: Words,
    views: Words,
    author: Words,
    meta: Words,
    body: Words,
    attachments: Words,
    captions: Words,
    drop: Words,
    errors: Words,
    pictures: Vec<String>,
    gone: Vec<String>,
    chrome: Chrome,
    script: Script,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Chrome {
    words: Vec<String>,
    openings: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Script {
    title: Vec<String>,
    date: Vec<String>,
}

impl Site {
    fn parse(name: &str, text: &str) -> Result<Self, Fault> {
        let file = format!("sites/{name}");
        let written: Written = toml::from_str(text)
            .map_err(|e| Fault::configuration(toml_error::explain(&file, text, &e)))?;
        // The name is for people alone.
        drop(written.name);
        let picks = |list: Words| -> Result<Vec<Pick>, Fault> {
            list.into_iter()
                .map(|selector| {
                    let line = toml_error::line_of(text, selector.span().start);
                    Pick::parse(selector.get_ref()).ok_or_else(|| {
                        let finding = Finding::error(SELECTOR).arg("selector", selector.get_ref());
                        Fault::configuration(finding.file(&file).line(line))
                    })
                })
                .collect()
        };
        Ok(Self {
            address: written.address,
            recognise: picks(written.recognise)?,
            title: picks(written.title)?,
            kicker: picks(written.kicker)?,
            subtitle: picks(written.subtitle)?,
            date: picks(written.date)?,
            source: picks(written.source)?,
            views: picks(written.views)?,
            author: picks(written.author)?,
            meta: picks(written.meta)?,
            body: picks(written.body)?,
            attachments: picks(written.attachments)?,
            captions: picks(written.captions)?,
            drop: picks(written.drop)?,
            errors: picks(written.errors)?,
            pictures: written.pictures,
            gone: written.gone,
            words: written.chrome.words,
            openings: written.chrome.openings,
            script_title: written.script.title,
            script_date: written.script.date,
        })
    }
}
