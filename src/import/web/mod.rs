//! Saved web pages. A site's profile, a data file, says where title, values and
//! text stand; where none fits, `dom_smoothie` finds the text. The walk over the
//! elements is ours: what a page shows is kept or counted.

mod above;
mod base64;
mod body;
mod bytes;
mod chrome;
mod finder;
mod fragment;
mod gone;
mod head;
mod left;
mod mime;
mod opening;
mod parse;
mod script;
mod shallow;
mod shape;
mod site;
mod style;
mod walk;

use std::collections::BTreeSet;

use dom_query::{NodeId, NodeRef};

use crate::diag::{Code, Fault, Finding, Warned};

use super::Imported;
use super::draft::Draft;
use super::format::ending;
use left::Left;
use mime::Parts;
use parse::Page;
use site::Site;
use walk::{Item, Rules, Walker, visible};

pub(super) use fragment::{Fragment, blocks, inlines, placeholder};
pub use site::Sites;
pub(super) use walk::{is_generic, percent_decoded};

const TOO_LARGE: Code = Code::new("web-too-large");
const TOO_MANY_TAGS: Code = Code::new("web-too-many-tags");
const NOT_MHTML: Code = Code::new("web-not-mhtml");
const EMPTY: Code = Code::new("read-empty");

/// A page is no larger than this without its pictures, in bytes.
const PAGE: usize = 24_000_000;
/// And with the pictures inside it no larger than this.
const FILE: usize = 200_000_000;

/// Whether bytes that are named otherwise are a web page all the same: programs that
/// export to Word often write one and call it .doc.
pub(super) fn is_page(file: &[u8]) -> bool {
    let head = file.trim_ascii_start();
    let head = String::from_utf8_lossy(head.get(..1024).unwrap_or(head)).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{feff}');
    is_mime(file)
        || head.starts_with("<!doctype html")
        || (head.starts_with('<') && head.contains("<html"))
}

fn is_mime(file: &[u8]) -> bool {
    let head = file.trim_ascii_start();
    head.get(..13).is_some_and(|head| head.eq_ignore_ascii_case(b"mime-version:"))
}

/// Reads a saved page. `name` is what findings name as the file.
///
/// # Errors
/// Where there is no article: an empty or deleted page, a file that is none.
pub(super) fn read(name: &str, file: &[u8], sites: &Sites) -> Result<Warned<Imported>, Fault> {
    let refuse = |code: Code, size: usize| {
        let finding = Finding::error(code).arg("size", crate::diag::size(size as u64));
        Err(Fault::work(finding.file(name)))
    };
    if file.len() > FILE {
        return refuse(TOO_LARGE, file.len());
    }
    let named = matches!(ending(name).as_deref(), Some("mht" | "mhtml"));
    let parts = (named || is_mime(file)).then(|| Parts::of(file));
    let html = match &parts {
        Some(parts) => match &parts.html {
            Some(html) => html.as_slice(),
            // Some browsers give a plain page this ending.
            None if file.trim_ascii_start().starts_with(b"<") => file,
            None => return refuse(NOT_MHTML, file.len()),
        },
        None => file,
    };
    let charset = parts.as_ref().and_then(|parts| parts.charset.clone());
    let mut findings = Vec::new();
    let text = bytes::decode(name, html, charset.as_deref(), &mut findings)?;
    if text.trim().is_empty() {
        return Err(Fault::work(Finding::error(EMPTY).file(name)));
    }
    // Pictures written into the page weigh nothing on its tree.
    let inside: usize = text
        .match_indices(";base64,")
        .map(|(at, m)| {
            let rest = &text.as_bytes()[at + m.len()..];
            rest.iter().take_while(|b| b.is_ascii_alphanumeric() || b"+/=%".contains(b)).count()
        })
        .sum();
    if text.len() - inside.min(text.len()) > PAGE {
        return refuse(TOO_LARGE, text.len());
    }
    let Some(page) = parse::page(&text) else { return refuse(TOO_MANY_TAGS, text.len()) };
    let address = address(&text, &page).or_else(|| parts.as_ref().and_then(|p| p.address.clone()));
    drop(text);
    article(name, &page, address, parts.as_ref(), sites, findings)
}

