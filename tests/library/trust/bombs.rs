//! Pictures that lie about what they are or how large, and links that lead out of the
//! project: each is told, nothing is opened that would fill the memory, and the words
//! are published all the same.

use std::io::Write as _;

use kanyin::diag::{Lang, Severity};

use super::{Folder, codes, editions};

const MANIFEST: &str = "[[publication]]\nid = \"all\"\ntitle = \"湖边\"\n";

/// A project whose one article shows these pictures.
fn showing(pictures: &[(&str, Vec<u8>)]) -> Folder {
    let folder = Folder::new(MANIFEST);
    let mut article = "---\ntitle: 湖边\ndate: 2024-03-05\n---\n\n路修好了。\n".to_owned();
    for (name, bytes) in pictures {
        folder.write(&format!("sources/{name}"), bytes);
        article += &format!("\n![图]({name})\n\n路边种了柳树。\n");
    }
    folder.write("sources/湖边.md", article);
    folder
}

fn png(width: u32, height: u32, data: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, 2, 0, 0, 0]);
    for (kind, data) in [(b"IHDR", header.as_slice()), (b"IDAT", data), (b"IEND", &[])] {
        let mut crc = flate2::Crc::new();
        crc.update(kind);
        crc.update(data);
        out.extend((data.len() as u32).to_be_bytes());
        out.extend(kind);
        out.extend(data);
        out.extend(crc.sum().to_be_bytes());
    }
    out
}

/// So many zeros, packed.
fn packed(zeros: usize) -> Vec<u8> {
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let block = vec![0; 1 << 20];
    for _ in 0..zeros >> 20 {
        out.write_all(&block).unwrap();
    }
    out.finish().unwrap()
}

/// A JPEG that says it has so many pixels and has none.
fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut out = b"\xff\xd8\xff\xc0\0\x11\x08".to_vec();
    out.extend(height.to_be_bytes());
    out.extend(width.to_be_bytes());
    out.extend(
        b"\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xff\xda\0\x0c\x03\x01\0\x02\x11\x03\x11\0\x3f\0",
    );
    out.extend([0; 40]);
    out.extend(b"\xff\xd9");
    out
}

fn gif(width: u16, height: u16) -> Vec<u8> {
    let mut out = b"GIF89a".to_vec();
    out.extend(width.to_le_bytes());
    out.extend(height.to_le_bytes());
    out.extend(b"\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0");
    out.extend(width.to_le_bytes());
    out.extend(height.to_le_bytes());
    out.extend(b"\0\x02\x02\x44\x01\0;");
    out
}

/// A TIFF of so many pixels whose one strip is said to be as long as `strip`.
fn tiff(width: u32, height: u32, strip: u32) -> Vec<u8> {
    let mut out = b"II*\0\x08\0\0\0\x09\0".to_vec();
    for (tag, value) in [
        (256_u16, width),
        (257, height),
        (258, 8),
        (259, 1),
        (262, 1),
        (273, 8),
        (277, 1),
        (278, height),
        (279, strip),
    ] {
        out.extend(tag.to_le_bytes());
        out.extend(4_u16.to_le_bytes());
        out.extend(1_u32.to_le_bytes());
        out.extend(value.to_le_bytes());
    }
    out.extend([0; 4]);
    out
}

/// A lossless WebP that says it is 16384 pixels wide and high: the largest there is.
fn webp() -> Vec<u8> {
    let mut data = vec![0x2f];
    data.extend((0x3fff_u32 | 0x3fff << 14).to_le_bytes());
    data.extend([0; 7]);
    let mut out = b"RIFF".to_vec();
    out.extend((4 + 8 + data.len() as u32).to_le_bytes());
    out.extend(b"WEBPVP8L");
    out.extend((data.len() as u32).to_le_bytes());
    out.extend(data);
    out
}

