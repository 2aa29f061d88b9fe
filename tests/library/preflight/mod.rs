//! Preflight: the clean book passes all twenty-four checks; each spoilt one is caught
//! by its own check and by no other; broken files are told, and nothing panics.

mod file;
mod hostile;
mod judged;
mod page;
mod sheet;

use std::collections::BTreeSet;

use kanyin::print::Standard;
use kanyin::print::preflight::{BlackPages, Check, Order, Preflight, Verdict, preflight};
use lopdf::{Object, dictionary};

use sheet::{Book, book, text};

/// What was ordered: the book as it is.
fn order() -> Order {
    Order {
        standard: Some(Standard::X4),
        trim: Some([100.0, 150.0]),
        saddle: true,
        black: BlackPages::Only(vec![2..=2]),
        spots: Some(BTreeSet::new()),
        ..Order::default()
    }
}

/// The verdicts on a book after something was done to it.
fn after(spoil: impl FnOnce(&mut Book)) -> Option<Preflight> {
    after_by(&order(), spoil)
}

fn after_by(order: &Order, spoil: impl FnOnce(&mut Book)) -> Option<Preflight> {
    let mut book = book()?;
    spoil(&mut book);
    Some(preflight(book.bytes(), order).expect("it can be read"))
}

/// Holds that this check, and no other, finds this. How much ink a colour is that has
/// yet to be converted, nobody can judge.
fn caught(check: Check, code: &str, verdict: Verdict, spoil: impl FnOnce(&mut Book)) {
    let Some(found) = after(spoil) else { return };
    only(&found, check, code, verdict);
}

fn only(found: &Preflight, check: Check, code: &str, verdict: Verdict) {
    let judged = found.check(check);
    assert_eq!(judged.verdict, verdict, "{code}: {judged:?}");
    let codes: Vec<&str> = judged.found.iter().map(|f| f.finding.code.name()).collect();
    assert!(codes.iter().all(|c| *c == code), "{code}: {codes:?}");
    for other in found.checks.iter().filter(|other| other.check != check) {
        let unknown = (check, other.check) == (Check::Colours, Check::Ink);
        let expected = if unknown { Verdict::NotJudged } else { Verdict::Passed };
        assert_eq!(other.verdict, expected, "{code}: {other:?}");
    }
}

#[test]
fn the_clean_book_passes_all_twenty_four() {
    let Some(found) = after(|_| {}) else { return };
    for judged in &found.checks {
        assert_eq!((judged.verdict, &judged.found[..]), (Verdict::Passed, &[][..]), "{judged:?}");
    }
    assert_eq!((found.pages, found.checks.len(), found.is_good()), (4, 24, true));
    let numbers: Vec<usize> = Check::all().map(Check::number).collect();
    assert_eq!(numbers, (1..=24).collect::<Vec<_>>());
}

/// The book as PDF/X-1a.
fn old(book: &mut Book) {
    book.doc.version = "1.4".to_owned();
    let info = book.info;
    book.dictionary(info).set("GTS_PDFXVersion", text("PDF/X-1a:2003"));
    for page in 1..=4 {
        book.page(page).remove(b"Group");
    }
}

#[test]
fn pdf_x_1a_is_told_by_its_claim_and_knows_no_transparency() {
    let unsaid = Order { standard: None, ..order() };
    let Some(found) = after_by(&unsaid, old) else { return };
    assert_eq!(found.standard, Standard::X1a);
    assert!(found.checks.iter().all(|judged| judged.verdict == Verdict::Passed), "{found:?}");
    let found = after_by(&unsaid, |book| {
        old(book);
        book.resource("ExtGState", "Pale", dictionary! { "ca" => 0.5 });
        book.draw(1, "/Pale gs 0 0 0 1 k 100 100 9 9 re f");
    });
    only(&found.unwrap(), Check::Transparency, "preflight-transparent", Verdict::Failed);
    let found = after_by(&unsaid, |book| {
        old(book);
        book.catalog().set("OCProperties", dictionary! { "OCGs" => Vec::<Object>::new() });
    });
    only(&found.unwrap(), Check::Features, "preflight-layers", Verdict::Failed);
}

#[test]
fn object_streams_pass_for_x4_and_not_for_x1a() {
    let packed = |spoil: fn(&mut Book)| {
        let mut book = book()?;
        spoil(&mut book);
        let (mut out, version) = (Vec::new(), book.doc.version.clone());
        book.doc.save_modern(&mut out).expect("it is only memory");
        // The header that was asked for, whatever the writer thinks of it.
        out[5..8].copy_from_slice(version.as_bytes());
        Some(out)
    };
    let Some(file) = packed(|_| {}) else { return };
    let found = preflight(file, &order()).unwrap();
    assert!(found.checks.iter().all(|judged| judged.verdict == Verdict::Passed), "{found:?}");
    let x1a = Order { standard: Some(Standard::X1a), ..order() };
    let found = preflight(packed(old).unwrap(), &x1a).unwrap();
    let codes = found.check(Check::Version).found.iter().map(|f| f.finding.code.name());
    assert!(codes.into_iter().any(|code| code == "preflight-object-streams"), "{found:?}");
}

#[test]
fn the_same_file_is_judged_alike_again() {
    let spoil = |book: &mut Book| {
        for page in 1..=4 {
            book.draw(page, "1 0 0 rg 100 100 9 9 re f 1 1 1 1 k 120 100 9 9 re f");
        }
    };
    let (Some(one), Some(other)) = (after(spoil), after(spoil)) else { return };
    assert_eq!(one, other);
    assert_eq!(one.check(Check::Colours).found.len(), 4);
}
