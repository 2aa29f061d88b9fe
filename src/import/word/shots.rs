//! Pictures, text boxes and drawings (DrawingML and VML), in the order in which they
//! stand.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::item::{Item, Para, Shot, Span, What};
use super::relations::Target;
use super::walk::{Walker, branch};
use super::xml::{attr, child, name};
use crate::media::Framing;

const FOREIGN: &str = "read-word-foreign-part";

/// What a drawing, a VML picture or an object holds.
pub(super) fn read(walker: &mut Walker<'_, '_, '_>, node: Node<'_, '_>, depth: usize) -> Vec<What> {
    let mut out = Vec::new();
    let described = node.descendants().find(|n| name(*n) == "docPr").and_then(description);
    // Walked with a stack of its own: groups may nest without end.
    let mut stack = vec![node];
    while let Some(node) = stack.pop() {
        match name(node) {
            "pic" => {
                out.extend(
                    drawn(walker, node, described.as_deref()).map(Box::new).map(What::Picture),
                );
            }
            "shape" | "rect" | "roundrect" | "oval" => {
                if let Some(data) = child(node, "imagedata") {
                    out.extend(painted(walker, node, data).map(Box::new).map(What::Picture));
                }
                push_children(node, &mut stack);
            }
            "txbxContent" => {
                walker.met.boxes += 1;
                let fields = std::mem::take(&mut walker.fields);
                out.push(What::Box(walker.items(node, depth + 1)));
                walker.fields = fields;
            }
            "textpath" => {
                if let Some(text) = attr(node, "string").filter(|t| !t.trim().is_empty()) {
                    let span =
                        Span { marks: Default::default(), what: What::Text(text.to_owned()) };
                    let para = Para { spans: vec![span], ..Para::default() };
                    out.push(What::Box(vec![Item::Paragraph(Box::new(para))]));
                }
            }
            "relIds" => out.extend(told(walker, attr(node, "dm")).map(boxed)),
            "chart" => out.extend(told(walker, attr(node, "id")).map(boxed)),
            "AlternateContent" => stack.extend(branch(node)),
            _ => push_children(node, &mut stack),
        }
    }
    out
}

fn push_children<'a, 'i>(node: Node<'a, 'i>, stack: &mut Vec<Node<'a, 'i>>) {
    let mut below: Vec<_> = node.children().filter(Node::is_element).collect();
    below.reverse();
    stack.extend(below);
}

fn boxed(item: Item) -> What {
    What::Box(vec![item])
}

/// The words of a diagram or a chart, which nothing here can draw.
fn told(walker: &mut Walker<'_, '_, '_>, id: Option<&str>) -> Option<Item> {
    let Some(Target::Part(part)) = walker.relations.get(id?).cloned() else { return None };
    let text = walker.package.text(&part).ok()?;
    let tree = super::xml::parse(&text).ok()?;
    walker.met.foreign += 1;
    let words = tree.descendants().filter(|n| matches!(name(*n), "t" | "v"));
    let lines: Vec<&str> =
        words.filter_map(|n| n.text()).map(str::trim).filter(|t| !t.is_empty()).collect();
    (!lines.is_empty()).then(|| Item::Foreign(lines.join("\n"), FOREIGN))
}

/// A picture of DrawingML.
fn drawn(
    walker: &mut Walker<'_, '_, '_>,
    node: Node<'_, '_>,
    described: Option<&str>,
) -> Option<Shot> {
    let own = node.descendants().find(|n| name(*n) == "cNvPr").and_then(description);
    let fill = child(node, "blipFill")?;
    let blip = child(fill, "blip")?;
    let mut framing = Framing::default();
    if let Some(cut) = child(fill, "srcRect") {
        let share = |side: &str| {
            let value = attr(cut, side).unwrap_or_default();
            let percent = value.strip_suffix('%').and_then(|v| v.parse::<f32>().ok());
            let share = percent.map(|p| p / 100.0);
            share.or_else(|| value.parse::<f32>().ok().map(|v| v / 100_000.0)).unwrap_or_default()
        };
        framing.cut = ["l", "t", "r", "b"].map(|side| share(side).clamp(0.0, 1.0));
    }
    if let Some(form) = child(node, "spPr").and_then(|p| child(p, "xfrm")) {
        let is = |wanted: &str| matches!(attr(form, wanted), Some("1" | "true"));
        (framing.mirrored, framing.flipped) = (is("flipH"), is("flipV"));
        let turn = attr(form, "rot").and_then(|r| r.parse::<f32>().ok()).unwrap_or_default();
        framing.turn = (turn / 60_000.0).rem_euclid(360.0);
    }
    let embedded = attr(blip, "embed").filter(|id| !id.is_empty());
    let id = embedded.or_else(|| attr(blip, "link"))?;
    shot(walker, id, own.or_else(|| described.map(str::to_owned)), framing)
}

