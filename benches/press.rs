//! What a press edition costs, stage by stage: a project is built and the CPU time of
//! the whole process is told for each stage, what is within another not counted twice.
//!
//! `cargo bench --bench press -- PROJECT`, on Linux; the first run makes the pictures,
//! so it is the second that counts.

#![expect(clippy::print_stdout, reason = "a bench reports")]
#![expect(clippy::unwrap_used, reason = "a bench that cannot go on says so by failing")]

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use kanyin::diag::{Code, Progress};
use kanyin::pipeline::{BuildOptions, build};
use kanyin::project::{Format, Project};

fn main() {
    let given = std::env::args().skip(1).find(|arg| !arg.starts_with("--")).map(PathBuf::from);
    let Some(folder) = given else {
        println!("cargo bench --bench press -- PROJECT");
        return;
    };
    let project = Project::open(&folder).unwrap();
    let out = tempfile::tempdir().unwrap();
    let options = BuildOptions {
        formats: vec![Format::Pdf, Format::Print],
        out: Some(out.path().to_owned()),
        fonts: vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")],
        ..BuildOptions::default()
    };
    for run in ["the first run", "the second run"] {
        let watch = Watch::default();
        let before = cpu();
        let built = build(&project, &options, &watch).unwrap();
        let whole = cpu() - before;
        println!("{run}: {whole:.2} CPU s");
        for publication in &built.publications {
            for judged in &publication.preflights {
                println!("  {}: {} pages", judged.file, judged.preflight.pages);
            }
        }
        for (stage, seconds) in watch.0.into_inner().unwrap().done {
            println!("  {stage:18} {seconds:6.2} s  {:4.1} %", 100.0 * seconds / whole);
        }
    }
}

/// CPU seconds of this process, both of the user and of the system (proc(5), fields 14
/// and 15 of `stat`, in hundredths).
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks: f64 = fields[11..13].iter().map(|field| field.parse::<f64>().unwrap()).sum();
    ticks / 100.0
}

/// Notes when stages begin and end.
#[derive(Default)]
struct Watch(Mutex<Stages>);

#[derive(Default)]
struct Stages {
    /// Those that have begun: name, when, and how much was spent in stages within.
    open: Vec<(&'static str, f64, f64)>,
    done: Vec<(&'static str, f64)>,
}

impl Progress for Watch {
    fn begin(&self, code: Code, _: usize) {
        self.0.lock().unwrap().open.push((code.name(), cpu(), 0.0));
    }

    fn step(&self) {}

    fn end(&self) {
        let mut stages = self.0.lock().unwrap();
        let (name, began, within) = stages.open.pop().unwrap();
        let spent = cpu() - began;
        if let Some(outer) = stages.open.last_mut() {
            outer.2 += spent;
        }
        match stages.done.iter_mut().find(|(known, _)| *known == name) {
            Some((_, seconds)) => *seconds += spent - within,
            None => stages.done.push((name, spent - within)),
        }
    }
}
