//! Photographs made smaller by the decoder that reads them at eighths of their size:
//! close to what every pixel gives, whatever the file is like, and never a panic.

use image::RgbImage;
use image::imageops::{FilterType, resize};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use kanyin::media::{Colours, Leave, Want, probe};

use super::{Folder, bytes, exif, jpeg, photo, ready};

/// How near two pictures of one size are, in dB (peak signal to noise).
fn nearness(a: &RgbImage, b: &RgbImage) -> f64 {
    assert_eq!(a.dimensions(), b.dimensions());
    let pairs = a.as_raw().iter().zip(b.as_raw());
    let sum: f64 = pairs.map(|(a, b)| f64::from(a.abs_diff(*b)).powi(2)).sum();
    10.0 * (255.0 * 255.0 * a.as_raw().len() as f64 / sum.max(1.0)).log10()
}

fn encoded(image: &RgbImage, set: impl FnOnce(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, 90);
    set(&mut encoder);
    let (width, height) = (image.width() as u16, image.height() as u16);
    encoder.encode(image, width, height, ColorType::Rgb).unwrap();
    file
}

/// A scene without hard edges, so that colours at half the size cost nothing.
fn scene(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let wave = |a: f64, b: f64| {
            let at = f64::from(x) * a + f64::from(y) * b;
            (128.0 + 80.0 * at.sin() + 30.0 * (at * 3.1).cos()) as u8
        };
        image::Rgb([wave(0.021, 0.013), wave(0.011, -0.017), wave(-0.007, 0.023)])
    })
}

fn made_as(file: &[u8], want: &Want) -> RgbImage {
    let folder = Folder::new();
    let path = folder.write("a.jpg", file);
    image::load_from_memory(&bytes(&ready(&folder, &path, want))).unwrap().into_rgb8()
}

#[test]
fn at_every_size_it_is_near_to_what_all_pixels_give() {
    let file = encoded(&scene(800, 608), |encoder| {
        encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    });
    let whole = image::load_from_memory(&file).unwrap().into_rgb8();
    for (width, height) in [
        (790, 600),
        (700, 532),
        (600, 456),
        (500, 380),
        (400, 304),
        (333, 253),
        (200, 152),
        (100, 76),
        (61, 46),
    ] {
        let want = Want { max_width: Some(width), ..Want::default() };
        let near =
            nearness(&made_as(&file, &want), &resize(&whole, width, height, FilterType::Lanczos3));
        // What is so small shows how colours at half the size are blurred.
        let least = if width < 100 { 26.0 } else { 34.0 };
        assert!(near > least, "{width}: {near:.1} dB");
    }
}

#[test]
fn half_the_size_is_the_mean_of_four_pixels() {
    let file = encoded(&scene(640, 480), |_| {});
    let whole = image::load_from_memory(&file).unwrap().into_rgb8();
    let mean = RgbImage::from_fn(320, 240, |x, y| {
        let four =
            [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(u, v)| whole.get_pixel(2 * x + u, 2 * y + v).0);
        image::Rgb([0, 1, 2].map(|c| (four.iter().map(|p| u32::from(p[c])).sum::<u32>() / 4) as u8))
    });
    let near = nearness(&made_as(&file, &Want { max_width: Some(320), ..Want::default() }), &mean);
    assert!(near > 38.0, "{near:.1} dB");
}

#[test]
fn it_does_not_matter_how_a_camera_sampled_colours() {
    let image = scene(401, 299);
    let expected = resize(&image, 150, 111, FilterType::Lanczos3);
    let want = Want { max_width: Some(150), ..Want::default() };
    for sampling in [
        SamplingFactor::R_4_4_4,
        SamplingFactor::R_4_2_2,
        SamplingFactor::R_4_4_0,
        SamplingFactor::R_4_2_0,
        SamplingFactor::R_4_1_1,
    ] {
        for restart in [0, 1, 7] {
            let file = encoded(&image, |encoder| {
                encoder.set_sampling_factor(sampling);
                encoder.set_restart_interval(restart);
            });
            let near = nearness(&made_as(&file, &want), &expected);
            assert!(near > 32.0, "{sampling:?}, {restart}: {near:.1} dB");
        }
    }
    let other = [
        encoded(&image, |encoder| encoder.set_progressive(true)),
        encoded(&image, |encoder| encoder.set_optimized_huffman_tables(true)),
    ];
    for file in other {
        let near = nearness(&made_as(&file, &want), &expected);
        assert!(near > 32.0, "{near:.1} dB");
    }
}

