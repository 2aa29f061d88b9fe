//! What stands at the head and at the end of an official document, in words. How it
//! is set is the look's.

use serde::Serialize;

use crate::layout::Wording;
use crate::publication::{self, Publication};

/// An official document (公文), in words. What does not apply is empty.
#[derive(Debug, Clone, Serialize)]
pub struct Document {
    /// The number of the copy (份号), six digits.
    pub serial: String,
    /// How secret it is and for how long (密级和保密期限).
    pub classification: String,
    /// How urgent it is (紧急程度).
    pub urgency: String,
    /// The authorities that issue it, the leading one first.
    pub issuers: Vec<String>,
    /// The words in red at its head; empty where they are the names of several
    /// issuers one below the other.
    pub masthead: String,
    /// Its number (发文字号).
    pub number: String,
    /// Who approved it (签发人); only where it goes to a higher authority.
    pub signers: Vec<String>,
    /// Whom it is addressed to, with the colon: 各学院，机关各部门：
    pub recipients: String,
    /// Its attachments: those printed with it, then those that are not.
    pub attachments: Vec<Attachment>,
    /// The day it was approved.
    pub date: String,
    /// A remark in its brackets.
    pub note: String,
    /// Who gets a copy, with the full stop.
    pub copies_to: String,
    /// Who has it printed.
    pub printed_by: String,
    /// The day it is printed, such as 2024年12月21日印发.
    pub printed_on: String,
}

/// An attachment of a document.
#[derive(Debug, Clone, Serialize)]
pub struct Attachment {
    /// The id of its article; empty where it is not printed with the document.
    pub article: String,
    /// What stands above it: 附件, or 附件1 where there are several.
    pub label: String,
    /// What stands before its name where attachments are listed: `1.`; empty where
    /// there is only one.
    pub mark: String,
    /// Its name.
    pub name: String,
}

/// The document in words: `printed` are the articles after its text, each with its
/// title, and `approved` is the date in words of its text.
pub(super) fn document(
    publication: &Publication,
    wording: &Wording,
    printed: Vec<(String, String)>,
    approved: &str,
) -> Option<Document> {
    let said = publication.document.as_ref()?;
    let filled = |key: &str, name: &str, value: &str| match value {
        "" => String::new(),
        value => wording.fill(key, &[(name, value)]),
    };
    let listed = |key: &str, names: &[String]| {
        let several = names.iter().any(|name| name.contains(wording.get("name-separator")));
        let between = if several { "group-separator" } else { "name-separator" };
        filled(key, "names", &names.join(wording.get(between)))
    };
    let date = said.date.map_or_else(|| approved.to_owned(), |date| wording.date(date));
    let printed_on = said.printed_on.map(|date| wording.date(date)).unwrap_or_default();
    Some(Document {
        serial: said.serial.clone(),
        classification: said.classification.clone(),
        urgency: said.urgency.clone(),
        masthead: masthead(said, wording),
        issuers: said.issuers.clone(),
        number: said.number.clone(),
        signers: said.signers.clone(),
        recipients: listed("document-recipients", &said.recipients),
        attachments: attachments(printed, &said.attachments, wording),
        date,
        note: filled("document-note", "note", bare(&said.note)),
        copies_to: listed("document-copies", &said.copies_to),
        printed_by: printed_by(publication, said),
        printed_on: filled("document-printed-on", "date", &printed_on),
    })
}

/// Several issuers have their names one below the other.
fn masthead(said: &publication::Document, wording: &Wording) -> String {
    match (said.masthead.as_str(), said.issuers.as_slice()) {
        ("", [one]) => format!("{one}{}", wording.get("document-mark")),
        (words, _) => words.to_owned(),
    }
}

fn attachments(
    printed: Vec<(String, String)>,
    others: &[String],
    wording: &Wording,
) -> Vec<Attachment> {
    let others = others.iter().map(|name| (String::new(), name.clone()));
    let all: Vec<(String, String)> = printed.into_iter().chain(others).collect();
    let several = all.len() > 1;
    let numbered = |key: &str, n: usize| {
        if several { wording.fill(key, &[("number", &n.to_string())]) } else { String::new() }
    };
    (1..)
        .zip(all)
        .map(|(n, (article, name))| Attachment {
            article,
            label: format!("{}{}", wording.get("document-attachment"), numbered("document-nth", n)),
            mark: numbered("list-number", n),
            name,
        })
        .collect()
}

/// A remark without the brackets that its wording adds.
fn bare(note: &str) -> &str {
    let within = |open, close| note.strip_prefix(open)?.strip_suffix(close);
    within('（', '）').or_else(|| within('(', ')')).unwrap_or(note)
}

/// Whoever has it printed; the press's unit where only the day is said.
fn printed_by(publication: &Publication, said: &publication::Document) -> String {
    if said.printed_by.is_empty() && said.printed_on.is_some() {
        return format!("{}{}", publication.press, publication.unit);
    }
    said.printed_by.clone()
}
