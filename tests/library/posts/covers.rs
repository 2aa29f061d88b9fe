//! The covers of posts: which picture, which part of it, and whether with the title.

use std::fs;
use std::path::{Path, PathBuf};

use image::{Rgb, RgbImage};
use kanyin::article::{Article, Focus};
use kanyin::diag::{Lang, Silent};
use kanyin::export::{Job, wechat};
use kanyin::media::{Album, Cut, Store};
use proptest::prelude::*;
use serde_json::Value;

use super::{campus, codes, file, one, picture, posts, typical};
use crate::pdf::fonts;
use crate::support::{self, plain_article};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_cut_has_its_shape_and_holds_its_focus(
        size in (1..6000u32, 1..6000u32),
        shape in (1..2000u32, 1..2000u32),
        at in (0.0..=1.0, 0.0..=1.0),
    ) {
        let focus = Focus::new(at.0, at.1).unwrap();
        let cut = Cut::of(size, shape, focus);
        let (right, bottom) = (cut.left + cut.width, cut.top + cut.height);
        for edge in [cut.left, cut.top, right, bottom] {
            prop_assert!((-1e-9..=1.0 + 1e-9).contains(&edge), "{cut:?}");
        }
        let [w, h, a, b] = [size.0, size.1, shape.0, shape.1].map(f64::from);
        prop_assert!((cut.width * w / (cut.height * h) / (a / b) - 1.0).abs() < 1e-9, "{cut:?}");
        prop_assert!((cut.width - 1.0).abs() < 1e-9 || (cut.height - 1.0).abs() < 1e-9, "the largest");
        let [x, y] = focus.parts();
        prop_assert!(cut.left <= x + 1e-9 && x <= right + 1e-9 && cut.top <= y + 1e-9 && y <= bottom + 1e-9);
    }
}

/// A photograph whose left is red, middle green and right blue.
fn tricolour(folder: &Path, name: &str, width: u32, height: u32) -> PathBuf {
    let third = |x: u32| {
        [Rgb([200, 30, 30]), Rgb([30, 160, 30]), Rgb([30, 30, 200])][(3 * x / width) as usize]
    };
    let path = folder.join(name);
    RgbImage::from_fn(width, height, |x, _| third(x)).save(&path).unwrap();
    path
}

/// The strongest of red, green and blue in the middle of a JPEG, and its size.
fn middle(jpeg: &[u8]) -> (usize, u32, u32) {
    let picture = image::load_from_memory(jpeg).unwrap().into_rgb8();
    let (width, height) = picture.dimensions();
    let Rgb(pixel) = *picture.get_pixel(width / 2, height / 2);
    let strongest = (0..3).max_by_key(|n| pixel[*n]).unwrap();
    (strongest, width, height)
}

#[test]
fn covers_and_crops_keep_the_focus_of_the_picture() {
    let folder = tempfile::tempdir().unwrap();
    let wide = tricolour(folder.path(), "wide.png", 3000, 1000);
    for (focus, strongest, crop) in [
        (None, 1, "0.287222_0_0.712778_1"),
        (Focus::new(0.1, 0.5), 0, "0_0_0.425556_1"),
        (Focus::new(1.0, 0.5), 2, "0.574444_0_1_1"),
    ] {
        let mut article = Article { body: vec![picture("wide.png", "三色")], ..typical(100) };
        article.meta.focus = focus;
        let publication = support::publication(vec![article], &[("wide.png", wide.clone())]);
        let Some(made) = posts(&publication, &campus(), "") else { return };
        assert_eq!(middle(file(&made.value, "cover-11.jpg")), (strongest, 500, 500));
        let (_, width, height) = middle(file(&made.value, "cover-235.jpg"));
        assert_eq!((width, height), (900, 383));
        let draft: Value = serde_json::from_slice(file(&made.value, "draft.json")).unwrap();
        assert_eq!(draft["articles"][0]["pic_crop_1_1"], crop, "{focus:?}");
        assert_eq!(draft["articles"][0]["pic_crop_235_1"], "0_0_1_1");
        assert!(!codes(&made.findings).contains(&"wechat-w24"), "{:?}", made.findings);
    }
}