#[test]
fn pictures_of_a_few_pixels_are_right_whatever_their_sampling_and_restarts() {
    let samplings = [
        SamplingFactor::R_4_4_4,
        SamplingFactor::R_4_2_2,
        SamplingFactor::R_4_4_0,
        SamplingFactor::R_4_2_0,
        SamplingFactor::R_4_1_1,
        SamplingFactor::R_4_1_0,
        SamplingFactor::R_4_4_1,
        SamplingFactor::R_4_2_1,
    ];
    let folder = Folder::new();
    for (width, height) in [(1, 1), (2, 3), (7, 8), (8, 9), (9, 7), (15, 17), (16, 16), (17, 15)] {
        let image = scene(width, height);
        let want = Want { max_width: Some((width - 1).max(1)), ..Want::default() };
        for (n, sampling) in samplings.into_iter().enumerate() {
            for restart in [0, 1, 2, 5] {
                let file = encoded(&image, |encoder| {
                    encoder.set_sampling_factor(sampling);
                    encoder.set_restart_interval(restart);
                });
                let path = folder.write(&format!("{width}-{height}-{n}-{restart}.jpg"), &file);
                let made = image::load_from_memory(&bytes(&ready(&folder, &path, &want)));
                let made = made.unwrap().into_rgb8();
                let expected = resize(&image, made.width(), made.height(), FilterType::Lanczos3);
                let near = nearness(&made, &expected);
                assert!(near > 26.0, "{width} × {height}, {sampling:?}, {restart}: {near:.1} dB");
            }
        }
    }
}

#[test]
fn a_cut_of_a_turned_photograph_is_upright() {
    for orientation in 1..=8 {
        let file = jpeg(&photo(640, 400), &[(1, exif(orientation))]);
        let want = Want { cover: Some((120, 120)), colours: Colours::Screen, ..Want::default() };
        let cut = made_as(&file, &want);
        // The middle of the stored picture is red on the left and blue on the right.
        let red = |x: u32, y: u32| {
            let pixel = cut.get_pixel(x, y).0;
            i32::from(pixel[0]) - i32::from(pixel[2])
        };
        let (across, down) = (red(4, 60) - red(115, 60), red(60, 4) - red(60, 115));
        let (expected, still) = match orientation {
            1 | 4 => (across, down),
            2 | 3 => (-across, down),
            5 | 6 => (down, across),
            _ => (-down, across),
        };
        assert!(expected > 100 && still.abs() < 60, "{orientation}: {across}, {down}");
    }
}

#[test]
fn a_grey_photograph_saved_in_colour_becomes_grey() {
    let grey = RgbImage::from_fn(300, 200, |x, y| image::Rgb([((x + y) / 2) as u8; 3]));
    let folder = Folder::new();
    let path = folder.write("a.jpg", &encoded(&grey, |_| {}));
    let made = ready(&folder, &path, &Want { max_width: Some(150), ..Want::default() });
    assert_eq!(made.encoding, kanyin::media::Encoding::Jpeg { components: 1 });
}

#[test]
fn the_colour_profile_stays_with_a_smaller_photograph() {
    let mut profile = vec![0; 70_000];
    profile[16..20].copy_from_slice(b"RGB ");
    profile[60_000..60_006].copy_from_slice(b"behind");
    let file = encoded(&scene(300, 200), |encoder| encoder.add_icc_profile(&profile).unwrap());
    let folder = Folder::new();
    let path = folder.write("a.jpg", &file);
    let made = bytes(&ready(&folder, &path, &Want { max_width: Some(100), ..Want::default() }));
    let mut decoder = image::codecs::jpeg::JpegDecoder::new(std::io::Cursor::new(&made)).unwrap();
    assert_eq!(image::ImageDecoder::icc_profile(&mut decoder).unwrap(), Some(profile));
}