fn article(
    name: &str,
    page: &Page,
    address: Option<String>,
    parts: Option<&Parts>,
    sites: &Sites,
    findings: Vec<Finding>,
) -> Result<Warned<Imported>, Fault> {
    let root = page.document.root();
    let known = sites.of(&root, address.as_deref());
    let site = known.unwrap_or(sites.other());
    let both = [site, sites.other()];
    let found = placed(page, site).or_else(|| placed(page, sites.other()));
    gone::check(name, page, found, &both)?;
    let mut rules = Rules { parts, ..Rules::default() };
    let body = match found {
        Some(body) => body,
        None => match finder::find(page) {
            Some(found) => {
                rules.drop.extend(found.outside);
                found.root
            }
            None => return Err(gone::empty(name, page)),
        },
    };
    let around: BTreeSet<NodeId> = body.ancestors_it(None).map(|a| a.id).chain([body.id]).collect();
    for site in both {
        let elements = |picks: &[site::Pick]| -> Vec<NodeId> {
            picks.iter().flat_map(|pick| pick.all(&root)).map(|n| n.id).collect()
        };
        rules.drop.extend(elements(&site.drop).into_iter().filter(|id| !around.contains(id)));
        rules.captions.extend(elements(&site.captions));
        rules.pictures.extend(site.pictures.iter().map(String::as_str));
    }
    let mut draft = Draft::new(name, findings);
    let head = head::read(&mut draft, page, body, &both, &rules.drop, name);
    let mut walker = Walker::new(page, &rules);
    let items = walker.root(body);
    let mut taken = visible(&parse::text(page, body.id));
    let mut attachments = Vec::new();
    let mut placed = rules.drop.clone();
    placed.insert(body.id);
    for node in attached(&root, body.id, site, &around) {
        taken += visible(&parse::text(page, node.id));
        placed.insert(node.id);
        attachments.extend(walker.single(node));
    }
    let has_something = items.iter().chain(&attachments).any(|item| match item {
        Item::Words(words) => visible(&words.text()) > 0,
        Item::Picture(_) => true,
        Item::Block(block, ..) => *block != crate::article::Block::Rule,
    });
    if !has_something {
        return Err(gone::empty(name, page));
    }
    for id in walker.notes_outside(body.id) {
        taken += visible(&parse::text(page, id));
        placed.insert(id);
    }
    let tally = std::mem::take(&mut walker.tally);
    for finding in walker.findings.drain(..) {
        draft.say(finding);
    }
    for picture in walker.embedded.drain(..) {
        draft.embed(picture);
    }
    let (lines, inside) = body::read(&mut draft, items, attachments, &head, &both);
    let all = visible(&parse::text(page, root.id));
    let dropped: usize = tally.chrome.iter().map(|(text, _)| visible(text)).sum();
    body::consume_chrome(&mut draft, &tally.chrome);
    let used = left::used(&head.used);
    let left = Left {
        outside: all.saturating_sub(taken + used),
        inside: inside + dropped,
        hidden: tally.hidden,
    };
    let outside = left::outside(page, placed, &head.used, &both);
    left::say(&mut draft, page, &tally, &left, &outside, &lines);
    // Whom the page's head names the credits at the end name again.
    let credits = &mut draft.article.meta.credits;
    let again = |at: usize| {
        let names = &credits[at].names;
        credits[at + 1..]
            .iter()
            .any(|c| c.role == credits[at].role && names.iter().all(|name| c.names.contains(name)))
    };
    if !credits.is_empty() && again(0) {
        credits.remove(0);
    }
    if draft.article.meta.source_url.is_none() {
        draft.article.meta.source_url = address;
    }
    Ok(draft.finish())
}

/// The element of the text by a profile: the first that holds anything.
fn placed<'p>(page: &'p Page, site: &Site) -> Option<NodeRef<'p>> {
    let root = page.document.root();
    let holds = |node: &NodeRef<'_>| {
        visible(&parse::text(page, node.id)) > 0
            || node.descendants_it().any(|n| n.has_name("img") || n.has_name("iframe"))
    };
    site.body.iter().find_map(|pick| pick.all(&root).into_iter().find(holds))
}

/// The lists of attachments that stand beside the text, in their order, none within
/// another.
fn attached<'p>(
    root: &NodeRef<'p>,
    body: NodeId,
    site: &Site,
    around: &BTreeSet<NodeId>,
) -> Vec<NodeRef<'p>> {
    let all = site.attachments.iter().flat_map(|pick| pick.all(root));
    let mut found: Vec<NodeRef<'p>> = all.filter(|n| !around.contains(&n.id)).collect();
    found.sort_by_key(parse::mark);
    found.dedup_by_key(|n| n.id);
    let ids: BTreeSet<NodeId> = found.iter().map(|n| n.id).chain([body]).collect();
    found.retain(|n| !n.ancestors_it(None).any(|a| ids.contains(&a.id)));
    found
}

/// The address a page had: what the browser wrote down when it saved it, else what
/// the page says of itself.
fn address(text: &str, page: &Page) -> Option<String> {
    const SAVED: &str = "saved from url=(";
    let saved = || {
        let mut end = text.len().min(4000);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let at = text[..end].find(SAVED)? + SAVED.len();
        let rest = text[at..].split_once(')')?.1;
        let stop =
            rest.find(|c: char| c.is_whitespace() || c == '<' || c == '"').unwrap_or(rest.len());
        Some(rest[..stop].trim_end_matches("-->").to_owned())
    };
    let said = || {
        let root = page.document.root();
        root.descendants_it().take(2000).find_map(|n| {
            if n.has_name("link") && n.attr("rel").is_some_and(|r| &*r == "canonical") {
                return n.attr("href").map(|h| h.trim().to_owned());
            }
            let og = n.has_name("meta") && n.attr("property").is_some_and(|p| &*p == "og:url");
            if og { n.attr("content").map(|c| c.trim().to_owned()) } else { None }
        })
    };
    let fits = |a: &String| a.starts_with("http://") || a.starts_with("https://");
    saved().filter(fits).or_else(|| said().filter(fits))
}
