//! WeChat posts.

use kanyin::diag::{Severity, Silent, Warned};
use kanyin::export::view::View;
use kanyin::export::{Artifact, Job, wechat};
use kanyin::layout::{FontShelf, Medium};
use kanyin::media::{Album, Store};

use crate::support;

/// The artifacts of a publication, each path with its bytes.
fn files(view: &View) -> Warned<Vec<(String, Vec<u8>)>> {
    let dir = tempfile::tempdir().unwrap();
    let look = support::look(Medium::Wechat, "campus");
    let album = Album::new(Store::new(dir.path()), []);
    let fonts = FontShelf::open(&[]);
    let job = Job { view, look: &look, fonts: &fonts, album: &album, progress: &Silent };
    let made = wechat::export(job).unwrap();
    let bytes = |artifact: Artifact<'_>| {
        let mut out = std::io::Cursor::new(Vec::new());
        artifact.write(&mut out).unwrap();
        out.into_inner()
    };
    let value = made.value.into_iter().map(|a| (a.path.clone(), bytes(a))).collect();
    Warned { value, findings: made.findings }
}

/// The view of the specimen under the built-in theme.
fn specimen() -> View {
    let look = support::look(Medium::Wechat, "campus");
    let publication = support::publication(vec![support::specimen_article()], &[]);
    support::view_of(&publication, &look)
}

fn text_of(files: &[(String, Vec<u8>)], name: &str) -> String {
    let (_, bytes) = files.iter().find(|(path, _)| path.ends_with(name)).expect(name);
    String::from_utf8(bytes.clone()).unwrap()
}

#[test]
fn the_specimen_becomes_a_post_without_errors() {
    let made = files(&specimen());
    let errors = made.findings.iter().filter(|f| f.severity == Severity::Error);
    assert_eq!(errors.count(), 0, "{:?}", made.findings);
    let fragment = text_of(&made.value, "article.html");
    assert!(fragment.starts_with("<section style="), "{fragment}");
}
