//! The walk over a part: from XML to items, in the order in which a reader meets
//! them. It follows tracked changes as accepted, one branch of every choice, and
//! never deeper than a bound: what lies deeper is kept as text.

use std::collections::BTreeMap;
use std::rc::Rc;

use roxmltree::Node;

use super::item::{Grid, Held, Item, Look, Para, Row, What};
use super::met::Met;
use super::numbering::Numbering;
use super::package::Package;
use super::relations::Relations;
use super::runs;
use super::shots::Shots;
use super::styles::{Face, Format, Styles};
use super::xml::{all_text, attr, child, name, on, val};

/// Elements within elements are followed this deep.
pub(super) const DEPTH: usize = 48;

/// The code of the reason why a passage is kept as bare text.
const TOO_DEEP: &str = "read-too-deep";
const FOREIGN: &str = "read-word-foreign-part";

/// A field while it is open.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub(super) instruction: String,
    pub(super) in_result: bool,
    pub(super) link: Option<Rc<str>>,
}

/// The walk, with what it looks things up in.
pub(super) struct Walker<'w, 'p, 'x> {
    pub(super) package: &'w mut Package<'p>,
    pub(super) styles: &'w Styles,
    pub(super) numbering: &'w mut Numbering,
    /// The notes by kind (`footnote`, `endnote`) and id.
    pub(super) notes: &'w BTreeMap<(&'static str, String), Node<'x, 'x>>,
    /// The relationships of the part walked, and its name.
    pub(super) relations: &'w Relations,
    pub(super) note_relations: &'w BTreeMap<&'static str, Relations>,
    pub(super) met: &'w mut Met,
    pub(super) shots: &'w mut Shots,
    pub(super) fields: Vec<Field>,
    /// Whether fields are passed over, since one of them never ends.
    pub(super) fieldless: bool,
}

