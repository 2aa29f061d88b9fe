//! The rooms of Kanyin that read, without those that typeset.

#![allow(unused, unreachable_pub)]

#[path = "../../src/article/mod.rs"]
pub mod article;
#[path = "../../src/canonical/mod.rs"]
pub mod canonical;
#[path = "../../src/check/mod.rs"]
pub mod check;
#[path = "../../src/diag/mod.rs"]
pub mod diag;
#[path = "../../src/import/mod.rs"]
pub mod import;
#[path = "../../src/media/mod.rs"]
pub mod media;
#[path = "../../src/normalise/mod.rs"]
pub mod normalise;
#[path = "../../src/review/mod.rs"]
pub mod review;

use canonical::Canonical;
use diag::{Decisions, Verdicts};
use import::{Inside, Sites};

/// What is to hold of any source whatever: reading ends, and what was read can be
/// settled, corrected, checked, taken back and written; what was written can be read.
pub fn whole_way(name: &str, bytes: &[u8]) {
    let Ok(reads) = import::import(name, bytes, &Sites::builtin()) else { return };
    for read in reads {
        let (mut imported, mut findings) = (read.value, read.findings);
        let mut inside = Inside::of(bytes);
        for embedded in &imported.embedded {
            let _ = inside.picture(embedded);
        }
        review::settle(
            &mut review::Understood {
                article: &mut imported.article,
                origins: &mut imported.origins,
                edits: &mut imported.edits,
                findings: &mut findings,
            },
            &Verdicts::default(),
        );
        let before = imported.article.clone();
        let edits = normalise::normalise(&mut imported.article, &Decisions::default());
        check::check(name, &imported.article, &imported.origins, &check::Lists::default());
        normalise::undo(&mut imported.article, &edits);
        assert_eq!(imported.article, before, "every edit can be taken back");
        let mut tidy = imported.article;
        canonical::tidy(&mut tidy);
        let text = canonical::write(&Canonical { article: tidy.clone(), made_from: None, made_from_sum: None });
        match canonical::parse(name, &text) {
            Ok(parsed) => assert_eq!(parsed.value.article, tidy, "what is written is read:\n{text}"),
            Err(fault) => panic!("what is written cannot be read: {fault}\n{text}"),
        }
    }
}
