//! What cannot be laid on sheets, and how it is told.

use kanyin::print::impose::{Creep, Scheme, Sheet, Signature, Size, booklet, impose, open};
use lopdf::{Document, Object, dictionary};

use super::leaves::{Leaves, bytes};
use super::{Plan, SADDLE, a3, book, laid, plan, sheet, told};

#[test]
fn what_is_no_sound_pdf_is_told_apart() {
    let refused = |bytes: &[u8]| open(bytes).map(|_| ()).unwrap_err().code.name();
    assert_eq!(refused(b""), "impose-file-empty");
    assert_eq!(refused(b"\n \n"), "impose-file-empty");
    assert_eq!(refused("PK\u{3}\u{4}云澜大学".as_bytes()), "impose-no-pdf");
    assert_eq!(refused(b"%PDF-1.7\n"), "impose-file-damaged");
    let whole = book(8).bytes();
    assert!(open(&whole).is_ok());
    for kept in [whole.len() / 3, whole.len() / 2, whole.len() - 40] {
        assert_eq!(refused(&whole[..kept]), "impose-file-damaged", "{kept} of {}", whole.len());
    }
}

#[test]
fn a_locked_file_is_refused() {
    let mut document = book(4).document();
    let text = |byte: u8| Object::string_literal(vec![byte; 32]);
    let lock = dictionary! {
        "Filter" => "Standard", "V" => 1, "R" => 2, "P" => -4, "O" => text(1), "U" => text(2)
    };
    let lock = document.add_object(lock);
    document.trailer.set("Encrypt", lock);
    document.trailer.set("ID", vec![text(3), text(3)]);
    let refused = open(&bytes(&mut document)).map(|_| ()).unwrap_err();
    assert_eq!(refused.code.name(), "impose-file-locked");
}

#[test]
fn a_file_without_pages_is_refused() {
    let fault = impose(book(0).document(), &plan(SADDLE)).unwrap_err();
    assert_eq!(told(&fault).0, "impose-no-pages");
    let fault = impose(Document::with_version("1.6"), &plan(SADDLE)).unwrap_err();
    assert_eq!(told(&fault).0, "impose-no-pages");
}

/// The number of the page's dictionary, from 1.
fn nth(document: &Document, page: u32) -> lopdf::ObjectId {
    document.get_pages()[&page]
}

#[test]
fn a_page_that_cannot_be_read_is_named() {
    let broken = |change: &dyn Fn(&mut Document)| {
        let mut document = book(4).document();
        change(&mut document);
        told(&impose(document, &plan(SADDLE)).unwrap_err())
    };
    let third = ("impose-page-unusable", vec![("page", "3".to_owned())]);
    let missing = broken(&|document| {
        let page = nth(document, 3);
        document.objects.remove(&page);
    });
    assert_eq!(missing, third, "the page is missing");
    let empty = broken(&|document| {
        let content = document.get_page_contents(nth(document, 3))[0];
        document.objects.remove(&content);
    });
    assert_eq!(empty, third, "its content is missing");
    let tilted = broken(&|document| {
        let page = nth(document, 3);
        document.get_dictionary_mut(page).unwrap().set("Rotate", 45);
    });
    assert_eq!(tilted, third, "it is turned by half a right angle");
    let circle = broken(&|document| {
        let root = document.catalog().unwrap().get(b"Pages").unwrap().clone();
        let page = nth(document, 3);
        document.get_dictionary_mut(page).unwrap().set("Kids", vec![root]);
    });
    assert_eq!(circle, third, "it leads back to where it stands");
}

#[test]
fn a_page_of_another_size_is_named() {
    let mut document = book(4).document();
    let page = nth(&document, 3);
    let page = document.get_dictionary_mut(page).unwrap();
    page.set("Rotate", 90);
    let (code, args) = told(&impose(document, &plan(SADDLE)).unwrap_err());
    assert_eq!(code, "impose-sizes-differ");
    let said = [("page", "3"), ("size", "260 × 185 mm"), ("first", "185 × 260 mm")];
    assert_eq!(args, said.map(|(key, value)| (key, value.to_owned())));
}

