//! What the sheets may still say of themselves. A PDF/X file stays one when its pages
//! are drawn on sheets with marks in all inks, if it is made for a press of four inks;
//! what was said of archives, of tags and of the number of pages is true no more.

use std::ops::Range;

use lopdf::{Dictionary, Document, Object, ObjectId};

/// How large the metadata may become when unpacked, in bytes.
const MOST: usize = 16 << 20;

/// Name spaces whose properties never hold for sheets: PDF/A, PDF/UA, page counts.
const NEVER: [&str; 3] = [
    "http://www.aiim.org/pdfa/ns/id/",
    "http://www.aiim.org/pdfua/ns/id/",
    "http://ns.adobe.com/xap/1.0/t/pg/",
];

/// The property that tells one file from every other made of the same document.
const INSTANCE: (&str, &str) = ("http://ns.adobe.com/xap/1.0/mm/", "InstanceID");

/// Those that claim PDF/X.
const PRESS: [&str; 2] = ["http://www.npes.org/pdfx/ns/id/", "http://ns.adobe.com/pdfx/1.3/"];

/// The keys of the document information that claim PDF/X.
const INFO: [&[u8]; 2] = [b"GTS_PDFXVersion", b"GTS_PDFXConformance"];

/// Takes back what no longer holds: whether a claim of PDF/X was among it. The
/// metadata, where it cannot be understood, goes altogether.
pub(super) fn hold(document: &mut Document, metadata: Option<ObjectId>) -> Claims {
    let press = for_the_press(document);
    let mut withdrawn = false;
    if !press && let Some(info) = info(document) {
        for key in INFO {
            withdrawn |= info.remove(key).is_some();
        }
    }
    let Some(id) = metadata else { return Claims { metadata: None, withdrawn } };
    let Some(packet) = text(document, id) else { return Claims { metadata: None, withdrawn } };
    let Some(cuts) = cuts(&packet, press) else { return Claims { metadata: None, withdrawn } };
    withdrawn |= cuts.iter().any(|cut| cut.press);
    if !cuts.is_empty()
        && let Ok(stream) = document.get_object_mut(id).and_then(Object::as_stream_mut)
    {
        let mut kept = packet;
        for cut in cuts.iter().rev() {
            kept.replace_range(cut.range.clone(), "");
        }
        stream.set_plain_content(kept.into_bytes());
    }
    Claims { metadata: Some(id), withdrawn }
}

/// What is left of what a document says of itself.
pub(super) struct Claims {
    /// The metadata, if it is kept.
    pub(super) metadata: Option<ObjectId>,
    /// Whether a claim of PDF/X was taken back.
    pub(super) withdrawn: bool,
}

/// Whether the document names a printing condition of four inks, in which marks may
/// be set, and has the two identifiers that PDF/X asks for.
fn for_the_press(document: &Document) -> bool {
    let intents = document
        .catalog()
        .and_then(|catalog| catalog.get_deref(b"OutputIntents", document))
        .and_then(Object::as_array);
    let four_inks = |intent: &Object| {
        let found = document.dereference(intent).and_then(|(_, found)| found.as_dict());
        let Ok(intent) = found else { return false };
        let kind = intent.get_deref(b"S", document).and_then(Object::as_name);
        let profile = intent.get_deref(b"DestOutputProfile", document).and_then(Object::as_stream);
        // A condition that is only named is one of the registry's, all of four inks.
        let inks = profile.map_or(Some(4), |profile| profile.dict.get(b"N").ok()?.as_i64().ok());
        kind.is_ok_and(|kind| kind == b"GTS_PDFX") && inks == Some(4)
    };
    let has_id = document.trailer.get_deref(b"ID", document).and_then(Object::as_array);
    has_id.is_ok_and(|id| id.len() == 2) && intents.is_ok_and(|all| all.iter().any(four_inks))
}

fn info(document: &mut Document) -> Option<&mut Dictionary> {
    let id = document.trailer.get(b"Info").and_then(Object::as_reference).ok()?;
    document.get_dictionary_mut(id).ok()
}

fn text(document: &Document, id: ObjectId) -> Option<String> {
    let stream = document.get_object(id).and_then(Object::as_stream).ok()?;
    let bytes = stream.get_plain_content_with_limit(MOST).ok()?;
    String::from_utf8(bytes).ok()
}

/// A part of the metadata to be left out.
struct Cut {
    range: Range<usize>,
    press: bool,
}

/// What to leave out, in its order and without overlaps; `None` where the metadata is
/// no XML.
fn cuts(packet: &str, press: bool) -> Option<Vec<Cut>> {
    let tree = roxmltree::Document::parse(packet.trim_start_matches('\u{feff}')).ok()?;
    let shift = packet.len() - packet.trim_start_matches('\u{feff}').len();
    let mut cuts: Vec<Cut> = Vec::new();
    let mut cut = |space: Option<&str>, name: &str, range: Range<usize>| {
        let Some(space) = space else { return };
        let claims_press = PRESS.contains(&space);
        let false_now =
            NEVER.contains(&space) || (space, name) == INSTANCE || (claims_press && !press);
        let inside = cuts.last().is_some_and(|last: &Cut| range.start + shift < last.range.end);
        if false_now && !inside {
            let range = range.start + shift..range.end + shift;
            cuts.push(Cut { range, press: claims_press });
        }
    };
    for node in tree.descendants().filter(roxmltree::Node::is_element) {
        cut(node.tag_name().namespace(), node.tag_name().name(), node.range());
        for attribute in node.attributes() {
            cut(attribute.namespace(), attribute.name(), attribute.range());
        }
    }
    Some(cuts)
}