impl Walker<'_, '_, '_> {
    /// The items below a body, a cell, a note or a text box.
    pub(super) fn items(&mut self, node: Node<'_, '_>, depth: usize) -> Vec<Item> {
        let mut out: Vec<Item> = Vec::new();
        let mut open = false;
        self.collect(node, depth, &mut open, &mut out);
        out
    }

    /// Adds the items below a node. `open` says that the last paragraph's mark was
    /// deleted, so that the next paragraph goes on with it.
    fn collect(&mut self, node: Node<'_, '_>, depth: usize, open: &mut bool, out: &mut Vec<Item>) {
        if depth > DEPTH {
            self.met.too_deep += 1;
            out.push(Item::Foreign(all_text(node), TOO_DEEP));
            return;
        }
        for inner in node.children() {
            match name(inner) {
                "p" => {
                    let (para, ends_open) = self.paragraph(inner, depth);
                    match out.last_mut() {
                        Some(Item::Paragraph(before)) if *open => {
                            before.spans.extend(para.spans);
                            before.sequence = before.sequence.take().or(para.sequence);
                        }
                        _ => out.push(Item::Paragraph(Box::new(para))),
                    }
                    *open = ends_open;
                }
                "tbl" => {
                    let grid = self.table(inner, depth + 1);
                    out.push(Item::Table(grid));
                }
                "del" | "moveFrom" => self.met.changes += 1,
                "ins" | "moveTo" => {
                    self.met.changes += 1;
                    self.collect(inner, depth + 1, open, out);
                }
                "sdt" => {
                    if let Some(content) = child(inner, "sdtContent") {
                        self.collect(content, depth + 1, open, out);
                    }
                }
                "AlternateContent" => {
                    if let Some(branch) = branch(inner) {
                        self.collect(branch, depth + 1, open, out);
                    }
                }
                "altChunk" => out.extend(self.chunk(inner)),
                "oMathPara" | "oMath" => {
                    let spans = runs::formula(self, inner);
                    out.push(Item::Paragraph(Box::new(Para { spans, ..Para::default() })));
                }
                "smartTag" | "customXml" | "subDoc" => {
                    self.collect(inner, depth + 1, open, out);
                }
                _ => {}
            }
        }
    }

    /// A paragraph, and whether its end was deleted.
    fn paragraph(&mut self, node: Node<'_, '_>, depth: usize) -> (Para, bool) {
        let properties = child(node, "pPr");
        let style = properties.and_then(|p| val(p, "pStyle"));
        let mut own = Format::default();
        let mut mark = None;
        if let Some(p) = properties {
            own.paragraph(p);
            mark = child(p, "rPr");
        }
        let below = self.styles.of_paragraph(style);
        let direct_list = own.list.clone();
        own.under(&below);
        let mut para = Para {
            meaning: style.and_then(|s| self.styles.meaning(s)),
            outline: own.outline.filter(|o| *o < 9),
            ..Para::default()
        };
        let ends_open = mark.is_some_and(|m| child(m, "del").or(child(m, "moveFrom")).is_some());
        if ends_open || mark.is_some_and(|m| child(m, "ins").or(child(m, "moveTo")).is_some()) {
            self.met.changes += 1;
        }
        if let Some(id) = own.list.as_deref().filter(|id| *id != "0") {
            para.number = self.numbering.next(id, own.level.unwrap_or(0));
        }
        if direct_list.as_deref() == Some("0") {
            para.number = None;
        }
        runs::inline(self, node, &own, &runs::Ground::default(), depth, &mut para);
        para.look = look(&para, &own);
        (para, ends_open)
    }

    fn table(&mut self, node: Node<'_, '_>, depth: usize) -> Grid {
        let mut grid = Grid::default();
        if let Some(looks) = child(node, "tblPr").and_then(|p| child(p, "tblLook")) {
            let bits = attr(looks, "val").and_then(|v| u32::from_str_radix(v, 16).ok());
            grid.first_row = match attr(looks, "firstRow") {
                Some(value) => matches!(value, "1" | "true" | "on"),
                None => bits.is_some_and(|b| b & 0x20 != 0),
            };
        }
        self.rows(node, depth, &mut grid);
        grid
    }

    fn rows(&mut self, node: Node<'_, '_>, depth: usize, grid: &mut Grid) {
        if depth > DEPTH {
            self.met.too_deep += 1;
            let items = vec![Item::Foreign(all_text(node), TOO_DEEP)];
            let cells = vec![Held { items, span: 1, ..Held::default() }];
            grid.rows.push(Row { header: false, cells });
            return;
        }
        for inner in node.children() {
            match name(inner) {
                "tr" => {
                    let properties = child(inner, "trPr");
                    if properties.is_some_and(|p| child(p, "del").is_some()) {
                        self.met.changes += 1;
                        continue;
                    }
                    let number = |wanted: &str| {
                        properties.and_then(|p| val(p, wanted)).and_then(|v| v.parse().ok())
                    };
                    let mut row = Row {
                        header: properties.is_some_and(|p| on(p, "tblHeader") == Some(true)),
                        cells: Vec::new(),
                    };
                    let mut column: usize = number("gridBefore").unwrap_or(0).min(MOST_COLUMNS);
                    self.cells(inner, depth + 1, &mut column, &mut row.cells);
                    grid.rows.push(row);
                }
                "sdt" | "customXml" | "ins" | "moveTo" | "sdtContent" | "AlternateContent" => {
                    let inner = if name(inner) == "AlternateContent" {
                        branch(inner).unwrap_or(inner)
                    } else {
                        inner
                    };
                    self.rows(inner, depth + 1, grid);
                }
                _ => {}
            }
        }
    }

    fn cells(
        &mut self,
        node: Node<'_, '_>,
        depth: usize,
        column: &mut usize,
        cells: &mut Vec<Held>,
    ) {
        if depth > DEPTH {
            self.met.too_deep += 1;
            let items = vec![Item::Foreign(all_text(node), TOO_DEEP)];
            cells.push(Held { items, column: *column, span: 1, continues: false });
            return;
        }
        for inner in node.children() {
            match name(inner) {
                "tc" => {
                    let properties = child(inner, "tcPr");
                    if properties.is_some_and(|p| child(p, "cellDel").is_some()) {
                        self.met.changes += 1;
                        continue;
                    }
                    let span = properties.and_then(|p| val(p, "gridSpan"));
                    let span = span.and_then(|s| s.parse().ok()).unwrap_or(1);
                    let span: usize = usize::clamp(span, 1, MOST_COLUMNS);
                    // A merge without a word goes on with the cell above.
                    let merge = properties.and_then(|p| child(p, "vMerge"));
                    let continues = merge.is_some_and(|m| attr(m, "val") != Some("restart"));
                    let items = self.items(inner, depth + 1);
                    cells.push(Held { items, column: *column, span, continues });
                    *column += span;
                }
                "sdt" | "customXml" | "ins" | "moveTo" | "sdtContent" => {
                    self.cells(inner, depth + 1, column, cells);
                }
                _ => {}
            }
        }
    }

    /// The text of a foreign document set into this one.
    fn chunk(&mut self, node: Node<'_, '_>) -> Option<Item> {
        let id = attr(node, "id")?;
        let part = match self.relations.get(id)? {
            super::relations::Target::Part(part) => part.clone(),
            super::relations::Target::Outside(_) => return None,
        };
        let text = self.package.text(&part).ok()?;
        self.met.foreign += 1;
        Some(Item::Foreign(text, FOREIGN))
    }
}

/// A table is not read wider than this.
const MOST_COLUMNS: usize = 200;

/// How far into a branch it is looked for what is understood: a choice may hold
/// choices without end.
const LOOKED_AT: usize = 1000;

/// The branch of a choice that is followed: the first that holds what is
/// understood, else the fallback.
pub(super) fn branch<'a, 'i>(node: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    let tells = |n: &Node<'_, '_>| {
        n.descendants()
            .take(LOOKED_AT)
            .any(|d| matches!(name(d), "t" | "pic" | "imagedata" | "txbxContent" | "relIds"))
    };
    let mut choices = node.children().filter(|n| name(*n) == "Choice");
    choices.find(tells).or_else(|| child(node, "Fallback")).or_else(|| child(node, "Choice"))
}

/// How a paragraph looks, from its text and what its style states.
fn look(para: &Para, own: &Format) -> Look {
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    let mut faces: Vec<Option<Face>> = Vec::new();
    let (mut bold, mut any) = (true, false);
    for span in &para.spans {
        let What::Text(text) = &span.what else { continue };
        let count = text.chars().filter(|c| !c.is_whitespace()).count();
        if count == 0 {
            continue;
        }
        any = true;
        bold &= span.marks.strong || own.bold == Some(true);
        *sizes.entry(span.marks.size).or_default() += count;
        if !faces.contains(&span.marks.face) {
            faces.push(span.marks.face);
        }
    }
    let size = sizes.into_iter().max_by_key(|(_, count)| *count).map_or(0, |(size, _)| size);
    Look {
        bold: bold && any,
        size,
        face: if faces.len() == 1 { faces[0] } else { None },
        align: own.align,
        inset: own.indent.is_some_and(|(left, right)| left >= 300 && right >= 300),
    }
}
