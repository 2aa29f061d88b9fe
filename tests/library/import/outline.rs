//! An article of `inspect --json` as an outline: lines that a person can review,
//! as the expected files of the import cases hold them.

use std::fmt::Write as _;

use serde_json::Value;

/// The JSON in lines that a person can review.
pub fn outline(json: &Value) -> String {
    let mut out = String::new();
    let names = [
        "title",
        "kicker",
        "subtitle",
        "column",
        "date",
        "date_raw",
        "views",
        "source",
        "source_url",
        "summary",
    ];
    for name in names {
        match &json[name] {
            Value::Null => {}
            Value::String(text) => _ = writeln!(out, "{name}: {text}"),
            other => _ = writeln!(out, "{name}: {other}"),
        }
    }
    if let Some(series) = json["series"].as_object() {
        let _ = writeln!(out, "series: {} {} {}", series["name"], series["ordinal"], series["raw"]);
    }
    for credit in list(&json["credits"]) {
        let names: Vec<&str> = list(&credit["names"]).iter().filter_map(Value::as_str).collect();
        let (role, label) = (text(&credit["role"]), text(&credit["label"]));
        let _ = writeln!(out, "credit {role} {label}: {}", names.join(" + "));
    }
    out.push_str("---\n");
    blocks(list(&json["blocks"]), 0, &mut out);
    for (i, note) in list(&json["notes"]).iter().enumerate() {
        let _ = writeln!(out, "note {i}");
        blocks(list(&note["blocks"]), 1, &mut out);
    }
    out.push_str("---\n");
    for finding in list(&json["findings"]) {
        let (severity, code) = (text(&finding["severity"]), text(&finding["code"]));
        let args = finding.get("args").map_or_else(|| "{}".to_owned(), Value::to_string);
        let _ = writeln!(out, "{severity} {code} line {} {args}", finding["line"]);
    }
    for edit in list(&json["edits"]) {
        let (rule, place) = (text(&edit["rule"]), text(&edit["place"]));
        let _ = write!(out, "{} {rule} {place} line {}: ", text(&edit["grade"]), edit["line"]);
        let _ = writeln!(out, "{} → {}", edit["old"], edit["new"]);
    }
    out.lines().flat_map(|line| [line.trim_end(), "\n"]).collect()
}

/// A string, or nothing where there is none.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// An array, or nothing where there is none.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn blocks(blocks: &[Value], depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    for block in blocks {
        let kind = text(&block["kind"]);
        let _ = write!(out, "{pad}{kind}");
        let reason = text(&block["reason"]);
        if !matches!(reason, "read-line-paragraph" | "read-stated") {
            let _ =
                write!(out, " ({} {})", reason.trim_start_matches("read-"), block["confidence"]);
        }
        match kind {
            "paragraph" => _ = writeln!(out, ": {}", line(&block["inlines"])),
            "heading" => _ = writeln!(out, " {}: {}", block["level"], line(&block["inlines"])),
            "figure" => {
                for image in list(&block["images"]) {
                    let _ = write!(out, " <{}>", text(&image["name"]));
                }
                let _ = writeln!(out, " | {}", line(&block["inlines"]));
            }
            "list" => {
                let _ = writeln!(out, " ordered {} from {}", block["ordered"], block["start"]);
                for item in list(&block["items"]) {
                    let _ = writeln!(out, "{pad}- item");
                    self::blocks(list(item), depth + 1, out);
                }
            }
            "table" => {
                let _ = writeln!(out, " header rows {}", block["header_rows"]);
                for row in list(&block["rows"]) {
                    let cells: Vec<&str> = list(row).iter().map(|c| text(&c["text"])).collect();
                    let _ = writeln!(out, "{pad}  {}", cells.join(" | "));
                }
            }
            "unknown" => _ = writeln!(out, ": {} ({})", block["text"], text(&block["why"])),
            _ => {
                let _ = writeln!(out, " {}", text(&block["aside"]));
                self::blocks(list(&block["blocks"]), depth + 1, out);
            }
        }
    }
}

fn line(inlines: &Value) -> String {
    let mut out = String::new();
    for inline in list(inlines) {
        match text(&inline["kind"]) {
            "text" => out.push_str(text(&inline["text"])),
            "note" => _ = write!(out, "{{note {}}}", inline["note"]),
            "ruby" => {
                _ = write!(out, "{{ruby {}|{}}}", text(&inline["base"]), text(&inline["text"]))
            }
            "link" => {
                _ = write!(out, "{{link {} {}}}", text(&inline["url"]), line(&inline["inlines"]))
            }
            "break" => out.push_str("{break}"),
            kind => _ = write!(out, "{{{kind} {}}}", line(&inline["inlines"])),
        }
    }
    out
}
