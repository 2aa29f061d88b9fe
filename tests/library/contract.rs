//! `layouts/CONTRACT.md`: what a look is given. The page is made from the view's
//! own doc comments, so it cannot fall behind; `KANYIN_BLESS=1` writes it anew.

use std::fmt::Write as _;
use std::fs;

use crate::support::root;

const HEAD: &str = "\
# What a look is given

Made from the doc comments of `src/export/view`; do not edit. A field that does not apply is empty, \
false or none, and never absent. `kind` tells blocks and inlines apart.
";

/// The files the view is made of, and the items of each that a look sees.
const SEEN: &[(&str, &[&str])] = &[
    (
        "src/export/view/mod.rs",
        &[
            "View",
            "Press",
            "Issue",
            "Recipients",
            "Colophon",
            "Fact",
            "Part",
            "Article",
            "Series",
            "Credit",
            "Note",
        ],
    ),
    ("src/export/view/node.rs", &["Block", "ListItem", "Image", "Cell", "Inline", "PageBreak"]),
    ("src/export/view/paging.rs", &["PrintedPage"]),
    ("src/export/view/document.rs", &["Document", "Attachment"]),
    (
        "src/export/view/lists.rs",
        &[
            "Month",
            "Event",
            "Captioned",
            "IndexList",
            "IndexLetter",
            "IndexName",
            "IndexPlace",
            "Mark",
        ],
    ),
    ("src/export/view/catalogue.rs", &["Catalogue", "Person"]),
    ("src/export/view/volume.rs", &["Volume", "Instalment"]),
    ("src/layout/look.rs", &["Page"]),
];

#[test]
fn the_contract_with_looks_is_written_down() {
    let mut page = HEAD.to_owned();
    for (file, items) in SEEN {
        let text = fs::read_to_string(root().join(file)).expect("a source file");
        for item in *items {
            page.push_str(&section(&text, item));
        }
    }
    page.push_str(&templates());
    let path = root().join("layouts/CONTRACT.md");
    if std::env::var_os("KANYIN_BLESS").is_some() {
        fs::write(&path, &page).expect("layouts/CONTRACT.md can be written");
    }
    let written = fs::read_to_string(&path).expect("layouts/CONTRACT.md");
    assert!(
        written == page,
        "layouts/CONTRACT.md is not what the view says; run this test with KANYIN_BLESS=1"
    );
}

#[test]
fn a_section_names_kinds_fields_and_types() {
    let text = "\
/// Something
/// of two lines.
pub enum Shape {
    /// A ring.
    Ring,
    /// A box | with a lid.
    OpenBox {
        /// Its sides.
        sides: Vec<Option<Side>>,
    },
}
";
    let expected = "
## Shape

Something of two lines.

| kind, field | type | |
|---|---|---|
| **`ring`** | | A ring. |
| **`openbox`** | | A box \\| with a lid. |
| `sides` | list of Side or none | Its sides. |
";
    assert_eq!(section(text, "Shape"), expected);
}

/// One struct or enum as a table.
fn section(text: &str, item: &str) -> String {
    let mut lines = text.lines();
    let mut doc = String::new();
    let opened = lines.any(|line| match line.strip_prefix("///") {
        Some(words) => {
            push_words(&mut doc, words);
            false
        }
        None => {
            let found = ["struct", "enum"].iter().any(|k| line == format!("pub {k} {item} {{"));
            if !found && !line.starts_with("#[") {
                doc.clear();
            }
            found
        }
    });
    assert!(opened, "{item} is in the view");
    let mut out = format!("\n## {item}\n\n{doc}\n\n| kind, field | type | |\n|---|---|---|\n");
    doc.clear();
    for line in lines.take_while(|line| *line != "}") {
        let code = line.trim().trim_start_matches("pub ").trim_end_matches(',');
        if let Some(words) = code.strip_prefix("///") {
            push_words(&mut doc, words);
        } else if let Some((field, kind)) = code.split_once(": ") {
            let _ = writeln!(out, "| `{field}` | {} | {doc} |", plain_type(kind));
            doc.clear();
        } else if code != "}" && !code.starts_with("#[") {
            let kind = code.trim_end_matches(" {").to_lowercase();
            let _ = writeln!(out, "| **`{kind}`** | | {doc} |");
            doc.clear();
        }
    }
    out
}

/// What a template may call.
fn templates() -> String {
    let text = fs::read_to_string(root().join("src/export/html/mod.rs")).expect("a source file");
    let mut out =
        "\n## In templates\n\nFiles that end in `.j2` are minijinja templates.\n".to_owned();
    for (what, call) in
        [("Filters", "add_filter(\""), ("Tests", "add_test(\""), ("Functions", "add_function(\"")]
    {
        let names = text.split(call).skip(1).filter_map(|rest| rest.split('"').next());
        let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
        let _ = writeln!(out, "\n{what}: {}.", names.join(", "));
    }
    out
}

fn push_words(doc: &mut String, words: &str) {
    if !doc.is_empty() {
        doc.push(' ');
    }
    doc.push_str(&words.trim().replace('|', "\\|"));
}

/// A type in a designer's words.
fn plain_type(kind: &str) -> String {
    let within = |outer: &str| kind.strip_prefix(outer)?.strip_suffix('>').map(plain_type);
    if let Some(inner) = within("Vec<") {
        return format!("list of {inner}");
    }
    // Written as its name, or empty.
    if kind == "Option<ParagraphRole>" {
        return "text".to_owned();
    }
    if let Some(inner) = within("Option<") {
        return format!("{inner} or none");
    }
    match kind {
        "String" | "&'static str" => "text",
        "bool" => "true or false",
        "u8" | "u32" | "usize" | "f64" => "number",
        "toml::Table" => "table",
        "Wording" => "text by key",
        own => own,
    }
    .to_owned()
}
