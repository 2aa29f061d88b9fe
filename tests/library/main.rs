//! The tests of the library, one file a room. One binary: each further one would
//! link Typst again.

#![expect(unreachable_pub, reason = "a test binary has no outside to be reached from")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by failing")]

mod across;
mod batches;
mod book;
mod canonical;
mod check;
mod contract;
mod damage;
mod deliver;
mod ebook;
mod editions;
mod epub;
mod epub_again;
mod epub_looks;
mod folders;
mod fonts;
mod hostile;
mod import;
mod impose;
mod index;
mod judges;
mod labelled;
mod large;
mod layout;
mod letters;
mod licences;
mod media;
mod messages;
mod normalise;
mod official;
mod paging;
mod pdf;
mod pipeline;
mod posts;
mod preflight;
mod press;
mod project;
mod publication;
mod references;
mod review;
mod rooms;
mod share;
mod shelf;
mod sources;
mod specimen;
mod support;
mod themes;
mod trust;
mod typography;
mod verify;
mod view;
mod web;
mod wechat;
mod word;
