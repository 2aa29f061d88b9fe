//! List numbers as Word shows them (ECMA-376 part 1, 17.9): which list and level
//! a paragraph is in, and the number it has there.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::counting;
use super::xml::{attr, child, name, on, val};

/// The most levels a list has.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    text: String,
    suffix: String,
    /// The level after which it begins anew; 0 never does.
    restart: Option<usize>,
    /// Whether all numbers in it are Arabic.
    legal: bool,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".to_owned(),
            text: String::new(),
            suffix: "tab".to_owned(),
            restart: None,
            legal: false,
        }
    }
}

type Levels = [Option<Level>; LEVELS];

/// A list as a paragraph names it.
#[derive(Debug, Default)]
struct Instance {
    abstract_id: String,
    starts: BTreeMap<usize, u32>,
    levels: Levels,
}

/// The lists of a document and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: BTreeMap<String, Levels>,
    instances: BTreeMap<String, Instance>,
    counted: BTreeMap<String, [Option<u32>; LEVELS]>,
    begun: BTreeSet<(String, usize)>,
}

/// The number of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// The list it belongs to.
    pub(super) list: String,
    /// The level in it, from 0.
    pub(super) level: u8,
    /// What is shown.
    pub(super) shown: Shown,
}

/// What is shown before a paragraph of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    /// A bullet.
    Bullet,
    /// A plain Arabic number with its mark: `3.`, `3、`, `3)`.
    Plain(u32),
    /// Any other number, as it is printed, with the space that parts it from the
    /// text where there is one: `一、`, `（一）`, `1.2 `.
    Written(String),
    /// Nothing.
    Nothing,
}

impl Numbering {
    /// Reads the part of numbering from its root.
    pub(super) fn read(root: Node<'_, '_>) -> Self {
        let mut out = Self::default();
        let mut styled: BTreeMap<String, String> = BTreeMap::new();
        let mut linked: Vec<(String, String)> = Vec::new();
        for node in root.children().filter(|n| name(*n) == "abstractNum") {
            let Some(id) = attr(node, "abstractNumId") else { continue };
            let mut levels = Levels::default();
            for level in node.children().filter(|n| name(*n) == "lvl") {
                put(&mut levels, level);
            }
            if let Some(style) = val(node, "styleLink") {
                styled.insert(style.to_owned(), id.to_owned());
            }
            if let Some(style) = val(node, "numStyleLink") {
                linked.push((id.to_owned(), style.to_owned()));
            }
            out.abstracts.insert(id.to_owned(), levels);
        }
        for (id, style) in linked {
            let found = styled.get(&style).and_then(|s| out.abstracts.get(s)).cloned();
            if let Some(levels) = found {
                out.abstracts.insert(id, levels);
            }
        }
        for node in root.children().filter(|n| name(*n) == "num") {
            let (Some(id), Some(of)) = (attr(node, "numId"), val(node, "abstractNumId")) else {
                continue;
            };
            let mut instance = Instance { abstract_id: of.to_owned(), ..Instance::default() };
            for over in node.children().filter(|n| name(*n) == "lvlOverride") {
                let level = attr(over, "ilvl").and_then(|l| l.parse().ok()).unwrap_or(0);
                if let Some(start) = val(over, "startOverride").and_then(|s| s.parse().ok()) {
                    instance.starts.insert(level, start);
                }
                if let Some(level) = child(over, "lvl") {
                    put(&mut instance.levels, level);
                }
            }
            out.instances.insert(id.to_owned(), instance);
        }
        out
    }

    /// Begins to count anew.
    pub(super) fn restart(&mut self) {
        self.counted.clear();
        self.begun.clear();
    }

    /// Counts a paragraph of the list `id` at `level` and gives its number; nothing
    /// where there is no such list.
    pub(super) fn next(&mut self, id: &str, level: u8) -> Option<Number> {
        let at = usize::from(level).min(LEVELS - 1);
        let instance = self.instances.get(id)?;
        let of = &instance.abstract_id;
        let levels = self.abstracts.get(of);
        let look = |n: usize| -> Level {
            let own = instance.levels[n].as_ref();
            own.or_else(|| levels.and_then(|l| l[n].as_ref())).cloned().unwrap_or_default()
        };
        let first = |n: usize| instance.starts.get(&n).copied().unwrap_or_else(|| look(n).start);
        let counted = self.counted.entry(of.clone()).or_default();
        // A list that says where it begins does so once, wherever the lists that
        // share its definition have got to.
        let begins = instance.starts.contains_key(&at) && self.begun.insert((id.to_owned(), at));
        counted[at] = Some(match counted[at] {
            Some(n) if !begins => n.saturating_add(1),
            _ => first(at),
        });
        for (deeper, count) in counted.iter_mut().enumerate().skip(at + 1) {
            let restart = look(deeper).restart;
            if restart.is_none_or(|r| r > at) && restart != Some(0) {
                *count = None;
            }
        }
        let own = look(at);
        let shown = if own.format == "bullet" {
            Shown::Bullet
        } else if own.text.is_empty() || own.format == "none" && !own.text.contains('%') {
            if own.text.is_empty() { Shown::Nothing } else { Shown::Written(own.text.clone()) }
        } else {
            written(&own, at, &|n| counted[n].unwrap_or_else(|| first(n)), &look)
        };
        Some(Number { list: id.to_owned(), level, shown })
    }
}

fn put(levels: &mut Levels, node: Node<'_, '_>) {
    let Some(at) = attr(node, "ilvl").and_then(|l| l.parse::<usize>().ok()) else { return };
    let Some(slot) = levels.get_mut(at) else { return };
    // A rare format stands in a choice that old programs pass over.
    let format = node.descendants().filter(|n| name(*n) == "numFmt").find_map(|n| attr(n, "val"));
    let plain = Level::default();
    *slot = Some(Level {
        start: val(node, "start").and_then(|s| s.parse().ok()).unwrap_or(1),
        format: format.unwrap_or("decimal").to_owned(),
        text: val(node, "lvlText").unwrap_or_default().to_owned(),
        suffix: val(node, "suff").unwrap_or(&plain.suffix).to_owned(),
        restart: val(node, "lvlRestart").and_then(|r| r.parse().ok()),
        legal: on(node, "isLgl").unwrap_or(false),
    });
}

/// The number of level `at`: its pattern with the numbers put in.
fn written(
    own: &Level,
    at: usize,
    counted: &dyn Fn(usize) -> u32,
    look: &dyn Fn(usize) -> Level,
) -> Shown {
    let plain = ["%", "."].concat().len() < own.text.len()
        && own.format == "decimal"
        && own
            .text
            .strip_prefix(&format!("%{}", at + 1))
            .is_some_and(|mark| matches!(mark, "." | "．" | "、" | ")" | "）"));
    if plain {
        return Shown::Plain(counted(at));
    }
    let mut out = String::new();
    let mut chars = own.text.chars().peekable();
    while let Some(c) = chars.next() {
        let digit = (c == '%').then(|| chars.peek().and_then(|d| d.to_digit(10))).flatten();
        match digit.filter(|d| (1..=9).contains(d)) {
            Some(d) => {
                chars.next();
                let n = d as usize - 1;
                let level = look(n);
                let format = if own.legal { "decimal" } else { level.format.as_str() };
                out.push_str(&counting::written(counted(n), format));
            }
            None => out.push(c),
        }
    }
    let wide = out.ends_with(['、', '，', '．', '）', '】', '〕', '：', '。']);
    if !wide && own.suffix != "nothing" && !out.is_empty() {
        out.push(' ');
    }
    Shown::Written(out)
}
