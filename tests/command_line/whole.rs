//! Never half a result: whatever interrupts a build, `out/` holds the old results or
//! the new ones, the cache is sound, and the next build succeeds.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::build::files;
use crate::{Desk, Ran};

type Files = BTreeMap<String, Vec<u8>>;

/// A small project with a photograph, all editions made of it.
fn project() -> Desk {
    let desk = Desk::with_project();
    let photo = Path::new(env!("CARGO_MANIFEST_DIR")).join("sources/校园要闻/夜读.jpg");
    fs::copy(photo, desk.path("sources/校门.jpg")).expect("a photograph");
    write(&desk, 0);
    desk
}

/// Writes one of two versions of an article; everything that is made of it differs.
fn write(desk: &Desk, version: usize) {
    let [title, text] = [
        ["雪落东操场", "清晨六点，三千把铁锹扫出一条考试路。"],
        ["春日的湖畔", "湖水退了三尺，白鹭落在新露出的石阶上。"],
    ][version];
    let text = format!("---\ntitle: {title}\ndate: 2023-10-02\n---\n\n{text}\n");
    desk.write("sources/第二篇.md", &text);
}

/// The whole results of both versions, made where nothing disturbs.
fn wholes() -> [Files; 2] {
    let desk = project();
    [0, 1].map(|version| {
        write(&desk, version);
        let ran = desk.run(&["build"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        files(&desk.path("out/all"))
    })
}

fn begin(desk: &Desk) -> Child {
    Command::new(env!("CARGO_BIN_EXE_kanyin"))
        .arg("build")
        .current_dir(desk.path(""))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// Which of the versions lies in `out/all`; it is never anything else.
fn version(desk: &Desk, wholes: &[Files; 2]) -> usize {
    let found = files(&desk.path("out/all"));
    wholes.iter().position(|whole| *whole == found).unwrap_or_else(|| {
        let differs = |whole: &Files| -> Vec<String> {
            let names = whole.keys().chain(found.keys());
            let differ = names.filter(|name| whole.get(*name) != found.get(*name));
            differ.cloned().collect()
        };
        panic!("neither: {:?} from the old, {:?}", differs(&wholes[0]), differs(&wholes[1]))
    })
}

/// Nothing lies in `out/` but what a person is to see.
fn nothing_is_left_behind(desk: &Desk) {
    let names = fs::read_dir(desk.path("out")).expect("out").map(|e| e.expect("an entry"));
    let hidden: Vec<_> =
        names.map(|e| e.file_name()).filter(|n| n.to_string_lossy().starts_with('.')).collect();
    assert!(hidden.is_empty(), "{hidden:?}");
}

/// Whoever reads what a build says knows that all files are old ones.
fn nothing_is_said_to_be_new(ran: &Ran) {
    let files = ran.out.lines().filter(|line| line.contains("out/all/"));
    assert!(files.clone().count() > 0, "{}", ran.out);
    files.for_each(|line| assert!(line.ends_with("旧文件"), "{}", ran.out));
}

/// Every derivative of the cache can be opened, and no unfinished file is left.
fn the_cache_is_sound(desk: &Desk) {
    let mut seen = 0;
    for (name, bytes) in files(&desk.path(".kanyin/pictures")) {
        assert!(!name.starts_with(".tmp"), "{name} was never finished and is still there");
        if name.ends_with(".subset") {
            ttf_parser::Face::parse(&bytes, 0).unwrap_or_else(|e| panic!("{name}: {e}"));
        } else {
            image::load_from_memory(&bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
        }
        seen += 1;
    }
    assert!(seen > 0, "the cache holds something");
}

/// Pseudorandom numbers below 1, the same in every run (Steele and others' SplitMix64).
fn random(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}

/// Forty moments spread over the length of a build, and ten just where the results
/// come to their place.
#[test]
fn a_build_that_is_killed_leaves_the_old_results_or_the_new_ones_whole() {
    let wholes = wholes();
    assert!(wholes[0]["all.pdf"] != wholes[1]["all.pdf"]);
    let desk = project();
    let first = Instant::now();
    assert_eq!(desk.run(&["build"]).code, 0);
    let length = first.elapsed();
    let (mut state, mut now, mut moved) = (7, 0, 0);
    for n in 0..50 {
        write(&desk, 1 - now);
        if n % 7 == 0 {
            let _ = fs::remove_dir_all(desk.path(".kanyin/pictures"));
        }
        let mut build = begin(&desk);
        if n % 5 == 4 {
            // The posts are written last, read back and reported on.
            let posts = desk.path("out/.all.part/wechat/index.html");
            while !posts.exists() && build.try_wait().expect("it is ours").is_none() {
                std::thread::yield_now();
            }
            std::thread::sleep(Duration::from_millis((random(&mut state) * 80.0) as u64));
        } else {
            std::thread::sleep(length.mul_f64(random(&mut state)));
        }
        let _ = build.kill();
        build.wait().expect("it ends");
        let then = version(&desk, &wholes);
        moved += usize::from(then != now);
        now = then;
        if n % 10 == 9 {
            let ran = desk.run(&["build"]);
            assert_eq!(ran.code, 0, "after {n}: {}", ran.err);
            // Whatever was written last is what lies there now.
            let written = desk.read("sources/第二篇.md").contains("湖水");
            now = version(&desk, &wholes);
            assert_eq!(now, usize::from(written));
            nothing_is_left_behind(&desk);
            the_cache_is_sound(&desk);
        }
    }
    assert!((5..45).contains(&moved), "some moments lie before and some after: {moved}");
}

#[cfg(unix)]
#[test]
fn whoever_stops_a_build_is_told_that_nothing_half_made_is_left() {
    let (wholes, desk) = (wholes(), project());
    assert_eq!(desk.run(&["build"]).code, 0);
    write(&desk, 1);
    let _ = fs::remove_dir_all(desk.path(".kanyin/pictures"));
    let mut build = begin(&desk);
    let stage = desk.path("out/.all.part");
    while !stage.exists() && build.try_wait().expect("it is ours").is_none() {
        std::thread::yield_now();
    }
    let id = build.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill runs").success());
    let mut said = String::new();
    build.stderr.take().expect("it speaks").read_to_string(&mut said).expect("UTF-8");
    assert_eq!(build.wait().expect("it ends").code(), Some(130), "{said}");
    assert!(said.contains("没有做到一半的东西"), "{said}");
    assert_eq!(version(&desk, &wholes), 0);
    assert_eq!(desk.run(&["build"]).code, 0);
    assert_eq!(version(&desk, &wholes), 1);
    nothing_is_left_behind(&desk);
}

/// Where two folders cannot change places in one step, the old one stands aside for a
/// moment; a run that is killed in it loses nothing.
#[test]
fn results_that_were_put_aside_are_put_back() {
    let desk = project();
    assert_eq!(desk.run(&["build"]).code, 0);
    let whole = files(&desk.path("out/all"));
    fs::rename(desk.path("out/all"), desk.path("out/.all.old")).expect("renamed");
    fs::create_dir(desk.path("out/.all.part")).expect("made");
    desk.write("sources/坏.md", "---\ntitle: 坏图\ndate: 2023-10-03\n---\n\n正文。\n");
    desk.write("layouts/wechat/campus/article.html.j2", "{{ no such thing");
    let ran = desk.run(&["build", "--format", "wechat"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let after = files(&desk.path("out/all"));
    for name in ["all.pdf", "all.epub", "wechat/index.html"] {
        assert!(whole[name] == after[name], "{name}");
    }
    nothing_is_left_behind(&desk);
}

#[test]
fn building_one_format_keeps_the_others_and_what_a_person_put_there() {
    let desk = project();
    assert_eq!(desk.run(&["build"]).code, 0);
    desk.write("out/all/送印说明.txt", "封面过油。");
    let before = files(&desk.path("out/all"));
    write(&desk, 1);
    assert_eq!(desk.run(&["build", "--format", "epub"]).code, 0);
    let after = files(&desk.path("out/all"));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (name, bytes) in &before {
        let same = after[name] == *bytes;
        let new = name == "all.epub" || name.starts_with("report.");
        assert_eq!(same, !new, "{name}");
    }
}

/// A disk that is full after so many bytes of one file: the system's bound on the size
/// of files stands in for it, which any user may set.
#[cfg(unix)]
#[test]
fn a_disk_that_is_full_leaves_the_old_results_whole_and_is_told() {
    let (wholes, desk) = (wholes(), project());
    assert_eq!(desk.run(&["build"]).code, 0);
    write(&desk, 1);
    for blocks in [4, 32, 128] {
        let _ = fs::remove_dir_all(desk.path(".kanyin"));
        let limited = format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec '{}' build",
            env!("CARGO_BIN_EXE_kanyin")
        );
        let ran = shell(&limited, &desk.path(""));
        assert_eq!(ran.code, 1, "{blocks}: {}", ran.err);
        assert_eq!(version(&desk, &wholes), 0, "{blocks}");
        let told = ["out-unwritable", "out-too-large"].iter().any(|code| ran.err.contains(code));
        assert!(told, "{blocks}: {}", ran.err);
        nothing_is_said_to_be_new(&ran);
        nothing_is_left_behind(&desk);
    }
    assert_eq!(desk.run(&["build"]).code, 0);
    assert_eq!(version(&desk, &wholes), 1);
    the_cache_is_sound(&desk);
}

/// A real one, where the tests may mount it.
#[cfg(target_os = "linux")]
#[test]
fn a_small_disk_that_is_full_leaves_the_old_results_whole() {
    let (wholes, desk) = (wholes(), project());
    let size: usize = wholes[0].values().map(Vec::len).sum();
    let out = desk.path("out");
    fs::create_dir_all(&out).expect("a folder");
    // Room for the results once and a half.
    let options = format!("size={}k", size * 3 / 2048);
    let mount = ["-t", "tmpfs", "-o", &options, "tmpfs"];
    let mounted = Command::new("mount").args(mount).arg(&out).stderr(Stdio::null()).status();
    if !mounted.is_ok_and(|status| status.success()) {
        crate::at_hand::skipped("a small disk cannot be mounted by this user");
        return;
    }
    let result = std::panic::catch_unwind(|| {
        let first = desk.run(&["build"]);
        assert_eq!(first.code, 0, "{}", first.err);
        write(&desk, 1);
        let ran = desk.run(&["build"]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert!(ran.err.contains("out-unwritable"), "{}", ran.err);
        assert_eq!(version(&desk, &wholes), 0);
        nothing_is_left_behind(&desk);
    });
    let _ = Command::new("umount").arg(&out).status();
    if let Err(panic) = result {
        std::panic::resume_unwind(panic);
    }
}

#[test]
fn what_keeps_results_from_being_written_is_told_and_the_old_ones_stay() {
    let (wholes, desk) = (wholes(), project());
    assert_eq!(desk.run(&["build"]).code, 0);
    write(&desk, 1);
    // A file where the folder of unfinished results is to be.
    desk.write("out/.all.part", "");
    let ran = desk.run(&["build"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("out-unwritable"), "{}", ran.err);
    nothing_is_said_to_be_new(&ran);
    assert_eq!(version(&desk, &wholes), 0);
    fs::remove_file(desk.path("out/.all.part")).expect("removed");
    assert_eq!(desk.run(&["build"]).code, 0);
    assert_eq!(version(&desk, &wholes), 1);
}

#[test]
fn of_two_builds_at_once_the_second_says_so_and_does_nothing() {
    let (wholes, desk) = (wholes(), project());
    let lock = desk.path(".kanyin/lock");
    let mut first = begin(&desk);
    let begun = Instant::now();
    while !lock.exists() && begun.elapsed() < Duration::from_secs(60) {
        std::thread::yield_now();
    }
    std::thread::sleep(Duration::from_millis(20));
    let second = desk.run(&["build"]);
    assert_eq!(second.code, 1);
    assert!(second.err.contains("build-busy"), "{}", second.err);
    assert_eq!(second.out, "");
    let mut said = String::new();
    let err = first.stderr.as_mut().expect("it speaks");
    err.read_to_string(&mut said).expect("UTF-8");
    assert!(first.wait().expect("it ends").success(), "{said}");
    assert_eq!(version(&desk, &wholes), 0);
    // A lock that a killed build held keeps nobody out.
    let _ = fs::remove_dir_all(desk.path(".kanyin"));
    let mut killed = begin(&desk);
    while !lock.exists() {
        std::thread::yield_now();
    }
    killed.kill().expect("it can be killed");
    killed.wait().expect("it ends");
    assert!(lock.exists());
    assert_eq!(desk.run(&["build"]).code, 0);
    assert_eq!(version(&desk, &wholes), 0);
}

#[cfg(unix)]
fn shell(command: &str, folder: &Path) -> Ran {
    let output = Command::new("bash")
        .args(["-c", command])
        .current_dir(folder)
        .env_remove("KANYIN_LANG")
        .output()
        .expect("bash runs");
    Ran {
        code: output.status.code().expect("it was not killed"),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
