//! JPEGs of four components, which every decoder reads otherwise: here always as
//! inks, 255 for full ink.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::jpeg;
use super::raster::{Failed, Kind, Raster};

/// The inks C, M, Y, K of each pixel. Adobe writes them inverted and marks the
/// file; a file without the mark holds them as they are.
pub(super) fn decode(bytes: &[u8]) -> Result<Vec<u8>, Failed> {
    let adobe = jpeg::scan(bytes).ok().and_then(|header| header.adobe);
    let transformed = adobe == Some(2);
    let space = if transformed { ColorSpace::YCCK } else { ColorSpace::CMYK };
    let options = DecoderOptions::default().jpeg_set_out_colorspace(space).set_strict_mode(false);
    let mut inks = JpegDecoder::new_with_options(ZCursor::new(bytes), options).decode()?;
    if transformed {
        for pixel in inks.chunks_exact_mut(4) {
            let [r, g, b] = rgb_of_ycc([pixel[0], pixel[1], pixel[2]]);
            // The file's C is 255 − R and itself inverted: R is the ink.
            (pixel[0], pixel[1], pixel[2], pixel[3]) = (r, g, b, 255 - pixel[3]);
        }
    } else if adobe.is_some() {
        for ink in &mut inks {
            *ink = 255 - *ink;
        }
    }
    Ok(inks)
}

/// The conversion of ITU-T T.871, clause 7, its factors in parts of 65,536.
pub(super) fn rgb_of_ycc([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let (y, cb, cr) = (i32::from(y) << 16, i32::from(cb) - 128, i32::from(cr) - 128);
    let r = y + 91_881 * cr;
    let g = y - 22_554 * cb - 46_802 * cr;
    let b = y + 116_130 * cb;
    [r, g, b].map(|value| ((value + 0x8000) >> 16).clamp(0, 255) as u8)
}

/// Inks as light, each taking away its part: no profile is asked, so colours
/// come out brighter than in print.
pub(super) fn to_rgb(raster: Raster) -> Raster {
    let light = |ink: u8, black: u8| {
        let through = (255 - u32::from(ink)) * (255 - u32::from(black));
        ((through + 127) / 255) as u8
    };
    let data = raster.data.chunks_exact(4);
    let data = data.flat_map(|p| [light(p[0], p[3]), light(p[1], p[3]), light(p[2], p[3])]);
    Raster::new(raster.width, raster.height, Kind::Rgb, data.collect())
}
