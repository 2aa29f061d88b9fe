//! Files that are broken, locked or made to break a reader: each is told or judged as
//! far as it goes, soon, and nothing panics.

use std::fmt::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

use kanyin::diag::FaultKind;
use kanyin::print::preflight::{Check, Order, Verdict, preflight};
use lopdf::{Object, Stream, dictionary};

use super::sheet::{Book, book};
use super::{after, order};
use crate::judges::at_hand::program;

/// What a file is refused with.
fn refused(bytes: Vec<u8>) -> &'static str {
    let fault = preflight(bytes, &Order::default()).expect_err("it is no file for the press");
    assert_eq!(fault.kind, FaultKind::Usage);
    let finding = &fault.findings[0];
    assert!(finding.hint(kanyin::diag::Lang::Zh).is_some());
    finding.code.name()
}

fn soon<T>(what: impl FnOnce() -> T) -> T {
    let begin = Instant::now();
    let done = what();
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
    done
}

/// A file of these objects, from 1 on; the first is the catalog.
fn file(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.6\n".to_owned();
    let mut places = String::new();
    for (i, object) in objects.iter().enumerate() {
        let _ = writeln!(places, "{:010} 00000 n ", file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let (table, size) = (file.len(), objects.len() + 1);
    let _ = write!(file, "xref\n0 {size}\n0000000000 65535 f \n{places}");
    let _ = write!(file, "trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
    file.into_bytes()
}

const CATALOG: &str = "<< /Type /Catalog /Pages 2 0 R >>";

#[test]
fn what_is_no_pdf_is_refused() {
    assert_eq!(refused(Vec::new()), "preflight-no-pdf");
    assert_eq!(refused("云澜大学".as_bytes().to_vec()), "preflight-no-pdf");
    assert_eq!(refused(b"%PDF-1.6\n".to_vec()), "preflight-unreadable");
}

#[test]
fn a_file_cut_off_anywhere_is_told_and_nothing_panics() {
    let Some(book) = book() else { return };
    let whole = book.bytes();
    for part in 1..40 {
        let cut = whole[..whole.len() * part / 40].to_vec();
        if let Ok(found) = preflight(cut, &order()) {
            assert!(!found.is_good(), "a part of the file is missing");
        }
    }
}

#[test]
fn a_file_with_wrong_bytes_is_judged_or_told_and_nothing_panics() {
    let Some(book) = book() else { return };
    let whole = book.bytes();
    let mut seed = 1_u32;
    for _ in 0..60 {
        let mut bytes = whole.clone();
        for _ in 0..30 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = seed as usize % bytes.len();
            bytes[at] = (seed >> 24) as u8;
        }
        let _ = soon(|| preflight(bytes, &order()));
    }
}

#[test]
fn a_file_that_only_a_password_opens_fails_one_check_and_is_not_judged_otherwise() {
    let (Some(book), Some(qpdf)) = (book(), program("qpdf")) else { return };
    let dir = tempfile::tempdir().unwrap();
    let [open, closed] = ["open.pdf", "closed.pdf"].map(|name| dir.path().join(name));
    std::fs::write(&open, book.bytes()).unwrap();
    for (user, pages) in [("geheim", 0), ("", 4)] {
        let done = Command::new(&qpdf)
            .args(["--encrypt", user, "owner", "256", "--"])
            .args([&open, &closed])
            .status();
        assert!(done.unwrap().success());
        let found = preflight(std::fs::read(&closed).unwrap(), &order()).unwrap();
        assert_eq!(found.check(Check::Encryption).verdict, Verdict::Failed);
        assert_eq!(found.pages, pages, "one that only restricts can be read");
        let colours = found.check(Check::Colours).verdict;
        let expected = if pages == 0 { Verdict::NotJudged } else { Verdict::Passed };
        assert_eq!(colours, expected);
    }
}

#[test]
fn brackets_without_end_are_refused() {
    let page = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned();
    for (open, close) in [("[", "]"), ("<</A", ">>")] {
        let deep = open.repeat(100_000) + &close.repeat(100_000);
        let objects = [CATALOG.to_owned(), page.clone(), format!("<< /Type /Page /X {deep} >>")];
        assert_eq!(soon(|| refused(file(&objects))), "preflight-nested");
    }
    // Deep, but not without end: the reader has room for it.
    let deep = "[".repeat(9_000) + &"]".repeat(9_000);
    let objects = [CATALOG.to_owned(), page, format!("<< /Type /Page /X {deep} >>")];
    soon(|| preflight(file(&objects), &order())).expect("it can be read");
}

#[test]
fn brackets_without_end_on_a_page_leave_it_unread() {
    let Some(found) = after(|book| {
        book.draw(1, &"[".repeat(100_000));
        // What is compressed is seen only when it is read.
        book.doc.compress();
    }) else {
        return;
    };
    assert_eq!(found.check(Check::Colours).verdict, Verdict::NotJudged);
}

#[test]
fn a_tree_of_pages_that_loops_multiplies_or_is_too_deep_is_refused() {
    let pages = |kids: &str| format!("<< /Type /Pages /Kids [{kids}] /Count 2000000000 >>");
    let looped = [CATALOG.to_owned(), pages("3 0 R"), pages("2 0 R")];
    assert_eq!(soon(|| refused(file(&looped))), "preflight-page-tree");
    // Forty levels, each of which has the next one twice.
    let mut doubled = vec![CATALOG.to_owned()];
    doubled.extend((3..43).map(|next| pages(&format!("{next} 0 R {next} 0 R"))));
    doubled.push("<< /Type /Page >>".to_owned());
    assert_eq!(soon(|| refused(file(&doubled))), "preflight-page-tree");
    let mut deep = vec![CATALOG.to_owned()];
    deep.extend((3..100_003).map(|next| pages(&format!("{next} 0 R"))));
    assert_eq!(soon(|| refused(file(&deep))), "preflight-page-tree");
}

#[test]
fn a_count_of_pages_that_is_not_true_frightens_nobody() {
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>".to_owned();
    let tree = "<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>".to_owned();
    let found = soon(|| preflight(file(&[CATALOG.to_owned(), tree, page]), &order())).unwrap();
    assert_eq!(found.pages, 1);
}

/// Puts a form under a name that draws what it is given.
fn form(book: &mut Book, name: &str, draws: &str) {
    let resources = Object::Reference(book.resources);
    let frame = vec![0.into(), 0.into(), 99.into(), 99.into()];
    let keys = dictionary! { "Subtype" => "Form", "BBox" => frame, "Resources" => resources };
    book.resource("XObject", name, Stream::new(keys, draws.as_bytes().to_vec()));
}

#[test]
fn forms_that_draw_themselves_are_told() {
    let Some(found) = soon(|| {
        after(|book| {
            form(book, "A", "/B Do");
            form(book, "B", "/A Do");
            book.draw(1, "/A Do");
        })
    }) else {
        return;
    };
    let features = found.check(Check::Features);
    assert_eq!(features.verdict, Verdict::Failed);
    assert_eq!(features.found[0].finding.code.name(), "preflight-form-loop");
}

#[test]
fn forms_that_multiply_are_followed_as_far_as_is_reasonable() {
    let Some(found) = soon(|| {
        after(|book| {
            for level in 0..26 {
                let next = level + 1;
                form(book, &format!("F{level}"), &format!("/F{next} Do /F{next} Do"));
            }
            form(book, "F26", "0 0 9 9 re f");
            book.draw(1, "/F0 Do");
        })
    }) else {
        return;
    };
    assert_eq!(found.check(Check::Colours).verdict, Verdict::NotJudged);
}

#[test]
fn states_saved_without_end_leave_a_page_unread() {
    let Some(found) = after(|book| book.draw(1, &"q ".repeat(1_000_000))) else { return };
    assert_eq!(found.check(Check::Colours).verdict, Verdict::NotJudged);
}

#[test]
fn numbers_beyond_all_measure_are_borne() {
    let huge = "99999999999999999999999999999999999999999999";
    let drawing = format!(
        "{huge} 0 0 {huge} -{huge} {huge} cm /Grey Do BT /F {huge} Tf (a) Tj ET \
         {huge} w 0 0 m {huge} {huge} l S /Grey Do"
    );
    let Some(found) = after(|book| book.draw(1, &drawing)) else { return };
    assert_eq!(found.pages, 4);
    let found = after(|book| {
        let far = Object::Real(f32::MAX);
        book.page(1).set("MediaBox", vec![0.into(), 0.into(), far.clone(), far]);
        book.page(2).set("TrimBox", vec![0.into(), 0.into(), 0.into(), 0.into()]);
        book.page(3).set("UserUnit", 0);
    });
    assert!(!found.unwrap().is_good());
}
