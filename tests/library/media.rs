//! The room `media`: what a picture file says of itself, what travels with it,
//! and what an edition gets.

use std::fs;
use std::path::{Path, PathBuf};

use image::{DynamicImage, GrayImage, ImageFormat, Luma, Rgb, RgbImage, Rgba, RgbaImage};
use jpeg_encoder::{ColorType, Encoder};
use kanyin::media::{Colours, Encoding, Format, Ready, Store, Want, probe};
use tempfile::TempDir;

mod photographs;

/// A photograph of sorts: soft colours everywhere, red left, blue right, and a
/// white corner at the top left to tell which way up it is.
fn photo(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        if x < width / 4 && y < height / 4 {
            return Rgb([255, 255, 255]);
        }
        let red = 230 - x * 200 / width;
        let green = 40 + (x * 7 + y * 13) % 50 + y * 80 / height;
        Rgb([red as u8, green as u8, (20 + x * 200 / width) as u8])
    })
}

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(TempDir::new().expect("a temporary folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).expect("the folder can be written");
        path
    }

    fn save(&self, name: &str, image: &DynamicImage, format: ImageFormat) -> PathBuf {
        let path = self.path(name);
        image.save_with_format(&path, format).expect("the format can hold it");
        path
    }

    fn store(&self) -> Store {
        Store::new(self.path("store"))
    }

    fn derived(&self) -> usize {
        fs::read_dir(self.path("store")).map_or(0, Iterator::count)
    }
}

fn jpeg(image: &RgbImage, segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 92);
    for (number, data) in segments {
        encoder.add_app_segment(*number, data.clone()).expect("a short segment");
    }
    let (width, height) = (image.width() as u16, image.height() as u16);
    encoder.encode(image, width, height, ColorType::Rgb).expect("a small picture");
    bytes
}

/// EXIF that says which way up the picture is and where it was taken.
fn exif(orientation: u16) -> Vec<u8> {
    let mut data = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    data.extend(orientation.to_be_bytes());
    data.extend(b"\0\0\0\0\0\0GPS 30.5402N 114.3653E");
    data
}

fn bytes(ready: &Ready) -> Vec<u8> {
    let mut out = Vec::new();
    ready.copy_to(&mut out).expect("the file is still there");
    assert_eq!(out.len() as u64, ready.len(), "the length told is the length copied");
    out
}

fn ready(folder: &Folder, path: &Path, want: &Want) -> Ready {
    let probed = probe(path).expect("a good picture");
    folder.store().ready(path, &probed, want).expect("it can be made so")
}

fn code(path: &Path) -> &'static str {
    probe(path).expect_err("it should be refused").code.name()
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[test]
fn every_format_is_known_by_its_content() {
    let folder = Folder::new();
    let image = DynamicImage::ImageRgb8(photo(40, 30));
    let formats = [
        (ImageFormat::Jpeg, Format::Jpeg),
        (ImageFormat::Png, Format::Png),
        (ImageFormat::Gif, Format::Gif),
        (ImageFormat::WebP, Format::WebP),
        (ImageFormat::Bmp, Format::Bmp),
        (ImageFormat::Tiff, Format::Tiff),
    ];
    for (written, known) in formats {
        // The name lies about every one of them but the first.
        let path = folder.save("照片.jpg", &image, written);
        let probed = probe(&path).unwrap();
        assert_eq!((probed.format, probed.width, probed.height), (known, 40, 30));
        assert_eq!(probed.bytes, fs::metadata(&path).unwrap().len());
        let got = ready(&folder, &path, &Want::default());
        let decoded = image::load_from_memory(&bytes(&got)).unwrap();
        assert_eq!((decoded.width(), decoded.height()), (40, 30), "{known:?} comes out whole");
        assert_eq!((got.width, got.height), (40, 30));
    }
}

