//! The same input gives the same bytes: from another folder, under another locale, time
//! zone and clock, with another number of threads, with a warm or a cold cache, and with
//! sources whose files are of another day.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::build::files;
use crate::{Desk, run};

const MANIFEST: &str = "[press]\nname = \"云澜大学\"\nunit = \"宣传部\"\n[share]\npdf = true\n\
    [[publication]]\nid = \"book\"\ntitle = \"云澜大学新闻汇编\"\n\
    formats = [\"pdf\", \"print\", \"epub\", \"wechat\"]\n\
    [publication.print]\nbooklet = \"A3\"\n\
    [[publication]]\nid = \"news\"\nkind = \"bulletin\"\ntitle = \"简报\"\n\
    formats = [\"pdf\", \"wechat\"]\n";

/// The project in a folder: a few articles of the sample with their photographs.
fn lay(desk: &Desk, below: &str) {
    desk.write(&format!("{below}kanyin.toml"), MANIFEST);
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sources/校园要闻");
    for entry in fs::read_dir(sample).expect("the sample") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().into_string().expect("UTF-8");
        let to = desk.path(&format!("{below}sources/{name}"));
        fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
        fs::copy(entry.path(), to).expect("copied");
    }
}

#[test]
fn the_same_project_gives_the_same_bytes_whatever_the_machine_is_like() {
    let desk = Desk::empty();
    lay(&desk, "");
    let (first, elsewhere) = ("", "别处 的/更深一层/");
    lay(&desk, elsewhere);
    let build = |below: &str, variables: &[(&str, &str)]| {
        let ran = run(&desk.path(below), &["build"], variables);
        assert_eq!(ran.code, 0, "{}", ran.err);
        files(&desk.path(&format!("{below}out")))
    };
    let zone = [("TZ", "Pacific/Kiritimati"), ("RAYON_NUM_THREADS", "4")];
    let expected = build(first, &zone);
    let must = ["book/book.pdf", "book/book-print.pdf", "book/book-cover.pdf", "share/opds.xml"];
    for name in must.into_iter().chain(["book/book-booklet.pdf", "book/book.epub", "news/news.pdf"])
    {
        assert!(expected.contains_key(name), "{name}: {:?}", expected.keys());
    }
    let same = |what: &str, found: std::collections::BTreeMap<String, Vec<u8>>| {
        assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{what}");
        let differ: Vec<&String> = found.keys().filter(|n| found[*n] != expected[*n]).collect();
        assert!(differ.is_empty(), "{what}: {differ:?}");
    };
    same("a warm cache and one thread", build(first, &[("RAYON_NUM_THREADS", "1")]));
    let other = [
        ("TZ", "America/Anchorage"),
        ("LANG", "tr_TR.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("SOURCE_DATE_EPOCH", "86400"),
        ("HOME", "/nonexistent"),
        ("USER", "somebody"),
        ("RAYON_NUM_THREADS", "1"),
    ];
    same("another folder, locale and time zone, a cold cache", build(elsewhere, &other));
    // Ten years ago, by the files.
    let then = SystemTime::now() - Duration::from_secs(10 * 365 * 86_400);
    for entry in fs::read_dir(desk.path("sources")).expect("sources") {
        let file = fs::File::options().append(true).open(entry.expect("an entry").path());
        file.expect("it can be written").set_modified(then).expect("its day can be set");
    }
    same("files of another day", build(first, &[("LC_ALL", "C"), ("KANYIN_LANG", "en")]));
    fs::remove_dir_all(desk.path(".kanyin")).expect("a cache");
    fs::remove_dir_all(desk.path("out")).expect("results");
    same("a cold cache and nothing before", build(first, &[("RAYON_NUM_THREADS", "3")]));
}
