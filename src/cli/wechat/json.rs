//! What a program reads: `src/cli/schema/draft.json` describes it.

use kanyin::deliver::{Carried, Ledger, Picture, Plan, Planned};
use kanyin::diag::{Finding, Lang};
use serde_json::{Value, json};

/// What would be done.
pub(super) fn planned(plan: &Plan, ledger: &Ledger, findings: &[&Finding], lang: Lang) -> Value {
    let fate = |draft: &Planned| match (draft.is_held(), ledger.has_draft(&draft.key)) {
        (true, _) => "held",
        (false, true) => "would-update",
        (false, false) => "would-make",
    };
    let drafts = plan.drafts.iter().map(|planned| {
        let known = |picture: &Picture| ledger.has_picture(&picture.hash);
        draft(planned, fate(planned), None, Some(&known))
    });
    json!({
        "version": 1,
        "dry_run": true,
        "drafts": drafts.collect::<Vec<_>>(),
        "findings": told(findings, lang),
    })
}

/// What was done.
pub(super) fn carried(carried: &Carried<'_>, findings: &[&Finding], lang: Lang) -> Value {
    let drafts = carried.outcomes.iter().map(|outcome| {
        draft(outcome.draft, outcome.fate.name(), outcome.media_id.as_deref(), None)
    });
    json!({
        "version": 1,
        "dry_run": false,
        "drafts": drafts.collect::<Vec<_>>(),
        "uploads": { "files": carried.uploads, "bytes": carried.bytes },
        "findings": told(findings, lang),
    })
}

fn draft(
    draft: &Planned,
    fate: &str,
    media_id: Option<&str>,
    known: Option<&dyn Fn(&Picture) -> bool>,
) -> Value {
    let articles = draft.posts.iter().map(|post| {
        let pictures = post.used().map(|picture| {
            let mut out = json!({ "src": picture.src, "bytes": picture.bytes });
            if let Some(known) = known {
                out["uploaded"] = known(picture).into();
            }
            out
        });
        let mut out = json!({
            "number": post.number,
            "title": post.title(),
            "folder": post.folder,
            "article": post.article,
            "characters": post.markup(),
            "pictures": pictures.collect::<Vec<_>>(),
        });
        if let Some(cover) = &post.cover {
            out["cover"] = json!({ "src": cover.src, "bytes": cover.bytes });
        }
        out
    });
    let mut out = json!({
        "publication": draft.publication,
        "fate": fate,
        "articles": articles.collect::<Vec<_>>(),
    });
    if let Some(media_id) = media_id {
        out["media_id"] = media_id.into();
    }
    out
}

fn told(findings: &[&Finding], lang: Lang) -> Vec<Value> {
    findings.iter().map(|finding| finding.json(lang)).collect()
}
