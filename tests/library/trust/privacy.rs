//! What a photograph and a source know of their makers stays with the department: where
//! and when it was taken and with what, its small picture, who wrote and who changed,
//! the paths of somebody's machine. It is planted in every place that formats have for
//! it, and looked for in every piece of every edition.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};
use jpeg_encoder::{ColorType, Encoder};

use super::opened::{baggage, pieces};
use super::{Folder, editions};
use crate::word::make::zipped;

/// Everything planted contains it.
const PLANTED: &str = "LEAK";

/// 31° 13′ 57.07″: what a receiver writes as three fractions.
const PLACE: [[u32; 2]; 3] = [[31, 1], [13, 1], [5707, 100]];

fn photo(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let green = 40 + (x * 7 + y * 13) % 50 + y * 80 / height;
        Rgb([(230 - x * 200 / width) as u8, green as u8, (20 + x * 200 / width) as u8])
    })
}

fn jpeg(image: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let size = (image.width() as u16, image.height() as u16);
    Encoder::new(&mut bytes, 90).encode(image, size.0, size.1, ColorType::Rgb).unwrap();
    bytes
}

/// An entry of a directory of TIFF 6.0: tag, type, count, value.
type Entry = (u16, u16, u32, Vec<u8>);

fn ascii(tag: u16, text: &str) -> Entry {
    (tag, 2, text.len() as u32 + 1, format!("{text}\0").into_bytes())
}

fn bytes(tag: u16, data: &[u8]) -> Entry {
    (tag, 1, data.len() as u32, data.to_vec())
}

fn short(tag: u16, value: u16) -> Entry {
    (tag, 3, 1, value.to_be_bytes().to_vec())
}

fn long(tag: u16, value: u32) -> Entry {
    (tag, 4, 1, value.to_be_bytes().to_vec())
}

fn place() -> Vec<u8> {
    PLACE.iter().flatten().flat_map(|n| n.to_be_bytes()).collect()
}

/// A directory that begins `at` so many bytes, and what its entries point to.
fn directory(at: u32, mut entries: Vec<Entry>, next: u32) -> Vec<u8> {
    entries.sort_by_key(|entry| entry.0);
    let mut head = (entries.len() as u16).to_be_bytes().to_vec();
    let mut data = Vec::new();
    let behind = at + 2 + 12 * entries.len() as u32 + 4;
    for (tag, kind, count, mut value) in entries {
        head.extend(tag.to_be_bytes());
        head.extend(kind.to_be_bytes());
        head.extend(count.to_be_bytes());
        if value.len() <= 4 {
            value.resize(4, 0);
            head.extend(value);
        } else {
            head.extend((behind + data.len() as u32).to_be_bytes());
            data.extend(value);
            data.resize(data.len().next_multiple_of(2), 0);
        }
    }
    head.extend(next.to_be_bytes());
    head.extend(data);
    head
}

fn of_place() -> Vec<Entry> {
    vec![
        ascii(1, "N"),
        (2, 5, 3, place()),
        ascii(29, "LEAK-day"),
        ascii(3, "E"),
        (4, 5, 3, place()),
    ]
}

