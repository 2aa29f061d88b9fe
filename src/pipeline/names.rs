//! What the finished files of a publication are called, and which of an earlier build's
//! are to go: a stale file beside new ones would be handed out with them.

use std::path::Path;

use crate::layout::Look;
use crate::project::{Format, PublicationConfig, Volumes};

use super::BuiltPublication;
use super::configured::volumes;
use super::verify::volume_number;
use super::write::names_in;

/// Whether a build made what a format asks for.
pub(super) fn is_made(
    config: &PublicationConfig,
    format: Format,
    built: &BuiltPublication,
) -> bool {
    let name = file_of(&config.id, format);
    let in_volumes = format == Format::Epub && volumes(config) == Volumes::Each;
    let is_it = |path: &str| {
        let volume = || volume_number(&config.id, path).is_some();
        path.split('/').next() == Some(&name) || (in_volumes && volume())
    };
    built.files.iter().any(|(path, _)| is_it(path))
}

/// The file or folder of a format.
fn file_of(id: &str, format: Format) -> String {
    match format {
        Format::Pdf => format!("{id}.pdf"),
        Format::Print => format!("{id}-print.pdf"),
        Format::Epub => format!("{id}.epub"),
        Format::Wechat => "wechat".to_owned(),
    }
}

/// The names of ours under which this build of all formats makes nothing and ought
/// to make nothing.
pub(super) fn unasked(
    config: &PublicationConfig,
    looks: &[(Format, Look)],
    built: &BuiltPublication,
) -> Vec<String> {
    let asked = |format: Format| looks.iter().any(|(f, _)| *f == format);
    let rest = Format::ALL.into_iter().filter(|format| !asked(*format));
    let mut out: Vec<String> = rest.map(|format| file_of(&config.id, format)).collect();
    // The cover sheet is made with the PDFs, where the look has one.
    let cover = format!("{}-cover.pdf", config.id);
    let failed = built.not_made.iter().any(|n| matches!(n.format, Format::Pdf | Format::Print));
    if !failed && !built.files.iter().any(|(path, _)| *path == cover) {
        out.push(cover);
    }
    if config.print.booklet.is_none() && !failed {
        out.push(format!("{}-booklet.pdf", config.id));
    }
    out
}

/// Covers and booklets of an earlier inside: beside the new one they would be sent to
/// print with it.
pub(super) fn outlived(id: &str, built: &BuiltPublication) -> Vec<String> {
    let made = |name: &String| built.files.iter().any(|(path, _)| path == name);
    let mut names = names_of(id, Format::Print);
    match names.next().filter(made) {
        Some(_) => names.filter(|name| !made(name)).collect(),
        None => Vec::new(),
    }
}

/// What an earlier build left of a format in a publication's folder.
pub(super) fn old(id: &str, format: Format, folder: &Path) -> Vec<String> {
    if format == Format::Epub {
        return e_books(id, folder);
    }
    names_of(id, format).filter(|name| folder.join(name).exists()).collect()
}

/// The files or folder of a format, the first of them always made.
fn names_of(id: &str, format: Format) -> impl Iterator<Item = String> {
    let more: &[&str] = if format == Format::Print { &["-cover.pdf", "-booklet.pdf"] } else { &[] };
    std::iter::once(file_of(id, format)).chain(more.iter().map(move |end| format!("{id}{end}")))
}

/// The e-books that an earlier build left: the whole and the volumes of a series.
fn e_books(id: &str, folder: &Path) -> Vec<String> {
    let whole = format!("{id}.epub");
    let ours = |name: &String| *name == whole || volume_number(id, name).is_some();
    names_in(folder).into_iter().filter(ours).collect()
}

/// Those of them that this build did not make again, and made others in their place or
/// was asked for none.
pub(super) fn other_e_books(
    looks: &[(Format, Look)],
    built: &BuiltPublication,
    folder: &Path,
    whole: bool,
) -> Vec<String> {
    let asked = looks.iter().any(|(format, _)| *format == Format::Epub);
    let failed = built.not_made.iter().any(|not_made| not_made.format == Format::Epub);
    if failed || !(asked || whole) {
        return Vec::new();
    }
    let made = |name: &String| built.files.iter().any(|(path, _)| path == name);
    e_books(&built.id, folder).into_iter().filter(|name| !made(name)).collect()
}
