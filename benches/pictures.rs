//! What pictures cost, in milliseconds of CPU each: to look at, to pass through, to cut
//! covers from, to make small, to recolour for the press; beside libvips and lcms2 where
//! they are installed.
//!
//! `cargo bench --bench pictures -- FOLDER [PROFILE.icc]`, on Linux; the folder holds
//! JPEGs of one size.

#![expect(clippy::print_stdout, reason = "a bench reports")]
#![expect(clippy::unwrap_used, reason = "a bench that cannot go on says so by failing")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use kanyin::media::{Colours, Profile, Separation, Store, Want, probe};

/// Not more pictures than this are measured.
const MOST: usize = 40;

fn main() {
    let given: Vec<PathBuf> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).map(PathBuf::from).collect();
    let Some(folder) = given.first() else {
        println!("cargo bench --bench pictures -- FOLDER [PROFILE.icc]");
        return;
    };
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "jpg"));
    files.sort();
    files.truncate(MOST);
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/FOGRA39L_coated.icc");
    let profile = given.get(1).cloned().unwrap_or(own);
    let first = probe(&files[0]).unwrap();
    println!("{} JPEGs like {} × {}", files.len(), first.width, first.height);

    measured("probe", &files, |path| {
        probe(path).unwrap();
    });
    let screen = Want { colours: Colours::Screen, ..Want::default() };
    let cut = |size| Want { cover: Some(size), ..screen.clone() };
    wanted("pass through", &files, std::slice::from_ref(&screen));
    wanted("two covers, 900 × 383 and 500 × 500", &files, &[cut((900, 383)), cut((500, 500))]);
    wanted("1280 pixels wide", &files, &[Want { max_width: Some(1280), ..screen.clone() }]);
    let size = ["--size", "1280x1280", "-o"];
    beside("vipsthumbnail", &files, |command, out, file| {
        let to = format!("{}[Q=88,strip]", out.display());
        command.env("VIPS_CONCURRENCY", "1").args(size).arg(to).arg(file);
    });
    let Ok(bytes) = std::fs::read(&profile) else {
        println!("no profile of a press: nothing is recoloured");
        return;
    };
    let press = Profile::read(bytes, "press").unwrap();
    let separation = Arc::new(Separation::new(&press, 300).unwrap());
    let inks = Want { colours: Colours::Press(separation), ..Want::default() };
    wanted("in the inks of a press", &files, &[inks]);
    beside("jpgicc", &files, |command, out, file| {
        command.arg(format!("-o{}", profile.display())).arg("-q88").arg(file).arg(out);
    });
}

/// Makes what is wanted of each picture, in a store that is empty at first.
fn wanted(name: &str, files: &[PathBuf], wants: &[Want]) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::new(dir.path());
    let probed: Vec<_> = files.iter().map(|path| (path, probe(path).unwrap())).collect();
    measured(name, &probed, |(path, probe)| {
        for ready in store.ready_each(path, probe, wants).unwrap() {
            ready.copy_to(&mut std::io::sink()).unwrap();
        }
    });
}

/// Runs another program on each picture, if there is such a program.
fn beside(program: &str, files: &[PathBuf], arguments: impl Fn(&mut Command, &Path, &Path)) {
    let dir = tempfile::tempdir().unwrap();
    let run = |command: &mut Command| {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()
    };
    if run(&mut Command::new(program)).is_err() {
        println!("    {program} is not installed");
        return;
    }
    measured(&format!("  {program}"), files, |path| {
        let mut command = Command::new(program);
        arguments(&mut command, &dir.path().join("out.jpg"), path);
        assert!(run(&mut command).unwrap().success(), "{program} failed");
    });
}

fn measured<T>(name: &str, of_each: &[T], mut each: impl FnMut(&T)) {
    let before = cpu();
    of_each.iter().for_each(&mut each);
    println!("  {name:38} {:7.2} ms", 1000.0 * (cpu() - before) / of_each.len() as f64);
}

/// CPU seconds of this process and of those it ran, both of the user and of the system
/// (proc(5), fields 14 to 17 of `stat`, in hundredths).
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks: f64 = fields[11..15].iter().map(|field| field.parse::<f64>().unwrap()).sum();
    ticks / 100.0
}