fn of_person() -> Vec<Entry> {
    vec![
        ascii(270, "LEAK-description"),
        ascii(271, "LEAK-camera"),
        ascii(306, "LEAK-time"),
        ascii(315, "LEAK-artist"),
        ascii(33432, "LEAK-owner"),
        // Windows' author, in UTF-16.
        bytes(40093, &wide("LEAK-windows")),
    ]
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// EXIF 2.32: a person, a place, a camera and a small picture.
fn exif() -> Vec<u8> {
    let mut out = b"MM\0*\0\0\0\x08".to_vec();
    let first = |place: u32, next: u32| {
        let mut entries = of_person();
        entries.push(long(34853, place));
        directory(8, entries, next)
    };
    let of_place_at = 8 + first(0, 0).len() as u32;
    let place = directory(of_place_at, of_place(), 0);
    let second_at = of_place_at + place.len() as u32;
    let mut small = jpeg(&photo(32, 24));
    small.splice(2..2, *b"\xff\xfe\0\x10LEAK-thumbnail");
    let second = |at: u32| {
        let entries = vec![short(259, 6), long(513, at), long(514, small.len() as u32)];
        directory(second_at, entries, 0)
    };
    let small_at = second_at + second(0).len() as u32;
    out.extend(first(of_place_at, second_at));
    out.extend(place);
    out.extend(second(small_at));
    out.extend(&small);
    out
}

fn xmp() -> Vec<u8> {
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><dc:creator>LEAK-xmp</dc:creator></rdf:RDF></x:xmpmeta>".to_vec()
}

/// IPTC IIM 4.2, records 2:80 (by-line) and 2:90 (city).
fn iptc() -> Vec<u8> {
    [b"\x1c\x02\x50\0\x0cLEAK-by-line".as_slice(), b"\x1c\x02\x5a\0\x09LEAK-city"].concat()
}

/// A JPEG with all that cameras and editors put into one: also a comment, Photoshop's
/// resources, an index of more pictures (CIPA DC-007) and one of them behind the end.
fn laden_jpeg(image: &RgbImage) -> Vec<u8> {
    let mut resources = b"Photoshop 3.0\08BIM\x04\x04\0\0".to_vec();
    resources.extend((iptc().len() as u32).to_be_bytes());
    resources.extend(iptc());
    let segments: [(u8, Vec<u8>); 6] = [
        (0xe1, [b"Exif\0\0".to_vec(), exif()].concat()),
        (0xe1, [b"http://ns.adobe.com/xap/1.0/\0".to_vec(), xmp()].concat()),
        (0xe2, b"MPF\0LEAK-pictures".to_vec()),
        (0xed, resources),
        (0xeb, b"LEAK-maker".to_vec()),
        (0xfe, b"LEAK-comment".to_vec()),
    ];
    let mut head = Vec::new();
    for (marker, data) in segments {
        head.extend([0xff, marker]);
        head.extend((data.len() as u16 + 2).to_be_bytes());
        head.extend(data);
    }
    let mut out = jpeg(image);
    out.splice(2..2, head);
    let mut behind = jpeg(&photo(40, 30));
    behind.splice(2..2, *b"\xff\xfe\0\x0dLEAK-behind");
    out.extend(behind);
    out
}

fn laden_png(image: &RgbImage) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, ImageFormat::Png).unwrap();
    let mut out = out.into_inner();
    let mut extra = Vec::new();
    for (kind, data) in [
        (b"eXIf", exif()),
        (b"tEXt", b"Author\0LEAK-text".to_vec()),
        (b"iTXt", [b"XML:com.adobe.xmp\0\0\0\0\0".to_vec(), xmp()].concat()),
        (b"tIME", b"LEAK-ti".to_vec()),
    ] {
        extra.extend((data.len() as u32).to_be_bytes());
        let mut crc = flate2::Crc::new();
        crc.update(kind);
        crc.update(&data);
        extra.extend(kind);
        extra.extend(data);
        extra.extend(crc.sum().to_be_bytes());
    }
    // Behind the header, which has 25 bytes after the signature.
    out.splice(33..33, extra);
    out.extend(b"LEAK-behind");
    out
}

fn laden_webp(image: &RgbImage) -> Vec<u8> {
    let mut plain = Cursor::new(Vec::new());
    image.write_to(&mut plain, ImageFormat::WebP).unwrap();
    let plain = plain.into_inner();
    let chunk = |kind: &[u8; 4], data: &[u8]| {
        let mut out = kind.to_vec();
        out.extend((data.len() as u32).to_le_bytes());
        out.extend(data);
        out.resize(out.len().next_multiple_of(2), 0);
        out
    };
    let size = |n: u32| (n - 1).to_le_bytes()[..3].to_vec();
    let mut head = vec![0b0000_1100, 0, 0, 0];
    head.extend(size(image.width()));
    head.extend(size(image.height()));
    let mut body = b"WEBP".to_vec();
    body.extend(chunk(b"VP8X", &head));
    body.extend(&plain[12..]);
    body.extend(chunk(b"EXIF", &exif()));
    body.extend(chunk(b"XMP ", &xmp()));
    let mut out = b"RIFF".to_vec();
    out.extend((body.len() as u32).to_le_bytes());
    out.extend(body);
    out
}

