//! A small book that a press takes as it is: four pages of 100 × 150 mm with
//! everything that the checks look at, made object by object so that a test can
//! spoil one thing of it.

use std::fmt::Write as _;

use lopdf::xref::XrefType;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use skera::{Plan, SubsetFlags};
use write_fonts::read::FontRef;
use write_fonts::read::collections::IntSet;
use write_fonts::types::Tag;

use crate::pdf::fonts;

/// Points in a millimetre.
pub const MM: f64 = 72.0 / 25.4;
/// The word that each page sets, and what has no glyph in its font.
pub const WORD: &str = "Yunlan";

/// A book under the knife.
pub struct Book {
    pub doc: Document,
    pub pages: Vec<ObjectId>,
    pub info: ObjectId,
    pub resources: ObjectId,
    pub descriptor: ObjectId,
    pub intent: ObjectId,
    pub profile: ObjectId,
    pub metadata: ObjectId,
}

/// The four pages; `None`, said aloud, where the fonts have not been fetched.
pub fn book() -> Option<Book> {
    let font = fonts()?.read("latin-regular").expect("the face is there");
    let mut doc = Document::with_version("1.6");
    doc.reference_table.cross_reference_type = XrefType::CrossReferenceTable;
    let program = subset(&font);
    let (font, descriptor) = embed(&mut doc, &program);
    let resources = resources(&mut doc, font);
    let profile = doc.add_object(Stream::new(dictionary! { "N" => 4 }, profile()));
    let intent = doc.add_object(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFX",
        "OutputConditionIdentifier" => text("FOGRA39"),
        "Info" => text("Coated FOGRA39"),
        "DestOutputProfile" => profile,
    });
    let info = doc.add_object(dictionary! {
        "Title" => text("云澜大学新闻汇编"),
        "CreationDate" => text("D:20240304050607+08'00'"),
        "ModDate" => text("D:20240304050607+08'00'"),
        "Trapped" => "False",
    });
    let packet = Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        packet().into_bytes(),
    );
    let metadata = doc.add_object(packet.with_compression(false));
    let tree = doc.new_object_id();
    let pages: Vec<ObjectId> =
        (1..=4).map(|n| page(&mut doc, tree, resources, n, &program)).collect();
    let kids: Vec<Object> = pages.iter().map(|id| Object::Reference(*id)).collect();
    doc.set_object(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 4 });
    let catalog = doc.add_object(dictionary! {
        "Type" => "Catalog",
        "Pages" => tree,
        "OutputIntents" => vec![intent.into()],
        "Metadata" => metadata,
    });
    doc.trailer.set("Root", catalog);
    doc.trailer.set("Info", info);
    doc.trailer.set("ID", vec![text("0123456789abcdef"), text("0123456789abcdef")]);
    Some(Book { doc, pages, info, resources, descriptor, intent, profile, metadata })
}

impl Book {
    /// The file.
    pub fn bytes(mut self) -> Vec<u8> {
        let mut out = Vec::new();
        self.doc.save_to(&mut out).expect("it is only memory");
        out
    }

    pub fn dictionary(&mut self, id: ObjectId) -> &mut Dictionary {
        match self.doc.get_object_mut(id).expect("it is ours") {
            Object::Stream(stream) => &mut stream.dict,
            object => object.as_dict_mut().expect("a dictionary"),
        }
    }

    pub fn catalog(&mut self) -> &mut Dictionary {
        self.doc.catalog_mut().expect("it has one")
    }

    /// A page, from 1.
    pub fn page(&mut self, number: usize) -> &mut Dictionary {
        self.dictionary(self.pages[number - 1])
    }

    /// Draws more on a page, from 1, in points from its trimmed corner below.
    pub fn draw(&mut self, number: usize, more: &str) {
        let content = self.page(number).get(b"Contents").and_then(Object::as_reference);
        let stream = self.doc.get_object_mut(content.expect("one")).and_then(Object::as_stream_mut);
        let stream = stream.expect("a stream");
        stream.content.extend(format!("\nq 1 0 0 1 {b} {b} cm {more} Q\n", b = 3.0 * MM).bytes());
        let content = std::mem::take(&mut stream.content);
        stream.set_content(content);
    }

    /// Adds a resource of the kind under a name.
    pub fn resource(&mut self, kind: &str, name: &str, object: impl Into<Object>) {
        let id = self.doc.add_object(object);
        let all = self.doc.get_dictionary_mut(self.resources).expect("ours");
        if !all.has(kind.as_bytes()) {
            all.set(kind, Dictionary::new());
        }
        let kind = all.get_mut(kind.as_bytes()).and_then(Object::as_dict_mut);
        kind.expect("a dictionary").set(name, id);
    }

    /// Rewrites the metadata.
    pub fn rewrite(&mut self, from: &str, to: &str) {
        let stream = self.doc.get_object_mut(self.metadata).and_then(Object::as_stream_mut);
        let stream = stream.expect("a stream");
        let old = String::from_utf8(stream.content.clone()).expect("text");
        assert!(old.contains(from), "{from}");
        stream.set_content(old.replace(from, to).into_bytes());
    }
}

/// A text string as PDF writes it.
pub fn text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::string_literal(text);
    }
    let units = text.encode_utf16().flat_map(u16::to_be_bytes);
    Object::String([0xfe, 0xff].into_iter().chain(units).collect(), StringFormat::Hexadecimal)
}

/// A picture of one colour; four samples are CMYK, one is grey.
pub fn picture(side: i64, colour: &[u8]) -> Stream {
    let space = if colour.len() == 4 { "DeviceCMYK" } else { "DeviceGray" };
    let pixels = colour.repeat((side * side) as usize);
    Stream::new(
        dictionary! {
            "Type" => "XObject",
            "Subtype" => "Image",
            "Width" => side,
            "Height" => side,
            "ColorSpace" => space,
            "BitsPerComponent" => 8,
        },
        pixels,
    )
}