#[test]
fn pictures_that_say_they_are_huge_are_told_and_not_opened() {
    let pictures = [
        ("1.png", png(60_000, 60_000, &packed(1 << 20))),
        ("2.jpg", jpeg(65_500, 65_500)),
        ("3.gif", gif(65_535, 65_535)),
        ("4.tif", tiff(60_000, 60_000, 3_600_000_000)),
        ("5.png", png(25_000, 25_000, &packed(1 << 20))),
    ];
    let folder = showing(&pictures);
    let Some(built) = folder.built() else { return };
    assert!(built.publications[0].not_made.is_empty());
    for (name, _) in &pictures {
        let told = built.findings().find(|f| f.args.contains(&("name", (*name).to_owned())));
        let told = told.unwrap_or_else(|| panic!("{name}: {:?}", codes(&built)));
        assert_eq!(told.severity, Severity::Warning, "{name}");
        assert_eq!(told.code.name(), "picture-too-large", "{name}");
        let hint = told.hint(Lang::En).unwrap();
        assert!(hint.contains("picture_megapixels"), "{name}: {hint}");
    }
}

#[test]
fn pictures_that_lie_about_themselves_leave_a_frame() {
    let script = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    let pictures = [
        ("page.jpg", b"<!doctype html><script>alert(1)</script>".to_vec()),
        ("drawing.png", script.into()),
        ("archive.jpg", b"PK\x03\x04............................".to_vec()),
        ("book.jpg", b"%PDF-1.7 ........................".to_vec()),
        // What unpacks to a thousand times what the header says.
        ("more.png", png(20, 20, &packed(400 << 20))),
        ("strip.tif", tiff(3_000, 2_000, u32::MAX)),
        ("nothing.jpg", jpeg(4_000, 3_000)),
        ("cut.gif", gif(3_000, 2_000)),
        ("empty.webp", webp()),
    ];
    let folder = showing(&pictures);
    let begun = std::time::Instant::now();
    let Some(built) = folder.built() else { return };
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
    assert!(built.publications[0].not_made.is_empty(), "{:?}", codes(&built));
    for name in [
        "page.jpg",
        "drawing.png",
        "archive.jpg",
        "book.jpg",
        "strip.tif",
        "cut.gif",
        "nothing.jpg",
        "empty.webp",
    ] {
        let told = built.findings().any(|f| f.args.contains(&("name", name.to_owned())));
        assert!(told, "{name}: {:?}", built.findings().collect::<Vec<_>>());
    }
    for (name, bytes) in editions(&folder.path("out")) {
        let found = bytes.windows(8).any(|part| part == b"alert(1)");
        assert!(!found, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn links_and_steps_upwards_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    let photo = image::RgbImage::from_pixel(60, 40, image::Rgb([9, 99, 199]));
    photo.save(outside.path().join("secret.png")).unwrap();
    std::fs::write(outside.path().join("secret.md"), "# 机密\n\n2024-03-05\n\nSECRET\n").unwrap();
    let folder = showing(&[]);
    photo.save(folder.path("sources/own.png")).unwrap();
    let up = "../".repeat(12);
    let absolute = outside.path().display();
    let article = format!(
        "---\ntitle: 湖边\ndate: 2024-03-05\n---\n\n路修好了。\n\n![图](linked.png)\n\n一。\n\n\
         ![图]({up}{absolute}/secret.png)\n\n二。\n\n![图](within.png)\n\n三。\n\n\
         ![图](far/secret.png)\n"
    );
    folder.write("sources/湖边.md", article);
    symlink(outside.path().join("secret.png"), folder.path("sources/linked.png")).unwrap();
    symlink("own.png", folder.path("sources/within.png")).unwrap();
    symlink(outside.path().join("secret.md"), folder.path("sources/机密.md")).unwrap();
    symlink(outside.path(), folder.path("sources/far")).unwrap();
    symlink("/dev/zero", folder.path("sources/没完.txt")).unwrap();
    let Some(built) = folder.built() else { return };
    assert_eq!(built.publications[0].articles, 1);
    let links: Vec<_> = built
        .findings()
        .filter(|f| f.code.name() == "folder-link")
        .map(|f| f.file.clone().unwrap())
        .collect();
    let expected = ["far", "linked.png", "机密.md", "没完.txt"].map(|n| format!("sources/{n}"));
    assert_eq!(links, expected);
    let missing = codes(&built).iter().filter(|code| **code == "picture-missing").count();
    assert_eq!(missing, 3, "{:?}", built.findings().collect::<Vec<_>>());
    for (name, bytes) in editions(&folder.path("out")) {
        assert!(!bytes.windows(6).any(|part| part == b"SECRET"), "{name}");
    }
}