#[test]
fn a_good_jpeg_passes_through_without_its_metadata() {
    let folder = Folder::new();
    let icc = [b"ICC_PROFILE\0\x01\x01".as_slice(), b"a profile"].concat();
    let segments = [
        (1, exif(1)),
        (1, b"http://ns.adobe.com/xap/1.0/\0<secret/>".to_vec()),
        (2, icc),
        (2, b"MPF\0thumbnails".to_vec()),
        (13, b"Photoshop 3.0\0the editor's name".to_vec()),
    ];
    let mut file = jpeg(&photo(64, 48), &segments);
    // A comment, and a second picture after the end, as some telephones write.
    file.splice(2..2, *b"\xFF\xFE\x00\x0ANOTHING!");
    file.extend(jpeg(&photo(8, 8), &[(1, exif(1))]));
    let path = folder.write("a.jpg", &file);
    let got = ready(&folder, &path, &Want { colours: Colours::Screen, ..Want::default() });
    let copied = bytes(&got);
    assert_eq!(got.encoding, Encoding::Jpeg { components: 3 });
    for gone in ["Exif", "GPS", "secret", "MPF", "Photoshop", "NOTHING"] {
        assert!(!contains(&copied, gone.as_bytes()), "{gone} should not travel");
    }
    assert!(contains(&copied, b"a profile"), "the colour profile should travel");
    assert!(contains(&copied, b"JFIF"));
    assert!(copied.ends_with(&[0xFF, 0xD9]));
    let pixels = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().into_rgb8();
    assert_eq!(pixels(&copied), pixels(&file), "not a pixel differs");
    assert_eq!(folder.derived(), 0, "nothing was derived");
}

#[test]
fn a_progressive_jpeg_passes_through_whole() {
    let folder = Folder::new();
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, 90);
    encoder.set_progressive(true);
    encoder.set_restart_interval(4);
    encoder.encode(&photo(60, 60), 60, 60, ColorType::Rgb).unwrap();
    let path = folder.write("a.jpg", &file);
    assert_eq!(bytes(&ready(&folder, &path, &Want::default())), file);
}

#[test]
fn a_good_png_passes_through_without_its_metadata() {
    let folder = Folder::new();
    let path = folder.save("a.png", &photo(32, 20).into(), ImageFormat::Png);
    let file = fs::read(&path).unwrap();
    let mut with_text = file.clone();
    // IHDR ends at byte 33; a text chunk's checksum is nobody's business here.
    with_text.splice(33..33, *b"\0\0\0\x0DtEXtAuthor\0secret\0\0\0\0");
    let path = folder.write("a.png", &with_text);
    let copied = bytes(&ready(&folder, &path, &Want::default()));
    assert_eq!(copied, file);
    assert_eq!(folder.derived(), 0);
}

#[test]
fn every_orientation_comes_out_upright() {
    let folder = Folder::new();
    for orientation in 1..=8 {
        let path = folder.write("a.jpg", &jpeg(&photo(80, 40), &[(1, exif(orientation))]));
        let probed = probe(&path).unwrap();
        assert_eq!(u16::from(probed.orientation), orientation);
        let turned = orientation >= 5;
        let shape = if turned { (40, 80) } else { (80, 40) };
        assert_eq!(probed.upright(), shape);
        let got = ready(&folder, &path, &Want::default());
        assert_eq!((got.width, got.height), shape);
        let out = image::load_from_memory(&bytes(&got)).unwrap().into_rgb8();
        assert_eq!((out.width(), out.height()), shape);
        // Where the stored picture's white corner belongs (EXIF 2.32, table 6).
        let (right, bottom) = match orientation {
            1 | 5 => (false, false),
            2 | 6 => (true, false),
            3 | 7 => (true, true),
            _ => (false, true),
        };
        let x = if right { shape.0 - 4 } else { 3 };
        let y = if bottom { shape.1 - 4 } else { 3 };
        let corner = out.get_pixel(x, y);
        assert!(corner.0.iter().all(|v| *v > 225), "orientation {orientation}: {corner:?}");
        let other = out.get_pixel(shape.0 - 1 - x, shape.1 - 1 - y);
        assert!(other.0.iter().any(|v| *v < 200), "orientation {orientation}: {other:?}");
        assert!(!contains(&bytes(&got), b"GPS"));
    }
}

#[test]
fn nonsense_in_exif_is_no_orientation() {
    let folder = Folder::new();
    for junk in [exif(0), exif(9), b"Exif\0\0MM\0*\xFF\xFF\xFF\xFF".to_vec(), b"Exif\0\0".to_vec()]
    {
        let path = folder.write("a.jpg", &jpeg(&photo(16, 16), &[(1, junk)]));
        assert_eq!(probe(&path).unwrap().orientation, 1);
    }
}

