//! What a file says of itself: 3 the printing condition it is meant for, 4 the
//! standard it claims, 5 its metadata, 6 whether it is trapped (ISO 15930-7, 6.2 to
//! 6.4).

use hayro_syntax::object::{Array, Dict, Object, Stream};
use jiff::SignedDuration;
use jiff::civil::DateTime;
use roxmltree::{Document, ParsingOptions};

use crate::diag::{Code, Finding};

use super::file::{File, content, has, name, string};
use super::verdict::{Check, Notes};
use crate::print::Standard;

const NO_INTENT: Code = Code::new("preflight-no-intent");
const MANY_INTENTS: Code = Code::new("preflight-many-intents");
const LACKS: Code = Code::new("preflight-intent-lacks");
const NO_PROFILE: Code = Code::new("preflight-intent-no-profile");
const WRONG_PROFILE: Code = Code::new("preflight-intent-wrong-profile");
const NO_CLAIM: Code = Code::new("preflight-no-claim");
const OTHER_CLAIM: Code = Code::new("preflight-other-claim");
const NO_METADATA: Code = Code::new("preflight-no-metadata");
const UNREADABLE: Code = Code::new("preflight-metadata-unreadable");
const COMPRESSED: Code = Code::new("preflight-metadata-compressed");
const MISSING: Code = Code::new("preflight-metadata-missing");
const DIFFERS: Code = Code::new("preflight-metadata-differs");
const NOT_TRAPPED: Code = Code::new("preflight-trapped-unsaid");

const DC: &str = "http://purl.org/dc/elements/1.1/";
const XMP: &str = "http://ns.adobe.com/xap/1.0/";
const MM: &str = "http://ns.adobe.com/xap/1.0/mm/";
const PDF: &str = "http://ns.adobe.com/pdf/1.3/";
const PDFX: &str = "http://www.npes.org/pdfx/ns/id/";

/// So long may metadata be, in bytes; more is none.
const LONGEST: usize = 4 << 20;

/// The standard that a file claims: PDF/X-1a says so in its information dictionary.
pub(super) fn claimed(file: &File) -> Standard {
    match string(&file.info(), "GTS_PDFXVersion") {
        Some(version) if version.starts_with("PDF/X-1") => Standard::X1a,
        _ => Standard::X4,
    }
}

/// Checks 3 to 6.
pub(super) fn check(file: &File, standard: Standard, notes: &mut Notes) {
    intent(&file.catalog(), notes);
    let info = file.info();
    let stream = file.catalog().get::<Stream<'_>>("Metadata");
    let text = stream.as_ref().and_then(content).filter(|bytes| bytes.len() <= LONGEST);
    let text = text.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let options = ParsingOptions { nodes_limit: 100_000, ..ParsingOptions::default() };
    let packet = text.as_ref().and_then(|text| {
        Document::parse_with_options(text.trim_start_matches('\u{feff}'), options).ok()
    });
    claim(&info, packet.as_ref(), standard, notes);
    if let Some(stream) = &stream {
        if packet.is_none() {
            notes.file(Check::Metadata, Finding::error(UNREADABLE));
        }
        if !stream.filters().is_empty() {
            notes.file(Check::Metadata, Finding::error(COMPRESSED));
        }
    } else if standard == Standard::X4 {
        notes.file(Check::Metadata, Finding::error(NO_METADATA));
    }
    metadata(&info, packet.as_ref(), standard, notes);
    if !matches!(name(&info, "Trapped").as_deref(), Some("True" | "False")) {
        notes.file(Check::Trapped, Finding::error(NOT_TRAPPED));
    }
}

fn intent(catalog: &Dict<'_>, notes: &mut Notes) {
    let intents = catalog.get::<Array<'_>>("OutputIntents").unwrap_or_default();
    let mut intents = intents
        .iter::<Dict<'_>>()
        .filter(|intent| name(intent, "S").as_deref() == Some("GTS_PDFX"));
    let Some(intent) = intents.next() else {
        notes.file(Check::Intent, Finding::error(NO_INTENT));
        return;
    };
    if intents.next().is_some() {
        notes.file(Check::Intent, Finding::error(MANY_INTENTS));
    }
    for key in ["OutputConditionIdentifier", "Info"] {
        if string(&intent, key).is_none_or(|text| text.trim().is_empty()) {
            notes.file(Check::Intent, Finding::error(LACKS).arg("key", key));
        }
    }
    let Some(profile) = intent.get::<Stream<'_>>("DestOutputProfile") else {
        notes.file(Check::Intent, Finding::error(NO_PROFILE));
        return;
    };
    // Device class and colour space stand in the profile's head (ICC.1, 7.2).
    let head = content(&profile).unwrap_or_default();
    let part = |range: std::ops::Range<usize>| {
        String::from_utf8_lossy(head.get(range).unwrap_or_default()).trim().to_owned()
    };
    let (class, space) = (part(12..16), part(16..20));
    let components = profile.dict().get::<u8>("N").unwrap_or(0);
    if (class.as_str(), space.as_str(), components) != ("prtr", "CMYK", 4) {
        let finding = Finding::error(WRONG_PROFILE).arg("class", class).arg("space", space);
        notes.file(Check::Intent, finding.arg("components", components));
    }
}

