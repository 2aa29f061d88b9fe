//! Draws the photographs of the sample project, so that the repository needs no
//! photograph of a real place: `cargo run --release --example pictures`.
//! The same run gives the same files.

mod canvas;
mod scenes;

use std::error::Error;
use std::fs;
use std::path::Path;

use jpeg_encoder::{ColorType, Encoder};

fn main() -> Result<(), Box<dyn Error>> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("sources");
    for (name, picture) in scenes::all() {
        let (width, height, pixels) = picture.photograph();
        let file = sources.join(name);
        fs::create_dir_all(file.parent().unwrap_or(&sources))?;
        let mut encoder = Encoder::new_file(file, 80)?;
        encoder.set_progressive(true);
        encoder.encode(&pixels, width.try_into()?, height.try_into()?, ColorType::Rgb)?;
    }
    Ok(())
}
