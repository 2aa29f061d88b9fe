//! What paragraphs and runs look like: direct formatting, styles through basedOn,
//! and the document's defaults (ECMA-376 part 1, 17.7).

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::xml::{attr, child, name, on, val};

/// Formatting as one place states it; `None` where it states nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Format {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) struck: Option<bool>,
    /// Whether 着重号 stand at the characters.
    pub(super) dotted: Option<bool>,
    /// Raised, lowered or neither.
    pub(super) raise: Option<Raise>,
    /// In half points.
    pub(super) size: Option<u32>,
    pub(super) face: Option<Face>,
    pub(super) align: Option<Align>,
    /// The outline level, 0 for the first; 9 says outright: none.
    pub(super) outline: Option<u8>,
    /// The number of the list and the level in it.
    pub(super) list: Option<String>,
    pub(super) level: Option<u8>,
    /// Indents of the whole paragraph at both sides, in twentieths of a point.
    pub(super) indent: Option<(i32, i32)>,
}

/// How a run stands to its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Raise {
    No,
    Up,
    Down,
}

/// The kinds of Chinese typeface that tell a heading from a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Face {
    /// 黑体 and 小标宋: what headings are set in.
    Heavy,
    /// 楷体.
    Kai,
    /// Any other.
    Plain,
}

/// How a paragraph's lines lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Start,
    Centre,
    End,
}

/// What a style's name says that a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Title,
    Subtitle,
    Caption,
    Quote,
    ListText,
    /// A paragraph of contents.
    Contents,
}

/// One style.
#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    format: Format,
    meaning: Option<Meaning>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    defaults: Format,
    paragraph: Option<String>,
}

/// Styles based on styles are followed this far.
const CHAIN: usize = 24;

impl Styles {
    /// Reads the part of styles from its root.
    pub(super) fn read(root: Node<'_, '_>) -> Self {
        let mut out = Self::default();
        if let Some(defaults) = child(root, "docDefaults") {
            for node in defaults.descendants() {
                match name(node) {
                    "rPr" => out.defaults.run(node),
                    "pPr" => out.defaults.paragraph(node),
                    _ => {}
                }
            }
        }
        for node in root.children().filter(|n| name(*n) == "style") {
            let Some(id) = attr(node, "styleId") else { continue };
            let called = val(node, "name").unwrap_or(id).trim().to_lowercase();
            let mut format = Format::default();
            if let Some(p) = child(node, "pPr") {
                format.paragraph(p);
            }
            if let Some(r) = child(node, "rPr") {
                format.run(r);
            }
            if format.outline.is_none() {
                format.outline = heading_level(&called);
            }
            if attr(node, "type") == Some("paragraph") && attr(node, "default") == Some("1") {
                out.paragraph = Some(id.to_owned());
            }
            let based_on = val(node, "basedOn").map(str::to_owned);
            let meaning = Meaning::of(&called);
            out.by_id.insert(id.to_owned(), Style { based_on, format, meaning });
        }
        out
    }

    /// What a paragraph style states, itself and through what it is based on.
    pub(super) fn of_paragraph(&self, id: Option<&str>) -> Format {
        let mut out = Format::default();
        self.chain(id.or(self.paragraph.as_deref()), |style| out.under(&style.format));
        out.under(&self.defaults);
        out
    }

    /// What a character style states.
    pub(super) fn of_run(&self, id: &str) -> Format {
        let mut out = Format::default();
        self.chain(Some(id), |style| out.under(&style.format));
        out
    }

    /// What the name of a style, or of one it is based on, says.
    pub(super) fn meaning(&self, id: &str) -> Option<Meaning> {
        let mut found = None;
        self.chain(Some(id), |style| found = found.or(style.meaning));
        // A document may name styles it does not define.
        found.or_else(|| Meaning::of(&id.to_lowercase()))
    }

    fn chain<'a>(&'a self, id: Option<&'a str>, mut each: impl FnMut(&'a Style)) {
        let mut seen = BTreeSet::new();
        let mut next = id;
        while let Some(id) = next.filter(|id| seen.len() < CHAIN && seen.insert(*id)) {
            let Some(style) = self.by_id.get(id) else { return };
            each(style);
            next = style.based_on.as_deref();
        }
    }
}

