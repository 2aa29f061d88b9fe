//! An e-book beside that of an earlier build: what is the same is copied out of it, and
//! the new book is byte for byte what it would be without.

use std::fs::{self, File};
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::sync::Arc;

use kanyin::diag::Silent;
use kanyin::export::Job;
use kanyin::export::epub::{self, EarlierBooks, MadeBook, Stamp};
use kanyin::layout::Medium;
use kanyin::media::{Album, Store};
use kanyin::publication::Publication;
use sha2::{Digest as _, Sha256};

use crate::pdf::fonts;
use crate::support::{look, plain_article, publication, specimen_article, view_of};

/// The earlier book, if there is one; pictures count by their bytes.
struct Left<'a>(Option<(&'a Path, MadeBook)>);

impl EarlierBooks for Left<'_> {
    fn stamp(&self, file: &Path) -> Option<Stamp> {
        Some(Sha256::digest(fs::read(file).ok()?).into())
    }

    fn book(&self, _: &str) -> Option<(File, MadeBook)> {
        let (path, made) = self.0.as_ref()?;
        Some((File::open(path).ok()?, made.clone()))
    }
}

fn make(publication: &Publication, left: &Left<'_>) -> Option<(Vec<u8>, MadeBook)> {
    let fonts = fonts()?;
    let (store, look) = (tempfile::tempdir().unwrap(), look(Medium::Epub, "plain"));
    let view = view_of(publication, &look);
    let pictures = publication.pictures().into_iter().cloned();
    let album = Album::new(Store::new(store.path()), pictures);
    let job = Job { view: &view, look: &look, fonts: &fonts, album: &album, progress: &Silent };
    let books = epub::export_again(job, left).unwrap().value;
    let mut bytes = Cursor::new(Vec::new());
    for artifact in books.artifacts {
        artifact.write(&mut bytes).unwrap();
    }
    let made = Arc::into_inner(books.writings.into_iter().next().unwrap().made).unwrap();
    Some((bytes.into_inner(), made.into_inner().unwrap()))
}

fn photo(path: &Path, grey: u8) {
    let shade = |x: u32, y: u32| image::Rgb([x as u8, y as u8, grey]);
    image::RgbImage::from_fn(120, 80, shade).save(path).unwrap();
}

fn with_text(text: &str, photo: &Path) -> Publication {
    let other = plain_article("校庆侧记 灯火三十年", &[text]);
    publication(vec![specimen_article(), other], &[("library.jpg", photo.to_owned())])
}

fn hexadecimal(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_book_beside_an_earlier_one_is_what_it_is_without() {
    let folder = tempfile::tempdir().unwrap();
    let (picture, earlier) = (folder.path().join("library.jpg"), folder.path().join("old.epub"));
    photo(&picture, 90);
    let Some((old, made)) = make(&with_text("校庆日，灯火如昨。", &picture), &Left(None))
    else {
        return;
    };
    assert_eq!(made.sha256, hexadecimal(&old));
    fs::write(&earlier, &old).unwrap();
    let changes: [(&str, &str, u8); 4] = [
        ("nothing", "校庆日，灯火如昨。", 90),
        ("a text", "校庆日，灯火如昨如今。", 90),
        ("a text with a character that was nowhere", "校庆日，灯火如昨，龘。", 90),
        ("a picture", "校庆日，灯火如昨。", 91),
    ];
    for (what, text, grey) in changes {
        photo(&picture, grey);
        let publication = with_text(text, &picture);
        let (alone, _) = make(&publication, &Left(None)).unwrap();
        let (beside, made_again) =
            make(&publication, &Left(Some((&earlier, made.clone())))).unwrap();
        assert!(alone == beside, "{what} has changed");
        assert_eq!(made_again.sha256, hexadecimal(&beside), "{what} has changed");
        assert_eq!(alone == old, what == "nothing");
    }
}

#[test]
fn what_is_the_same_comes_from_the_earlier_book_and_nothing_else_does() {
    let folder = tempfile::tempdir().unwrap();
    let (picture, earlier) = (folder.path().join("library.jpg"), folder.path().join("old.epub"));
    photo(&picture, 90);
    let Some((old, made)) = make(&with_text("校庆日，灯火如昨。", &picture), &Left(None))
    else {
        return;
    };
    // Another picture in the place of the first, as nobody can put it there unnoticed.
    let bytes = fs::read(&picture).unwrap();
    let at = old.windows(64).position(|part| part == &bytes[bytes.len() - 64..]).unwrap();
    let mut marked = old.clone();
    marked[at] ^= 1;
    File::create(&earlier).unwrap().write_all(&marked).unwrap();
    let left = Left(Some((&earlier, made)));
    let made_of = |text: &str| make(&with_text(text, &picture), &left).unwrap().0;
    let same = made_of("校庆日，灯火如昨如今。");
    assert_eq!(same[at], marked[at], "the picture was copied out of the earlier book");
    photo(&picture, 91);
    let other = made_of("校庆日，灯火如昨。");
    let new = fs::read(&picture).unwrap();
    assert!(other.windows(64).any(|part| part == &new[new.len() - 64..]), "the new picture");
    assert!(!other.windows(64).any(|part| part == &marked[at..at + 64]), "not the old one");
}

#[test]
fn the_media_type_comes_first_and_then_the_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("library.jpg");
    photo(&picture, 90);
    let Some((book, _)) = make(&with_text("灯火如昨。", &picture), &Left(None)) else {
        return;
    };
    assert_eq!(&book[..4], b"PK\x03\x04");
    assert_eq!(&book[26..30], [8, 0, 0, 0], "its name is eight bytes long and nothing is extra");
    assert_eq!(&book[30..58], b"mimetypeapplication/epub+zip");
    let zip = zip::ZipArchive::new(Cursor::new(&book)).unwrap();
    let names: Vec<String> = zip.file_names().map(|n| n.unwrap().into_owned()).collect();
    assert_eq!(names[1], "EPUB/images/p0001.jpg", "{names:?}");
    assert!(names[2..].is_sorted(), "{names:?}");
}
