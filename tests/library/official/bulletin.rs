//! Issues of a bulletin: pages that are counted on, folded sheets, the block at the end.

use std::fs;

use kanyin::diag::{FaultKind, Lang};
use kanyin::project::Project;

use super::BULLETIN;
use super::measure::{SIZE, article, han, hold_end, made};

/// An issue that goes on counting names its own numbers in the contents.
#[test]
fn the_pages_of_a_year_are_counted_on() {
    let publication =
        format!("{BULLETIN}[publication.bulletin]\nfirst_page = 41\nreported = [\"校长\"]\n");
    let articles = [article("灯亮起来", &han(28 * 30)), article("灯又亮起来", &han(28 * 30))];
    let Some(made) = made(&publication, &[&articles[0], &articles[1]]) else { return };
    let Some(pages) = made.pages() else { return };
    for (number, page) in (41..).zip(&pages) {
        assert_eq!(page.line("—").text, format!("—{number}—"));
    }
    for title in ["灯亮起来", "灯又亮起来"] {
        let entry = pages[0].lines.iter().find(|line| line.text.starts_with(title)).unwrap();
        let number: usize = entry.text.trim_start_matches(title).trim_matches('.').parse().unwrap();
        let page = &pages[number - 41];
        assert!(page.lines.iter().any(|line| line.text == title), "{title} opens on {number}");
    }
}

#[test]
fn an_issue_does_not_begin_on_an_even_page() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[[publication]]\nid = \"one\"\nkind = \"bulletin\"\n\n[publication.bulletin]\n\
                first_page = 42\n";
    fs::write(folder.path().join("kanyin.toml"), text).unwrap();
    let fault = Project::open(folder.path()).unwrap_err();
    assert_eq!(fault.kind, FaultKind::Configuration);
    let finding = &fault.findings[0];
    assert_eq!((finding.code.name(), finding.line), ("bulletin-first-page-even", Some(6)));
    assert!(finding.message(Lang::Zh).contains("42") && finding.hint(Lang::Zh).is_some());
}

/// Folded sheets have four pages each: the block at the end is on the last of them, and
/// blank pages are before it.
#[test]
fn a_folded_bulletin_fills_its_sheets() {
    let publication = format!(
        "{BULLETIN}print = {{ booklet = \"A3\" }}\n[publication.bulletin]\nreported = [\"校长\"]\n\
         copies = 20\n"
    );
    for lines in [3, 30, 52, 70] {
        let text = article("灯亮起来", &han(28 * lines));
        let Some(made) = made(&publication, &[&text]) else { return };
        let Some(pages) = made.pages() else { return };
        assert_eq!(pages.len() % 4, 0, "{lines} lines");
        let (last, before) = pages.split_last().unwrap();
        hold_end(&made.file(), last);
        assert!(last.has("报：校长。") && last.has("共印20份"), "{lines} lines");
        let text = before.iter().rposition(|page| !page.lines.is_empty()).unwrap();
        assert!(before[..text].iter().all(|page| !page.lines.is_empty()), "{lines} lines");
        let numbered = last.lines.iter().any(|line| line.text.starts_with('—'));
        assert_eq!(numbered, text + 1 == before.len(), "{lines} lines");
    }
}

/// An issue on single sheets ends where its text ends, also where the page is full.
#[test]
fn the_end_of_a_bulletin_stands_at_the_foot_of_its_last_page() {
    let publication =
        format!("{BULLETIN}[publication.bulletin]\nreported = [\"校长\"]\ncopies = 20\n");
    for lines in [3, 26, 27, 28, 29, 30, 31, 32, 33] {
        let text = article("灯亮起来", &han(28 * lines));
        let Some(made) = made(&publication, &[&text]) else { return };
        let Some(pages) = made.pages() else { return };
        let last = pages.last().unwrap();
        hold_end(&made.file(), last);
        let block = last.line("报：校长。").top;
        let above = last.lines.iter().filter(|line| line.top < block);
        assert!(above.clone().all(|line| line.top + SIZE < block - 2.0), "{lines} lines");
        assert!(pages.iter().all(|page| page.has("—")), "{lines} lines");
    }
}