#[test]
fn transparent_parts_are_laid_on_white() {
    let folder = Folder::new();
    let image = RgbaImage::from_fn(20, 10, |x, _| match x {
        0..10 => Rgba([200, 0, 0, 255]),
        _ => Rgba([0, 0, 0, if x < 15 { 0 } else { 128 }]),
    });
    for format in [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff] {
        let path = folder.save("a", &image.clone().into(), format);
        assert!(probe(&path).unwrap().alpha);
        let got = ready(&folder, &path, &Want::default());
        assert_eq!(got.encoding, Encoding::Png { components: 3 }, "a drawing stays sharp");
        let out = image::load_from_memory(&bytes(&got)).unwrap();
        assert!(!out.color().has_alpha());
        let out = out.into_rgb8();
        assert_eq!(out.get_pixel(2, 2).0, [200, 0, 0]);
        assert_eq!(out.get_pixel(12, 2).0, [255, 255, 255]);
        assert!(out.get_pixel(17, 2).0.iter().all(|v| (126..=128).contains(v)));
    }
}

#[test]
fn png_of_any_kind_becomes_the_kind_a_pdf_may_hold() {
    let folder = Folder::new();
    let deep: image::ImageBuffer<Rgb<u16>, Vec<u16>> =
        image::ImageBuffer::from_fn(9, 9, |x, y| Rgb([x as u16 * 7000, y as u16 * 7000, 40_000]));
    let grey = GrayImage::from_fn(9, 9, |x, _| Luma([if x < 4 { 0 } else { 255 }]));
    let kinds: [(DynamicImage, u8); 3] = [
        (deep.into(), 3),
        (grey.clone().into(), 1),
        (DynamicImage::from(grey).into_rgb8().into(), 3),
    ];
    for (image, components) in kinds {
        let path = folder.save("a.png", &image, ImageFormat::Png);
        let got = ready(&folder, &path, &Want::default());
        assert_eq!(got.encoding, Encoding::Png { components });
        let header = bytes(&got);
        assert_eq!(header[24], 8, "eight bits a component");
        assert_eq!(header[28], 0, "not interlaced");
    }
}

#[test]
fn grey_stays_grey() {
    let folder = Folder::new();
    let grey = GrayImage::from_fn(300, 200, |x, y| Luma([((x * 3 + y * 5) % 256) as u8]));
    let path = folder.save("a.jpg", &grey.into(), ImageFormat::Jpeg);
    let passed = ready(&folder, &path, &Want { colours: Colours::Screen, ..Want::default() });
    assert_eq!(passed.encoding, Encoding::Jpeg { components: 1 });
    let scaled = ready(&folder, &path, &Want { max_width: Some(150), ..Want::default() });
    assert_eq!((scaled.encoding, scaled.width), (Encoding::Jpeg { components: 1 }, 150));
}

#[test]
fn cmyk_keeps_its_inks_for_print_and_turns_rgb_for_screens() {
    let folder = Folder::new();
    // Left, pure cyan ink; right, half black.
    let inks: Vec<u8> = (0..64 * 64)
        .flat_map(|i| if i % 64 < 32 { [255, 0, 0, 0] } else { [0, 0, 0, 128] })
        .collect();
    for colour in [ColorType::Cmyk, ColorType::CmykAsYcck] {
        let mut file = Vec::new();
        Encoder::new(&mut file, 95).encode(&inks, 64, 64, colour).unwrap();
        let path = folder.write("a.jpg", &file);
        assert_eq!(probe(&path).unwrap().components, 4);
        let print = ready(&folder, &path, &Want::default());
        assert_eq!(print.encoding, Encoding::Jpeg { components: 4 });
        assert_eq!(bytes(&print), file, "for print it passes through");
        let small = ready(&folder, &path, &Want { max_width: Some(32), ..Want::default() });
        assert_eq!(small.encoding, Encoding::Jpeg { components: 4 });
        assert!(contains(&bytes(&small), b"Adobe"), "255 stands for no ink, and it says so");
        for source in [&path, &folder.write("small.jpg", &bytes(&small))] {
            let screen =
                ready(&folder, source, &Want { colours: Colours::Screen, ..Want::default() });
            assert_eq!(screen.encoding, Encoding::Jpeg { components: 3 });
            let rgb = image::load_from_memory(&bytes(&screen)).unwrap().into_rgb8();
            let near = |got: &Rgb<u8>, want: [u8; 3]| {
                got.0.iter().zip(want).all(|(a, b)| a.abs_diff(b) < 12)
            };
            let (cyan, grey) = (rgb.get_pixel(4, 8), rgb.get_pixel(screen.width - 5, 8));
            assert!(near(cyan, [0, 255, 255]), "{colour:?}: {cyan:?}");
            assert!(near(grey, [127, 127, 127]), "{colour:?}: {grey:?}");
        }
    }
}

