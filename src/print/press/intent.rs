//! The output intent: which press a file is made for (ISO 15930-7, 6.2.2;
//! ISO 32000-1, 14.11.5).

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::Finish;

/// The registry of printing conditions that characterisation data is published in.
const REGISTRY: &str = "http://www.color.org";

/// Writes the output intent into the catalog, the profile with it.
pub(super) fn declare(document: &mut Document, finish: &Finish<'_>) -> Result<(), lopdf::Error> {
    let profile = finish.profile;
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(profile.bytes())?;
    let space = dictionary! { "N" => 4, "Filter" => "FlateDecode" };
    let space = document.add_object(Stream::new(space, packed.finish()?));
    let mut intent: Dictionary = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFX",
        "OutputConditionIdentifier" => Object::string_literal(ascii(profile.condition())),
        "Info" => Object::string_literal(ascii(profile.description())),
        "DestOutputProfile" => space,
    };
    if profile.is_registered() {
        intent.set("RegistryName", Object::string_literal(REGISTRY));
    }
    let intent = document.add_object(intent);
    document.catalog_mut()?.set("OutputIntents", vec![Object::Reference(intent)]);
    Ok(())
}

/// Profiles name themselves in ASCII; what is not is left out.
fn ascii(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii() && !c.is_ascii_control()).collect()
}
