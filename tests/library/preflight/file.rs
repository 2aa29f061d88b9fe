//! Books spoilt as files: checks 1 to 8. Each is caught by its check and by no other.

use kanyin::print::preflight::{Check, Order, Verdict};
use lopdf::Object;

use super::sheet::{Book, MM};
use super::{after, after_by, caught, only, order};

#[test]
fn check_1_a_version_that_is_too_new() {
    caught(Check::Version, "preflight-version-too-new", Verdict::Failed, |book| {
        book.doc.version = "1.7".to_owned();
    });
}

#[test]
fn check_2_a_file_without_an_identifier() {
    caught(Check::Encryption, "preflight-no-id", Verdict::Failed, |book| {
        book.doc.trailer.remove(b"ID");
    });
}

#[test]
fn check_3_an_intent_with_a_profile_of_another_kind() {
    caught(Check::Intent, "preflight-intent-wrong-profile", Verdict::Failed, |book| {
        let profile = book.profile;
        book.dictionary(profile).set("N", 3);
    });
    caught(Check::Intent, "preflight-intent-lacks", Verdict::Failed, |book| {
        let intent = book.intent;
        book.dictionary(intent).remove(b"Info");
    });
    caught(Check::Intent, "preflight-no-intent", Verdict::Failed, |book| {
        book.catalog().remove(b"OutputIntents");
    });
    caught(Check::Intent, "preflight-many-intents", Verdict::Failed, |book| {
        let intent = Object::Reference(book.intent);
        book.catalog().set("OutputIntents", vec![intent.clone(), intent]);
    });
}

#[test]
fn check_4_a_claim_of_another_standard() {
    caught(Check::Claim, "preflight-other-claim", Verdict::Failed, |book| {
        book.rewrite("\"PDF/X-4\"", "\"PDF/X-3:2003\"");
    });
}

#[test]
fn check_5_metadata_that_lack_something_or_disagree() {
    caught(Check::Metadata, "preflight-metadata-missing", Verdict::Failed, |book| {
        book.rewrite("xmpMM:DocumentID=\"uuid:1\"", "");
    });
    caught(Check::Metadata, "preflight-metadata-differs", Verdict::Failed, |book| {
        book.rewrite("云澜大学新闻汇编", "云澜大学年鉴");
    });
    caught(Check::Metadata, "preflight-metadata-differs", Verdict::Failed, |book| {
        book.rewrite("2024-03-03T21:06:07Z", "2024-03-04T05:06:07Z");
    });
    caught(Check::Metadata, "preflight-metadata-compressed", Verdict::Failed, |book| {
        let packet = book.doc.get_object_mut(book.metadata).and_then(Object::as_stream_mut);
        let packet = packet.expect("a stream");
        packet.allows_compression = true;
        packet.compress().expect("it can be compressed");
    });
}

#[test]
fn check_6_nothing_said_of_trapping() {
    caught(Check::Trapped, "preflight-trapped-unsaid", Verdict::Failed, |book| {
        let info = book.info;
        book.dictionary(info).remove(b"Trapped");
        book.rewrite("pdf:Trapped=\"False\"", "");
    });
}

#[test]
fn check_7_boxes_that_do_not_lie_in_each_other() {
    caught(Check::Boxes, "preflight-odd-crop-box", Verdict::Failed, |book| {
        book.page(3).set("CropBox", vec![20.into(), 20.into(), 200.into(), 300.into()]);
    });
    caught(Check::Boxes, "preflight-box-sticks-out", Verdict::Failed, |book| {
        book.page(3).set("BleedBox", vec![(-9).into(), (-9).into(), 310.into(), 450.into()]);
    });
    caught(Check::Boxes, "preflight-no-bleed-box", Verdict::Warned, |book| {
        book.page(3).remove(b"BleedBox");
    });
    let Some(found) = after(|book| drop(book.page(3).remove(b"TrimBox"))) else { return };
    assert_eq!(found.check(Check::Boxes).verdict, Verdict::Failed);
    assert_eq!(found.check(Check::Size).verdict, Verdict::NotJudged, "it cannot be measured");
}

#[test]
fn check_8_a_page_of_another_size_or_turned() {
    caught(Check::Size, "preflight-rotated", Verdict::Failed, |book| {
        book.page(4).set("Rotate", 90);
    });
    let order = Order { trim: Some([185.0, 260.0]), ..order() };
    let Some(found) = after_by(&order, |_| {}) else { return };
    only(&found, Check::Size, "preflight-trim-size", Verdict::Failed);
    assert_eq!(found.check(Check::Size).found.len(), 4, "every page is told");
    let order = Order { trim: None, ..self::order() };
    let odd = |book: &mut Book| {
        let bleed = Object::Real((3.0 * MM) as f32);
        let right = Object::Real((101.0 * MM) as f32);
        let top = Object::Real((153.0 * MM) as f32);
        book.page(3).set("TrimBox", vec![bleed.clone(), bleed, right, top]);
    };
    let found = after_by(&order, odd).unwrap();
    assert_eq!(found.trim, Some([100.0, 150.0]), "most pages have it");
    only(&found, Check::Size, "preflight-trim-differs", Verdict::Warned);
    let wide = Order { bleed: Some(5.0), ..self::order() };
    let found = after_by(&wide, |_| {}).unwrap();
    assert_eq!(found.check(Check::Size).found[0].finding.code.name(), "preflight-bleed-short");
}