#[test]
fn a_sheet_that_is_too_small_is_refused_and_another_named() {
    let leaves = Leaves { trim: [210.0, 285.0], ..book(8) };
    let (code, args) = told(&impose(leaves.document(), &plan(SADDLE)).unwrap_err());
    let of = |name| args.iter().find(|(key, _)| *key == name).unwrap().1.as_str();
    assert_eq!(code, "impose-sheet-too-small-with-bleed", "without bleed it would do");
    assert_eq!((of("sheet"), of("size")), ("A3", "297 × 420 mm"));
    assert_eq!((of("page"), of("needed")), ("210 × 285 mm", "426 × 291 mm"));
    assert_eq!(of("would"), "SRA3", "RA3 has no room for marks");
    let mut bare = plan(SADDLE);
    bare.bleed = Some(0.0);
    assert!(impose(leaves.document(), &bare).is_ok());

    let a4 = Plan { sheet: sheet("A4", 210.0, 297.0), ..plan(SADDLE) };
    let (code, args) = told(&impose(leaves.document(), &a4).unwrap_err());
    assert_eq!(code, "impose-sheet-too-small");
    assert!(args.contains(&("would", "SRA3".to_owned())), "{args:?}");
    let large = Leaves { trim: [500.0, 700.0], ..book(8) };
    let (_, args) = told(&impose(large.document(), &a4).unwrap_err());
    assert!(args.contains(&("would", "1026x726".to_owned())), "{args:?}");
}

#[test]
fn too_many_sheets_in_one_another_are_told() {
    let codes = |leaves: &Leaves, plan: &Plan| -> Vec<&str> {
        laid(leaves, plan).findings.iter().map(|finding| finding.code.name()).collect()
    };
    assert_eq!(codes(&book(80), &plan(SADDLE)), [""; 0]);
    assert_eq!(codes(&book(84), &plan(SADDLE)), ["impose-too-thick"]);
    let sets = Scheme::Saddle(Signature::new(16));
    assert_eq!(codes(&book(84), &plan(sets)), [""; 0]);
    // 159 leaves of 0.105 mm: the text would be in the fold.
    let fault = booklet(book(640).document(), a3(), 0.105, Vec::new()).unwrap_err();
    let (code, args) = told(&fault);
    assert_eq!(code, "impose-creep-too-large");
    assert_eq!(args, [("creep", "16.7".to_owned()), ("sheets", "160".to_owned())]);
}

#[test]
fn blanks_and_what_is_left_out_are_said() {
    let found = laid(&book(13), &plan(SADDLE)).findings;
    let args = [("pages", "13".to_owned()), ("blanks", "3".to_owned())];
    assert_eq!((found.len(), found[0].code.name()), (1, "impose-blanks"));
    assert_eq!(found[0].args, args);

    let a4 = Leaves { trim: [210.0, 297.0], ..book(8) };
    let found = laid(&a4, &plan(SADDLE)).findings;
    assert_eq!((found.len(), found[0].code.name()), (1, "impose-bleed-left-out"));
    let bare = Leaves { bleed: 0.0, ..a4 };
    let found = laid(&bare, &plan(SADDLE)).findings;
    assert_eq!((found.len(), found[0].code.name()), (1, "impose-no-room-for-marks"));
}

#[test]
fn remarks_that_are_not_printed_are_counted_links_are_not() {
    let mut document = book(4).document();
    let mut note = |page: u32, kind: &str| {
        let mark = document.add_object(dictionary! { "Type" => "Annot", "Subtype" => kind });
        let page = nth(&document, page);
        let page = document.get_dictionary_mut(page).unwrap();
        let mut all = page.get(b"Annots").and_then(Object::as_array).cloned().unwrap_or_default();
        all.push(Object::from(mark));
        page.set("Annots", all);
    };
    note(1, "Link");
    note(2, "Stamp");
    note(2, "Popup");
    note(3, "Widget");
    let found = impose(document, &plan(SADDLE)).unwrap().findings;
    assert_eq!((found.len(), found[0].code.name()), (1, "impose-annotations-left-out"));
    assert_eq!(found[0].args, [("count", "2".to_owned()), ("page", "2".to_owned())]);
}

#[test]
fn a_sheet_is_called_by_its_name_or_its_measures() {
    let known = plan(SADDLE).known;
    let size = |text: &str| Sheet::named(text, &known).map(|sheet| sheet.size);
    let of = |width, height| Some(Size { width, height });
    assert_eq!(size("A3"), of(297.0, 420.0));
    assert_eq!(size(" sra3 "), of(320.0, 450.0));
    for text in ["464x320", "464X320", "464*320", "464×320", "464 x 320"] {
        assert_eq!(size(text), of(464.0, 320.0), "{text}");
    }
    assert_eq!(size("370.5x266"), of(370.5, 266.0));
    for text in ["", "A33", "x", "464x", "10x10", "464x320x2", "NaNx300", "-1x300", "9000x300"] {
        assert_eq!(size(text), None, "{text}");
    }
}

#[test]
fn the_innermost_sheet_may_be_told_how_far_it_is_drawn_in() {
    let mut plan = plan(SADDLE);
    plan.creep = Creep::Innermost(10.0);
    assert!(impose(book(8).document(), &plan).is_ok());
    plan.creep = Creep::Innermost(10.5);
    assert_eq!(told(&impose(book(8).document(), &plan).unwrap_err()).0, "impose-creep-too-large");
}
