//! `kanyin preflight`: what a clerk reads, what a program reads, and the exit codes.

use serde_json::Value;

use crate::Desk;

/// A page with the word on it, as nobody should send it to a press.
pub(crate) fn desk() -> Desk {
    let desk = Desk::empty();
    let drawing = "1 0 0 rg 10 10 50 50 re f";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 300 400] \
         /TrimBox [8.504 8.504 291.496 391.496] /BleedBox [0 0 300 400] >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{drawing}\nendstream", drawing.len()),
    ];
    let mut file = "%PDF-1.6\n".to_owned();
    let mut places = String::new();
    for (i, object) in objects.iter().enumerate() {
        places.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", i + 1));
    }
    let table = file.len();
    file.push_str(&format!("xref\n0 5\n0000000000 65535 f \n{places}"));
    file.push_str(&format!("trailer << /Size 5 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"));
    desk.write("书.pdf", &file);
    desk
}

#[test]
fn a_clerk_reads_number_name_verdict_place_and_remedy() {
    let ran = desk().run(&["preflight", "书.pdf"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(lines[0].starts_with("书.pdf：1 页，成品 99.8 × 135.1 毫米"), "{}", ran.out);
    let colours = lines.iter().position(|line| line.starts_with("15  不合格")).expect("check 15");
    assert!(lines[colours + 1].contains("第 1 页，距左 0.5、距上"), "{}", ran.out);
    assert!(lines[colours + 2].contains("→"), "{}", ran.out);
    let checks = lines.iter().filter(|line| line.chars().take(2).any(|c| c.is_ascii_digit()));
    assert_eq!(checks.count() - 1, 24, "and the sum: {}", ran.out);
    assert!(ran.out.contains("不是 PDF/X 认证"), "{}", ran.out);
    assert!(!ran.out.contains("preflight-head"), "no wording is missing");
}

#[test]
fn what_is_said_of_many_pages_is_said_once() {
    let desk = desk();
    let kids = "/Kids [3 0 R 3 0 R 3 0 R] /Count 3";
    let file = desk.read("书.pdf").replace("/TrimBox", "/Nothing");
    desk.write("书.pdf", &file.replace("/Kids [3 0 R] /Count 1", kids));
    let ran = desk.run(&["preflight", "书.pdf"]);
    assert_eq!(ran.out.matches("没有成品框（TrimBox）").count(), 1, "{}", ran.out);
    assert!(ran.out.contains("第 1–3 页：没有成品框"), "{}", ran.out);
}

#[test]
fn a_program_reads_json_of_a_version() {
    let ran = desk().run(&["preflight", "书.pdf", "--json", "--standard", "x1a"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!((&report["version"], &report["file"]), (&1.into(), &"书.pdf".into()));
    assert_eq!((&report["standard"], &report["pages"]), (&"x1a".into(), &1.into()));
    let checks = report["checks"].as_array().expect("a list");
    let numbers: Vec<u64> = checks.iter().filter_map(|c| c["number"].as_u64()).collect();
    assert_eq!(numbers, (1..=24).collect::<Vec<_>>());
    let found = &checks[14]["findings"][0];
    assert_eq!(checks[14]["verdict"], "failed");
    assert_eq!((&found["page"], &found["left"]), (&1.into(), &0.5.into()));
    assert_eq!(found["args"]["space"], "DeviceRGB");
}

#[test]
fn the_job_is_said_by_options_and_wrong_ones_are_told() {
    let desk = desk();
    let ran = desk.run(&["preflight", "书.pdf", "--trim", "185x260", "--saddle", "--black", "all"]);
    for words in ["要的是 185 × 260 毫米", "骑马订还差 3 页"] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    for wrong in [
        ["--trim", "185"],
        ["--standard", "x3"],
        ["--bleed", "-1"],
        ["--black", "0-4"],
        ["--ink", "many"],
        ["--paper", "shiny"],
    ] {
        let ran = desk.run(&["preflight", "书.pdf", wrong[0], wrong[1]]);
        assert_eq!(ran.code, 2, "{wrong:?}");
        assert!(ran.err.contains(wrong[0]) && ran.err.contains("→"), "{wrong:?}: {}", ran.err);
    }
}

#[test]
fn what_cannot_be_judged_is_wrong_usage() {
    let desk = desk();
    desk.write("文.pdf", "云澜大学");
    for (file, code) in [("没有.pdf", "preflight-unopened"), ("文.pdf", "preflight-no-pdf")] {
        let ran = desk.run(&["preflight", file]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{file}");
        assert!(ran.err.contains(file) && ran.err.contains(code), "{file}: {}", ran.err);
    }
    let ran = desk.run(&["explain", "preflight-black"]);
    assert!(ran.out.contains("为什么") && ran.out.contains("K100"), "{}", ran.out);
}
