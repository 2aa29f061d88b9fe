//! Makes Word files of the cases in tests/cases/word: a case is one text of
//! sections, each opened by a line `== name`. Besides the parts of the package there
//! are `options` (how the file is put together), `relations` (id, kind, target),
//! `expected` (the canonical article), `findings`, and `libreoffice` (where another
//! program reads other characters, which, and why).

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A case: its sections by name.
pub struct Case {
    sections: BTreeMap<String, String>,
}

impl Case {
    /// Reads a case.
    pub fn parse(text: &str) -> Self {
        let mut sections: BTreeMap<String, String> = BTreeMap::new();
        let mut name = String::new();
        for line in text.lines() {
            match line.strip_prefix("== ") {
                Some(next) => name = next.trim().to_owned(),
                None => {
                    let section = sections.entry(name.clone()).or_default();
                    section.push_str(line);
                    section.push('\n');
                }
            }
        }
        Self { sections }
    }

    /// A section; empty where the case has none.
    pub fn section(&self, name: &str) -> &str {
        self.sections.get(name).map(String::as_str).unwrap_or_default()
    }

    /// The Word file.
    pub fn file(&self) -> Vec<u8> {
        let has = |option: &str| self.section("options").split_whitespace().any(|o| o == option);
        let kinds = [
            ("styles", "styles"),
            ("numbering", "numbering"),
            ("footnotes", "footnotes"),
            ("endnotes", "endnotes"),
            ("comments", "comments"),
        ];
        let mut relations = String::new();
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        for (section, root) in kinds {
            let text = self.section(section);
            if !text.is_empty() {
                relations += &relation(
                    &format!("r-{section}"),
                    section,
                    &format!("{section}.xml"),
                    false,
                    has("strict"),
                );
                parts.push((format!("word/{section}.xml"), xml(root, text, &has)));
            }
        }
        for line in self.section("relations").lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [id, kind, target, rest @ ..] = &words[..] else { panic!("{line}") };
            relations += &relation(id, kind, target, rest == ["external"], has("strict"));
            if *kind == "image" && rest.is_empty() {
                parts.push((format!("word/{target}"), picture(target)));
            }
        }
        for (name, text) in &self.sections {
            if let Some(part) = name.strip_prefix("part ") {
                parts.push((format!("word/{part}"), text.as_bytes().to_vec()));
            }
        }
        let body = format!("<w:body>{}</w:body>", self.section("document"));
        parts.push(("word/document.xml".to_owned(), xml("document", &body, &has)));
        let rels = |inner: &str| {
            let space = "http://schemas.openxmlformats.org/package/2006/relationships";
            format!("<Relationships xmlns=\"{space}\">{inner}</Relationships>").into_bytes()
        };
        parts.push(("word/_rels/document.xml.rels".to_owned(), rels(&relations)));
        let main = relation("rId1", "officeDocument", "word/document.xml", false, has("strict"));
        parts.push(("_rels/.rels".to_owned(), rels(&main)));
        parts.push(("[Content_Types].xml".to_owned(), content_types(&parts)));
        zipped(&parts, |name| match (has("backslash"), has("capitals")) {
            (true, true) => name.replace('/', "\\").replace("document", "Document"),
            _ => name.to_owned(),
        })
    }
}

/// The package of these parts.
pub fn zipped(parts: &[(String, Vec<u8>)], named: impl Fn(&str) -> String) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(named(name), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn relation(id: &str, kind: &str, target: &str, external: bool, strict: bool) -> String {
    let space = if strict {
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    } else {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    };
    let mode = if external { " TargetMode=\"External\"" } else { "" };
    format!("<Relationship Id=\"{id}\" Type=\"{space}/{kind}\" Target=\"{target}\"{mode}/>")
}

fn xml(root: &str, inner: &str, has: &dyn Fn(&str) -> bool) -> Vec<u8> {
    let (word, relations) = if has("strict") {
        (
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
    } else {
        (
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        )
    };
    let drawing = "http://schemas.openxmlformats.org/drawingml/2006";
    let encoding = if has("utf16") { "UTF-16" } else { "UTF-8" };
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"{encoding}\" standalone=\"yes\"?>\n<w:{root} \
         xmlns:w=\"{word}\" xmlns:r=\"{relations}\" xmlns:wp=\"{drawing}/wordprocessingDrawing\" \
         xmlns:a=\"{drawing}/main\" xmlns:pic=\"{drawing}/picture\" xmlns:dgm=\"{drawing}/diagram\" \
         xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
         xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">{inner}</w:{root}>"
    );
    if has("utf16") {
        let wide = text.encode_utf16().flat_map(u16::to_le_bytes);
        return [0xff, 0xfe].into_iter().chain(wide).collect();
    }
    text.into_bytes()
}

fn content_types(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let mut out = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
        <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
        <Default Extension=\"png\" ContentType=\"image/png\"/>\
        <Default Extension=\"emf\" ContentType=\"image/x-emf\"/>"
        .to_owned();
    for kind in ["document.main", "styles", "numbering", "footnotes", "endnotes", "comments"] {
        let part = format!("word/{}.xml", kind.trim_end_matches(".main"));
        if parts.iter().any(|(name, _)| *name == part) {
            out += &format!("<Override PartName=\"/{part}\" ContentType=\"{word}.{kind}+xml\"/>");
        }
    }
    out += "</Types>";
    out.into_bytes()
}

/// A small picture, each name another colour.
fn picture(name: &str) -> Vec<u8> {
    if name.ends_with(".emf") {
        return vec![1, 0, 0, 0, 0x6c, 0, 0, 0];
    }
    let tone = u8::try_from(name.len() * 7 % 200).unwrap();
    let image = image::RgbImage::from_fn(40, 20, |x, _| image::Rgb([tone, x as u8 * 6, 90]));
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, image::ImageFormat::Png).unwrap();
    out.into_inner()
}
