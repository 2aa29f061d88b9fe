//! What a press file says of itself: the information dictionary, XMP metadata that
//! agrees with it, and the file identifier (ISO 15930-7, 6.4 to 6.6).

use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary, text_string};

use crate::print::Standard;

use super::Finish;

/// What a press file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its title.
    pub title: String,
    /// Who publishes it.
    pub author: String,
    /// The program that made it, with its version.
    pub creator: String,
    /// The day it is dated, such as `2024-12-27`. Files with the same matter are the
    /// same, so the day of making them is not asked.
    pub date: String,
    /// A UUID that stays with the publication.
    pub uuid: String,
}

/// The day of a publication that has none: a file must name one.
const NO_DATE: &str = "2000-01-01";

/// Writes both forms of the metadata and the identifier.
pub(super) fn declare(
    document: &mut Document,
    finish: &Finish<'_>,
    hash: &[u8; 16],
) -> Result<(), lopdf::Error> {
    let identity = finish.identity;
    let day = if is_day(&identity.date) { &identity.date } else { NO_DATE };
    let date = Object::string_literal(format!("D:{}000000Z", day.replace('-', "")));
    let mut info: Dictionary = dictionary! {
        "Title" => text_string(&identity.title),
        "Author" => text_string(&identity.author),
        "Creator" => text_string(&identity.creator),
        "Producer" => text_string(&identity.creator),
        "CreationDate" => date.clone(),
        "ModDate" => date,
        "Trapped" => "False",
    };
    if finish.standard == Standard::X1a {
        info.set("GTS_PDFXVersion", Object::string_literal(finish.standard.claim()));
    }
    let info = document.add_object(info);
    document.trailer.set("Info", info);
    let instance: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let packet = packet(finish, day, &instance);
    let metadata = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let metadata = Stream::new(metadata, packet.into_bytes()).with_compression(false);
    let metadata = document.add_object(metadata);
    document.catalog_mut()?.set("Metadata", metadata);
    let first = blake3::hash(identity.uuid.as_bytes());
    let string = |bytes: &[u8]| Object::String(bytes.to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![string(&first.as_bytes()[..16]), string(hash)]);
    Ok(())
}

fn is_day(date: &str) -> bool {
    let digits = |range: std::ops::Range<usize>| {
        date.get(range).is_some_and(|part| part.bytes().all(|b| b.is_ascii_digit()))
    };
    date.len() == 10 && digits(0..4) && digits(5..7) && digits(8..10)
}

/// The XMP packet (ISO 16684-1), readable as it stands in the file.
fn packet(finish: &Finish<'_>, day: &str, instance: &str) -> String {
    let identity = finish.identity;
    let [title, author, creator] =
        [&identity.title, &identity.author, &identity.creator].map(|text| escaped(text));
    let uuid = escaped(&identity.uuid);
    let date = format!("{day}T00:00:00Z");
    let standard = match finish.standard {
        Standard::X4 => {
            let claim = finish.standard.claim();
            format!("<pdfxid:GTS_PDFXVersion>{claim}</pdfxid:GTS_PDFXVersion>\n")
        }
        // X-1a says it in the information dictionary.
        Standard::X1a => String::new(),
    };
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\"\n \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n \
         xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"\n \
         xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n \
         xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">\n\
         <dc:format>application/pdf</dc:format>\n\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
         <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n\
         <xmp:CreatorTool>{creator}</xmp:CreatorTool>\n\
         <xmp:CreateDate>{date}</xmp:CreateDate>\n\
         <xmp:ModifyDate>{date}</xmp:ModifyDate>\n\
         <xmp:MetadataDate>{date}</xmp:MetadataDate>\n\
         <xmpMM:DocumentID>uuid:{uuid}</xmpMM:DocumentID>\n\
         <xmpMM:InstanceID>uuid:{instance}</xmpMM:InstanceID>\n\
         <xmpMM:VersionID>1</xmpMM:VersionID>\n\
         <xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n\
         <pdf:Producer>{creator}</pdf:Producer>\n\
         <pdf:Trapped>False</pdf:Trapped>\n\
         {standard}\
         </rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
