//! The finish: what makes Typst's pages a file that a print shop takes, after
//! ISO 15930-7 (PDF/X-4) or, for older shops, in the manner of ISO 15930-4
//! (PDF/X-1a). The document is held as objects, its pictures as the files on disk
//! that they are: they are streamed in when it is written.

mod identity;
mod intent;
mod overprint;
mod pages;
mod write;

use std::collections::BTreeMap;
use std::io::{self, Write};

use lopdf::{Document, Object, ObjectId};

use crate::media::{Profile, Ready};

use super::preflight::KnownPicture;
use super::{Standard, picture, stand_in};

pub use identity::Identity;

/// What a finish has to know.
#[derive(Debug, Clone, Copy)]
pub struct Finish<'a> {
    /// Which rules the file is to keep.
    pub standard: Standard,
    /// The press that its inks are meant for.
    pub profile: &'a Profile,
    /// What the file is.
    pub identity: &'a Identity,
}

/// A finished press file, not yet written.
#[derive(Debug, Clone)]
pub struct PressFile {
    document: Document,
    pictures: BTreeMap<ObjectId, Ready>,
}

/// Finishes a PDF that Typst made, with stand-ins, for the press.
///
/// # Errors
/// What about the file is not as Typst writes it.
pub fn finish(
    pdf: &[u8],
    pictures: &BTreeMap<String, Ready>,
    finish: &Finish<'_>,
) -> Result<PressFile, lopdf::Error> {
    let mut document = Document::load_mem(pdf)?;
    let pictures = place(&mut document, pictures);
    pages::finish(&mut document)?;
    overprint::black_text(&mut document)?;
    intent::declare(&mut document, finish)?;
    identity::declare(&mut document, finish, &hash(pdf, &pictures))?;
    document.version = finish.standard.version().to_owned();
    document.prune_objects();
    Ok(PressFile { document, pictures })
}

/// Puts the dictionaries of the pictures in the place of their stand-ins'; which
/// object is which picture.
fn place(document: &mut Document, pictures: &BTreeMap<String, Ready>) -> BTreeMap<ObjectId, Ready> {
    let mut placed = BTreeMap::new();
    for (id, object) in &mut document.objects {
        let Object::Stream(stream) = object else { continue };
        let Some(ready) = stand_in::id_of(&stream.content).and_then(|id| pictures.get(id)) else {
            continue;
        };
        stream.dict = picture::dictionary(ready);
        stream.content.clear();
        placed.insert(*id, ready.clone());
    }
    placed
}

/// What tells this file from every other of the same publication.
fn hash(pdf: &[u8], pictures: &BTreeMap<ObjectId, Ready>) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(pdf);
    for (id, picture) in pictures {
        let known = format!("{} {} {} {}\n", id.0, picture.width, picture.height, picture.len());
        hasher.update(known.as_bytes());
    }
    let mut out = [0; 16];
    hasher.finalize_xof().fill(&mut out);
    out
}

impl PressFile {
    /// The objects of the file; those of its pictures have no data.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The same pictures in another arrangement of the same objects, such as an
    /// imposed one.
    pub fn rearranged(&self, document: Document) -> Self {
        Self { document, pictures: self.pictures.clone() }
    }

    /// What is known of the pictures, by the numbers of their objects, so that they
    /// need not be decoded to be judged.
    pub fn known_pictures(&self) -> BTreeMap<u32, KnownPicture> {
        let known = |ready: &Ready| {
            let black_only = picture::components(ready) == 1;
            Some(KnownPicture { ink: f64::from(ready.ink?), black_only })
        };
        self.pictures.iter().filter_map(|(id, ready)| Some((id.0, known(ready)?))).collect()
    }

    /// Writes the file, its pictures a buffer at a time.
    ///
    /// # Errors
    /// Where `out` fails, or a picture cannot be read any more; before anything is
    /// written, where the file would be larger than a PDF with such a table can be.
    pub fn write(&self, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        write::write(&self.document, &self.pictures, out)
    }
}