#[test]
fn what_is_little_too_wide_and_light_is_left_as_it_is() {
    let folder = Folder::new();
    let file = jpeg(&photo(300, 200), &[(1, exif(1))]);
    let path = folder.write("a.jpg", &file);
    let leave = |width, bytes| Want {
        max_width: Some(200),
        leave: Some(Leave { width, bytes }),
        colours: Colours::Screen,
        ..Want::default()
    };
    assert_eq!(ready(&folder, &path, &leave(300, 500_000)).width, 300);
    assert_eq!(folder.derived(), 0, "and not so much as opened");
    assert_eq!(ready(&folder, &path, &leave(299, 500_000)).width, 200, "too wide");
    assert_eq!(ready(&folder, &path, &leave(300, 1_000)).width, 200, "too heavy");
    let turned = folder.write("b.jpg", &jpeg(&photo(300, 200), &[(1, exif(3))]));
    assert_eq!(ready(&folder, &turned, &leave(300, 500_000)).width, 200, "made anew anyway");
    let mut inks = Vec::new();
    let cyan = vec![200; 300 * 200 * 4];
    Encoder::new(&mut inks, 90).encode(&cyan, 300, 200, ColorType::Cmyk).unwrap();
    let inks = folder.write("c.jpg", &inks);
    assert_eq!(ready(&folder, &inks, &leave(300, 500_000)).width, 200, "other colours");
}

#[test]
fn damaged_data_are_an_error_or_a_picture_but_never_the_end() {
    let file = encoded(&scene(160, 120), |encoder| encoder.set_restart_interval(5));
    let folder = Folder::new();
    let wants = [
        Want { max_width: Some(90), ..Want::default() },
        Want { cover: Some((50, 50)), ..Want::default() },
    ];
    let mut seed = 1_u32;
    let mut random = |most: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % most
    };
    let mut read = 0;
    for round in 0..400 {
        let mut spoilt = file.clone();
        match round % 4 {
            // Bytes anywhere, tables and sizes among them.
            0 => (0..3).for_each(|_| spoilt[random(file.len())] = random(256) as u8),
            // The data cut short, but ended as they should be.
            1 => {
                spoilt.truncate(300 + random(file.len() - 300));
                spoilt.extend([0xFF, 0xD9]);
            }
            // A size that lies.
            2 => {
                let frame = spoilt.windows(2).position(|two| two == [0xFF, 0xC0]).unwrap();
                spoilt[frame + 5 + random(4)] = random(24) as u8;
            }
            // The data left out but for a few bytes.
            _ => {
                let (from, count) = (600 + random(file.len() - 1200), random(600));
                spoilt.drain(from..from + count);
            }
        }
        let path = folder.write(&format!("{round}.jpg"), &spoilt);
        let Ok(probed) = probe(&path) else { continue };
        if let Ok(made) = folder.store().ready_each(&path, &probed, &wants) {
            assert_eq!((made[1].width, made[1].height), (50, 50));
            read += 1;
        }
    }
    assert!(read > 50, "only {read} were read: the damage is too coarse to tell anything");
}

#[test]
fn a_small_file_that_claims_a_large_picture_is_refused_unopened() {
    let mut file = encoded(&scene(16, 16), |_| {});
    let frame = file.windows(2).position(|two| two == [0xFF, 0xC0]).unwrap();
    file[frame + 5..frame + 9].copy_from_slice(&[0x2E, 0xE0, 0x2E, 0xE0]);
    let folder = Folder::new();
    let path = folder.write("a.jpg", &file);
    let finding = probe(&path).unwrap_err();
    assert_eq!(finding.code.name(), "picture-truncated", "refused unopened");
}