fn page(
    doc: &mut Document,
    tree: ObjectId,
    resources: ObjectId,
    n: usize,
    program: &[u8],
) -> ObjectId {
    let bleed = 3.0 * MM;
    let [width, height] = [106.0 * MM, 156.0 * MM];
    let codes: String = glyphs(program).iter().fold(String::new(), |mut out, glyph| {
        let _ = write!(out, "{glyph:04x}");
        out
    });
    // Black text that overprints, a rule, a grey picture; on all pages but the second,
    // which is printed in black, a red band that bleeds and a picture in colour.
    let mut content = format!(
        "q /Over gs 0 0 0 1 k BT /F 12 Tf 1 0 0 1 {x} {x} Tm <{codes}> Tj ET Q\n\
         q 0 0 0 1 K 1 w {x} {y} m 200 {y} l S Q\n\
         q 14.4 0 0 14.4 {x} 120 cm /Grey Do Q\n",
        x = 20.0 * MM,
        y = 30.0 * MM,
    );
    if n != 2 {
        let _ = write!(
            content,
            "q 0 0.8 0.8 0 k 0 {top} {width} {band} re f Q\n\
             q 14.4 0 0 14.4 {x} 150 cm /Colour Do Q\n",
            top = 140.0 * MM,
            band = 16.0 * MM,
            x = 20.0 * MM,
        );
    }
    let content = doc.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
    let all = |values: [f64; 4]| values.map(|v| Object::Real(v as f32)).to_vec();
    doc.add_object(dictionary! {
        "Type" => "Page",
        "Parent" => tree,
        "MediaBox" => all([0.0, 0.0, width, height]),
        "BleedBox" => all([0.0, 0.0, width, height]),
        "TrimBox" => all([bleed, bleed, width - bleed, height - bleed]),
        "Resources" => resources,
        "Contents" => content,
        "Group" => dictionary! { "S" => "Transparency", "CS" => "DeviceCMYK" },
    })
}

fn resources(doc: &mut Document, font: ObjectId) -> ObjectId {
    let over = dictionary! { "op" => true, "OPM" => 1 };
    let colour = doc.add_object(picture(80, &[128, 64, 64, 32]));
    let grey = doc.add_object(picture(80, &[128]));
    doc.add_object(dictionary! {
        "Font" => dictionary! { "F" => font },
        "ExtGState" => dictionary! { "Over" => over },
        "XObject" => dictionary! { "Colour" => colour, "Grey" => grey },
    })
}

/// A face cut down to the letters of one word.
fn subset(font: &[u8]) -> Vec<u8> {
    let font = FontRef::new(font).expect("a font");
    let none = IntSet::<Tag>::empty;
    let letters = WORD.chars().map(u32::from).collect();
    let plan = Plan::new(
        &IntSet::empty(),
        &letters,
        &font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &none(),
        &none(),
        &none(),
        &IntSet::empty(),
        &IntSet::empty(),
    );
    skera::subset_font(&font, &plan).expect("it can be cut")
}

/// The glyphs of the word.
fn glyphs(program: &[u8]) -> Vec<u16> {
    let face = ttf_parser::Face::parse(program, 0).expect("a font");
    WORD.chars().map(|c| face.glyph_index(c).expect("kept").0).collect()
}

fn embed(doc: &mut Document, program: &[u8]) -> (ObjectId, ObjectId) {
    let length = program.len() as i64;
    let file = doc.add_object(Stream::new(dictionary! { "Length1" => length }, program.to_vec()));
    let name = "KANYIN+Tinos";
    let descriptor = doc.add_object(dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => name,
        "Flags" => 4,
        "FontBBox" => vec![0.into(), Object::Integer(-220), 1000.into(), 890.into()],
        "ItalicAngle" => 0,
        "Ascent" => 890,
        "Descent" => -220,
        "CapHeight" => 650,
        "StemV" => 80,
        "FontFile2" => file,
    });
    let below = doc.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "CIDFontType2",
        "BaseFont" => name,
        "CIDSystemInfo" => dictionary! {
            "Registry" => text("Adobe"), "Ordering" => text("Identity"), "Supplement" => 0,
        },
        "FontDescriptor" => descriptor,
        "DW" => 500,
        "CIDToGIDMap" => "Identity",
    });
    let font = doc.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => name,
        "Encoding" => "Identity-H",
        "DescendantFonts" => vec![below.into()],
    });
    (font, descriptor)
}

/// The head of a CMYK printer profile, which is all of it that is looked at.
fn profile() -> Vec<u8> {
    let mut head = vec![0; 128];
    head[12..20].copy_from_slice(b"prtrCMYK");
    head
}

fn packet() -> String {
    "<?xpacket begin=\"\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
     <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF \
     xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" \
     xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" \
     xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
     xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\" pdfxid:GTS_PDFXVersion=\"PDF/X-4\" \
     xmp:CreateDate=\"2024-03-03T21:06:07Z\" xmp:ModifyDate=\"2024-03-04T05:06:07+08:00\" \
     xmp:MetadataDate=\"2024-03-04T05:06:07+08:00\" xmpMM:DocumentID=\"uuid:1\" \
     xmpMM:VersionID=\"1\" xmpMM:RenditionClass=\"default\" pdf:Trapped=\"False\">\
     <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">云澜大学新闻汇编</rdf:li></rdf:Alt>\
     </dc:title></rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>"
        .to_owned()
}
