//! The catalogue in Atom, held against our own rules after RFC 4287 and the draft of
//! OPDS 1.2, whose grammar is in no registry. Each rule is shown to say no.

use kanyin::export::share::{ATOM, Catalogue};
use roxmltree::{Document, Node};

use super::{catalogue, folder, text};

const NAMESPACE: &str = "http://www.w3.org/2005/Atom";
const TERMS: &str = "http://purl.org/dc/terms/";
const FEED: &str = "application/atom+xml;profile=opds-catalog;kind=acquisition";
const ACQUISITION: &str = "http://opds-spec.org/acquisition";
const IMAGES: [&str; 2] = ["http://opds-spec.org/image", "http://opds-spec.org/image/thumbnail"];

fn children<'a>(of: Node<'a, 'a>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    of.children().filter(move |n| n.has_tag_name((NAMESPACE, name)))
}

/// What every feed and entry has once: an id that is a URI, a title, a time
/// (RFC 4287, 4.1.1 and 4.1.2).
fn once(of: Node<'_, '_>, broken: &mut Vec<String>) {
    let time = |text: &str| {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        text.len() == 20 && digits == 14 && text.ends_with('Z') && text.contains('T')
    };
    let uri = |text: &str| {
        text.split_once(':').is_some_and(|(scheme, rest)| {
            scheme.chars().all(|c| c.is_ascii_alphanumeric()) && !rest.is_empty() && text.is_ascii()
        })
    };
    let said = |text: &str| !text.trim().is_empty();
    let mut hold = |name: &str, holds: &dyn Fn(&str) -> bool| {
        let all: Vec<Node<'_, '_>> =
            of.children().filter(|n| n.has_tag_name((NAMESPACE, name))).collect();
        if all.len() != 1 || !all.iter().all(|n| holds(n.text().unwrap_or_default())) {
            broken.push(format!("{}: {name}", of.tag_name().name()));
        }
    };
    hold("id", &uri);
    hold("title", &said);
    hold("updated", &time);
}

/// What is wrong with a catalogue.
fn broken(text: &str) -> Vec<String> {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(why) => return vec![why.to_string()],
    };
    let mut broken = Vec::new();
    let feed = document.root_element();
    if !feed.has_tag_name((NAMESPACE, "feed")) {
        broken.push("feed".to_owned());
    }
    once(feed, &mut broken);
    let named = |of: Node<'_, '_>| {
        children(of, "author").any(|a| children(a, "name").any(|n| n.text().is_some()))
    };
    if !named(feed) {
        broken.push("feed: author".to_owned());
    }
    for rel in ["self", "start"] {
        let links = children(feed, "link").filter(|l| l.attribute("rel") == Some(rel));
        if !links.map(|l| l.attribute("type")).eq([Some(FEED)]) {
            broken.push(format!("feed: {rel}"));
        }
    }
    for link in document.descendants().filter(|n| n.has_tag_name((NAMESPACE, "link"))) {
        let href = link.attribute("href").unwrap_or_default();
        if href.is_empty() || !href.is_ascii() || href.contains(['<', ' ']) {
            broken.push(format!("href {href:?}"));
        }
    }
    let mut ids: Vec<_> =
        children(feed, "entry").filter_map(|entry| children(entry, "id").next()?.text()).collect();
    ids.sort_unstable();
    if ids.windows(2).any(|pair| pair[0] == pair[1]) {
        broken.push("feed: one id twice".to_owned());
    }
    children(feed, "entry").for_each(|entry| held(entry, &mut broken));
    broken
}

/// Holds an entry against the rules for one of an acquisition feed.
fn held(entry: Node<'_, '_>, broken: &mut Vec<String>) {
    once(entry, broken);
    let rel = |link: &Node<'_, '_>| link.attribute("rel").unwrap_or_default().to_owned();
    let fetched: Vec<_> =
        children(entry, "link").filter(|l| rel(l).starts_with(ACQUISITION)).collect();
    let whole = |link: &Node<'_, '_>| {
        let length = link.attribute("length").and_then(|n| n.parse::<u64>().ok());
        link.attribute("type").is_some() && length.is_some_and(|n| n > 0)
    };
    if fetched.is_empty() || !fetched.iter().all(whole) {
        broken.push("entry: acquisition".to_owned());
    }
    for wanted in IMAGES {
        let images = children(entry, "link").filter(|l| rel(l) == wanted);
        let pictures =
            images.filter(|l| l.attribute("type").is_some_and(|t| t.starts_with("image/")));
        if pictures.count() != 1 {
            broken.push(format!("entry: {wanted}"));
        }
    }
    for category in children(entry, "category").filter(|c| c.attribute("term").is_none()) {
        broken.push(format!("entry: {category:?}"));
    }
    if children(entry, "summary").count() > 1 {
        broken.push("entry: summary".to_owned());
    }
    let known = ["identifier", "language", "publisher", "issued", "extent"];
    let terms = entry.children().filter(|n| n.tag_name().namespace() == Some(TERMS));
    for term in terms.filter(|n| !known.contains(&n.tag_name().name()) || n.text().is_none()) {
        broken.push(format!("entry: {}", term.tag_name().name()));
    }
}

#[test]
fn the_catalogue_in_atom_is_as_the_standards_want_it() {
    for url in [None, Some("https://books.yunlan.example".to_owned())] {
        let nameless = Catalogue { press: String::new(), unit: String::new(), url, ..catalogue() };
        for catalogue in [catalogue(), nameless] {
            assert_eq!(broken(&text(&folder(&catalogue), ATOM)), [""; 0]);
        }
    }
}

#[test]
fn the_rules_say_no() {
    let good = text(&folder(&catalogue()), ATOM);
    for (what, with) in [
        ("<id>urn:isbn:9787000000001</id>", "<id>9787000000001</id>"),
        ("<id>urn:isbn:9787000000001</id>", ""),
        ("<updated>2024-05-02T03:04:05Z</updated>", "<updated>2024-05-02</updated>"),
        ("<title>只有书名</title>", "<title> </title>"),
        ("rel=\"self\"", "rel=\"me\""),
        (";kind=acquisition", ""),
        ("<author><name>云澜大学宣传部</name></author>", ""),
        ("length=\"1234567\"", "length=\"much\""),
        ("http://opds-spec.org/image/thumbnail", "thumbnail"),
        ("http://opds-spec.org/acquisition/open-access", "enclosure"),
        ("term=\"书院\"", ""),
        ("dc:publisher", "dc:press"),
        ("bare.epub", "空 格.epub"),
        ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"),
    ] {
        assert!(good.contains(what), "{what} is there to be spoilt");
        assert!(!broken(&good.replace(what, with)).is_empty(), "{what} as {with:?}");
    }
}
