//! The pages of a press file: their boxes, and nothing on them but ink.

use lopdf::{Document, Object};

/// Keys of a catalog that speak to a reader at a screen, or to a machine.
const NOT_FOR_PRESS: &[&[u8]] = &[
    b"AA",
    b"AcroForm",
    b"Dests",
    b"MarkInfo",
    b"Names",
    b"OpenAction",
    b"Outlines",
    b"PageMode",
    b"StructTreeRoot",
];

/// Sets each page's BleedBox, for the sheet ends where the bleed does, and takes
/// away what does not print (ISO 15930-7, 6.9 to 6.17).
pub(super) fn finish(document: &mut Document) -> Result<(), lopdf::Error> {
    let ids: Vec<_> = document.page_iter().collect();
    for id in ids {
        let page = document.get_dictionary_mut(id)?;
        if let Ok(media) = page.get(b"MediaBox").cloned() {
            // Typst says nothing of a trim that is the sheet's own edge.
            if !page.has(b"TrimBox") {
                page.set("TrimBox", media.clone());
            }
            page.set("BleedBox", media);
        }
        for key in [&b"Annots"[..], b"StructParents", b"Tabs", b"AA"] {
            page.remove(key);
        }
        in_inks(page);
    }
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object {
            in_inks(&mut stream.dict);
            stream.dict.remove(b"StructParent");
        }
    }
    let catalog = document.catalog_mut()?;
    for key in NOT_FOR_PRESS {
        catalog.remove(key);
    }
    Ok(())
}

/// A transparency group blends in the inks of the press.
fn in_inks(dictionary: &mut lopdf::Dictionary) {
    if let Ok(Object::Dictionary(group)) = dictionary.get_mut(b"Group") {
        group.set("CS", Object::Name(b"DeviceCMYK".to_vec()));
    }
}
