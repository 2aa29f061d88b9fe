//! The pictures of a folder: which article each belongs to, which are in use, and what
//! becomes of the rest.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::walk::Entry;
use super::{FolderImport, Piece};
use crate::article::{Article, Block};
use crate::diag::{Code, Finding};
use crate::import::{Belonging, Named, Offered, Place, belonging, fill};
use crate::pipeline::pictures::find_picture;
use crate::pipeline::put::{Kept, folder_of, free_name, on_one_line};

const NO_PLACE: Code = Code::new("folder-picture-without-place");
const LEFTOVER: Code = Code::new("folder-picture-leftover");
const BY_ORDER: Code = Code::new("folder-picture-by-order");
const PLACE_EMPTY: Code = Code::new("folder-place-empty");
const MISSING: Code = Code::new("picture-missing");

/// What became of the pictures of one piece, to be told once it is written.
#[derive(Default)]
pub(super) struct Filling {
    /// How many places were filled.
    pub(super) filled: usize,
    /// What is to be put beside the article.
    pub(super) kept: Vec<Kept>,
    pub(super) findings: Vec<Finding>,
    /// Pictures without a place, and the article.
    pub(super) beside: Vec<(String, String)>,
    /// All of them, by their numbers.
    own: Vec<usize>,
}

/// The pictures of a folder.
pub(super) struct Pictures {
    entries: Vec<Entry>,
    /// The pictures of each piece that its text does not name, with their numbers.
    of_piece: BTreeMap<usize, Vec<(usize, Option<u32>)>>,
    /// Pictures that stand in an article or lie beside one.
    settled: BTreeSet<usize>,
    /// The names in each piece that have a file.
    named: BTreeMap<usize, BTreeSet<String>>,
}

impl Pictures {
    /// Says of every picture to which piece it belongs. What the text of any piece
    /// names is in use, in a copy of an article as well.
    pub(super) fn new(
        pieces: &[Piece],
        articles: &[Entry],
        entries: Vec<Entry>,
        copies: &BTreeSet<usize>,
        dir: &Path,
    ) -> Self {
        let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let by_path: BTreeMap<PathBuf, usize> =
            entries.iter().enumerate().map(|(n, entry)| (whole(&entry.path), n)).collect();
        let (mut settled, mut named) = (BTreeSet::new(), BTreeMap::new());
        for (n, piece) in pieces.iter().enumerate() {
            let path = &articles[piece.file].path;
            let folder = path.parent().unwrap_or(dir);
            let stem = Path::new(path.file_stem().unwrap_or_default());
            let names: &mut BTreeSet<String> = named.entry(n).or_default();
            for picture in &piece.raw.pictures {
                let file = picture.file.as_ref().map(|(file, _)| file.clone());
                let Some(file) = file.or_else(|| find_picture(&picture.name, folder, stem, dir))
                else {
                    continue;
                };
                names.insert(picture.name.clone());
                settled.extend(by_path.get(&whole(&file)));
            }
        }
        // A file's first article answers for it; a copy asks for nothing. What could
        // not be read has its pictures all the same.
        let made: BTreeSet<&str> =
            pieces.iter().filter_map(|p| p.raw.imported.made_from.as_deref()).collect();
        let mut asking: Vec<(usize, Option<usize>)> = Vec::new();
        let mut first_of: BTreeMap<usize, usize> = BTreeMap::new();
        for (n, piece) in pieces.iter().enumerate() {
            first_of.entry(piece.file).or_insert(n);
        }
        for file in 0..articles.len() {
            let first = first_of.get(&file).copied();
            let passed = first.is_some_and(|n| {
                let piece = &pieces[n];
                copies.contains(&n)
                    || (!piece.is_canonical && made.contains(piece.raw.file.as_str()))
            });
            if !passed {
                asking.push((file, first));
            }
        }
        asking.sort_by_key(|(file, n)| (Reverse(n.map(|n| pieces[n].rank)), *file));
        let title = |n: usize| pieces[n].raw.imported.article.title_text();
        let titles: Vec<String> =
            asking.iter().map(|(_, n)| n.map(title).unwrap_or_default()).collect();
        let names: Vec<Named<'_>> = asking
            .iter()
            .zip(&titles)
            .map(|((file, _), title)| Named { path: &articles[*file].name, title })
            .collect();
        let files: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        let mut of_piece: BTreeMap<usize, Vec<(usize, Option<u32>)>> = BTreeMap::new();
        for (n, found) in belonging(&names, &files).into_iter().enumerate() {
            let Some(Belonging { article, number }) = found else { continue };
            if let (false, Some(piece)) = (settled.contains(&n), asking[article].1) {
                of_piece.entry(piece).or_default().push((n, number));
            }
        }
        Self { entries, of_piece, settled, named }
    }