#[test]
fn an_article_may_name_the_picture_that_stands_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let blue = folder.path().join("blue.jpg");
    RgbImage::from_pixel(1200, 1200, Rgb([20, 20, 220])).save(&blue).unwrap();
    let red = folder.path().join("red.jpg");
    RgbImage::from_pixel(400, 300, Rgb([220, 20, 20])).save(&red).unwrap();
    let article = || Article {
        body: vec![picture("red.jpg", "红"), picture("blue.jpg", "蓝")],
        ..typical(100)
    };
    let publication = |article| {
        support::publication(vec![article], &[("red.jpg", red.clone()), ("blue.jpg", blue.clone())])
    };
    let Some(made) = posts(&publication(article()), &campus(), "") else { return };
    assert_eq!(middle(file(&made.value, "cover-11.jpg")).0, 0, "the first where none is named");
    let small = made.findings.iter().find(|f| f.code.name() == "wechat-cover-small").unwrap();
    assert!(small.message(Lang::Zh).contains("“red.jpg”太小：裁下来只有 400×170 像素"));
    let mut named = article();
    named.meta.cover = Some("blue.jpg".into());
    let Some(made) = posts(&publication(named), &campus(), "") else { return };
    assert_eq!(middle(file(&made.value, "cover-11.jpg")).0, 2);
    assert!(!codes(&made.findings).contains(&"wechat-cover-small"));
}

#[test]
fn covers_show_picture_or_title_or_both() {
    let folder = tempfile::tempdir().unwrap();
    let blue = folder.path().join("blue.jpg");
    RgbImage::from_pixel(1200, 1200, Rgb([20, 20, 220])).save(&blue).unwrap();
    let article = Article { body: vec![picture("blue.jpg", "蓝")], ..typical(100) };
    let publication = support::publication(vec![article], &[("blue.jpg", blue)]);
    let cover = |said: &str| {
        let made = posts(&publication, &campus(), said)?;
        let cover = image::load_from_memory(file(&made.value, "cover-11.jpg")).unwrap().into_rgb8();
        let Rgb(corner) = *cover.get_pixel(4, 4);
        let white = cover.pixels().filter(|Rgb(p)| p.iter().all(|v| *v > 200)).count();
        Some((corner, white, codes(&made.findings)))
    };
    let Some(([.., blue], white, _)) = cover("covers = \"picture\"") else { return };
    assert!(blue > 200 && white == 0);
    let Some((ground, white, _)) = cover("covers = \"title\"") else { return };
    let own = campus().settings.options["cover-series"]["ground"].as_str().unwrap().to_owned();
    let [r, g, b] = ground;
    assert_eq!(format!("#{r:02x}{g:02x}{b:02x}"), own, "the title on the look's own ground");
    assert!(white < 500 * 500, "and something upon it");
    let Some(([.., blue], white, said)) = cover("covers = \"both\"") else { return };
    assert!((60..200).contains(&blue) && white > 0, "the title on the picture in shadow");
    assert!(!said.contains(&"wechat-covers-unknown"));
    let Some((.., said)) = cover("covers = \"none\"") else { return };
    assert!(said.contains(&"wechat-covers-unknown"));
}

#[test]
fn a_cover_is_drawn_once_and_kept() {
    let Some(fonts) = fonts() else { return };
    let look = campus();
    let publication = one(plain_article("只画一次", &["正文。"]));
    let view = support::view_of(&publication, &look);
    let dir = tempfile::tempdir().unwrap();
    let album = Album::new(Store::new(dir.path()), []);
    let make = || {
        let job = Job { view: &view, look: &look, fonts: &fonts, album: &album, progress: &Silent };
        let mut covers = Vec::new();
        for artifact in wechat::export(job).unwrap().value {
            if artifact.path.ends_with(".jpg") {
                let mut out = std::io::Cursor::new(Vec::new());
                artifact.write(&mut out).unwrap();
                covers.push(out.into_inner());
            }
        }
        covers
    };
    let first = make();
    let mut kept: Vec<PathBuf> =
        fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().path()).collect();
    kept.sort();
    assert_eq!(kept.len(), 2);
    let mut bytes: Vec<Vec<u8>> = kept.iter().map(|path| fs::read(path).unwrap()).collect();
    bytes.sort();
    let mut sorted = first.clone();
    sorted.sort();
    assert_eq!(bytes, sorted);
    // What is kept is what is taken, the next time.
    kept.iter().for_each(|path| fs::write(path, b"kept").unwrap());
    assert_eq!(make(), [b"kept", b"kept"]);
}
