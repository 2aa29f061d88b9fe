//! What an editor reads: what would be sent, and what lies in the draft box.

use kanyin::deliver::{Carried, Fate, Ledger, MOST, Picture, Plan, Planned, Post};
use kanyin::diag::{grouped, size};

use super::Voice;

/// What would be uploaded and made.
pub(super) fn planned(plan: &Plan, ledger: &Ledger, voice: &Voice) {
    for draft in &plan.drafts {
        let code = match (draft.is_held(), ledger.has_draft(&draft.key)) {
            (true, _) => "draft-would-hold",
            (false, true) => "draft-would-update",
            (false, false) => "draft-would-make",
        };
        voice.line(&voice.text(code, &head(draft, voice)));
        for (n, post) in draft.posts.iter().enumerate() {
            if draft.posts.len() > 1 {
                article(n, post, voice);
            }
            let (new, bytes) = sum(post.used().filter(|p| !ledger.has_picture(&p.hash)));
            let cover = post.cover.as_ref();
            let args = [
                ("count", grouped(post.markup())),
                ("pictures", post.used().count().to_string()),
                ("new", new.to_string()),
                ("size", size(bytes)),
                ("cover", size(cover.map_or(0, |cover| cover.bytes))),
            ];
            let plain = post.used().next().is_none();
            let code = if plain { "draft-would-send-text" } else { "draft-would-send" };
            voice.line(&format!("      {}", voice.text(code, &args)));
        }
    }
    let fit = || plan.drafts.iter().filter(|draft| !draft.is_held());
    let posts = || fit().flat_map(|draft| &draft.posts);
    let pictures = posts().flat_map(Post::used).filter(|p| !ledger.has_picture(&p.hash));
    let covers = posts().filter_map(|p| p.cover.as_ref()).filter(|c| !ledger.has_cover(&c.hash));
    let (count, bytes) = sum(distinct(pictures.chain(covers)).into_iter());
    let args = [
        ("drafts", fit().count().to_string()),
        ("count", count.to_string()),
        ("size", size(bytes)),
    ];
    voice.line(&voice.text("draft-would-sum", &args));
    voice.line(&voice.text("draft-would-limits", &[("most", MOST.to_string())]));
}

/// What became of each draft.
pub(super) fn carried(carried: &Carried<'_>, voice: &Voice) {
    for outcome in &carried.outcomes {
        let mut args = head(outcome.draft, voice);
        let code = match outcome.fate {
            Fate::Made => "draft-is-made",
            Fate::Updated(count) => {
                args.push(("changed", count.to_string()));
                "draft-is-updated"
            }
            Fate::Unchanged => "draft-is-unchanged",
            Fate::Gone => "draft-is-gone",
            Fate::Held => "draft-is-held",
            Fate::Refused => "draft-is-refused",
            Fate::NotReached => "draft-is-not-reached",
        };
        voice.line(&voice.text(code, &args));
        if outcome.draft.posts.len() > 1 {
            for (n, post) in outcome.draft.posts.iter().enumerate() {
                article(n, post, voice);
            }
        }
    }
    let sent = |fate| matches!(fate, Fate::Made | Fate::Updated(_) | Fate::Unchanged);
    let count = carried.outcomes.iter().filter(|outcome| sent(outcome.fate)).count();
    let uploads = [("count", carried.uploads.to_string()), ("size", size(carried.bytes))];
    voice.line(&voice.text("draft-uploads", &uploads));
    if count > 0 {
        voice.line(&voice.text("draft-in-the-box", &[("count", count.to_string())]));
    }
    if carried.outcomes.iter().any(|o| matches!(o.fate, Fate::Refused | Fate::NotReached)) {
        voice.line(&voice.text("draft-again", &[]));
    }
}

fn head(draft: &Planned, voice: &Voice) -> Vec<(&'static str, String)> {
    let first = draft.posts.first();
    let title = first.map(|post| post.title().to_owned()).unwrap_or_default();
    let what = match draft.posts.as_slice() {
        [post] => voice.text("draft-one", &[("number", post.number.to_string())]),
        several => voice.text("draft-several", &[("count", several.len().to_string())]),
    };
    vec![("id", draft.publication.clone()), ("title", title), ("what", what)]
}

fn article(n: usize, post: &Post, voice: &Voice) {
    let code = if n == 0 { "draft-article-head" } else { "draft-article-next" };
    let args = [("number", post.number.to_string()), ("title", post.title().to_owned())];
    voice.line(&format!("    {}", voice.text(code, &args)));
}

/// Each picture once, by its content.
fn distinct<'a>(pictures: impl Iterator<Item = &'a Picture>) -> Vec<&'a Picture> {
    let mut out: Vec<&Picture> = Vec::new();
    for picture in pictures {
        if !out.iter().any(|other| other.hash == picture.hash) {
            out.push(picture);
        }
    }
    out
}

fn sum<'a>(pictures: impl Iterator<Item = &'a Picture>) -> (usize, u64) {
    pictures.fold((0, 0), |(count, bytes), picture| (count + 1, bytes + picture.bytes))
}