fn laden_tiff(image: &RgbImage) -> Vec<u8> {
    let pixels = image.as_raw();
    let at = 8 + pixels.len().next_multiple_of(2) as u32;
    let mut entries = of_person();
    entries.extend([
        long(256, image.width()),
        long(257, image.height()),
        (258, 3, 3, vec![0, 8, 0, 8, 0, 8]),
        short(259, 1),
        short(262, 2),
        long(273, 8),
        short(277, 3),
        long(278, image.height()),
        long(279, pixels.len() as u32),
        bytes(700, &xmp()),
        bytes(33723, &iptc()),
    ]);
    let with = |place: u32| {
        let mut entries = entries.clone();
        entries.push(long(34853, place));
        directory(at, entries, 0)
    };
    let place = at + with(0).len() as u32;
    let mut out = b"MM\0*".to_vec();
    out.extend(at.to_be_bytes());
    out.extend(pixels);
    out.resize(at as usize, 0);
    out.extend(with(place));
    out.extend(directory(place, of_place(), 0));
    out
}

/// A Word file with authors in its properties, changes and comments, and a photograph.
fn word() -> Vec<u8> {
    let spaces = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
         xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' \
         xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' \
         xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' \
         xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture'";
    let who = "w:author='LEAK-editor' w:date='2024-03-01T08:00:00Z'";
    let document = format!(
        "<w:document {spaces}><w:body><w:p><w:r><w:t>湖上的桥</w:t></w:r></w:p>\
         <w:p><w:commentRangeStart w:id='1'/><w:r><w:t>桥修好了，</w:t></w:r>\
         <w:ins w:id='2' {who}><w:r><w:t>行人可以走了，</w:t></w:r></w:ins>\
         <w:del w:id='3' {who}><w:r><w:delText>LEAK-deleted</w:delText></w:r></w:del>\
         <w:r><w:t>两岸又近了。</w:t></w:r><w:commentRangeEnd w:id='1'/>\
         <w:r><w:commentReference w:id='1'/></w:r></w:p>\
         <w:p><w:r><w:drawing><wp:inline><wp:docPr id='1' name='LEAK-name'/><a:graphic>\
         <a:graphicData><pic:pic><pic:nvPicPr><pic:cNvPr id='1' name='LEAK-file.jpg'/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed='rId9'/></pic:blipFill></pic:pic></a:graphicData></a:graphic>\
         </wp:inline></w:drawing></w:r></w:p></w:body></w:document>"
    );
    let comments = format!(
        "<w:comments {spaces}><w:comment w:id='1' w:initials='LEAK' {who}><w:p><w:r>\
         <w:t>LEAK-remark</w:t></w:r></w:p></w:comment></w:comments>"
    );
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let relations = |inner: &str| {
        format!("<Relationships xmlns='{package}/relationships'>{inner}</Relationships>")
    };
    let core = format!(
        "<cp:coreProperties xmlns:cp='{package}/metadata/core-properties' \
         xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator>LEAK-author</dc:creator>\
         <cp:lastModifiedBy>LEAK-last</cp:lastModifiedBy></cp:coreProperties>"
    );
    let parts = [
        ("word/document.xml", document.into_bytes()),
        ("word/comments.xml", comments.into_bytes()),
        ("word/media/LEAK.jpg", laden_jpeg(&photo(320, 240))),
        ("docProps/core.xml", core.into_bytes()),
        (
            "word/_rels/document.xml.rels",
            relations(&format!(
                "<Relationship Id='rId9' Type='{office}/image' Target='media/LEAK.jpg'/>\
                 <Relationship Id='rId8' Type='{office}/comments' Target='comments.xml'/>"
            ))
            .into_bytes(),
        ),
        (
            "_rels/.rels",
            relations(&format!(
                "<Relationship Id='rId1' Type='{office}/officeDocument' Target='word/document.xml'/>"
            ))
            .into_bytes(),
        ),
    ];
    zipped(&parts.map(|(name, bytes)| (name.to_owned(), bytes)), str::to_owned)
}

/// A page as a browser saved it, from a machine and by a person.
const PAGE: &str = "<!-- saved from url=(0052)file:///C:/Users/LEAK/page.html -->\
    <html><head><title>雨后的操场</title><meta name='author' content='LEAK-web'>\
    <meta name='generator' content='LEAK-generator'></head><body><article>\
    <h1>雨后的操场</h1><p>2024-05-06</p><!-- LEAK-remark -->\
    <p data-user='LEAK-attribute'>雨停了，操场上都是水洼，孩子们绕着走。</p>\
    <img src='file:///C:/Users/LEAK/Desktop/a.jpg' alt='操场'><p>太阳出来，水洼亮了。</p>\
    </article></body></html>";