/// The outline level that a style's name gives: heading 1, 标题 1, 标题1.
fn heading_level(called: &str) -> Option<u8> {
    let rest = called.strip_prefix("heading").or_else(|| called.strip_prefix("标题"))?;
    let level: u8 = rest.trim().parse().ok()?;
    (1..=9).contains(&level).then(|| level - 1)
}

impl Meaning {
    fn of(called: &str) -> Option<Self> {
        Some(match called {
            "title" | "标题" | "文章标题" | "大标题" | "主标题" => Self::Title,
            "subtitle" | "副标题" | "副题" => Self::Subtitle,
            "caption" | "题注" | "图题" | "表题" | "图注" | "图片说明" => Self::Caption,
            "image caption" | "table caption" => Self::Caption,
            "quote" | "intense quote" | "block text" | "引用" | "明显引用" | "引文" => {
                Self::Quote
            }
            "list paragraph" | "列表段落" | "列出段落" => Self::ListText,
            _ if called.starts_with("toc ") || called.starts_with("目录 ") => Self::Contents,
            _ => return None,
        })
    }
}

impl Format {
    /// Takes over what run properties state.
    pub(super) fn run(&mut self, node: Node<'_, '_>) {
        let set = |slot: &mut Option<bool>, found: Option<bool>| {
            if found.is_some() {
                *slot = found;
            }
        };
        set(&mut self.bold, on(node, "b"));
        set(&mut self.italic, on(node, "i"));
        set(&mut self.hidden, on(node, "vanish"));
        set(&mut self.struck, on(node, "strike").or_else(|| on(node, "dstrike")));
        if let Some(mark) = val(node, "em") {
            self.dotted = Some(mark != "none");
        }
        if let Some(raise) = val(node, "vertAlign") {
            self.raise = Some(match raise {
                "superscript" => Raise::Up,
                "subscript" => Raise::Down,
                _ => Raise::No,
            });
        }
        if let Some(size) = val(node, "sz") {
            // Strict files write 12pt where others write 24.
            let (number, unit) = match size.strip_suffix("pt") {
                Some(points) => (points, 2.0),
                None => (size, 1.0),
            };
            self.size = number.parse::<f32>().ok().map(|n| (n * unit) as u32);
        }
        if let Some(face) = child(node, "rFonts").and_then(|f| attr(f, "eastAsia")) {
            self.face = Some(Face::of(face));
        }
    }

    /// Takes over what paragraph properties state.
    pub(super) fn paragraph(&mut self, node: Node<'_, '_>) {
        if let Some(align) = val(node, "jc") {
            self.align = Some(match align {
                "center" => Align::Centre,
                "right" | "end" => Align::End,
                _ => Align::Start,
            });
        }
        if let Some(level) = val(node, "outlineLvl").and_then(|l| l.parse().ok()) {
            self.outline = Some(level);
        }
        if let Some(list) = child(node, "numPr") {
            if let Some(id) = val(list, "numId") {
                self.list = Some(id.to_owned());
            }
            self.level = val(list, "ilvl").and_then(|l| l.parse().ok()).or(self.level);
        }
        if let Some(indent) = child(node, "ind") {
            let side = |names: [&str; 2]| {
                let found = names.iter().find_map(|n| attr(indent, n));
                found.and_then(|v| v.parse::<i32>().ok()).unwrap_or_default()
            };
            self.indent = Some((side(["left", "start"]), side(["right", "end"])));
        }
    }

    /// Fills what is not stated here from `below`.
    pub(super) fn under(&mut self, below: &Self) {
        macro_rules! fill {
            ($($field:ident),*) => { $(self.$field = self.$field.take().or_else(|| below.$field.clone());)* };
        }
        fill!(
            bold, italic, hidden, struck, dotted, raise, size, face, align, outline, list, level,
            indent
        );
    }
}

impl Face {
    fn of(font: &str) -> Self {
        let font = font.to_lowercase();
        let is = |words: &[&str]| words.iter().any(|w| font.contains(w));
        if is(&["黑", "hei", "标宋", "biaosong", "gothic"]) {
            Self::Heavy
        } else if is(&["楷", "kai"]) {
            Self::Kai
        } else {
            Self::Plain
        }
    }
}
