//! Putting a canonical article and its pictures on disk: pictures first, the article
//! last and whole, and nothing that is there is overwritten.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use crate::article::{Article, Block};
use crate::canonical::{self, Canonical};

/// A picture of an article: its file, and how the article calls it.
pub(super) struct Kept {
    pub(super) from: PathBuf,
    /// Relative to the article, `/` between folders.
    pub(super) name: String,
}

/// Writes an article and its pictures.
pub(super) fn put(
    target: &Path,
    article: Article,
    made_from: Option<String>,
    made_from_sum: Option<String>,
    pictures: &[Kept],
) -> io::Result<()> {
    let to = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(to)?;
    if target.exists() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    for picture in pictures {
        copy(&picture.from, &to.join(&picture.name))?;
    }
    let text = canonical::write(&Canonical { article, made_from, made_from_sum });
    let mut file = crate::project::whole_file(to)?;
    io::Write::write_all(&mut file, text.as_bytes())?;
    file.persist_noclobber(target)?;
    Ok(())
}

/// Copies a picture to a place that is free, or holds the very same.
pub(super) fn copy(from: &Path, place: &Path) -> io::Result<()> {
    if place.exists() {
        return Ok(());
    }
    let folder = place.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    // Whole or not at all: whoever is interrupted leaves no half a picture.
    let mut file = crate::project::whole_file(folder)?;
    io::copy(&mut fs::File::open(from)?, &mut file)?;
    match file.persist_noclobber(place) {
        Err(e) if e.error.kind() != io::ErrorKind::AlreadyExists => Err(e.error),
        _ => Ok(()),
    }
}

/// The name under which a picture stands beside the article at `target`: the one that
/// is wished for where it is free or holds the same picture, else one in a folder of
/// the article's name.
pub(super) fn free_name(target: &Path, wished: &str, from: &Path) -> String {
    let to = target.parent().unwrap_or(Path::new("."));
    let fits = |name: &str| {
        let place = to.join(name);
        is_below(name) && (!place.exists() || same_file(from, &place))
    };
    if fits(wished) {
        return wished.to_owned();
    }
    let file = wished.rsplit('/').next().unwrap_or(wished);
    let folder = folder_of(target);
    let numbered = (1_u32..).map(|n| match n {
        1 => format!("{folder}/{file}"),
        n => format!("{folder}/{n}-{file}"),
    });
    numbered.take(10_000).find(|name| fits(name)).unwrap_or_else(|| wished.to_owned())
}

/// The folder for an article's own pictures, by its name.
pub(super) fn folder_of(target: &Path) -> String {
    target.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Whether a name stays below the folder it is joined to.
pub(super) fn is_below(name: &str) -> bool {
    let parts = Path::new(name).components();
    !name.is_empty() && parts.into_iter().all(|c| matches!(c, Component::Normal(_)))
}

/// A name without the characters that would break a line.
pub(super) fn on_one_line(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { '_' } else { c }).collect()
}

/// Calls a picture by another name, wherever the article has it.
pub(super) fn rename(blocks: &mut [Block], old: &str, new: &str) {
    for block in blocks {
        match block {
            Block::Figure(figure) => {
                for image in figure.images.iter_mut().filter(|image| image.name == old) {
                    new.clone_into(&mut image.name);
                }
            }
            Block::Quote(inner) => rename(inner, old, new),
            Block::Aside(aside) => rename(&mut aside.blocks, old, new),
            Block::List(list) => list.items.iter_mut().for_each(|item| rename(item, old, new)),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flatten();
                cells.for_each(|cell| rename(&mut cell.blocks, old, new));
            }
            Block::Paragraph(_) | Block::Heading(_) | Block::Rule | Block::Unknown { .. } => {}
        }
    }
}

/// Whether two paths are one file, or two files of the same bytes.
fn same_file(a: &Path, b: &Path) -> bool {
    if let (Ok(a), Ok(b)) = (a.canonicalize(), b.canonicalize())
        && a == b
    {
        return true;
    }
    let length = |path: &Path| fs::metadata(path).map(|data| data.len()).ok();
    length(a).is_some() && length(a) == length(b) && same_bytes(a, b).unwrap_or(false)
}

fn same_bytes(a: &Path, b: &Path) -> io::Result<bool> {
    let (mut a, mut b) = (fs::File::open(a)?, fs::File::open(b)?);
    let (mut x, mut y) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let n = a.read(&mut x)?;
        if n == 0 {
            return Ok(b.read(&mut y)? == 0);
        }
        b.read_exact(&mut y[..n])?;
        if x[..n] != y[..n] {
            return Ok(false);
        }
    }
}
