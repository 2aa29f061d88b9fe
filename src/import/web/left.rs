//! What of a page is not in the article: how much, of which kind, and its words where
//! they read like a text.

use std::collections::BTreeSet;

use dom_query::NodeId;

use crate::diag::{Code, Finding};
use crate::import::draft::Draft;

use super::chrome;
use super::head::squeezed;
use super::parse::Page;
use super::site::Site;
use super::walk::{Item, Rules, Tally, Walker, visible};

const LEFT_OUT: Code = Code::new("web-left-out");
const FLATTENED: Code = Code::new("web-flattened");
const DECORATION: Code = Code::new("web-decoration");
const SCRIPT_LINKS: Code = Code::new("web-script-links");
const CONTROLS: Code = Code::new("read-control-characters");

/// So many characters with a sentence among them may belong to the article.
const TELLING: usize = 30;
/// How many characters of what was left out are quoted.
const QUOTED: usize = 60;

/// What of the page is not in the article, in characters.
pub(super) struct Left {
    pub(super) outside: usize,
    pub(super) inside: usize,
    pub(super) hidden: usize,
}

/// The lines outside of the text that are neither links nor furniture nor used.
pub(super) fn outside(
    page: &Page,
    drop: BTreeSet<NodeId>,
    used: &[String],
    sites: &[&Site],
) -> Vec<String> {
    let Some(top) = page.document.body().filter(|top| !drop.contains(&top.id)) else {
        return Vec::new();
    };
    let used: String = used.iter().map(|text| squeezed(text) + "\n").collect();
    let rules = Rules { drop, flat: true, ..Rules::default() };
    let items = Walker::new(page, &rules).root(top);
    let lines = items.into_iter().filter_map(|item| match item {
        Item::Words(words) if !words.is_linked() => Some(words.text().trim().to_owned()),
        _ => None,
    });
    lines
        .filter(|l| visible(l) > 1 && !chrome::is_chrome(l, sites) && !used.contains(&squeezed(l)))
        .collect()
}

/// How many characters the head used; what it read twice, as a line and as a value
/// of it, counts once.
pub(super) fn used(texts: &[String]) -> usize {
    let texts: BTreeSet<String> = texts.iter().map(|text| squeezed(text)).collect();
    let within = |a: &String| texts.iter().any(|b| a != b && b.contains(a.as_str()));
    texts.iter().filter(|text| !within(text)).map(|text| text.chars().count()).sum()
}

/// Says what was left out.
pub(super) fn say(
    draft: &mut Draft,
    page: &Page,
    tally: &Tally,
    left: &Left,
    outside: &[String],
    inside: &[String],
) {
    let sum = left.outside + left.inside + left.hidden;
    if sum > 0 {
        let length: usize = outside.iter().map(|line| visible(line)).sum();
        let speaks = |line: &&String| line.contains(['。', '！', '？']);
        let telling = length > TELLING && outside.iter().any(|line| speaks(&line));
        let finding = if telling { Finding::warning(LEFT_OUT) } else { Finding::note(LEFT_OUT) };
        let mut finding = finding
            .arg("count", sum)
            .arg("outside", left.outside)
            .arg("inside", left.inside)
            .arg("hidden", left.hidden);
        // Sentences first: they are what an editor has to see.
        let from = outside.iter().position(|l| speaks(&l)).filter(|_| telling).unwrap_or(0);
        let from = from.saturating_sub(1);
        let lines: Vec<&str> =
            outside[from..].iter().chain(inside).take(QUOTED).map(String::as_str).collect();
        if !lines.is_empty() {
            let excerpt: String = lines.join(" / ").chars().take(QUOTED).collect();
            finding = finding.excerpt(excerpt);
        }
        draft.say(finding);
    }
    for (code, count) in [
        (FLATTENED, page.flattened),
        (DECORATION, tally.decoration),
        (SCRIPT_LINKS, tally.scripts),
        (CONTROLS, tally.controls),
    ] {
        if count > 0 {
            let finding =
                if code == FLATTENED { Finding::warning(code) } else { Finding::note(code) };
            draft.say(finding.arg("count", count));
        }
    }
}
