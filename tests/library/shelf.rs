//! Pictures that lie inside a source, as the shelf holds them.

use kanyin::media::{Framing, Shelf};

/// A picture of a Word file is put on the shelf as the file shows it: cut, mirrored,
/// turned, and each such view once.
#[test]
fn pictures_from_inside_a_source_stand_on_the_shelf_as_they_are_seen() {
    // Red, green, blue and white, from left to right.
    let tones = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]];
    let image = image::RgbImage::from_fn(40, 20, |x, _| image::Rgb(tones[x as usize / 10]));
    let mut png = std::io::Cursor::new(Vec::new());
    image.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let png = png.into_inner();
    let dir = tempfile::tempdir().unwrap();
    let shelf = Shelf::new(dir.path());
    let seen = |framing: Framing| {
        let path = shelf.keep("image1.png", &png, &framing).unwrap();
        image::open(path).unwrap().into_rgb8()
    };
    let plain = Framing::default();
    assert_eq!(seen(plain).dimensions(), (40, 20));
    let half = Framing { cut: [0.5, 0.0, 0.0, 0.25], ..plain };
    let cut = seen(half);
    assert_eq!((cut.dimensions(), cut.get_pixel(0, 0).0), ((20, 15), tones[2]));
    let turned = seen(Framing { turn: 90.0, ..half });
    assert_eq!((turned.dimensions(), turned.get_pixel(0, 0).0), ((15, 20), tones[2]));
    assert_eq!(turned.get_pixel(0, 19).0, tones[3]);
    let mirrored = seen(Framing { mirrored: true, ..plain });
    assert_eq!(mirrored.get_pixel(0, 0).0, tones[3]);
    let slanted = seen(Framing { turn: 45.0, ..plain });
    assert_eq!((slanted.get_pixel(0, 0).0, slanted.width() > 40), (tones[3], true));
    let files = std::fs::read_dir(dir.path()).unwrap().count();
    seen(half);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), files);
}