/// Check 4: the standard that the file claims.
fn claim(info: &Dict<'_>, packet: Option<&Document<'_>>, standard: Standard, notes: &mut Notes) {
    let version = string(info, "GTS_PDFXVersion");
    let conformance = string(info, "GTS_PDFXConformance");
    let (good, found) = match standard {
        Standard::X4 => {
            let found = packet.and_then(|packet| value(packet, PDFX, "GTS_PDFXVersion"));
            (found.as_deref() == Some("PDF/X-4"), found.or(version))
        }
        Standard::X1a => {
            let good = match version.as_deref() {
                Some("PDF/X-1a:2003" | "PDF/X-1a:2001") => true,
                Some("PDF/X-1:2001") => conformance.as_deref() == Some("PDF/X-1a:2001"),
                _ => false,
            };
            (good, version)
        }
    };
    if good {
        return;
    }
    let finding = match found {
        Some(found) => Finding::error(OTHER_CLAIM).arg("found", found),
        None => Finding::error(NO_CLAIM),
    };
    notes.file(Check::Claim, finding.arg("standard", standard.title()));
}

/// Check 5: what has to be said of the file, and that it is said twice alike.
fn metadata(info: &Dict<'_>, packet: Option<&Document<'_>>, standard: Standard, notes: &mut Notes) {
    let told = |space: &str, key: &str| packet.and_then(|packet| value(packet, space, key));
    let mut missing = |key: &str| {
        notes.file(Check::Metadata, Finding::error(MISSING).arg("key", key));
    };
    if standard == Standard::X4 && packet.is_some() {
        for (space, key, called) in [
            (DC, "title", "dc:title"),
            (XMP, "CreateDate", "xmp:CreateDate"),
            (XMP, "ModifyDate", "xmp:ModifyDate"),
            (XMP, "MetadataDate", "xmp:MetadataDate"),
            (MM, "DocumentID", "xmpMM:DocumentID"),
            (MM, "VersionID", "xmpMM:VersionID"),
            (MM, "RenditionClass", "xmpMM:RenditionClass"),
        ] {
            if told(space, key).is_none() {
                missing(called);
            }
        }
    }
    for key in ["Title", "CreationDate", "ModDate"] {
        if !has(info, key) {
            missing(key);
        }
    }
    let mut same = |key: &str, in_info: Option<String>, in_packet: Option<String>, dates: bool| {
        let (Some(ours), Some(theirs)) = (in_info, in_packet) else { return };
        let alike = if dates { date(&ours) == date(&theirs) } else { ours == theirs };
        if !alike {
            let finding = Finding::error(DIFFERS).arg("key", key);
            notes.file(Check::Metadata, finding.arg("info", ours).arg("xmp", theirs));
        }
    };
    same("Title", string(info, "Title"), told(DC, "title"), false);
    same("CreationDate", string(info, "CreationDate"), told(XMP, "CreateDate"), true);
    same("ModDate", string(info, "ModDate"), told(XMP, "ModifyDate"), true);
    same("Producer", string(info, "Producer"), told(PDF, "Producer"), false);
    same("Creator", string(info, "Creator"), told(XMP, "CreatorTool"), false);
    let trapped = info.get::<Object<'_>>("Trapped").and_then(|_| name(info, "Trapped"));
    same("Trapped", trapped, told(PDF, "Trapped"), false);
}

/// A value of a metadata packet, written as an attribute or as an element.
fn value(packet: &Document<'_>, space: &str, key: &str) -> Option<String> {
    let found = packet.descendants().find_map(|node| {
        if let Some(text) = node.attribute((space, key)) {
            return Some(text.to_owned());
        }
        let text = || node.descendants().filter(|n| n.is_text()).filter_map(|n| n.text());
        node.has_tag_name((space, key)).then(|| text().collect::<String>().trim().to_owned())
    });
    found.filter(|text| !text.is_empty())
}

/// The moment of `D:20240102030405+08'00'` or of `2024-01-02T03:04:05+08:00`.
fn date(text: &str) -> Option<DateTime> {
    let text = text.strip_prefix("D:").unwrap_or(text);
    // The offset begins at a sign behind the date; dates in XMP have hyphens.
    let clock = if text.contains('T') { text.find('T')? } else { text.len().min(8) };
    let offset = text.get(clock..)?.find(['+', '-', 'Z']).map(|at| clock + at);
    let (moment, offset) = text.split_at_checked(offset.unwrap_or(text.len()))?;
    let digits: String = moment.chars().filter(char::is_ascii_digit).collect();
    let part = |range: std::ops::Range<usize>, otherwise: i16| -> Option<i16> {
        digits.get(range).map_or(Some(otherwise), |part| part.parse().ok())
    };
    let small = |n: i16| i8::try_from(n).ok();
    let local = DateTime::new(
        part(0..4, 0)?,
        small(part(4..6, 1)?)?,
        small(part(6..8, 1)?)?,
        small(part(8..10, 0)?)?,
        small(part(10..12, 0)?)?,
        small(part(12..14, 0)?)?,
        0,
    );
    let hours: String = offset.chars().filter(char::is_ascii_digit).collect();
    let minutes = |range: std::ops::Range<usize>| -> i64 {
        hours.get(range).and_then(|part| part.parse().ok()).unwrap_or(0)
    };
    let ahead = minutes(0..2) * 60 + minutes(2..4);
    let ahead = if offset.starts_with('-') { -ahead } else { ahead };
    local.ok()?.checked_sub(SignedDuration::from_mins(ahead)).ok()
}