const MANIFEST: &str = "[press]\nname = \"云澜大学\"\n[share]\npdf = true\n\
    [[publication]]\nid = \"all\"\ntitle = \"湖边CONTROL\"\n\
    formats = [\"pdf\", \"print\", \"epub\", \"wechat\"]\n\
    [publication.print]\nbooklet = \"A3\"\n";

#[test]
fn no_edition_tells_what_photographs_and_sources_know_of_their_makers() {
    let folder = Folder::named("LEAK-folder", MANIFEST);
    let (small, large) = (photo(320, 240), photo(2400, 1600));
    let pictures = [
        ("LEAK-1.jpg", laden_jpeg(&small)),
        ("LEAK-2.jpg", laden_jpeg(&large)),
        ("LEAK-3.png", laden_png(&small)),
        ("LEAK-4.png", laden_png(&large)),
        ("LEAK-5.webp", laden_webp(&small)),
        ("LEAK-6.tif", laden_tiff(&small)),
    ];
    let mut article =
        "---\ntitle: 湖边\ndate: 2024-03-05\n---\n\n湖边CONTROL的路修好了。\n".to_owned();
    for (name, bytes) in &pictures {
        image::load_from_memory(bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
        let found = |what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
        assert!(found(PLANTED.as_bytes()) && found(&place()), "{name}");
        folder.write(&format!("sources/{name}"), bytes);
        article += &format!("\n![湖边的路]({name})\n\n路边种了柳树。\n");
    }
    // A picture that is not there, by somebody's path.
    article += "\n![船](C:\\Users\\LEAK\\Desktop\\船.jpg)\n\n船靠在岸边。\n";
    folder.write("sources/湖边.md", &article);
    folder.write("sources/桥.docx", word());
    folder.write("sources/操场.html", PAGE);
    let Some(built) = folder.built() else { return };
    assert!(built.publications[0].not_made.is_empty(), "{:?}", built.publications[0].not_made);
    let (mut leaks, mut seen, mut controls) = (Vec::new(), Vec::new(), Vec::new());
    for (name, bytes) in editions(&folder.path("out")) {
        // The department's own page beside a post: it names files that want a look.
        if name.ends_with("preview.html") {
            continue;
        }
        for piece in pieces(&name, &bytes) {
            let found = |what: &[u8]| piece.bytes.windows(what.len()).any(|part| part == what);
            for (kind, what) in [
                ("text", PLANTED.as_bytes().to_vec()),
                ("wide text", wide(PLANTED)),
                ("wide text", PLANTED.encode_utf16().flat_map(u16::to_be_bytes).collect()),
                ("place", place()),
            ] {
                let at = piece.bytes.windows(what.len()).position(|part| part == what);
                if let Some(at) = at {
                    let around = at.saturating_sub(60)..(at + 60).min(piece.bytes.len());
                    let around = String::from_utf8_lossy(&piece.bytes[around]).into_owned();
                    leaks.push(format!("{kind} in {}: {around}", piece.place));
                }
            }
            if let Some(baggage) = baggage(&piece.bytes) {
                seen.push(name.clone());
                leaks.extend(baggage.iter().map(|what| format!("{what} in {}", piece.place)));
            }
            if found(b"CONTROL") {
                controls.push(name.clone());
            }
        }
    }
    assert!(leaks.is_empty(), "{leaks:#?}");
    // Each edition was really looked into, and its pictures with it.
    for (edition, pictures) in
        [("all/all.pdf", 6), ("all/all-print.pdf", 3), ("all/all.epub", 7), ("share/all.epub", 7)]
    {
        let count = seen.iter().filter(|name| *name == edition).count();
        assert!(count >= pictures, "{edition}: {count} pictures");
        assert!(controls.iter().any(|name| name == edition), "{edition}");
    }
    for edition in ["all/all-cover.pdf", "all/all-booklet.pdf"] {
        assert!(controls.iter().any(|name| name == edition), "{edition}");
    }
    let posts = seen.iter().filter(|name| name.starts_with("all/wechat/")).count();
    assert!(posts >= 7, "{posts}");
}
