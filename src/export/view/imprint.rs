//! The words of a bulletin's head and foot and of a colophon.

use crate::layout::Wording;
use crate::publication::{self, Imprint, Publication, RECIPIENTS};

use super::{Colophon, Fact, Issue, Recipients};

/// The issue in words; `latest` is the date in words of the latest article.
pub(super) fn issue(publication: &Publication, wording: &Wording, latest: &str) -> Option<Issue> {
    let issue = publication.issue.as_ref()?;
    let filled = |key: &str, name: &str, value: Option<String>| {
        value.map(|v| wording.fill(key, &[(name, &v)])).unwrap_or_default()
    };
    let number = |n: Option<u32>| n.map(|n| n.to_string());
    let serial = Some(issue.serial.clone()).filter(|s| !s.is_empty());
    let distribution =
        RECIPIENTS.iter().zip(&issue.recipients).filter(|(_, names)| !names.is_empty());
    Some(Issue {
        name: if issue.name.is_empty() { publication.title.clone() } else { issue.name.clone() },
        number: filled("issue-number", "number", number(issue.number)),
        total: filled("issue-total", "number", number(issue.total)),
        date: issue.date.map_or_else(|| latest.to_owned(), |date| wording.date(date)),
        classification: issue.classification.clone(),
        serial: filled("issue-serial", "number", serial),
        distribution: distribution
            .map(|(key, names)| Recipients {
                label: wording.get(&format!("issue-{key}")).to_owned(),
                names: names.clone(),
            })
            .collect(),
        copies: filled("issue-copies", "number", number(issue.copies)),
        first_page: issue.first_page,
    })
}

/// The colophon in words; `words` is how many characters the book has.
pub(super) fn colophon(
    colophon: &publication::Colophon,
    wording: &Wording,
    words: usize,
) -> Colophon {
    let internal = colophon.imprint == Imprint::Internal;
    let said_when = |said: bool, key: &str| {
        if said { wording.get(key).to_owned() } else { String::new() }
    };
    let mut facts: Vec<Fact> =
        colophon.facts.iter().map(|(key, text)| fact(key, text, wording)).collect();
    if !facts.iter().any(|fact| fact.key == "words") {
        let at = facts.iter().position(|f| {
            ["edition", "printing", "printed", "copies", "isbn", "price"].contains(&f.key)
        });
        // The trade counts in thousands.
        let thousands = words.div_ceil(1000).to_string();
        let values = [("words", words.to_string()), ("thousands", thousands)];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let counted = wording.fill("colophon-words-value", &values);
        facts.insert(at.unwrap_or(facts.len()), fact("words", &counted, wording));
    }
    Colophon {
        mode: colophon.imprint.name(),
        notice: said_when(internal, "colophon-notice"),
        permit: match colophon.permit.as_str() {
            "" => String::new(),
            permit => wording.fill("colophon-permit", &[("permit", permit)]),
        },
        cip: colophon.cip.clone(),
        people: colophon
            .people
            .iter()
            .map(|(label, text)| Fact { key: "", label: label.clone(), text: text.clone() })
            .collect(),
        facts,
        rights: said_when(!internal, "colophon-rights"),
    }
}

fn fact(key: &'static str, text: &str, wording: &Wording) -> Fact {
    let label = wording.get(&format!("colophon-{key}")).to_owned();
    Fact { key, label, text: text.to_owned() }
}
