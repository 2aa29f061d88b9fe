//! QR codes (ISO/IEC 18004) as the runs of their dark modules; a template draws them.

use qrcodegen::{QrCode, QrCodeEcc};
use serde::Serialize;

/// A QR code.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Qr {
    /// How many modules it is wide and high, without the quiet zone, which is to be
    /// four modules on each side.
    size: i32,
    /// Its dark modules, row by row: column, row and length of each run.
    runs: Vec<[i32; 3]>,
}

impl Qr {
    /// The code of a text, at medium error correction; none where it is too long for
    /// one.
    pub(super) fn of(text: &str) -> Option<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
        let size = code.size();
        let mut runs: Vec<[i32; 3]> = Vec::new();
        for y in 0..size {
            for x in (0..size).filter(|x| code.get_module(*x, y)) {
                match runs.last_mut() {
                    Some([start, row, length]) if *row == y && *start + *length == x => {
                        *length += 1
                    }
                    _ => runs.push([x, y, 1]),
                }
            }
        }
        Some(Self { size, runs })
    }
}
