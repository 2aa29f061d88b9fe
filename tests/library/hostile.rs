//! Sources that mean harm, or that nobody made in good faith: each is refused with a
//! clear finding or read for what it is worth, in little time and memory, and
//! nothing outside of it is touched. How little is measured by
//! `cargo bench --bench hostile`; here it is held what comes of them.

use std::io::{Cursor, Write};

use kanyin::article::{Block, plain_text};
use kanyin::diag::Warned;
use kanyin::import::{Imported, Inside};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::import;
use crate::word::make::{Case, zipped};

fn word(body: &str) -> Vec<u8> {
    Case::parse(&format!("== document\n{body}\n")).file()
}

fn with(sections: &str) -> Vec<u8> {
    Case::parse(sections).file()
}

fn read(bytes: &[u8]) -> Warned<Imported> {
    import("稿.docx", bytes).expect("it can be read").remove(0)
}

/// The code of the finding that a file is refused with.
fn refusal(name: &str, bytes: &[u8]) -> &'static str {
    let fault = import(name, bytes).expect_err("it is refused");
    assert_eq!(fault.findings[0].file.as_deref(), Some(name));
    fault.findings[0].code.name()
}

fn text_of(read: &Warned<Imported>) -> String {
    let mut out = String::new();
    read.value.article.for_each_run(&mut |run| out += &plain_text(run.inlines));
    read.value.article.for_each_block(&mut |_, block| {
        if let Block::Unknown { text, .. } = block {
            out += text;
        }
    });
    out
}

fn codes(read: &Warned<Imported>) -> Vec<&'static str> {
    read.findings.iter().map(|f| f.code.name()).collect()
}

const DEEP: usize = 100_000;

#[test]
fn elements_within_elements_without_end_are_kept_as_text() {
    let text = "<w:p><w:r><w:t>深处的文字</w:t></w:r></w:p>";
    let run = "<w:r><w:t>深处的文字</w:t></w:r>";
    for (open, inner, close) in [
        ("<w:tbl><w:tr><w:tc>", text, "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", text, "</w:sdtContent></w:sdt>"),
        ("<w:ins>", text, "</w:ins>"),
        (
            "<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc>",
            text,
            "</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>",
        ),
        (
            "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>",
            text,
            "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
        ),
        ("<mc:AlternateContent><mc:Choice>", text, "</mc:Choice></mc:AlternateContent>"),
    ] {
        let body = [open.repeat(DEEP), inner.to_owned(), close.repeat(DEEP)].concat();
        let read = read(&word(&format!("{body}<w:p/>")));
        assert!(text_of(&read).contains("深处的文字"), "{open}");
    }
    for (open, close) in [
        ("<w:hyperlink>", "</w:hyperlink>"),
        ("<w:ins>", "</w:ins>"),
        ("<m:oMath><m:e>", "</m:e></m:oMath>"),
        (
            "<w:r><w:drawing><mc:AlternateContent><mc:Choice>",
            "</mc:Choice></mc:AlternateContent></w:drawing></w:r>",
        ),
    ] {
        let body = [open.repeat(DEEP), run.to_owned(), close.repeat(DEEP)].concat();
        read(&word(&format!("<w:p>{run}{body}</w:p>")));
    }
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let spaces = vec![b' '; 400 << 20];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(&spaces).unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    assert_eq!(refusal("稿.docx", &bytes), "read-word-too-large");
    let many = "<w:p/>".repeat(4_000_000);
    assert_eq!(refusal("稿.docx", &word(&many)), "read-word-broken");
}

/// The size that an entry declares is 1 GB; what it holds is a few bytes.
#[test]
fn a_declared_size_is_not_believed() {
    let mut bytes = with(
        "== relations\nrId9 image media/image1.png\n== document\n<w:p><w:r><w:t>正文在此，照片也在。</w:t>\
         </w:r></w:p><w:p><w:r><w:drawing><pic:pic><pic:blipFill><a:blip r:embed=\"rId9\"/>\
         </pic:blipFill></pic:pic></w:drawing></w:r></w:p>\n",
    );
    let huge = (1u32 << 30).to_le_bytes();
    // The uncompressed sizes stand 22 bytes into each local header, 24 into each
    // entry of the directory.
    for (mark, offset) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
        let starts: Vec<usize> =
            (0..bytes.len() - 4).filter(|i| bytes[*i..].starts_with(mark)).collect();
        starts.into_iter().for_each(|i| bytes[i + offset..i + offset + 4].copy_from_slice(&huge));
    }
    match import("稿.docx", &bytes) {
        Ok(mut reads) => {
            let read = reads.remove(0);
            let mut inside = Inside::of(&bytes);
            for embedded in &read.value.embedded {
                assert!(inside.picture(embedded).is_none_or(|b| b.len() < 1 << 20));
            }
        }
        Err(fault) => assert!(fault.findings[0].code.name().starts_with("read-word-")),
    }
}

