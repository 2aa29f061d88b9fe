//! `kanyin build` a second time: what has not changed is not made again and is told
//! again; whatever has changed is made anew.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use crate::{Desk, Ran};

const RECORD: &str = ".kanyin/built/all.json";
const READ: &str = ".kanyin/read";

/// Every file below a folder, when it was written, and what stands in it.
pub(crate) fn written(folder: &Path) -> BTreeMap<String, (SystemTime, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(folder).into_iter();
    entries
        .map(|entry| entry.expect("a folder that can be listed"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).expect("below").display().to_string();
            let when = entry.metadata().expect("a file").modified().expect("a time");
            (name, (when, fs::read(entry.path()).expect("a file that can be read")))
        })
        .collect()
}

pub(crate) fn contents(desk: &Desk) -> BTreeMap<String, Vec<u8>> {
    written(&desk.path("out")).into_iter().map(|(name, (_, bytes))| (name, bytes)).collect()
}

pub(crate) fn picture(desk: &Desk, name: &str, grey: u8) {
    let path = desk.path(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    image::GrayImage::from_pixel(64, 48, image::Luma([grey])).save(path).expect("a picture");
}

/// A project of two articles, one of which names a picture that is there and one that
/// is not.
fn desk() -> Desk {
    let desk = Desk::with_project();
    picture(&desk, "sources/江堤.png", 90);
    desk.write(
        "sources/江边.md",
        "# 江边\n\n2024-03-05\n\n![](江堤.png)\n\n![](../照片/雾.png)\n\n江水退了三尺。\n",
    );
    desk
}

/// What the same project gives, and what is said, where nothing was ever built.
pub(crate) fn built_cold(desk: &Desk, args: &[&str]) -> (BTreeMap<String, Vec<u8>>, String) {
    let other = Desk::empty();
    for (name, (_, bytes)) in written(&desk.path("")) {
        if !name.starts_with("out/") && !name.starts_with(".kanyin/") {
            let path = other.path(&name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, bytes).expect("a file");
        }
    }
    let ran = other.run(args);
    assert_eq!(ran.code, 0, "{}", ran.err);
    (contents(&other), ran.err)
}

const POSTS: &[&str] = &["build", "--format", "wechat"];

fn build(desk: &Desk) -> Ran {
    let ran = desk.run(POSTS);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran
}

/// Whether a build now writes anything.
fn is_made_anew(desk: &Desk) -> bool {
    let before = written(&desk.path("out"));
    build(desk);
    let after = written(&desk.path("out"));
    before.iter().any(|(name, (when, _))| after.get(name).is_none_or(|(now, _)| now != when))
}

#[test]
fn the_second_build_writes_nothing_and_says_the_same() {
    let desk = desk();
    desk.write("sources/旧稿.doc", "not read");
    let first = desk.run(&["build"]);
    assert_eq!(first.code, 1, "a source that cannot be read is an error");
    let before = written(&desk.path("out"));
    assert!(before.contains_key("share/index.html"), "{:?}", before.keys());
    let second = desk.run(&["build"]);
    assert_eq!((first.code, first.out, first.err), (second.code, second.out, second.err));
    assert!(before == written(&desk.path("out")), "something was written again");
}

#[test]
fn whatever_goes_in_makes_the_build_anew_when_it_changes() {
    let desk = desk();
    build(&desk);
    assert!(!is_made_anew(&desk), "nothing has changed");
    let changes: &[(&str, &dyn Fn())] = &[
        ("a source", &|| desk.write("sources/秋游.md", "# 秋游\n\n2023-10-02\n\n天高云淡。\n")),
        ("its text, as long as before", &|| {
            desk.write("sources/秋游.md", "# 秋游\n\n2023-10-02\n\n天高云远。\n");
        }),
        ("a picture, as long as before", &|| picture(&desk, "sources/江堤.png", 91)),
        ("a picture outside the sources that was missing", &|| {
            picture(&desk, "照片/雾.png", 200);
        }),
        ("a list", &|| desk.write("lists/慎用词.txt", "三尺\n")),
        ("what was decided", &|| desk.write("review.toml", "refused = [\"x\"]\n")),
        ("a kind of page", &|| desk.write("sites/云澜.toml", "name = \"云澜\"\n")),
        ("a look", &|| desk.write("layouts/wechat/campus/notes.txt", "x")),
        ("the configuration", &|| {
            let text = desk.read("kanyin.toml");
            desk.write("kanyin.toml", &format!("{text}\n# 备注\n"));
        }),
        ("a font", &|| desk.write("fonts/NotoSerifSC_400Regular.ttf", "not this one")),
        ("a source that is gone", &|| {
            fs::remove_file(desk.path("sources/秋游.md")).expect("it was there");
        }),
    ];
    for (what, change) in changes {
        change();
        assert!(is_made_anew(&desk), "{what} has changed");
        assert!(!is_made_anew(&desk), "nothing has changed since {what}");
        let (made, said) = built_cold(&desk, POSTS);
        let differs: Vec<_> = contents(&desk)
            .into_iter()
            .filter(|(name, bytes)| made.get(name) != Some(bytes))
            .collect();
        assert!(
            differs.is_empty(),
            "{what}: {:?}",
            differs.iter().map(|d| &d.0).collect::<Vec<_>>()
        );
        assert_eq!(build(&desk).err, said, "{what}: the same is said");
    }
    assert_eq!(desk.run(&["build", "--format", "wechat,epub"]).code, 0);
    assert!(desk.path("out/all/all.epub").is_file(), "another format was asked for");
}

#[cfg(unix)]
#[test]
fn a_picture_that_pretends_to_be_old_is_found_out() {
    let desk = desk();
    build(&desk);
    let path = desk.path("sources/江堤.png");
    let (then, size) = fs::metadata(&path)
        .map(|data| (data.modified().expect("a time"), data.len()))
        .expect("a picture");
    picture(&desk, "sources/江堤.png", 91);
    let file = File::options().write(true).open(&path).expect("a picture");
    file.set_modified(then).expect("a time that can be set");
    assert_eq!(file.metadata().expect("a picture").len(), size, "it is as long as before");
    assert!(is_made_anew(&desk));
}

#[test]
fn results_that_were_touched_are_made_again() {
    let desk = desk();
    build(&desk);
    let whole = contents(&desk);
    let name = whole.keys().find(|name| name.ends_with("/article.html")).expect("a post");
    let place = desk.path("out").join(name);
    let spoils: &[(&str, &dyn Fn())] = &[
        ("taken away", &|| fs::remove_file(&place).expect("it was there")),
        ("emptied", &|| fs::write(&place, "").expect("a file")),
        ("overwritten", &|| {
            fs::write(&place, vec![b'x'; whole[name].len()]).expect("a file");
        }),
    ];
    for (how, spoil) in spoils {
        spoil();
        build(&desk);
        assert!(contents(&desk) == whole, "a post that was {how} is whole again");
    }
}

#[test]
fn a_record_that_is_damaged_or_another_programs_is_not_taken() {
    let desk = desk();
    build(&desk);
    let whole = contents(&desk);
    let record = desk.read(RECORD);
    let (_, text) = record.split_once('\n').expect("a sum before the text");
    let sound = |text: &str| format!("{}\n{text}", blake3::hash(text.as_bytes()).to_hex());
    assert_eq!(sound(text), record);
    let field = text.split_once(r#""program":""#).expect("the program is named").1;
    let program = field.split_once('"').expect("a text").0;
    let codes = text.replacen("picture-missing", "picture-unheard-of", 1);
    assert_ne!(codes, text, "the missing picture is told");
    let records = [
        ("empty", String::new()),
        ("cut short", record[..record.floor_char_boundary(record.len() / 2)].to_owned()),
        ("changed in one place", record.replacen("江边", "江畔", 1)),
        ("no record at all", sound("[]")),
        ("another program's", sound(&text.replacen(program, "0.0.1 00", 1))),
        ("of a code that nobody knows", sound(&codes)),
    ];
    for (what, spoilt) in records {
        assert_ne!(spoilt, record, "{what}");
        desk.write(RECORD, &spoilt);
        assert!(is_made_anew(&desk), "a record that is {what}");
        assert!(contents(&desk) == whole, "a record that is {what}");
    }
}

#[test]
fn what_was_read_before_is_not_taken_where_it_is_damaged() {
    let desk = desk();
    build(&desk);
    let whole = contents(&desk);
    let sound = fs::read(desk.path(READ)).expect("what was read is kept");
    let mut changed = sound.clone();
    let text = "志愿者".as_bytes();
    let at = sound.windows(text.len()).position(|w| w == text).expect("the text of the article");
    changed[at..at + text.len()].copy_from_slice("支援者".as_bytes());
    for spoilt in [Vec::new(), sound[..sound.len() / 2].to_vec(), changed] {
        fs::write(desk.path(READ), spoilt).expect("a file");
        fs::remove_file(desk.path(RECORD)).expect("a record");
        build(&desk);
        assert!(contents(&desk) == whole);
        assert!(fs::read(desk.path(READ)).is_ok_and(|now| now.len() == sound.len()));
    }
}

#[test]
fn a_picture_from_inside_a_source_is_unpacked_again_where_it_is_gone() {
    let desk = Desk::empty();
    assert_eq!(desk.run(&["new", "."]).code, 0);
    let png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let page = format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n\
         --x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
         <html><head><title>江边</title></head><body><h1>江边</h1><p>2024-03-05</p>\
         <p>江水退了三尺，江堤上的人却多了起来，来看水的人从早到晚没有断过。</p>\
         <img src=\"cid:a\"></body></html>\r\n\
         --x\r\nContent-Type: image/png\r\nContent-ID: <a>\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{png}\r\n--x--\r\n"
    );
    desk.write("sources/江边.mht", &page);
    build(&desk);
    let whole = contents(&desk);
    let pictures = whole.keys().filter(|name| name.contains("/images/")).count();
    assert_eq!(pictures, 1, "{:?}", whole.keys());
    fs::remove_dir_all(desk.path(".kanyin/embedded")).expect("the shelf");
    fs::remove_dir_all(desk.path(".kanyin/pictures")).ok();
    fs::remove_file(desk.path(RECORD)).expect("a record");
    build(&desk);
    assert!(contents(&desk) == whole);
}

#[test]
fn a_build_that_is_broken_off_leaves_no_record() {
    let desk = desk();
    build(&desk);
    for round in 0_u8.. {
        assert!(round < 20, "no build could be broken off");
        desk.write("sources/江边.md", &format!("# 江边\n\n2024-03-05\n\n江水退了{round}尺。\n"));
        let mut child = Command::new(env!("CARGO_BIN_EXE_kanyin"))
            .args(POSTS)
            .current_dir(desk.path(""))
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .expect("the program runs");
        while desk.path(RECORD).exists() && child.try_wait().expect("a child").is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().expect("a child");
        child.wait().expect("a child");
        if !desk.path(RECORD).exists() {
            break;
        }
    }
    assert!(is_made_anew(&desk) && !is_made_anew(&desk));
}
