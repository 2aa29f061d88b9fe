//! Showing what there is to decide: by file, doubtful structure first.

use kanyin::diag::{Edit, Status};
use kanyin::review::{Doubt, Kind, Otherwise, Ruling};
use serde_json::{Value, json};

use super::{Item, What};
use crate::cli::voice::Voice;

/// So much of a text is shown.
const WIDTH: usize = 60;

/// Whether a piece of structure is shown: what is doubtful and what was decided.
pub(super) fn is_shown(item: &Item<'_>, all: bool) -> bool {
    match item.what {
        What::Structure(doubt) => all || doubt.is_open() || doubt.ruling != Ruling::Open,
        What::Edit(_) => true,
    }
}

/// Everything, and what to type next.
pub(super) fn all(items: &[Item<'_>], all: bool, voice: &Voice) {
    let shown: Vec<&Item<'_>> = items.iter().filter(|item| is_shown(item, all)).collect();
    for group in shown.chunk_by(|a, b| a.read.file == b.read.file) {
        voice.line(&format!("\n{}", group[0].read.file));
        let structure = |item: &&&Item<'_>| matches!(item.what, What::Structure(_));
        let first = group.iter().filter(structure).count();
        if first > 0 {
            voice.line(&voice.text("review-heading-structure", &[]));
        }
        for (n, entry) in group.iter().enumerate() {
            if n == first && first > 0 {
                voice.line(&voice.text("review-heading-edits", &[]));
            }
            item(entry, voice);
        }
    }
    let edits = |status| {
        let of = |item: &&Item<'_>| matches!(item.what, What::Edit(e) if e.status == status);
        items.iter().filter(of).count().to_string()
    };
    let open = |item: &&Item<'_>| matches!(item.what, What::Structure(d) if d.is_open());
    let open = items.iter().find(open).map(|item| item.number);
    let args = [
        ("applied", edits(Status::Applied)),
        ("proposed", edits(Status::Proposed)),
        ("refused", edits(Status::Refused)),
    ];
    voice.line(&format!("\n{}", voice.text("review-done", &args)));
    let waits =
        |item: &&Item<'_>| matches!(item.what, What::Edit(e) if e.status == Status::Proposed);
    let edit = |item: &&Item<'_>| matches!(item.what, What::Edit(_));
    if let Some(item) = items.iter().find(waits).or_else(|| items.iter().find(edit)) {
        let args = [("number", item.number.to_string())];
        voice.line(&voice.text("review-how", &args));
    }
    if let Some(first) = open {
        let count = items.iter();
        let count = count.filter(|i| matches!(i.what, What::Structure(d) if d.is_open())).count();
        let args = [("count", count.to_string()), ("number", first.to_string())];
        voice.line(&voice.text("review-next", &args));
    }
}

/// One thing to decide.
pub(super) fn item(item: &Item<'_>, voice: &Voice) {
    match item.what {
        What::Structure(doubt) => structure(item.number, doubt, voice),
        What::Edit(edit) => change(item.number, edit, voice),
    }
}

fn structure(number: usize, doubt: &Doubt, voice: &Voice) {
    let status = match doubt.ruling {
        Ruling::Open if doubt.is_open() => "review-open",
        Ruling::Open => "review-sure",
        Ruling::Accepted => "review-accepted",
        Ruling::Refused => "review-refused",
    };
    let line = doubt.line.map(|line| voice.text("review-line", &[("line", line.to_string())]));
    let args = [
        ("line", line.unwrap_or_default()),
        ("kind", voice.text(kind(doubt.kind), &[])),
        ("percent", format!("{:.0}", doubt.confidence * 100.0)),
        ("reason", voice.text(doubt.reason, &[])),
    ];
    let status = voice.text(status, &[]);
    voice.line(&format!("{number:>4}  {status}  {}", voice.text("review-structure", &args)));
    voice.line(&format!("        {}", short(&doubt.text)));
    let args = [("otherwise", voice.text(otherwise(doubt.otherwise), &[]))];
    let code = match (doubt.ruling, doubt.otherwise) {
        (Ruling::Refused, _) => "review-became",
        (_, Otherwise::Nothing) => "review-otherwise-nothing",
        _ => "review-otherwise",
    };
    voice.line(&format!("        {}", voice.text(code, &args)));
}

fn change(number: usize, edit: &Edit, voice: &Voice) {
    let status = match edit.status {
        Status::Applied => "review-applied",
        Status::Proposed => "review-proposed",
        Status::Refused => "review-refused",
    };
    let rule = voice.text(edit.rule.name(), &[]);
    let (before, after) = (&edit.before, &edit.after);
    voice.line(&format!(
        "{number:>4}  {}  …{before}[{}]{after}…  →  …{before}[{}]{after}…  {rule}",
        voice.text(status, &[]),
        edit.old,
        edit.new,
    ));
}

/// The same for programs: the structure and the edits of each file.
pub(super) fn json(items: &[Item<'_>], all: bool, voice: &Voice) {
    let mut files: Vec<Value> = Vec::new();
    for group in items.chunk_by(|a, b| a.read.file == b.read.file) {
        let (mut structure, mut edits) = (Vec::new(), Vec::new());
        for item in group.iter().filter(|item| is_shown(item, all)) {
            match item.what {
                What::Structure(doubt) => structure.push(doubt_json(item.number, doubt)),
                What::Edit(edit) => {
                    let mut value = edit.json();
                    if let Some(map) = value.as_object_mut() {
                        map.shift_insert(0, "number".into(), json!(item.number));
                    }
                    edits.push(value);
                }
            }
        }
        let file = &group[0].read.file;
        files.push(json!({ "file": file, "structure": structure, "edits": edits }));
    }
    voice.json(&json!({ "version": 1, "files": files }));
}

fn doubt_json(number: usize, doubt: &Doubt) -> Value {
    let confidence = (f64::from(doubt.confidence) * 100.0).round() / 100.0;
    let mut out = json!({
        "number": number,
        "kind": doubt.kind.name(),
        "status": doubt.ruling.name(),
        "doubtful": doubt.is_open(),
        "place": doubt.place.to_string(),
        "text": doubt.text,
        "confidence": confidence,
        "reason": doubt.reason,
        "otherwise": doubt.otherwise.name(),
        "key": doubt.key(),
    });
    if let (Some(line), Some(map)) = (doubt.line, out.as_object_mut()) {
        map.insert("line".into(), line.into());
    }
    out
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Title => "inspect-title",
        Kind::Series => "inspect-series",
        Kind::Kicker => "inspect-kicker",
        Kind::Subtitle => "inspect-subtitle",
        Kind::Values => "review-kind-values",
        Kind::Paragraph => "inspect-paragraph",
        Kind::Heading => "inspect-heading",
        Kind::Figure => "inspect-figure",
        Kind::Caption => "review-kind-caption",
        Kind::List => "inspect-list",
        Kind::Table => "inspect-table",
        Kind::Quote => "inspect-quote",
        Kind::Aside => "inspect-aside",
        Kind::Rule => "inspect-rule",
        Kind::Unknown => "inspect-unknown",
    }
}

fn otherwise(otherwise: Otherwise) -> &'static str {
    match otherwise {
        Otherwise::Paragraph => "review-as-paragraph",
        Otherwise::Paragraphs => "review-as-paragraphs",
        Otherwise::ParagraphBeside => "review-as-paragraph-beside",
        Otherwise::Words => "review-as-words",
        Otherwise::WholeTitle => "review-as-whole-title",
        Otherwise::FirstParagraph => "review-as-first-paragraph",
        Otherwise::Nothing => "review-otherwise-nothing",
    }
}

fn short(text: &str) -> String {
    let mut out: String =
        text.chars().take(WIDTH).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() > WIDTH {
        out.push('…');
    }
    out
}
