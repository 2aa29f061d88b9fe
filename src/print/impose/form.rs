//! A page as a form that a sheet can draw (ISO 32000-1, 8.10): its content as it
//! stands, vectors, fonts and inks untouched.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::source::{Box4, Page};

/// How large a page's content may become when it is unpacked, in bytes. Pictures are
/// no part of it.
const MOST: usize = 256 << 20;

/// Makes the form of a page; `group` is the transparency group of the page, if it has
/// one. `None` where its content is missing or cannot be unpacked.
pub(super) fn form(document: &Document, page: &Page, group: Option<Dictionary>) -> Option<Stream> {
    let mut form = Dictionary::new();
    form.set("Type", Object::from("XObject"));
    form.set("Subtype", Object::from("Form"));
    form.set("BBox", numbers(page.bleed));
    form.set("Resources", page.resources.clone());
    if let Some(group) = group {
        form.set("Group", group);
    }
    let content = match page.contents.as_slice() {
        [] => Vec::new(),
        // What is packed stays packed.
        [only] => {
            let stream = stream(document, *only)?;
            for key in [b"Filter".as_slice(), b"DecodeParms"] {
                if let Ok(value) = stream.dict.get(key) {
                    form.set(key, value.clone());
                }
            }
            stream.content.clone()
        }
        several => {
            form.set("Filter", Object::from("FlateDecode"));
            joined(document, several)?
        }
    };
    Some(Stream::new(form, content))
}

/// The group of a page, as a form has it: one that mixes colours in anything but
/// CMYK mixes them in DeviceCMYK, or black would come out in four inks.
pub(super) fn group(document: &Document, id: ObjectId) -> Option<Dictionary> {
    let page = document.get_dictionary(id).ok()?;
    let group = page.get_deref(b"Group", document).and_then(Object::as_dict).ok()?;
    if group.get_deref(b"S", document).and_then(Object::as_name).ok()? != b"Transparency" {
        return None;
    }
    let mut own = group.clone();
    if !group.get(b"CS").is_ok_and(|space| is_cmyk(document, space)) {
        own.set("CS", Object::from("DeviceCMYK"));
    }
    // A page's group is isolated, whatever it says (ISO 32000-1, 11.4.7).
    own.set("I", true);
    Some(own)
}

fn is_cmyk(document: &Document, space: &Object) -> bool {
    let Ok((_, space)) = document.dereference(space) else { return false };
    match space {
        Object::Name(name) => name == b"DeviceCMYK",
        Object::Array(parts) => {
            let profile = parts.get(1).and_then(|part| document.dereference(part).ok());
            let profile = profile.and_then(|(_, profile)| profile.as_stream().ok());
            let inks = profile.and_then(|profile| profile.dict.get(b"N").ok()?.as_i64().ok());
            parts.first().is_some_and(|kind| kind.as_name().is_ok_and(|k| k == b"ICCBased"))
                && inks == Some(4)
        }
        _ => false,
    }
}

/// Several streams are one content, parted by white space (ISO 32000-1, 7.8.2).
fn joined(document: &Document, streams: &[ObjectId]) -> Option<Vec<u8>> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    let mut left = MOST;
    for id in streams {
        let part = stream(document, *id)?.get_plain_content_with_limit(left).ok()?;
        left -= part.len();
        packed.write_all(&part).and_then(|()| packed.write_all(b"\n")).ok()?;
    }
    packed.finish().ok()
}

fn stream(document: &Document, id: ObjectId) -> Option<&Stream> {
    document.get_object(id).and_then(Object::as_stream).ok()
}

/// Numbers as an array.
pub(super) fn numbers(numbers: Box4) -> Object {
    Object::Array(numbers.map(Object::from).to_vec())
}