#[test]
fn names_that_climb_out_of_the_file_lead_nowhere() {
    let picture = |id: &str| {
        format!(
            "<w:p><w:r><w:drawing><pic:pic><pic:blipFill><a:blip r:embed=\"{id}\" r:link=\"{id}\"/>\
             </pic:blipFill></pic:pic></w:drawing></w:r></w:p>"
        )
    };
    let bytes = with(&format!(
        "== relations\nrId1a x ../../../../etc/passwd\nrId2a x file:///etc/passwd external\n\
         rId3a x \\\\host\\share\\a.jpg external\nrId4a x http://169.254.0.1/a.jpg external\n\
         == document\n<w:p><w:r><w:t>照片都在别处。</w:t></w:r></w:p>{}{}{}{}\n",
        picture("rId1a"),
        picture("rId2a"),
        picture("rId3a"),
        picture("rId4a")
    ));
    let read = read(&bytes);
    assert!(read.value.embedded.is_empty(), "{:?}", read.value.embedded);
    let mut names = Vec::new();
    read.value.article.for_each_block(&mut |_, block| {
        if let Block::Figure(figure) = block {
            names.extend(figure.images.iter().map(|i| i.name.clone()));
        }
    });
    assert_eq!(names, ["passwd", "a.jpg", "http://169.254.0.1/a.jpg"]);
    assert!(codes(&read).contains(&"read-word-picture-outside"));
}

#[test]
fn declared_entities_are_refused() {
    for document in [
        "<!DOCTYPE w [<!ENTITY a \"啊啊啊啊啊啊啊啊啊啊\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>",
        "<!DOCTYPE w [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>",
    ] {
        let parts = [("word/document.xml".to_owned(), document.as_bytes().to_vec())];
        assert_eq!(refusal("稿.docx", &zipped(&parts, str::to_owned)), "read-word-broken");
    }
}

#[test]
fn files_of_other_kinds_are_refused_by_name() {
    let old = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat();
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let sheet = [("xl/workbook.xml".to_owned(), b"<workbook/>".to_vec())];
    for (file, bytes, code) in [
        ("稿.docx", old.clone(), "read-word-old"),
        ("稿.docx", [old.clone(), name].concat(), "read-word-encrypted"),
        ("稿.doc", old, "read-format-old"),
        ("稿.docx", zipped(&sheet, str::to_owned), "read-word-other-office"),
        ("稿.docx", b"<html><body></body></html>".to_vec(), "web-page-empty"),
        ("稿.docx", b"{\\rtf1\\ansi}".to_vec(), "read-word-not-zip"),
        ("稿.docx", word("")[..200].to_vec(), "read-word-broken"),
        ("稿.docx", Vec::new(), "read-empty"),
        ("稿.docx", word("<w:p/>"), "read-empty"),
    ] {
        assert_eq!(refusal(file, &bytes), code, "{file}");
    }
}

/// Files that are wrong in a part or a reference are read for the rest.
#[test]
fn what_is_wrong_in_a_part_does_not_cost_the_text() {
    let para = "<w:p><w:pPr><w:pStyle w:val=\"a\"/><w:numPr><w:ilvl w:val=\"77\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>正文还在这里。</w:t></w:r></w:p>";
    for sections in [
        format!("== styles\n<w:style w:type=\"paragraph\" w:styleId=\"a\"><w:basedOn w:val=\"b\"/></w:style><w:style w:styleId=\"b\"><w:basedOn w:val=\"a\"/></w:style>\n== document\n{para}"),
        format!("== styles\n<w:style>\n== document\n{para}"),
        format!("== numbering\n<w:abstractNum w:abstractNumId=\"0\"><w:numStyleLink w:val=\"x\"/><w:styleLink w:val=\"x\"/></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\n== document\n{para}"),
        format!("== footnotes\n<w:footnote w:id=\"1\"><w:p><w:r><w:t>注</w:t><w:footnoteReference w:id=\"1\"/></w:r></w:p></w:footnote>\n== document\n{para}<w:p><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>"),
        format!("== document\n<w:p><w:r>{}</w:r></w:p>{para}", "<w:fldChar w:fldCharType=\"begin\"/>".repeat(DEEP)),
        format!("== document\n{}{para}", "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"4000000000\"/><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>".repeat(1000)),
        format!("== document\n<w:tbl><w:tr>{}</w:tr></w:tbl>{para}", "<w:tc><w:tcPr><w:gridSpan w:val=\"200\"/></w:tcPr><w:p/></w:tc>".repeat(50_000)),
        format!("== document\n<w:p><w:r><w:t>坏\u{1}字符&#x1;与&#0;引用</w:t></w:r></w:p>{para}"),
    ] {
        assert!(text_of(&read(&with(&sections))).contains("正文还在这里"), "{sections:.300}");
    }
}

/// As many pictures as a file can name, and one picture cut in as many ways.
#[test]
fn many_pictures_are_many_and_not_slow() {
    let picture = |n: usize| {
        format!(
            "<w:p><w:r><w:drawing><pic:pic><pic:blipFill><a:blip r:embed=\"rId9\"/><a:srcRect l=\"{n}\"/></pic:blipFill></pic:pic></w:drawing></w:r></w:p><w:p/>"
        )
    };
    let all: String = (0..30_000).map(picture).collect();
    let bytes = with(&format!(
        "== relations\nrId9 image media/image1.png\n== document\n<w:p><w:r><w:t>照片很多。</w:t></w:r></w:p>{all}"
    ));
    assert!(read(&bytes).value.embedded.len() <= 100);
}
