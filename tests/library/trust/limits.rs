//! `[limits]` in `kanyin.toml`: what is read is bounded, each bound can be moved, and
//! what says so names the key.

use kanyin::diag::{FaultKind, Finding, Lang};
use kanyin::pipeline::check;
use kanyin::project::{Limits, Project};

use super::Folder;
use crate::word::make::Case;

const MANIFEST: &str = "[[publication]]\nid = \"all\"\ntitle = \"湖边\"\n";

/// What is found in a project with these limits and sources.
fn found(limits: &str, sources: &[(&str, Vec<u8>)]) -> Vec<Finding> {
    let folder = Folder::new(&format!("[limits]\n{limits}\n{MANIFEST}"));
    sources.iter().for_each(|(name, bytes)| folder.write(&format!("sources/{name}"), bytes));
    let project = Project::open(folder.path("").as_path()).unwrap();
    let findings = check(&project, &[], &kanyin::diag::Silent).unwrap();
    findings.into_iter().map(|checked| checked.finding).collect()
}

/// Each bound: the key, a value that is enough and one that is not, sources, and what is
/// said.
#[test]
fn every_bound_can_be_moved_and_is_named_where_it_is_met() {
    let text = format!("# 湖边\n\n2024-03-05\n\n{}\n", "路修好了。\n\n".repeat(90_000));
    let several: String = (1..=3)
        .map(|n| {
            format!(
                "云澜大学举行第{n}届校园开放日活动\n2024-03-0{n}\n{}\n",
                "师生在湖边走了很远，谈起过去的一年。".repeat(9)
            )
        })
        .collect();
    let paragraphs = "<w:p><w:r><w:t>路修好了，行人可以走了。</w:t></w:r></w:p>".repeat(18_000);
    let word = Case::parse(&format!("== document\n{paragraphs}\n")).file();
    let noise = image::RgbImage::from_fn(1200, 1000, |x, y| {
        let n = x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(2_246_822_519);
        image::Rgb([(n >> 7) as u8, (n >> 13) as u8, (n >> 19) as u8])
    });
    let mut photo = std::io::Cursor::new(Vec::new());
    noise.write_to(&mut photo, image::ImageFormat::Png).unwrap();
    let shown = "# 湖边\n\n2024-03-05\n\n路修好了。\n\n![湖](湖.png)\n";
    let pictured = [("湖边.md", shown.as_bytes().to_vec()), ("湖.png", photo.into_inner())];
    for (key, enough, too_little, sources, code) in [
        ("source_mb", 2, 1, vec![("湖边.md", text.into_bytes())], "source-too-large"),
        (
            "articles_per_file",
            3,
            2,
            vec![("三篇.txt", several.into_bytes())],
            "source-too-many-articles",
        ),
        ("word_mb", 2, 1, vec![("湖边.docx", word)], "read-word-too-large"),
        ("picture_mb", 4, 1, pictured.to_vec(), "picture-too-large"),
        ("picture_megapixels", 2, 1, pictured.to_vec(), "picture-too-large"),
    ] {
        let all = found(&format!("{key} = {enough}"), &sources);
        assert!(!all.iter().any(|f| f.code.name() == code), "{key}: {all:?}");
        let all = found(&format!("{key} = {too_little}"), &sources);
        let told = all.iter().find(|f| f.code.name() == code);
        let told = told.unwrap_or_else(|| panic!("{key}: {all:?}"));
        for lang in [Lang::Zh, Lang::En] {
            assert!(told.hint(lang).unwrap().contains(key), "{key}: {told:?}");
        }
    }
}

#[test]
fn a_bound_without_sense_is_refused_with_its_line() {
    for (wrong, code) in [
        ("source_mb = 0", "limits-out-of-range"),
        ("layout_seconds = -3", "limits-out-of-range"),
        ("picture_megapixels = 99999999999", "limits-out-of-range"),
        ("picture_mb = \"many\"", "project-wants-number"),
        ("word_mb = 1.5", "project-wants-number"),
        ("pictures = 9", "project-unknown-key"),
    ] {
        let folder = Folder::new(&format!("[limits]\n{wrong}\n{MANIFEST}"));
        let fault = Project::open(folder.path("").as_path()).expect_err(wrong);
        assert_eq!(fault.kind, FaultKind::Configuration);
        assert_eq!(
            (fault.findings[0].code.name(), fault.findings[0].line),
            (code, Some(2)),
            "{wrong}"
        );
    }
}

/// Ten times a year of a large university, and the largest cameras.
#[test]
fn the_usual_bounds_are_generous() {
    let limits = Limits::default();
    assert!(limits.source_bytes() >= 400 << 20);
    assert!(limits.picture_megapixels.0 >= 150);
    assert!(limits.articles_per_file.0 >= 2_000);
    assert!(limits.patience().as_secs() >= 1_800);
}
