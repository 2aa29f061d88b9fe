//! What hostile sources cost: each class is written to a folder and given to
//! `kanyin inspect`, as a process of its own; its time and its peak of memory are
//! read from the system. More than two seconds or 300 MB ends with exit code 1.
//!
//! `cargo bench --bench hostile`

#![expect(clippy::print_stdout, reason = "a bench reports")]
#![expect(clippy::unwrap_used, reason = "a bench that cannot go on says so by failing")]
#![expect(unreachable_pub, reason = "what it shares with the tests is public there")]

#[path = "../tests/library/word/make.rs"]
mod make;

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use make::{Case, zipped};

/// The longest that any source may take.
const TIME: Duration = Duration::from_secs(2);
/// The most memory that any source may take, in kilobytes.
const MEMORY: u64 = 300 * 1024;

const DEEP: usize = 100_000;

fn main() -> ExitCode {
    let folder = tempfile::tempdir().unwrap();
    let mut over = 0;
    println!("{:<44} {:>7} {:>8}  said", "source", "seconds", "MB");
    for (name, bytes) in sources() {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let (time, memory, said) = inspected(&path);
        let bad = time > TIME || memory > MEMORY;
        over += usize::from(bad);
        let mark = if bad { " !" } else { "" };
        println!("{name:<44} {:>7.2} {:>8}{mark}  {said}", time.as_secs_f64(), memory / 1024);
        fs::remove_file(&path).unwrap();
    }
    ExitCode::from(u8::from(over > 0))
}

/// Time, peak memory in kilobytes and the first line that the program says.
fn inspected(path: &Path) -> (Duration, u64, String) {
    let begin = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_kanyin"))
        .args(["--lang", "en", "inspect"])
        .arg(path)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let reader = child.stderr.take().unwrap();
    let said = std::thread::spawn(move || {
        let text = std::io::read_to_string(reader).unwrap_or_default();
        let first: String = text.lines().next().unwrap_or("nothing").chars().take(90).collect();
        first
    });
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let now = line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(now.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(2));
    }
    (begin.elapsed(), peak, said.join().unwrap())
}

fn word(body: &str) -> Vec<u8> {
    Case::parse(&format!("== document\n{body}\n")).file()
}

fn nested(open: &str, inner: &str, close: &str) -> String {
    [open.repeat(DEEP), inner.to_owned(), close.repeat(DEEP)].concat()
}