/// A picture of VML.
fn painted(
    walker: &mut Walker<'_, '_, '_>,
    shape: Node<'_, '_>,
    data: Node<'_, '_>,
) -> Option<Shot> {
    let share = |side: &str| {
        let value = attr(data, side).unwrap_or_default();
        let parts = value.strip_suffix('f').and_then(|v| v.parse::<f32>().ok());
        let share = parts.map(|p| p / 65_536.0).or_else(|| value.parse().ok());
        share.unwrap_or_default().clamp(0.0, 1.0)
    };
    let style = attr(shape, "style").unwrap_or_default();
    let said = |key: &str| {
        style.split(';').filter_map(|d| d.split_once(':')).find(|(k, _)| k.trim() == key)
    };
    let turn = said("rotation").and_then(|(_, v)| v.trim().parse::<f32>().ok()).unwrap_or_default();
    let flip = said("flip").map(|(_, v)| v.trim()).unwrap_or_default();
    let framing = Framing {
        cut: ["cropleft", "croptop", "cropright", "cropbottom"].map(share),
        mirrored: flip.contains('x'),
        flipped: flip.contains('y'),
        turn: turn.rem_euclid(360.0),
    };
    let id = attr(data, "id").or_else(|| attr(data, "relid")).or_else(|| attr(data, "pict"))?;
    let alt = attr(shape, "alt").map(str::to_owned).filter(|alt| is_written(alt));
    shot(walker, id, alt, framing)
}

fn shot(
    walker: &mut Walker<'_, '_, '_>,
    id: &str,
    alt: Option<String>,
    framing: Framing,
) -> Option<Shot> {
    let target = walker.relations.get(id)?.clone();
    let shot = match target {
        Target::Part(part) if walker.package.has(&part) => {
            let name = walker.shots.name(&part, framing);
            Shot { name, alt, part: Some(part), framing }
        }
        Target::Part(part) => {
            let name = part.rsplit('/').next().unwrap_or(&part).to_owned();
            Shot { name, alt, part: None, framing }
        }
        Target::Outside(address) => {
            walker.met.outside.push(address.clone());
            let remote = ["http://", "https://"].iter().any(|p| address.starts_with(p));
            // Of a path on somebody's disk only the file's name means anything here.
            let name = match remote {
                true => address,
                false => address.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
            };
            Shot { name, alt, part: None, framing }
        }
    };
    Some(shot)
}

/// The pictures from inside the file, each part and framing once, in order.
#[derive(Debug, Default)]
pub(super) struct Shots {
    by_part: BTreeMap<String, Vec<(Framing, String)>>,
    counts: BTreeMap<String, usize>,
    order: Vec<(String, String, Framing)>,
}

/// So many ways of cutting one picture are told apart.
const FRAMINGS: usize = 100;

impl Shots {
    /// The name of a picture: that of its part, with a number behind where the name
    /// is taken: one picture that is cut in two ways is two pictures.
    fn name(&mut self, part: &str, framing: Framing) -> String {
        let known = self.by_part.entry(part.to_owned()).or_default();
        if let Some((_, name)) = known.iter().find(|(f, _)| *f == framing) {
            return name.clone();
        }
        if known.len() >= FRAMINGS {
            return known[0].1.clone();
        }
        let file = part.rsplit('/').next().unwrap_or(part);
        let count = self.counts.entry(file.to_owned()).or_default();
        *count += 1;
        let (stem, ending) = file.rsplit_once('.').unwrap_or((file, "bin"));
        let name = match *count {
            1 => file.to_owned(),
            n => format!("{stem}-{n}.{ending}"),
        };
        known.push((framing, name.clone()));
        self.order.push((name.clone(), part.to_owned(), framing));
        name
    }

    /// Names, parts and framings.
    pub(super) fn into_order(self) -> Vec<(String, String, Framing)> {
        self.order
    }
}

/// The description of a picture, where a person wrote one.
fn description(node: Node<'_, '_>) -> Option<String> {
    attr(node, "descr").map(|d| d.trim().to_owned()).filter(|d| is_written(d))
}

/// Programs fill the place of a description with file names and numbers.
fn is_written(alt: &str) -> bool {
    let lower = alt.to_lowercase();
    let file = [".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".emf", ".wmf", ".webp"];
    let generic = [
        "图片",
        "图像",
        "说明",
        "picture",
        "image",
        "descript",
        "微信图片",
        "微信截图",
        "qq图片",
        "qq截图",
        "img",
        "dsc",
        "mmexport",
        "wechatimg",
    ];
    let rest = generic.iter().find_map(|g| lower.strip_prefix(g));
    let counted = rest
        .is_some_and(|r| r.trim().chars().all(|c| c.is_ascii_digit() || matches!(c, '_' | '-')));
    !alt.trim().is_empty() && !file.iter().any(|f| lower.ends_with(f)) && !counted
}
