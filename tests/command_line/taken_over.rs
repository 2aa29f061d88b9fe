//! `kanyin build` after a change: what was made of the very same is taken over as it lies
//! in `out/`, and whatever is not is made anew. Either way the result is that of a build
//! of which nothing was there before.

use std::collections::BTreeMap;
use std::fs;
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};

use crate::Desk;
use crate::again::{built_cold, contents, picture, written};

const LEFT: &str = ".kanyin/left/all";
const FORMATS: &[&str] = &["build", "--format", "epub,wechat"];

/// A project of four articles, three of them with a picture.
fn desk() -> Desk {
    let desk = Desk::with_project();
    for (day, name) in ["江堤", "操场", "晚会"].into_iter().enumerate() {
        picture(&desk, &format!("sources/{name}.png"), 90 + day as u8);
        article(&desk, name, "江水退了三尺。");
    }
    desk
}

fn article(desk: &Desk, name: &str, text: &str) {
    let text = format!("# {name}\n\n2024-03-05\n\n![](./{name}.png)\n\n{text}\n");
    desk.write(&format!("sources/{name}.md"), &text);
}

fn build(desk: &Desk) {
    let ran = desk.run(FORMATS);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

/// When each file of the posts and the e-book was written.
fn times(desk: &Desk) -> BTreeMap<String, SystemTime> {
    let all = written(&desk.path("out/all")).into_iter();
    all.map(|(name, (when, _))| (name, when)).collect()
}

/// The files of the post of that article that were not written since.
fn taken_over(desk: &Desk, before: &BTreeMap<String, SystemTime>, article: &str) -> usize {
    let of_it = |name: &&String| name.starts_with("wechat/") && name.contains(article);
    let now = times(desk);
    assert!(now.keys().filter(of_it).count() > 4, "{article} has a post: {:?}", now.keys());
    now.iter().filter(|(name, when)| of_it(name) && before.get(*name) == Some(when)).count()
}

/// Holds that the results are those of a build of which nothing was there before.
fn as_if_built_cold(desk: &Desk, what: &str) {
    let (made, now) = (built_cold(desk, FORMATS).0, contents(desk));
    assert_eq!(made.keys().collect::<Vec<_>>(), now.keys().collect::<Vec<_>>(), "{what}");
    let differ: Vec<&String> = made.keys().filter(|name| made[*name] != now[*name]).collect();
    assert!(differ.is_empty(), "{what}: {differ:?}");
}

#[test]
fn posts_that_did_not_change_are_taken_over() {
    let desk = desk();
    build(&desk);
    let before = times(&desk);
    article(&desk, "操场", "江水又退了三尺。");
    build(&desk);
    assert_eq!(taken_over(&desk, &before, "操场"), 0, "its text has changed");
    for other in ["江堤", "晚会"] {
        assert!(taken_over(&desk, &before, other) > 4, "{other} has not changed");
    }
    as_if_built_cold(&desk, "one article has changed");
    // And once more, of what was taken over itself.
    article(&desk, "操场", "江水不退了。");
    build(&desk);
    assert!(taken_over(&desk, &before, "江堤") > 4);
    as_if_built_cold(&desk, "one article has changed twice");
}

/// Something that is done to a project.
type Change = dyn Fn(&Desk);

#[test]
fn a_post_of_which_anything_has_changed_is_made_anew() {
    let changes: &[(&str, &Change)] = &[
        ("its picture, as long as before", &|desk| picture(desk, "sources/江堤.png", 91)),
        ("its picture, which is gone", &|desk| {
            fs::remove_file(desk.path("sources/江堤.png")).expect("it was there");
        }),
        ("its page, overwritten", &|desk| {
            let name = written(&desk.path("out/all")).into_keys();
            let name = name.into_iter().find(|n| n.contains("江堤/article.html")).expect("a post");
            let place = desk.path("out/all").join(name);
            let length = fs::metadata(&place).expect("a file").len() as usize;
            fs::write(place, vec![b'x'; length]).expect("a file");
        }),
        ("its cover, taken away", &|desk| {
            let name = written(&desk.path("out/all")).into_keys();
            let name = name.into_iter().find(|n| n.contains("江堤/cover-11.jpg")).expect("a post");
            fs::remove_file(desk.path("out/all").join(name)).expect("it was there");
        }),
        ("the record, cut short", &|desk| {
            let sound = fs::read(desk.path(LEFT)).expect("a record");
            fs::write(desk.path(LEFT), &sound[..sound.len() / 2]).expect("a file");
        }),
        ("the record, changed in one place", &|desk| {
            let mut sound = fs::read(desk.path(LEFT)).expect("a record");
            let middle = sound.len() / 2;
            sound[middle] ^= 1;
            fs::write(desk.path(LEFT), sound).expect("a file");
        }),
        ("the configuration", &|desk| {
            let text = desk.read("kanyin.toml");
            desk.write("kanyin.toml", &format!("{text}\n# 备注\n"));
        }),
        ("a look", &|desk| desk.write("layouts/wechat/campus/notes.txt", "x")),
        ("the e-book, overwritten", &|desk| {
            let place = desk.path("out/all/all.epub");
            let length = fs::metadata(&place).expect("a file").len() as usize;
            fs::write(place, vec![b'x'; length]).expect("a file");
        }),
        ("the number of articles", &|desk| {
            desk.write("sources/冬.md", "# 冬至\n\n2025-12-21\n\n数九。\n");
        }),
    ];
    for (what, change) in changes {
        let desk = desk();
        build(&desk);
        let before = times(&desk);
        change(&desk);
        article(&desk, "操场", "江水又退了三尺。");
        build(&desk);
        let of_the_post = !what.contains("e-book");
        assert_eq!(taken_over(&desk, &before, "江堤") == 0, of_the_post, "{what}");
        as_if_built_cold(&desk, what);
    }
}

#[test]
fn an_e_book_is_summed_rightly_whether_or_not_it_is_taken_over() {
    let desk = desk();
    let rounds: [(&str, &dyn Fn()); 4] = [
        ("the first time", &|| {}),
        ("a text has changed", &|| article(&desk, "操场", "江水又退了三尺。")),
        ("a picture has changed", &|| picture(&desk, "sources/操场.png", 120)),
        ("its record is damaged", &|| {
            let sound = fs::read(desk.path(".kanyin/left/all.books")).expect("a record");
            fs::write(desk.path(".kanyin/left/all.books"), &sound[1..]).expect("a file");
            article(&desk, "操场", "江水不退了。");
        }),
    ];
    for (what, change) in rounds {
        change();
        build(&desk);
        let sums = desk.read("out/share/SHA256SUMS.txt");
        let book = fs::read(desk.path("out/all/all.epub")).expect("an e-book");
        let sum: String = Sha256::digest(&book).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(sums, format!("{sum}  all.epub\n"), "{what}");
        as_if_built_cold(&desk, what);
    }
}

#[test]
fn a_post_beside_which_another_stands_now_says_so() {
    let desk = desk();
    build(&desk);
    let text = desk.read("sources/操场.md").replace("# 操场", "# 大操场");
    desk.write("sources/操场.md", &text);
    build(&desk);
    as_if_built_cold(&desk, "the neighbour has another title");
}

#[test]
fn what_was_taken_over_is_not_bound_to_what_was_handed_out_before() {
    let desk = desk();
    build(&desk);
    let name = written(&desk.path("out/all")).into_keys();
    let name = name.into_iter().find(|n| n.contains("江堤/images/")).expect("a picture");
    let kept = desk.path("handed-out");
    fs::copy(desk.path("out/all").join(&name), &kept).expect("copied");
    picture(&desk, "sources/江堤.png", 200);
    assert_eq!(
        fs::read(desk.path("out/all").join(&name)).expect("a file"),
        fs::read(kept).expect("a file"),
        "a source that changes does not reach into results"
    );
}
