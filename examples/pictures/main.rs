//! Takes the photographs of the sample project, so that the repository needs none
//! of a real place: `cargo run --release --example pictures`. The same run gives
//! the same files. With words, only pictures whose name holds one of them; with
//! `--draft`, at half the size.

mod badge;
mod camera;
mod country;
mod grounds;
mod houses;
mod materials;
mod rooms;
mod shelves;
mod vector;
mod winter;

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;

use camera::Scene;
use jpeg_encoder::{ColorType, Encoder};

/// Every picture of the sample project, by its place below `sources/`.
fn all() -> Vec<(&'static str, Scene)> {
    vec![
        ("书院建设/书院老楼.jpg", houses::old_hall()),
        ("书院建设/庭院银杏.jpg", grounds::ginkgo_court()),
        ("书院建设/钟楼晨光.jpg", houses::clock_tower()),
        ("书院建设/院徽.jpg", badge::badge()),
        ("书院建设/阶梯教室.jpg", rooms::lecture_hall()),
        ("校园要闻/夜读.jpg", houses::night_library()),
        ("校园要闻/开学典礼.jpg", grounds::opening_day()),
        ("校园要闻/跑道.jpg", grounds::track()),
        ("校园要闻/礼堂座席.jpg", rooms::hall()),
        ("校园要闻/礼堂讲台.jpg", rooms::lectern()),
        ("校园要闻/雪后林荫道.jpg", winter::avenue()),
        ("校园要闻/雪后屋顶.jpg", winter::roofs()),
        ("校园要闻/雪后长椅.jpg", winter::bench()),
        ("科研一线/澜江晨雾.jpg", country::river()),
        ("科研一线/梯田.jpg", country::terraces()),
        ("科研一线/澜江老桥.jpg", country::bridge()),
        ("人物/标本柜.jpg", shelves::specimens()),
        ("人物/修书.jpg", shelves::mending()),
        ("人物/校园夜路.jpg", grounds::night_road()),
        ("师生来信/校门暮色.jpg", winter::gate()),
        ("师生来信/书架之间.jpg", shelves::stacks()),
    ]
}

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = env::args().skip(1).collect();
    let draft = words.iter().any(|w| w == "--draft");
    let wanted: Vec<&String> = words.iter().filter(|w| *w != "--draft").collect();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("sources");
    for (name, mut scene) in all() {
        if !wanted.is_empty() && !wanted.iter().any(|w| name.contains(w.as_str())) {
            continue;
        }
        if draft {
            scene.size = (scene.size.0 / 2, scene.size.1 / 2);
        }
        let (width, height, pixels) = scene.photograph();
        let file = sources.join(name);
        fs::create_dir_all(file.parent().unwrap_or(&sources))?;
        let mut encoder = Encoder::new_file(file, 80)?;
        encoder.set_progressive(true);
        encoder.encode(&pixels, width.try_into()?, height.try_into()?, ColorType::Rgb)?;
    }
    Ok(())
}
