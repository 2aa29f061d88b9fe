//! Somebody saves a file while a build runs: what comes to `out/` is whole all the same.

use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

use image::{ImageFormat, Rgb, RgbImage};
use kanyin::diag::{Code, Progress};

use super::{Folder, codes, editions};

/// Puts a file in another's place once the articles are read and the editions begun.
struct Meanwhile {
    place: PathBuf,
    bytes: Mutex<Option<Vec<u8>>>,
}

impl Progress for Meanwhile {
    fn begin(&self, code: Code, _: usize) {
        if code.name() == "stage-building"
            && let Some(bytes) = self.bytes.lock().unwrap().take()
        {
            fs::write(&self.place, bytes).unwrap();
        }
    }
    fn step(&self) {}
    fn end(&self) {}
}

fn photo(tone: u8, width: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(width, 90, |x, y| Rgb([tone, (x % 200) as u8, (y * 2) as u8]));
    let mut out = std::io::Cursor::new(Vec::new());
    image.write_to(&mut out, ImageFormat::Jpeg).unwrap();
    out.into_inner()
}

fn project() -> Folder {
    let folder = Folder::new("[[publication]]\nid = \"all\"\ntitle = \"湖边\"\n");
    folder.write("sources/湖.jpg", photo(40, 120));
    folder.write(
        "sources/湖边.md",
        "---\ntitle: 湖边\ndate: 2024-03-05\n---\n\n路修好了。\n\n![湖](湖.jpg)\n",
    );
    folder
}

#[test]
fn a_picture_that_is_changed_while_a_build_runs_leaves_the_old_results() {
    let folder = project();
    let Some(built) = folder.built() else { return };
    assert!(built.publications[0].not_made.is_empty());
    let before = editions(&folder.path("out"));
    for (name, bytes) in [
        ("longer", photo(90, 400)),
        ("shorter", photo(90, 30)),
        ("no picture any more", b"half".to_vec()),
        ("of the same size", {
            let mut same = photo(40, 120);
            let middle = same.len() / 2;
            same[middle] ^= 0x55;
            same
        }),
    ] {
        folder.write("sources/湖.jpg", photo(40, 120));
        folder.write(
            "sources/湖边.md",
            format!(
                "---\ntitle: 湖边\ndate: 2024-03-05\n---\n\n路修好了，{name}。\n\n![湖](湖.jpg)\n"
            ),
        );
        // A file's age is told in steps of some milliseconds.
        std::thread::sleep(std::time::Duration::from_millis(30));
        let place = folder.path("sources/湖.jpg");
        let meanwhile = Meanwhile { place, bytes: Mutex::new(Some(bytes)) };
        let built = folder.built_with(&meanwhile).unwrap().unwrap();
        assert!(meanwhile.bytes.lock().unwrap().is_none(), "it was changed");
        assert!(codes(&built).contains(&"build-picture-changed"), "{name}: {:?}", codes(&built));
        let publication = &built.publications[0];
        assert!(publication.files.is_empty(), "{name}: {:?}", publication.files);
        assert_eq!(publication.not_made.len(), 4);
        assert!(publication.not_made.iter().all(|n| !n.old.is_empty()), "{name}");
        assert!(editions(&folder.path("out")) == before, "{name}: the old results are there");
    }
    folder.write("sources/湖.jpg", photo(40, 120));
    let built = folder.built().unwrap();
    assert!(built.publications[0].not_made.is_empty(), "{:?}", codes(&built));
    assert!(editions(&folder.path("out")) != before, "the next build succeeds");
}

/// A text is read once: a build holds it as it was then.
#[test]
fn a_text_that_is_changed_while_a_build_runs_is_in_the_next_one() {
    let folder = project();
    let place = folder.path("sources/湖边.md");
    let later = "---\ntitle: 山上\ndate: 2024-03-05\n---\n\n雪化了。\n";
    let meanwhile = Meanwhile { place, bytes: Mutex::new(Some(later.into())) };
    let Some(built) = folder.built_with(&meanwhile) else { return };
    let built = built.unwrap();
    assert!(built.publications[0].not_made.is_empty(), "{:?}", codes(&built));
    assert!(built.publications[0].kept.iter().all(|file| file.kept.is_whole()));
    let post = |folder: &Folder| {
        let all = editions(&folder.path("out/all/wechat"));
        let post = all.into_iter().find(|(name, _)| name.ends_with("article.html")).unwrap();
        String::from_utf8(post.1).unwrap()
    };
    assert!(post(&folder).contains("路修好了"));
    assert!(folder.built().unwrap().publications[0].not_made.is_empty());
    assert!(post(&folder).contains("雪化了"));
}
