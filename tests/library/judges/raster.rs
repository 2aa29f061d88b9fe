//! A page as poppler draws it, to be looked at point by point.

use std::path::Path;
use std::process::Command;

use super::at_hand::{finish, program};

/// A page of so many pixels.
pub struct Raster {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
    dots: f64,
}

impl Raster {
    /// Red, green and blue at a place in millimetres from the lower left corner.
    pub fn at(&self, [x, y]: [f64; 2]) -> [u8; 3] {
        let (column, row) = ((x * self.dots) as usize, (y * self.dots) as usize);
        assert!(column < self.width && row < self.height, "{x}, {y} is on the page");
        let at = 3 * ((self.height - 1 - row) * self.width + column);
        [self.pixels[at], self.pixels[at + 1], self.pixels[at + 2]]
    }
}

/// Draws a page, counted from 1, with so many pixels an inch.
pub fn raster(path: &Path, page: usize, ppi: u32) -> Option<Raster> {
    let tool = program("pdftoppm")?;
    let mut command = Command::new(tool);
    let (page, dots) = (page.to_string(), ppi.to_string());
    command.args(["-f", &page, "-l", &page, "-r", &dots, "-singlefile"]).arg(path);
    let output = finish(&mut command);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // `P6 WIDTH HEIGHT 255`, each followed by one white space.
    let mut rest = output.stdout.as_slice();
    let mut next = || {
        let end = rest.iter().position(u8::is_ascii_whitespace).expect("a head");
        let (word, after) = rest.split_at(end);
        rest = &after[1..];
        String::from_utf8_lossy(word).into_owned()
    };
    let head = [next(), next(), next(), next()];
    assert_eq!((head[0].as_str(), head[3].as_str()), ("P6", "255"));
    let number = |text: &str| text.parse().expect("a number");
    let (width, height) = (number(&head[1]), number(&head[2]));
    Some(Raster { width, height, pixels: rest.to_vec(), dots: f64::from(ppi) / 25.4 })
}