#[test]
fn what_is_wanted_is_kept_to() {
    let folder = Folder::new();
    let path = folder.write("a.jpg", &jpeg(&photo(1200, 800), &[]));
    let wide = ready(&folder, &path, &Want { max_width: Some(1080), ..Want::default() });
    assert_eq!((wide.width, wide.height), (1080, 720));
    let few = ready(&folder, &path, &Want { max_pixels: Some(240_000), ..Want::default() });
    assert_eq!((few.width, few.height), (600, 400));
    let cover = ready(&folder, &path, &Want { cover: Some((300, 300)), ..Want::default() });
    assert_eq!((cover.width, cover.height), (300, 300));
    let light = ready(&folder, &path, &Want { max_bytes: Some(9_000), ..Want::default() });
    assert!(light.len() <= 9_000, "{} bytes", light.len());
    for got in [wide, few, cover, light] {
        let decoded = image::load_from_memory(&bytes(&got)).unwrap();
        assert_eq!((decoded.width(), decoded.height()), (got.width, got.height));
    }
    let small = Want { max_width: Some(5000), max_pixels: Some(4_000_000), ..Want::default() };
    assert_eq!(ready(&folder, &path, &small).width, 1200, "nothing is ever made larger");
}

#[test]
fn a_cover_is_cut_from_the_middle() {
    let folder = Folder::new();
    let stripes = RgbImage::from_fn(300, 100, |x, _| match x / 100 {
        0 => Rgb([250, 0, 0]),
        1 => Rgb([0, 250, 0]),
        _ => Rgb([0, 0, 250]),
    });
    let path = folder.save("a.png", &stripes.into(), ImageFormat::Png);
    let got = ready(&folder, &path, &Want { cover: Some((200, 200)), ..Want::default() });
    let out = image::load_from_memory(&bytes(&got)).unwrap().into_rgb8();
    for (x, y) in [(20, 20), (100, 100), (180, 180)] {
        assert!(out.get_pixel(x, y).0[1] > 200, "only the middle is left");
    }
}

#[test]
fn what_cannot_be_made_small_enough_is_said() {
    let folder = Folder::new();
    let path = folder.write("合影.jpg", &jpeg(&photo(400, 400), &[]));
    let want = Want { max_bytes: Some(100), ..Want::default() };
    let finding = folder.store().ready(&path, &probe(&path).unwrap(), &want).unwrap_err();
    assert_eq!(finding.code.name(), "picture-too-heavy");
    assert!(finding.message(kanyin::diag::Lang::Zh).contains("合影.jpg"));
}

#[test]
fn asking_twice_derives_once_and_gives_the_same_bytes() {
    let folder = Folder::new();
    let file = jpeg(&photo(400, 300), &[]);
    let (a, b) = (folder.write("a.jpg", &file), folder.write("b.jpg", &file));
    let want = Want { max_width: Some(200), ..Want::default() };
    let first = bytes(&ready(&folder, &a, &want));
    let again = bytes(&ready(&folder, &a, &want));
    let other = bytes(&ready(&folder, &b, &want));
    let same_wish = Want { max_pixels: Some(200 * 150), ..Want::default() };
    let reworded = bytes(&ready(&folder, &a, &same_wish));
    assert!(first == again && first == other && first == reworded);
    assert_eq!(folder.derived(), 1);
    let elsewhere = Folder::new();
    assert_eq!(first, bytes(&ready(&elsewhere, &a, &want)), "another store, the same bytes");
}

#[test]
fn many_at_once_derive_it_once() {
    let folder = Folder::new();
    let path = folder.write("a.jpg", &jpeg(&photo(500, 400), &[]));
    let (store, probed) = (folder.store(), probe(&path).unwrap());
    let want = Want { max_width: Some(250), ..Want::default() };
    let results: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| bytes(&store.clone().ready(&path, &probed, &want).unwrap())))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(results.iter().all(|result| *result == results[0]));
    assert_eq!(folder.derived(), 1);
}

#[test]
fn a_derivative_that_was_damaged_is_made_anew() {
    let folder = Folder::new();
    let path = folder.write("a.jpg", &jpeg(&photo(300, 200), &[]));
    let want = Want { max_width: Some(100), ..Want::default() };
    let first = bytes(&ready(&folder, &path, &want));
    for entry in fs::read_dir(folder.path("store")).unwrap() {
        fs::write(entry.unwrap().path(), &first[..first.len() / 2]).unwrap();
    }
    assert_eq!(bytes(&ready(&folder, &path, &want)), first);
}

