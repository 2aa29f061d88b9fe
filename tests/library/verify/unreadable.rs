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
