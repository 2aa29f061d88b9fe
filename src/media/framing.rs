//! How a source shows a picture: what it cuts off and which way it is turned, and
//! the picture that comes of it.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};

/// How a source shows a picture: cut first, then mirrored, then turned.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Framing {
    /// How much is cut off at the left, top, right and bottom, each as a share of
    /// the whole width or height, from 0 to 1.
    pub cut: [f32; 4],
    /// Whether left and right change places.
    pub mirrored: bool,
    /// Whether top and bottom change places.
    pub flipped: bool,
    /// By how many degrees it is turned clockwise, from 0 up to 360.
    pub turn: f32,
}

impl Framing {
    /// Whether the picture is shown as it is.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// The most memory a decoder may ask for, in bytes.
const MAX_ALLOC: u64 = 1 << 30;
/// The longest side that is cut or turned, in pixels.
const MAX_SIDE: u32 = 20_000;
/// How finely a picture that was a JPEG is encoded anew, of 100.
const QUALITY: u8 = 92;

/// A picture as a source shows it, with the usual ending of its file; nothing where
/// it cannot be decoded or nothing of it is left.
pub(super) fn framed(bytes: &[u8], framing: &Framing) -> Option<(Vec<u8>, &'static str)> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let format = reader.format()?;
    let mut limits = Limits::default();
    (limits.max_alloc, limits.max_image_width) = (Some(MAX_ALLOC), Some(MAX_SIDE));
    limits.max_image_height = Some(MAX_SIDE);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    // Programs that heed the camera's word for which way is up turn the picture by
    // it, so a turned picture has had its due.
    if framing.turn == 0.0 {
        image.apply_orientation(orientation);
    }
    image = cut(&image, framing.cut)?;
    if framing.mirrored {
        image = image.fliph();
    }
    if framing.flipped {
        image = image.flipv();
    }
    image = turned(image, framing.turn);
    let mut out = Vec::new();
    if format == ImageFormat::Jpeg {
        let rgb = image.into_rgb8();
        let (width, height) = (u16::try_from(rgb.width()).ok()?, u16::try_from(rgb.height()).ok()?);
        let encoder = jpeg_encoder::Encoder::new(&mut out, QUALITY);
        encoder.encode(&rgb, width, height, jpeg_encoder::ColorType::Rgb).ok()?;
        return Some((out, "jpg"));
    }
    image.write_to(&mut Cursor::new(&mut out), ImageFormat::Png).ok()?;
    Some((out, "png"))
}

fn cut(image: &DynamicImage, [left, top, right, bottom]: [f32; 4]) -> Option<DynamicImage> {
    let side = |length: u32, before: f32, after: f32| {
        let length = f64::from(length);
        let start = (length * f64::from(before)).round();
        let end = (length * (1.0 - f64::from(after))).round();
        (end > start).then_some((start as u32, (end - start) as u32))
    };
    let (x, width) = side(image.width(), left, right)?;
    let (y, height) = side(image.height(), top, bottom)?;
    Some(image.crop_imm(x, y, width, height))
}

fn turned(image: DynamicImage, degrees: f32) -> DynamicImage {
    let quarters = (degrees / 90.0).round();
    if (degrees - quarters * 90.0).abs() > 0.3 {
        return DynamicImage::ImageRgb8(slanted(&image.into_rgb8(), degrees));
    }
    match quarters as u32 % 4 {
        1 => image.rotate90(),
        2 => image.rotate180(),
        3 => image.rotate270(),
        _ => image,
    }
}

/// A picture turned by any angle, on a white ground just large enough for it.
fn slanted(image: &RgbImage, degrees: f32) -> RgbImage {
    let (sin, cos) = f64::from(degrees).to_radians().sin_cos();
    let (w, h) = (f64::from(image.width()), f64::from(image.height()));
    let width = (w * cos.abs() + h * sin.abs()).ceil().max(1.0);
    let height = (w * sin.abs() + h * cos.abs()).ceil().max(1.0);
    RgbImage::from_fn(width as u32, height as u32, |x, y| {
        let (dx, dy) = (f64::from(x) + 0.5 - width / 2.0, f64::from(y) + 0.5 - height / 2.0);
        let (sx, sy) = (dx * cos + dy * sin + w / 2.0 - 0.5, dy * cos - dx * sin + h / 2.0 - 0.5);
        blended(image, sx, sy)
    })
}

/// The colour between the four pixels round a point; white outside.
fn blended(image: &RgbImage, x: f64, y: f64) -> Rgb<u8> {
    let (left, top) = (x.floor(), y.floor());
    let (fx, fy) = (x - left, y - top);
    let at = |dx: f64, dy: f64| {
        let (x, y) = (left + dx, top + dy);
        let inside =
            x >= 0.0 && y >= 0.0 && x < f64::from(image.width()) && y < f64::from(image.height());
        if inside { image.get_pixel(x as u32, y as u32).0 } else { [255; 3] }
    };
    let corners = [
        (at(0.0, 0.0), (1.0 - fx) * (1.0 - fy)),
        (at(1.0, 0.0), fx * (1.0 - fy)),
        (at(0.0, 1.0), (1.0 - fx) * fy),
        (at(1.0, 1.0), fx * fy),
    ];
    Rgb([0, 1, 2].map(|channel| {
        let sum: f64 = corners.iter().map(|(c, share)| f64::from(c[channel]) * share).sum();
        sum.round().clamp(0.0, 255.0) as u8
    }))
}
