//! Which picture of a folder belongs to which article, by their names alone.

use std::collections::BTreeMap;

use super::names::{self, Rest, WORDS, counted, is_mark, numbered, plain};

/// An article among the files of a folder.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// The file, relative to the folder, `/` between folders.
    pub path: &'a str,
    /// The article's title; empty where it is not known.
    pub title: &'a str,
}

/// To which article a picture belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Belonging {
    /// The number of the article.
    pub article: usize,
    /// The number that the picture's name gives it among those of its article.
    pub number: Option<u32>,
}

/// Names of folders that hold pictures of the articles beside them.
const SHARED: &[&str] = &["素材", "附件", "media", "assets", "res"];

/// Says of every picture, in their order, to which article it belongs; `None` where
/// nothing tells. Paths are relative to one folder, with `/` between folders.
///
/// A folder of an article's name is stronger than a file's name, the longest of several
/// names wins, of two files of one name the one that is given first, and what has no name
/// of its own belongs to the only article beside it.
pub fn belonging(articles: &[Named<'_>], pictures: &[&str]) -> Vec<Option<Belonging>> {
    let mut by_folder: BTreeMap<&str, Vec<Known>> = BTreeMap::new();
    for (article, named) in articles.iter().enumerate() {
        let (folder, file) = split(named.path);
        by_folder.entry(folder).or_default().push(Known::of(article, stem(file), named.title));
    }
    let mut out: Vec<Option<Belonging>> =
        pictures.iter().map(|picture| owner(picture, &by_folder)).collect();
    number_by_order(pictures, &mut out);
    out
}

/// An article under the names by which its pictures may call it.
struct Known {
    article: usize,
    names: Vec<String>,
}

impl Known {
    fn of(article: usize, stem: &str, title: &str) -> Self {
        let mut names = vec![plain(stem), core(&plain(stem)), plain(title)];
        names.retain(|name| name.chars().any(char::is_alphanumeric));
        // A short core says too little: 图 of 2022-01-14图.
        let own = plain(stem);
        names.retain(|name| *name == own || name.chars().count() >= 3);
        names.dedup();
        if names.is_empty() {
            names.push(own);
        }
        Self { article, names }
    }
}

/// A name without the date or number before it and without a note in brackets behind.
fn core(name: &str) -> String {
    let front = |c: char| c.is_ascii_digit() || is_mark(c) || "年月日".contains(c);
    let mut core = name.trim_start_matches(front);
    if core.ends_with(')')
        && let Some(open) = core.rfind('(')
    {
        core = core[..open].trim_end_matches(is_mark);
    }
    core.to_owned()
}

fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

fn owner(picture: &str, by_folder: &BTreeMap<&str, Vec<Known>>) -> Option<Belonging> {
    let (folder, file) = split(picture);
    let own = plain(stem(file));
    // A folder of an article's name, the innermost first.
    let mut inner = folder;
    while !inner.is_empty() {
        let (outer, name) = split(inner);
        if let Some(article) = by_folder.get(outer).and_then(|known| of_folder(known, name)) {
            return Some(Belonging { article, number: numbered(&own).flatten() });
        }
        inner = outer;
    }
    // Beside the articles, or in a folder beside them that only holds pictures.
    let mut home = folder;
    loop {
        if let Some(known) = by_folder.get(home) {
            return by_name(known, &own).or_else(|| alone(known, &own));
        }
        let (outer, name) = split(home);
        let shared = numbered(&plain(name)) == Some(None) || SHARED.contains(&plain(name).as_str());
        if home.is_empty() || !shared {
            // Only a folder of pictures may be looked out of, unless it names itself.
            return by_folder.get(outer).and_then(|known| by_name(known, &own));
        }
        home = outer;
    }
}

/// The article whose folder of pictures has that name: 稿件名, 稿件名图片, 稿件名_files.
fn of_folder(known: &[Known], name: &str) -> Option<usize> {
    let folder = plain(name);
    longest(known, |name| {
        let rest = folder.strip_prefix(name)?;
        let rest = rest.trim_matches(is_mark).trim_start_matches('的').trim_matches(is_mark);
        let saved = matches!(rest, "files" | "文件" | "素材" | "附件");
        (rest.is_empty() || WORDS.contains(&rest) || saved).then_some(Rest::Numbered(None))
    })
    .map(|(article, _)| article)
}

fn by_name(known: &[Known], own: &str) -> Option<Belonging> {
    let (article, rest) = longest(known, |name| {
        let behind = own.strip_prefix(name).and_then(names::rest);
        behind.or_else(|| own.strip_suffix(name).and_then(names::rest))
    })?;
    let number = match rest {
        Rest::Numbered(number) => number,
        Rest::Worded => None,
    };
    Some(Belonging { article, number })
}

/// The article with the longest name that fits, unless another one's is as long.
fn longest(known: &[Known], fits: impl Fn(&str) -> Option<Rest>) -> Option<(usize, Rest)> {
    let mut best: Option<(usize, usize, Rest)> = None;
    let mut tied = false;
    for one in known {
        let fit = one.names.iter().filter_map(|name| Some((name.len(), fits(name)?)));
        let Some((length, rest)) = fit.max_by_key(|(length, _)| *length) else { continue };
        match best {
            Some((_, longest, _)) if longest > length => {}
            Some((first, longest, _)) if longest == length => {
                let same = known.iter().find(|k| k.article == first).map(|k| &k.names[..1]);
                tied |= same != Some(&one.names[..1]);
            }
            _ => {
                best = Some((one.article, length, rest));
                tied = false;
            }
        }
    }
    best.filter(|_| !tied).map(|(article, _, rest)| (article, rest))
}

/// The only article there is, in one file or in several of one name.
fn alone(known: &[Known], own: &str) -> Option<Belonging> {
    let one = known.first()?;
    let only = known.iter().all(|other| other.names.first() == one.names.first());
    only.then(|| Belonging { article: one.article, number: numbered(own).flatten() })
}

/// Numbers the pictures of an article in the order of their names where none of them
/// carries a number: a camera's count is no number of the article's.
fn number_by_order(pictures: &[&str], out: &mut [Option<Belonging>]) {
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (n, belonging) in out.iter().enumerate() {
        if let Some(belonging) = belonging {
            groups.entry(belonging.article).or_default().push(n);
        }
    }
    for mut group in groups.into_values() {
        if group.iter().any(|n| out[*n].is_some_and(|b| b.number.is_some())) {
            continue;
        }
        group.sort_by_cached_key(|n| counted(pictures[*n]));
        for (place, n) in group.into_iter().enumerate() {
            if let Some(belonging) = &mut out[n] {
                belonging.number = u32::try_from(place + 1).ok();
            }
        }
    }
}
