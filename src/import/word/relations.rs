//! Relationships: what a part's short ids stand for.

use std::collections::BTreeMap;

use super::package::{Package, resolve};
use super::xml;

/// What an id stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// Another part of the package.
    Part(String),
    /// An address outside of it.
    Outside(String),
}

/// The relationships of one part.
#[derive(Debug, Default)]
pub(super) struct Relations {
    by_id: BTreeMap<String, Target>,
    by_kind: Vec<(String, Target)>,
}

impl Relations {
    /// The relationships of `part`, of the package itself where it is empty; none
    /// where it has none or they cannot be read.
    pub(super) fn of(package: &mut Package<'_>, part: &str) -> Self {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let text = package.text(&format!("{folder}{slash}_rels/{file}.rels"));
        let Ok(text) = text else { return Self::default() };
        let Ok(tree) = xml::parse(&text) else { return Self::default() };
        let mut out = Self::default();
        for node in tree.root_element().children().filter(|n| xml::name(*n) == "Relationship") {
            let Some(written) = xml::attr(node, "Target") else { continue };
            let outside = xml::attr(node, "TargetMode") == Some("External");
            let target = match outside {
                true => Some(Target::Outside(written.to_owned())),
                false => resolve(part, written).map(Target::Part),
            };
            let Some(target) = target else { continue };
            // The last word of the type is the same in both dialects.
            let kind = xml::attr(node, "Type").and_then(|t| t.rsplit('/').next());
            out.by_kind.push((kind.unwrap_or_default().to_owned(), target.clone()));
            if let Some(id) = xml::attr(node, "Id") {
                out.by_id.insert(id.to_owned(), target);
            }
        }
        out
    }

    /// What an id stands for.
    pub(super) fn get(&self, id: &str) -> Option<&Target> {
        self.by_id.get(id)
    }

    /// The first part of a kind, such as `styles`.
    pub(super) fn part(&self, kind: &str) -> Option<String> {
        self.parts(kind).next()
    }

    /// All parts of a kind.
    pub(super) fn parts<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = String> + 'a {
        self.by_kind.iter().filter(move |(k, _)| k == kind).filter_map(|(_, t)| match t {
            Target::Part(part) => Some(part.clone()),
            Target::Outside(_) => None,
        })
    }
}