    /// The article of a piece is left as it is: its pictures were seen to before.
    pub(super) fn settle(&mut self, piece: usize) {
        let own = self.of_piece.remove(&piece).unwrap_or_default();
        self.settled.extend(own.into_iter().map(|(n, _)| n));
    }

    /// The article of a piece is written, and its pictures are beside it.
    pub(super) fn written(&mut self, filling: Filling, done: &mut FolderImport) {
        self.settled.extend(filling.own);
        done.filled += filling.filled;
        done.findings.extend(filling.findings);
        done.beside.extend(filling.beside);
    }

    /// Fills the places of a piece that is to stand at `target`; what has no place is
    /// to lie beside it.
    pub(super) fn fill(&mut self, n: usize, piece: &mut Piece, target: &Path) -> Filling {
        let mut done = Filling::default();
        let own = self.of_piece.remove(&n).unwrap_or_default();
        let folder = target.parent().unwrap_or(Path::new("."));
        let kept: Vec<Kept> = own
            .iter()
            .map(|(picture, _)| {
                let from = self.entries[*picture].path.clone();
                let file = on_one_line(file_of(&self.entries[*picture].name));
                let below = from.strip_prefix(folder).ok();
                let wished = match below {
                    Some(below) => below.to_string_lossy().replace('\\', "/"),
                    None => format!("{}/{file}", folder_of(target)),
                };
                Kept { name: free_name(target, &wished, &from), from }
            })
            .collect();
        let offered: Vec<Offered<'_>> = own
            .iter()
            .zip(&kept)
            .map(|((picture, number), kept)| Offered {
                file: file_of(&self.entries[*picture].name),
                number: *number,
                name: &kept.name,
            })
            .collect();
        let there = self.named.get(&n);
        let is_missing = |name: &str| {
            let remote = name.contains("://") || name.starts_with("//");
            let renamed = piece.raw.pictures.iter().any(|p| p.name == name && p.file.is_some());
            !remote && !renamed && !there.is_some_and(|names| names.contains(name))
        };
        let before: BTreeSet<String> = names_in(&piece.raw.imported.article).into_iter().collect();
        let missing = |name: &str| before.contains(name) && is_missing(name);
        let mut article = std::mem::take(&mut piece.raw.imported.article);
        let filled = fill(&mut article, &offered, &missing);
        let now: BTreeSet<String> = names_in(&article).into_iter().collect();
        piece.raw.imported.article = article;
        // What was said to be missing and has been found is not missing.
        piece.raw.findings.retain(|f| {
            let name = f.args.iter().find(|(key, _)| *key == "name").map(|(_, name)| name);
            f.code != MISSING || name.is_none_or(|name| now.contains(name))
        });
        let source = piece.raw.file.clone();
        for (picture, how) in &filled.placed {
            if *how == Place::Order {
                let finding = Finding::warning(BY_ORDER).arg("name", offered[*picture].name);
                done.findings.push(finding.file(&source));
            }
        }
        for shown in &filled.empty {
            done.findings.push(Finding::warning(PLACE_EMPTY).excerpt(shown).file(&source));
        }
        for picture in &filled.left {
            let name = &kept[*picture].name;
            let shown = target.display().to_string();
            let finding = Finding::warning(NO_PLACE).arg("name", name).arg("article", &shown);
            done.findings.push(finding.file(&source));
            done.beside.push((self.entries[own[*picture].0].name.clone(), shown));
        }
        done.filled = filled.placed.len();
        done.own = own.iter().map(|(picture, _)| *picture).collect();
        done.kept = kept;
        done
    }

    /// Lists what belongs to no article.
    pub(super) fn finish(self, shown: &dyn Fn(&str) -> String, done: &mut FolderImport) {
        for (n, entry) in self.entries.iter().enumerate() {
            // What belongs to an article that could not be read is left over, too.
            if !self.settled.contains(&n) {
                let name = shown(&entry.name);
                done.findings.push(Finding::warning(LEFTOVER).file(&name));
                done.leftovers.push(name);
            }
        }
        for (picture, _) in &mut done.beside {
            *picture = shown(picture);
        }
    }
}

fn file_of(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

fn names_in(article: &Article) -> Vec<String> {
    let mut names = Vec::new();
    article.for_each_block(&mut |_, block| {
        if let Block::Figure(figure) = block {
            names.extend(figure.images.iter().map(|i| i.name.clone()));
        }
    });
    names
}