/// The classes, each with the name of its file.
fn sources() -> Vec<(&'static str, Vec<u8>)> {
    let text = "<w:p><w:r><w:t>文字</w:t></w:r></w:p>";
    let cut = |n: usize| {
        format!(
            "<w:p><w:r><w:drawing><pic:pic><pic:blipFill><a:blip r:embed=\"rId9\"/><a:srcRect l=\"{n}\"/></pic:blipFill></pic:pic></w:drawing></w:r></w:p>"
        )
    };
    let pictures: String = (0..30_000).map(cut).collect();
    let chinese = "云澜大学图书馆延时开放。\n";
    vec![
        (
            "tables in tables.docx",
            word(&nested("<w:tbl><w:tr><w:tc>", text, "</w:tc></w:tr></w:tbl>")),
        ),
        (
            "controls in controls.docx",
            word(&nested("<w:sdt><w:sdtContent>", text, "</w:sdtContent></w:sdt>")),
        ),
        (
            "text boxes in text boxes.docx",
            word(&nested(
                "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>",
                text,
                "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
            )),
        ),
        (
            "choices in choices.docx",
            word(&nested(
                "<mc:AlternateContent><mc:Choice>",
                text,
                "</mc:Choice></mc:AlternateContent>",
            )),
        ),
        (
            "formulas in formulas.docx",
            word(&format!(
                "<w:p>{}</w:p>",
                nested("<m:oMath><m:e>", "<m:r><m:t>x</m:t></m:r>", "</m:e></m:oMath>")
            )),
        ),
        ("400 MB of spaces.docx", spaces(400 << 20)),
        ("four million paragraphs.docx", word(&"<w:p/>".repeat(4_000_000))),
        (
            "400,000 runs.docx",
            word(&format!("<w:p>{}</w:p>", "<w:r><w:t>文</w:t></w:r>".repeat(390_000))),
        ),
        (
            "runs of two looks.docx",
            word(&format!(
                "<w:p>{}</w:p>",
                "<w:r><w:rPr><w:b/></w:rPr><w:t>文</w:t></w:r><w:r><w:t>字</w:t></w:r>"
                    .repeat(140_000)
            )),
        ),
        (
            "wide tables.docx",
            word(&format!(
                "<w:tbl><w:tr>{}</w:tr></w:tbl>{text}",
                "<w:tc><w:tcPr><w:gridSpan w:val=\"200\"/></w:tcPr><w:p/></w:tc>".repeat(50_000)
            )),
        ),
        (
            "pictures without end.docx",
            Case::parse(&format!(
                "== relations\nrId9 image media/image1.png\n== document\n{text}{pictures}"
            ))
            .file(),
        ),
        ("a picture of 1 GB.docx", large_picture()),
        (
            "a table for a name.docx",
            zipped(&[("xl/workbook.xml".to_owned(), b"<w/>".to_vec())], str::to_owned),
        ),
        ("lists in lists.md", "- ".repeat(DEEP).into_bytes()),
        ("quotes in quotes.md", format!("{}文字", "> ".repeat(DEEP)).into_bytes()),
        ("stress in stress.md", format!("{}文字", "*a **a ".repeat(50_000)).into_bytes()),
        ("brackets in brackets.md", format!("{}文字", "![[".repeat(DEEP)).into_bytes()),
        (
            "notes in notes.md",
            (0..30_000)
                .fold("[^0]\n\n".to_owned(), |s, i| s + &format!("[^{i}]: [^{}] 注\n\n", i + 1))
                .into_bytes(),
        ),
        ("tags in tags.md", "<div>".repeat(DEEP).into_bytes()),
        ("a million lines.txt", chinese.repeat(1_000_000).into_bytes()),
        ("one line of 50 MB.txt", chinese.trim().repeat(1_400_000).into_bytes()),
        (
            "a million pictures.txt",
            format!("标题\n\n{}", "图1.jpg ".repeat(1_000_000)).into_bytes(),
        ),
        ("200 MB.txt", chinese.repeat(5_500_000).into_bytes()),
        (
            "elements in elements.html",
            format!("<html><body>{}文字</body></html>", "<div>".repeat(DEEP)).into_bytes(),
        ),
        (
            "spans in spans.html",
            format!("<html><body><p>{}文字</body></html>", "<span>".repeat(DEEP)).into_bytes(),
        ),
        (
            "tables in tables.html",
            format!("<html><body>{}文字</body></html>", "<table><tr><td>".repeat(DEEP))
                .into_bytes(),
        ),
        (
            "a million tags.html",
            format!("<html><body>{}</body></html>", "<p>文<b>字</b></p>".repeat(500_000))
                .into_bytes(),
        ),
        (
            "50 MB.html",
            format!(
                "<html><body>{}</body></html>",
                "<p>云澜大学图书馆延时开放。</p>".repeat(1_250_000)
            )
            .into_bytes(),
        ),
        (
            "attributes.html",
            format!(
                "<html><body><p {}>文字</p></body></html>",
                (0..200_000).fold(String::new(), |s, i| s + &format!("a{i}=b "))
            )
            .into_bytes(),
        ),
    ]
}

fn spaces(size: usize) -> Vec<u8> {
    zipped(&[("word/document.xml".to_owned(), vec![b' '; size])], str::to_owned)
}

fn large_picture() -> Vec<u8> {
    let xml = "<w:document xmlns:w=\"w\" xmlns:r=\"r\" xmlns:a=\"a\" xmlns:pic=\"p\"><w:body><w:p><w:r><w:t>文字</w:t></w:r></w:p><w:p><w:r><w:drawing><pic:pic><pic:blipFill><a:blip r:embed=\"rId1\"/></pic:blipFill></pic:pic></w:drawing></w:r></w:p></w:body></w:document>";
    let relations = "<Relationships><Relationship Id=\"rId1\" Type=\"t/image\" Target=\"media/a.jpg\"/></Relationships>";
    zipped(
        &[
            ("word/document.xml".to_owned(), xml.as_bytes().to_vec()),
            ("word/_rels/document.xml.rels".to_owned(), relations.as_bytes().to_vec()),
            ("word/media/a.jpg".to_owned(), vec![0; 1 << 30]),
        ],
        str::to_owned,
    )
}
