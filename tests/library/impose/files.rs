//! What becomes of a file: what it keeps, what goes, what it may still claim.

use kanyin::print::impose::{Creep, Scheme, impose};
use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};

use super::leaves::{Leaves, bytes};
use super::{SADDLE, book, laid, plan};

#[test]
fn the_same_file_and_plan_give_the_same_bytes() {
    let leaves = Leaves { streams: 3, ..book(13) };
    let sheets = |creep| {
        let plan = super::Plan { creep: Creep::Leaf(creep), ..plan(SADDLE) };
        bytes(&mut with_claims(leaves.document(), &plan))
    };
    assert_eq!(sheets(0.1), sheets(0.1));
    assert_ne!(sheets(0.1), sheets(0.2));
}

fn with_claims(mut document: Document, plan: &super::Plan) -> Document {
    claim(&mut document, Some(4), PDFX4);
    impose(document, plan).unwrap().value.document
}

#[test]
fn what_the_source_holds_keeps_its_number() {
    let mut source = book(8).document();
    let picture = Stream::new(dictionary! { "Subtype" => "Image" }, b"kanyin:p1".to_vec());
    let id = source.add_object(picture.clone());
    let resources = source.get_pages()[&3];
    let (_, shared) = source.get_page_resources(resources).unwrap();
    let drawn = dictionary! { "Im" => id };
    source.get_dictionary_mut(shared[0]).unwrap().set("XObject", drawn);
    let pages = source.get_pages().len();
    let before = source.clone();
    let after = impose(source, &plan(SADDLE)).unwrap().value.document;
    assert_eq!(after.objects[&id], Object::Stream(picture));
    for (id, object) in &before.objects {
        let gone = ["Page", "Pages", "Catalog"];
        let kind = object.type_name().unwrap_or_default();
        if let Some(kept) = after.objects.get(id) {
            assert!(kept == object || gone.iter().any(|gone| gone.as_bytes() == kind), "{id:?}");
        }
    }
    assert!(after.objects.keys().all(|id| id.0 <= after.max_id));
    let forms = after.objects.values().filter(|object| {
        let form = object.as_stream().map(|stream| &stream.dict);
        form.is_ok_and(|form| form.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Form"))
    });
    assert_eq!(forms.count(), pages);
}

#[test]
fn links_outlines_and_tags_go_language_layers_and_inks_stay() {
    let mut source = book(8).document();
    let first = source.get_pages()[&1];
    let link = source.add_object(dictionary! { "Subtype" => "Link", "P" => first });
    let outline =
        source.add_object(dictionary! { "Type" => "Outlines", "Dest" => vec![first.into()] });
    let layers = source.add_object(dictionary! { "OCGs" => Vec::<Object>::new() });
    source.get_dictionary_mut(first).unwrap().set("Annots", vec![Object::from(link)]);
    source.get_dictionary_mut(first).unwrap().set("StructParents", 0);
    let catalog = source.catalog_mut().unwrap();
    catalog.set("Outlines", outline);
    catalog.set("OpenAction", vec![Object::from(first)]);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("OCProperties", layers);
    catalog.set("Lang", Object::string_literal("zh-CN"));
    let after = impose(source, &plan(SADDLE)).unwrap().value.document;
    let keys: Vec<&[u8]> = after.catalog().unwrap().iter().map(|(key, _)| key.as_slice()).collect();
    assert_eq!(keys, [b"Type".as_slice(), b"Pages", b"Lang", b"OCProperties"]);
    assert!(!after.has_object(link) && !after.has_object(outline) && !after.has_object(first));
    assert!(after.has_object(layers));
}

const HEAD: &str = "\u{feff}<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
    <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
    <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">";
const FOOT: &str = "</rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>";
const PDFX4: &str = "<rdf:Description rdf:about=\"\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\" \
    xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" xmpMM:InstanceID=\"uuid:1\" \
    xmpMM:DocumentID=\"uuid:2\" xmlns:xmpTPg=\"http://ns.adobe.com/xap/1.0/t/pg/\" \
    xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
    pdfxid:GTS_PDFXVersion=\"PDF/X-4\" dc:format=\"application/pdf\">\
    <pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\
    <xmpTPg:NPages>8</xmpTPg:NPages><dc:source>云澜</dc:source></rdf:Description>";

/// Gives a document what a press file says of itself: an output intent with a profile
/// of so many inks if any, metadata, information and identifier.
fn claim(document: &mut Document, inks: Option<i64>, metadata: &str) {
    let packet = format!("{HEAD}{metadata}{FOOT}").into_bytes();
    let dictionary = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let metadata = document.add_object(Stream::new(dictionary, packet));
    let info = dictionary! {
        "Title" => Object::string_literal("Yunlan"), "GTS_PDFXVersion" => Object::string_literal("PDF/X-4"),
        "Trapped" => "False"
    };
    let info = document.add_object(info);
    document.trailer.set("Info", info);
    let half = |byte: u8| Object::String(vec![byte; 16], StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![half(1), half(2)]);
    let intents = inks.map(|inks| {
        let profile = Stream::new(dictionary! { "N" => inks }, b"profile".to_vec());
        let profile = document.add_object(profile);
        vec![Object::from(document.add_object(dictionary! {
            "Type" => "OutputIntent", "S" => "GTS_PDFX", "DestOutputProfile" => profile
        }))]
    });
    let catalog = document.catalog_mut().unwrap();
    catalog.set("Metadata", metadata);
    if let Some(intents) = intents {
        catalog.set("OutputIntents", intents);
    }
}

fn packet(document: &Document) -> String {
    let id = document.catalog().unwrap().get(b"Metadata").unwrap().as_reference().unwrap();
    let stream = document.get_object(id).unwrap().as_stream().unwrap();
    String::from_utf8(stream.get_plain_content().unwrap()).unwrap()
}

fn info(document: &Document) -> &Dictionary {
    let id = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    document.get_dictionary(id).unwrap()
}

#[test]
fn a_press_file_of_four_inks_may_go_on_calling_itself_one() {
    let mut source = book(8).document();
    claim(&mut source, Some(4), PDFX4);
    let done = impose(source, &plan(SADDLE)).unwrap();
    assert_eq!(done.findings, []);
    let after = done.value.document;
    assert!(after.catalog().unwrap().has(b"OutputIntents"));
    assert!(info(&after).has(b"GTS_PDFXVersion") && info(&after).has(b"Trapped"));
    let packet = packet(&after);
    assert!(packet.contains("pdfxid:GTS_PDFXVersion=\"PDF/X-4\""), "{packet}");
    assert!(packet.contains("<dc:source>云澜</dc:source>") && packet.ends_with(FOOT), "{packet}");
    assert!(packet.contains("DocumentID"), "the document stays the same");
    for gone in ["pdfaid:part", "pdfaid:conformance", "NPages>", "InstanceID"] {
        assert!(!packet.contains(gone), "{gone}: {packet}");
    }
}

#[test]
fn without_a_condition_of_four_inks_the_claim_is_taken_back_and_that_is_said() {
    for inks in [None, Some(3)] {
        let mut source = book(8).document();
        claim(&mut source, inks, PDFX4);
        let done = impose(source, &plan(SADDLE)).unwrap();
        assert_eq!(done.findings.len(), 1);
        assert_eq!(done.findings[0].code.name(), "impose-claim-withdrawn");
        let after = done.value.document;
        assert!(!info(&after).has(b"GTS_PDFXVersion") && info(&after).has(b"Title"));
        assert!(!packet(&after).contains("PDF/X-4") && packet(&after).contains("application/pdf"));
    }
}

#[test]
fn metadata_that_is_none_goes_altogether() {
    let mut source = book(8).document();
    claim(&mut source, Some(4), "<rdf:Description");
    let after = impose(source, &plan(SADDLE)).unwrap().value.document;
    assert!(!after.catalog().unwrap().has(b"Metadata"));
}

#[test]
fn sheets_have_an_identifier_of_their_own_beside_that_of_their_source() {
    let id = |scheme: Scheme| {
        let after = with_claims(book(8).document(), &plan(scheme));
        let id = after.trailer.get(b"ID").unwrap().as_array().unwrap().clone();
        [0, 1].map(|i| id[i].as_str().unwrap().to_vec())
    };
    let (saddle, cut) = (id(SADDLE), id(Scheme::Cut));
    assert_eq!((saddle[0].as_slice(), cut[0].as_slice()), ([1; 16].as_slice(), [1; 16].as_slice()));
    assert!(saddle[1] != [2; 16] && saddle[1] != cut[1]);
    assert!(!laid(&book(8), &plan(SADDLE)).value.document.trailer.has(b"ID"), "none from nothing");
}

/// The group of a page's form and that of the first sheet.
fn groups(space: Option<&'static str>) -> (Option<Dictionary>, Option<Dictionary>) {
    let after = laid(&Leaves { group: space, ..book(8) }, &plan(SADDLE)).value.document;
    let sheet = after.get_dictionary(after.get_pages()[&1]).unwrap();
    let drawn = sheet.get(b"Resources").unwrap().as_dict().unwrap().get(b"XObject").unwrap();
    let form = drawn.as_dict().unwrap().get(b"Left").unwrap().as_reference().unwrap();
    let form = &after.get_object(form).unwrap().as_stream().unwrap().dict;
    let group =
        |dictionary: &Dictionary| dictionary.get(b"Group").and_then(Object::as_dict).ok().cloned();
    (group(form), group(sheet))
}

#[test]
fn colours_are_mixed_in_four_inks_where_they_are_mixed_at_all() {
    assert_eq!(groups(None), (None, None), "no transparency is brought in");
    for space in ["DeviceRGB", "DeviceCMYK"] {
        let (form, sheet) = groups(Some(space));
        for group in [form.unwrap(), sheet.unwrap()] {
            assert_eq!(group.get(b"CS").unwrap().as_name().unwrap(), b"DeviceCMYK", "from {space}");
        }
    }
}
