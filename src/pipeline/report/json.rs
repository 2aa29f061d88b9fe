//! `report.json`: what was published, what was changed, what was found.

use serde_json::{Value, json};

use crate::diag::Lang;
use crate::publication::Publication;

use crate::pipeline::{BuiltPublication, Read};

/// The report of one publication.
pub(super) fn json(built: &BuiltPublication, publication: &Publication, reads: &[&Read]) -> String {
    let articles: Vec<Value> = publication
        .parts
        .iter()
        .flat_map(|part| part.articles.iter().map(move |entry| (part, entry)))
        .map(|(part, entry)| {
            json!({
                "number": entry.number,
                "title": entry.source.article.title_text(),
                "part": part.title,
                "file": entry.source.file,
            })
        })
        .collect();
    let edits: Vec<Value> = reads
        .iter()
        .flat_map(|read| {
            let all = read.imported.edits.iter().chain(&read.edits);
            all.map(|edit| with_file(edit.json(), &read.file))
        })
        .collect();
    let findings: Vec<Value> = built.findings.iter().map(|f| f.json(Lang::Zh)).collect();
    let dismissed: Vec<Value> = built
        .dismissed
        .iter()
        .map(|d| {
            let mut value = d.finding.json(Lang::Zh);
            if let Some(map) = value.as_object_mut() {
                map.insert("by".into(), d.dismissal.by.as_str().into());
                map.insert("reason".into(), d.dismissal.reason.as_str().into());
            }
            value
        })
        .collect();
    let files: Vec<Value> =
        built.files.iter().map(|(path, bytes)| json!({ "path": path, "bytes": bytes })).collect();
    let kept: Vec<Value> =
        built.kept.iter().map(|in_file| with_file(in_file.kept.json(), &in_file.file)).collect();
    let judged = built.preflights.iter();
    let preflights: Vec<Value> =
        judged.map(|j| with_file(j.preflight.json(Lang::Zh), &j.file)).collect();
    let report = json!({
        "version": 1,
        "id": built.id,
        "title": built.title,
        "articles": articles,
        "files": files,
        "not_made": built.not_made.iter().map(|n| n.format.name()).collect::<Vec<_>>(),
        "kept": kept,
        "preflight": preflights,
        "edits": edits,
        "findings": findings,
        "dismissed": dismissed,
    });
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}

fn with_file(mut value: Value, file: &str) -> Value {
    if let Some(map) = value.as_object_mut() {
        map.shift_insert(0, "file".into(), file.into());
    }
    value
}
