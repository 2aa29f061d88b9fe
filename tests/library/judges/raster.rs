//! A page as poppler draws it, to be looked at point by point.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use image::{ImageFormat, RgbImage};

use super::at_hand::{finish, program};

/// A page of so many pixels.
pub struct Raster {
    /// The pixels.
    pub picture: RgbImage,
    dots: f64,
}

impl Raster {
    /// Red, green and blue at a place in millimetres from the lower left corner.
    pub fn at(&self, [x, y]: [f64; 2]) -> [u8; 3] {
        let (column, row) = ((x * self.dots) as u32, (y * self.dots) as u32);
        let (width, height) = self.picture.dimensions();
        assert!(column < width && row < height, "{x}, {y} is on the page");
        self.picture.get_pixel(column, height - 1 - row).0
    }
}

/// Draws a page, counted from 1, with so many pixels an inch.
pub fn raster(path: &Path, page: usize, ppi: u32) -> Option<Raster> {
    let tool = program("pdftoppm")?;
    let (page, dots) = (page.to_string(), ppi.to_string());
    let args = ["-r", &dots, "-f", &page, "-l", &page, "-singlefile", "-png"].map(OsStr::new);
    let output = finish(Command::new(tool).args(args).arg(path));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let picture = image::load_from_memory_with_format(&output.stdout, ImageFormat::Png);
    let picture = picture.expect("pdftoppm writes PNG").into_rgb8();
    Some(Raster { picture, dots: f64::from(ppi) / 25.4 })
}
