//! Pictures for the press as files. JPEG gives back a little more ink here and there
//! than it was given, so what is written is decoded and measured.

use super::Encoding;
use super::cmyk;
use super::encode::encode;
use super::raster::{Failed, Kind, Raster};
use super::separation::Separation;
use super::target::Target;

/// How far below the limit pixels are kept, in per cent over all inks: the first that
/// is enough, as it nearly always is.
const MARGINS: [u16; 3] = [18, 32, 60];

/// The picture in inks as a file; `None` where it cannot be made small enough.
pub(super) fn inked(
    raster: Raster,
    separation: &Separation,
    target: &Target,
) -> Result<Option<(Vec<u8>, Encoding)>, Failed> {
    let mut raster = separation.separate(raster)?;
    if raster.kind != Kind::Cmyk {
        return encode(raster, target);
    }
    // Far below the limit nothing that JPEG does matters.
    if separation.takes(&raster.data, MARGINS[MARGINS.len() - 1]) {
        return encode(raster, target);
    }
    let mut made = None;
    for margin in MARGINS {
        separation.lighten(&mut raster, margin);
        made = encode(raster.clone(), target)?;
        match &made {
            Some((bytes, Encoding::Jpeg { .. })) if !separation.takes(&cmyk::decode(bytes)?, 0) => {
            }
            _ => break,
        }
    }
    Ok(made)
}