#[test]
fn what_is_no_picture_is_refused_with_a_reason() {
    let folder = Folder::new();
    assert_eq!(code(&folder.path("none.jpg")), "picture-unreadable");
    assert_eq!(code(&folder.write("a.jpg", b"")), "picture-empty");
    assert_eq!(code(&folder.write("a.jpg", "云澜大学".as_bytes())), "picture-unknown-format");
    assert_eq!(code(&folder.write("a.svg", b"<svg/>")), "picture-unknown-format");
    assert_eq!(code(&folder.write("a.jpg", b"\xFF\xD8\xFF\xD9")), "picture-broken");
    assert_eq!(
        code(&folder.write("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\0IEND\0\0\0\0")),
        "picture-broken"
    );
}

#[test]
fn a_picture_cut_short_is_refused_wherever_it_ends() {
    let folder = Folder::new();
    let file = jpeg(&photo(100, 100), &[(1, exif(1))]);
    for end in [4, 60, 200, file.len() / 2, file.len() - 1] {
        assert_eq!(code(&folder.write("a.jpg", &file[..end])), "picture-truncated", "{end} bytes");
    }
    let path = folder.save("a.png", &photo(50, 50).into(), ImageFormat::Png);
    let file = fs::read(&path).unwrap();
    for end in [12, 30, file.len() / 2, file.len() - 1] {
        assert_eq!(code(&folder.write("a.png", &file[..end])), "picture-truncated", "{end} bytes");
    }
}

#[test]
fn an_absurd_size_is_refused_unopened() {
    let folder = Folder::new();
    let path = folder.save("a.png", &photo(10, 10).into(), ImageFormat::Png);
    let mut file = fs::read(&path).unwrap();
    for (width, height) in [(40_000_u32, 10_u32), (20_000, 20_000), (u32::MAX, u32::MAX)] {
        file[16..20].copy_from_slice(&width.to_be_bytes());
        file[20..24].copy_from_slice(&height.to_be_bytes());
        assert_eq!(code(&folder.write("a.png", &file)), "picture-too-large");
    }
    let mut file = jpeg(&photo(16, 16), &[]);
    let frame = file.windows(2).position(|two| two == [0xFF, 0xC0]).unwrap();
    file[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    assert_eq!(code(&folder.write("a.jpg", &file)), "picture-too-large");
}

#[test]
fn damage_behind_a_good_header_is_told_when_decoding() {
    let folder = Folder::new();
    let path = folder.save("a.gif", &photo(40, 40).into(), ImageFormat::Gif);
    let file = fs::read(&path).unwrap();
    let path = folder.write("a.gif", &file[..file.len() - 60]);
    let probed = probe(&path).unwrap();
    let finding = folder.store().ready(&path, &probed, &Want::default()).unwrap_err();
    assert_eq!(finding.code.name(), "picture-undecodable");
    assert_eq!(folder.derived(), 0, "nothing half-made is kept");
}

#[test]
fn a_file_that_shrank_since_is_an_error_not_a_shorter_picture() {
    let folder = Folder::new();
    let file = jpeg(&photo(60, 60), &[]);
    let path = folder.write("a.jpg", &file);
    let got = ready(&folder, &path, &Want::default());
    folder.write("a.jpg", &file[..file.len() / 2]);
    assert!(got.copy_to(&mut Vec::new()).is_err());
}

#[test]
fn several_wishes_are_met_in_their_order() {
    let folder = Folder::new();
    let path = folder.write("photo.jpg", &jpeg(&photo(640, 480), &[]));
    let wants = [
        Want { max_width: Some(320), ..Want::default() },
        Want::default(),
        Want { cover: Some((90, 38)), colours: Colours::Screen, ..Want::default() },
    ];
    let probed = probe(&path).unwrap();
    let made = folder.store().ready_each(&path, &probed, &wants).unwrap();
    let sizes: Vec<_> = made.iter().map(|ready| (ready.width, ready.height)).collect();
    assert_eq!(sizes, [(320, 240), (640, 480), (90, 38)]);
    for (ready, want) in made.iter().zip(&wants) {
        assert_eq!(*ready, folder.store().ready(&path, &probed, want).unwrap());
    }
}
