//! Files that are no finished files, or lie about what is in them: refused or read for
//! what they are, and never without end.

use std::io::Cursor;

use kanyin::print::object_ranges;
use kanyin::verify::{epub, html, pdf};

use super::{on_pages, three};

#[test]
fn a_file_of_another_kind_is_refused() {
    assert_eq!(pdf(b"not a PDF".to_vec()).unwrap_err().code.name(), "verify-pdf-unreadable");
    let wrong = epub(Cursor::new(b"not an archive")).unwrap_err();
    assert_eq!(wrong.code.name(), "verify-epub-unreadable");
}

#[test]
fn a_page_of_html_says_what_a_reader_sees() {
    let page = "<!DOCTYPE html><html><head><title>不算</title><style>p{}</style></head><body>\
        <!-- 不算 --><p title=\"a>b\">甲&amp;乙&#x4e19;<script>不算</script>\
        <ruby>阅<rp>（</rp><rt>yuè</rt><rp>）</rp></ruby>&nbsp;丁</p></body></html>";
    assert_eq!(html(page).page_text(0), "甲&乙丙阅yuè丁");
}

#[test]
fn an_entity_without_end_is_text_and_takes_no_time() {
    assert_eq!(html("甲&乙 &#x4e19 &bogus;丁").page_text(0), "甲&乙&#x4e19&bogus;丁");
    let start = std::time::Instant::now();
    assert_eq!(html(&"&".repeat(300_000)).page_text(0).len(), 300_000);
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

#[test]
fn a_file_without_pages_names_no_page() {
    let kept = on_pages(&three(), &[]);
    assert_eq!(kept.found, 0);
    assert!(kept.missing.iter().all(|missing| missing.page.is_none()), "{:?}", kept.missing);
}

#[test]
fn a_table_of_objects_that_lies_is_refused() {
    let file = |table: &str, trailer: &str| {
        format!(
            "%PDF-1.4\n1 0 obj\nnull\nendobj\nxref\n{table}trailer\n{trailer}\nstartxref\n29\n%%EOF"
        )
    };
    let good = file("0 2\n0000000000 65535 f \n0000000009 00000 n \n", "<</Size 2>>");
    assert_eq!(object_ranges(good.as_bytes()).map(|ranges| ranges.len()), Some(1));
    for wrong in [
        file("18446744073709551615 2\n0000000009 00000 n \n", "<</Size 2>>"),
        file("4294967295 1\n0000000009 00000 n \n", "<</Size 2>>"),
        file("0 1\n0000000900 00000 n \n", "<</Size 2>>"),
        file("0 1\n0000000009 00000 n \n", ">> <<"),
        file("", ""),
    ] {
        assert_eq!(object_ranges(wrong.as_bytes()), None, "{wrong}");
    }
}

#[test]
fn brackets_without_end_are_refused_and_end_nothing() {
    let mut file = b"%PDF-1.4\n1 0 obj\n".to_vec();
    file.extend(b"[".repeat(200_000));
    file.extend(b"\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF");
    assert_eq!(pdf(file).unwrap_err().code.name(), "verify-pdf-unreadable");
}

#[test]
fn a_form_that_is_drawn_over_and_over_is_looked_up_once() {
    // Its resources are many, and its length is a lie.
    let many: String = (0..8000).map(|n| format!("/K{n} {n} ")).collect();
    let shown = "BT /F 12 Tf (a) Tj ET";
    let form = format!(
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<{many}>>/Length {}>>\n\
         stream\n{shown}\nendstream",
        shown.len()
    );
    let drawn = "/X1 Do ".repeat(14_000);
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 5 0 R\
         /Resources<</Font<</F 6 0 R>>/XObject<</X1 4 0 R>>>>>>"
            .to_owned(),
        form,
        format!("<</Length {}>>\nstream\n{drawn}\nendstream", drawn.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let (mut file, mut table) = (b"%PDF-1.7\n".to_vec(), String::new());
    for (n, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", n + 1).into_bytes());
    }
    let begins = file.len();
    file.extend(format!("xref\n0 7\n0000000000 65535 f \n{table}").into_bytes());
    file.extend(format!("trailer\n<</Size 7/Root 1 0 R>>\nstartxref\n{begins}\n%%EOF\n").bytes());
    let start = std::time::Instant::now();
    assert_eq!(pdf(file).unwrap().page_text(0), "a".repeat(14_000));
    // Looked up each time it took ten seconds and more.
    assert!(start.elapsed().as_secs() < 4, "{:?}", start.elapsed());
}
