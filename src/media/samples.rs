//! The samples of a JPEG of four inks as a PDF takes them: neither Adobe's marker nor
//! anything else turns them round. For who takes stock of inks; not for showing.

use super::cmyk::{self, rgb_of_ycc};
use super::codec::{self, Plane, Space};
use super::jpeg;

/// Samples of a JPEG of four components: of every four neighbours their mean where the
/// file is a plain one, else all. `None` where it is no such file, or cannot be read.
///
/// Memory: one byte a pixel and what comes back, in plain files.
pub fn samples(bytes: &[u8]) -> Option<Vec<[u8; 4]>> {
    let header = jpeg::scan(bytes).ok().filter(|header| header.components == 4)?;
    let Some(picture) = codec::decode_inks(bytes) else {
        let inks = cmyk::decode(bytes).ok()?;
        let turned = if header.adobe.is_some() { 255 } else { 0 };
        return Some(inks.chunks_exact(4).map(|p| [0, 1, 2, 3].map(|i| p[i] ^ turned)).collect());
    };
    let [first, second, third, black] = &picture.planes[..] else { return None };
    let (width, height) = (first.width, first.height);
    let mut out = Vec::with_capacity(width * height);
    for y in 0..height {
        let row = |plane: &'_ Plane| y * plane.height / height * plane.width;
        let rows = [first, second, third, black].map(row);
        for x in 0..width {
            let sample = |plane: &Plane, row: usize| plane.data[row + x * plane.width / width];
            let (a, b, c) =
                (sample(first, rows[0]), sample(second, rows[1]), sample(third, rows[2]));
            let [a, b, c] = match picture.space {
                Space::Ycck => rgb_of_ycc([a, b, c]).map(|sample| 255 - sample),
                _ => [a, b, c],
            };
            out.push([a, b, c, sample(black, rows[3])]);
        }
    }
    Some(out)
}
