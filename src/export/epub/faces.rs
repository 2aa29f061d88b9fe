//! Which faces the e-book embeds: each character goes to the first face of its
//! role's chain that has it, and each face is cut down to what came to it.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use crate::diag::{Code, Fault, Finding, Severity};
use crate::export::Job;
use crate::layout::fonts::Glance;
use crate::layout::{Face, FontShelf};
use crate::media::Store;

use super::archive::Entry;
use super::characters::{Characters, pictograph, rare};
use super::said;
use super::scan::Found;
use super::subset::{self, subset};

const CHARACTER_MISSING: Code = Code::new("epub-character-missing");
const RARE_MISSING: Code = Code::new("epub-rare-missing");
const PICTOGRAPH: Code = Code::new("epub-pictograph");

/// The ending of a subset in the store.
const KEPT: &str = "subset";

/// A face of the e-book, as the look's style sheet and colophon see it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Embedded {
    /// Its id, under which the style sheet calls it.
    pub(super) id: String,
    /// Its address from the style sheet.
    pub(super) href: String,
    /// Its media type.
    pub(super) media_type: &'static str,
    /// The weight it is drawn in.
    weight: u16,
    /// Whether it is an italic.
    italic: bool,
    /// The characters it is for, as `unicode-range` of CSS has them; empty where it is
    /// for all that are set in it.
    range: String,
    /// The family it comes from.
    family: String,
    /// Whose it is.
    notice: String,
    /// Under which licence.
    licence: String,
}

/// A face, what a glance at its file tells, and the characters that are set in it.
struct Used<'a> {
    face: &'a Face,
    glance: Glance,
    characters: Characters,
}

/// The faces that roles name, glanced at.
pub(super) struct Faces<'a> {
    shelf: &'a FontShelf,
    /// Whether only rare characters have faces: the reading system's own are for the
    /// others.
    rare_only: bool,
    chains: BTreeMap<&'a str, Vec<usize>>,
    used: Vec<Used<'a>>,
}

impl<'a> Faces<'a> {
    /// Opens the faces of the look's roles. Where the project wants none, they are
    /// there for the rare characters among those that were found.
    pub(super) fn open(job: &Job<'a>, found: &Found) -> Result<Self, Fault> {
        let rare_only = said(job.view, "fonts") == Some("none");
        let shelf = job.fonts;
        let mut faces = Self { shelf, rare_only, chains: BTreeMap::new(), used: Vec::new() };
        if rare_only && !found.characters.values().any(|set| set.iter().any(rare)) {
            return Ok(faces);
        }
        job.fonts.require(job.look.settings.fonts.values().flatten().map(String::as_str))?;
        for (role, ids) in &job.look.settings.fonts {
            let mut chain = Vec::new();
            for id in ids {
                let known = faces.used.iter().position(|u| u.face.id == *id);
                chain.push(match known {
                    Some(index) => index,
                    None => {
                        let face = job.fonts.found(id)?;
                        let glance = job.fonts.glance(id)?;
                        faces.used.push(Used { face, glance, characters: Characters::default() });
                        faces.used.len() - 1
                    }
                });
            }
            faces.chains.insert(role, chain);
        }
        Ok(faces)
    }

    /// Gives every character to a face.
    ///
    /// # Errors
    /// Where no face of a chain has a character; `whose` names the article that a
    /// character of a role stands in. A warning where that is left to the reading
    /// system.
    pub(super) fn assign(
        &mut self,
        found: &Found,
        whose: &dyn Fn(&str, char) -> Option<String>,
    ) -> Result<Vec<Finding>, Fault> {
        let fonts: Vec<_> = self.used.iter().map(|u| u.glance.covers()).collect();
        let covers = |index: usize, c: char| fonts.get(index).is_some_and(|covers| covers(c));
        let mut sets = vec![Characters::default(); self.used.len()];
        let mut findings = Vec::new();
        let wanted = |c: &char| !self.rare_only || rare(*c);
        for (role, chain) in &self.chains {
            let set = found.characters.get(*role);
            for c in set.iter().flat_map(|set| set.iter()).filter(wanted) {
                match chain.iter().find(|index| covers(**index, c)) {
                    Some(index) => sets[*index].insert(c),
                    None => {
                        let finding = match (pictograph(c), self.rare_only) {
                            (true, _) => Finding::warning(PICTOGRAPH),
                            (false, true) => Finding::warning(RARE_MISSING),
                            (false, false) => Finding::error(CHARACTER_MISSING),
                        };
                        let mut finding = finding
                            .arg("character", c)
                            .arg("code", format!("U+{:04X}", u32::from(c)))
                            .arg("role", role);
                        finding.file = whose(role, c);
                        findings.push(finding);
                    }
                }
            }
        }
        drop(fonts);
        for (used, set) in self.used.iter_mut().zip(sets) {
            used.characters = set;
        }
        match findings.iter().find(|finding| finding.severity == Severity::Error).cloned() {
            Some(first) => Err(Fault { findings, ..Fault::work(first) }),
            None => Ok(findings),
        }
    }

    /// The families of each role, first choice first, without those that nothing
    /// is set in.
    pub(super) fn families(&self) -> BTreeMap<&str, Vec<&str>> {
        let named = |chain: &Vec<usize>| {
            let used = chain.iter().filter_map(|i| self.used.get(*i));
            used.filter(|u| u.is_set()).map(|u| u.face.id.as_str()).collect()
        };
        self.chains.iter().map(|(role, chain)| (*role, named(chain))).collect()
    }

    /// The faces that something is set in.
    pub(super) fn embedded(&self) -> Vec<Embedded> {
        let used = self.used.iter().filter(|u| u.is_set());
        used.map(|u| Embedded {
            id: u.face.id.clone(),
            href: format!("fonts/{}.{}", u.face.id, u.extension()),
            media_type: if u.extension() == "otf" { "font/otf" } else { "font/ttf" },
            weight: u.face.weight,
            italic: u.face.italic,
            range: if self.rare_only { u.range() } else { String::new() },
            family: u.face.family.clone(),
            notice: u.face.notice.clone(),
            licence: u.face.licence.clone(),
        })
        .collect()
    }

    /// The subset files; from the store, where the same were cut before.
    pub(super) fn files(&self, store: &Store) -> Result<Vec<Entry>, Fault> {
        let used = self.used.par_iter().filter(|u| u.is_set());
        used.map(|u| {
            let path = format!("EPUB/fonts/{}.{}", u.face.id, u.extension());
            let sum = subset::sum(u.face, &u.glance, &u.characters);
            if let Some(known) = store.kept(&sum, KEPT) {
                return Ok(Entry::bytes(path, known));
            }
            let bytes = subset(u.face, &self.shelf.read(&u.face.id)?, &u.characters)?;
            // A store that cannot be written costs time and nothing else.
            store.keep_made(&sum, KEPT, &bytes).ok();
            Ok(Entry::bytes(path, bytes))
        })
        .collect()
    }
}

impl Used<'_> {
    fn is_set(&self) -> bool {
        self.characters.iter().next().is_some()
    }

    /// Its characters for `unicode-range`.
    fn range(&self) -> String {
        let codes = self.characters.iter().map(|c| format!("U+{:04X}", u32::from(c)));
        codes.collect::<Vec<_>>().join(", ")
    }

    fn extension(&self) -> &'static str {
        if self.glance.is_cff() { "otf" } else { "ttf" }
    }
}
