//! What reading costs: Word files of a folder, or a thousand made here, are read and
//! normalised one after the other, in one thread.
//!
//! `cargo bench --bench reading -- [FOLDER]`

#![expect(clippy::print_stdout, reason = "a bench reports")]
#![expect(clippy::unwrap_used, reason = "a bench that cannot go on says so by failing")]

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use kanyin::check::Lists;
use kanyin::diag::Decisions;
use kanyin::import::{Sites, import};
use kanyin::normalise::normalise;
use kanyin::pipeline::{Surroundings, read_file};
use kanyin::project::Limits;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// How many files are made where no folder is given.
const COUNT: usize = 1000;
/// The size of a photograph in them, in bytes.
const PHOTO: usize = 350_000;

fn main() {
    let given = std::env::args().skip(1).find(|arg| !arg.starts_with("--")).map(PathBuf::from);
    let made = tempfile::tempdir().unwrap();
    let folder = given.unwrap_or_else(|| {
        make(made.path());
        made.path().to_owned()
    });
    let (files, sites) = (files(&folder), Sites::builtin());
    println!("{} Word files in {}", files.len(), folder.display());
    report("reading and normalising", files.len(), || {
        for file in &files {
            let bytes = std::fs::read(file).unwrap();
            for read in import(&file.display().to_string(), &bytes, &sites).unwrap() {
                let mut article = read.value.article;
                normalise(&mut article, &Decisions::default());
            }
        }
    });
    let shelf = tempfile::tempdir().unwrap();
    let lists = Lists::default();
    let around = Surroundings {
        within: &folder,
        shelf: shelf.path(),
        sites: &sites,
        lists: &lists,
        limits: Limits::default(),
    };
    for what in
        ["the same, checked, pictures put on the shelf", "the same again, all pictures there"]
    {
        report(what, files.len(), || {
            for file in &files {
                let name = file.display().to_string();
                read_file(file, &name, &around, &Decisions::default()).unwrap();
            }
        });
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let all = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let word = |path: &PathBuf| path.extension().is_some_and(|e| e == "docx");
    all.map(walkdir::DirEntry::into_path).filter(word).collect()
}

fn report(what: &str, count: usize, work: impl FnOnce()) {
    let (begin, cpu) = (Instant::now(), cpu_seconds());
    work();
    let wall = begin.elapsed().as_secs_f64();
    let each = 1000.0 / count as f64;
    let cpu = match (cpu, cpu_seconds()) {
        (Some(before), Some(after)) => format!("{:.2} ms of CPU", (after - before) * each),
        _ => "CPU not known here".to_owned(),
    };
    let peak = status("VmHWM:").map_or_else(String::new, |kb| format!(", peak {} MB", kb / 1024));
    println!("{what}: {cpu} and {:.2} ms each{peak}", wall * each);
}

/// User and system time of this process, where the system tells it.
fn cpu_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |n: usize| fields.get(n)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

fn status(key: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    text.lines().find_map(|l| l.strip_prefix(key))?.trim().trim_end_matches(" kB").parse().ok()
}

/// Makes Word files of forty paragraphs and two photographs each.
fn make(folder: &Path) {
    let mut state = 1u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for n in 0..COUNT {
        let mut body = String::new();
        for p in 0..40 {
            let text: String = (0..45)
                .map(|i| {
                    if i % 15 == 14 {
                        '，'
                    } else {
                        char::from_u32(0x4e00 + (next() % 3000) as u32).unwrap_or('一')
                    }
                })
                .collect();
            body += &format!(
                "<w:p><w:pPr><w:ind w:firstLine=\"420\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"24\"/></w:rPr><w:t>{text}。</w:t></w:r></w:p>"
            );
            if p % 20 == 10 {
                let id = p / 20 + 1;
                body += &format!(
                    "<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed=\"rId{id}\"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:t>图片说明第{id}幅</w:t></w:r></w:p>"
                );
            }
        }
        let spaces = ["w", "r", "wp", "a", "pic"].map(|s| format!("xmlns:{s}=\"{s}\"")).join(" ");
        let document = format!("<w:document {spaces}><w:body>{body}</w:body></w:document>");
        let relations = (1..=2).map(|id| {
            format!(
                "<Relationship Id=\"rId{id}\" Type=\"t/image\" Target=\"media/image{id}.jpg\"/>"
            )
        });
        let relations = format!("<Relationships>{}</Relationships>", relations.collect::<String>());
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let mut put = |name: &str, bytes: &[u8]| {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        };
        put("word/document.xml", document.as_bytes());
        put("word/_rels/document.xml.rels", relations.as_bytes());
        for id in 1..=2 {
            // Noise does not unpack faster than a photograph does.
            let photo: Vec<u8> = (0..PHOTO).map(|_| next() as u8).collect();
            put(&format!("word/media/image{id}.jpg"), &photo);
        }
        std::fs::write(folder.join(format!("{n:04}.docx")), zip.finish().unwrap().into_inner())
            .unwrap();
    }
}
