//! The pages of the document that is imposed: found in the page tree with what they
//! inherit from it (ISO 32000-1, 7.7.3), measured as they are seen. Changes nothing.

use std::collections::HashSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::sheet::Size;

/// Points in a millimetre.
pub(super) const POINTS: f64 = 72.0 / 25.4;

/// How deep a page tree may be. Real ones have a handful of levels.
const DEPTH: usize = 64;

/// How much bleed is believed in, in millimetres, where a file says what is trimmed and
/// not where its bleed ends: beyond there may be marks.
const USUAL_BLEED: f64 = 3.0;

/// Why a document has no pages that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unusable {
    /// There is no page tree, or it has no page.
    NoPages,
    /// The page of this number, from 1, is missing or damaged.
    Page(usize),
    /// Objects are numbered beyond what a PDF may have (ISO 32000-1, annex C).
    Numbers,
}

/// A rectangle in the units of a page: left, bottom, right, top.
pub(super) type Box4 = [f64; 4];

/// One page as it stands in the document.
#[derive(Debug, Clone)]
pub(super) struct Page {
    /// Its number in the file.
    pub(super) id: ObjectId,
    /// Its dictionary's content streams, in their order.
    pub(super) contents: Vec<ObjectId>,
    /// What its content names, inherited or its own.
    pub(super) resources: Object,
    /// What remains after trimming.
    pub(super) trim: Box4,
    /// What may be shown of it: its bleed.
    pub(super) bleed: Box4,
    /// Quarter turns clockwise with which it is shown.
    pub(super) turns: u8,
    /// Points in a unit of its own.
    pub(super) unit: f64,
    /// How many annotations show something that is no link.
    pub(super) remarks: usize,
}

impl Page {
    /// How large the trimmed page is as it is seen, in millimetres.
    pub(super) fn size(&self) -> Size {
        let [left, bottom, right, top] = self.trim.map(|at| at * self.unit / POINTS);
        let (width, height) = (right - left, top - bottom);
        if self.turns.is_multiple_of(2) {
            Size { width, height }
        } else {
            Size { width: height, height: width }
        }
    }

    /// The widest bleed that it has on any side, in millimetres.
    pub(super) fn most_bleed(&self) -> f64 {
        let sides = self.trim.iter().zip(self.bleed).map(|(trim, bleed)| (trim - bleed).abs());
        sides.fold(0.0, f64::max) * self.unit / POINTS
    }

    /// The matrix that brings the page as it is seen to a place on the sheet, its
    /// trimmed lower left corner to `corner`, in points.
    pub(super) fn matrix(&self, corner: [f64; 2]) -> [f64; 6] {
        let [left, bottom, right, top] = self.trim;
        // Clockwise, as a reader turns it: what was at the left comes to the top.
        let [a, b, c, d, e, f] = match self.turns {
            0 => [1.0, 0.0, 0.0, 1.0, -left, -bottom],
            1 => [0.0, -1.0, 1.0, 0.0, -bottom, right],
            2 => [-1.0, 0.0, 0.0, -1.0, right, top],
            _ => [0.0, 1.0, -1.0, 0.0, top, -left],
        };
        let (u, [x, y]) = (self.unit, corner);
        [a * u, b * u, c * u, d * u, e * u + x, f * u + y]
    }
}

/// What a page tree's node hands down (ISO 32000-1, table 30).
#[derive(Clone, Default)]
struct Inherited<'a> {
    resources: Option<&'a Object>,
    media: Option<&'a Object>,
    crop: Option<&'a Object>,
    rotate: Option<&'a Object>,
}

impl<'a> Inherited<'a> {
    fn with(&self, node: &'a Dictionary) -> Self {
        let own = |key: &[u8], inherited| node.get(key).ok().or(inherited);
        Self {
            resources: own(b"Resources", self.resources),
            media: own(b"MediaBox", self.media),
            crop: own(b"CropBox", self.crop),
            rotate: own(b"Rotate", self.rotate),
        }
    }
}

/// The pages of a document, and the objects that make up its page tree.
pub(super) struct Tree {
    pub(super) pages: Vec<Page>,
    /// Every node of the tree, pages included.
    pub(super) nodes: Vec<ObjectId>,
}

/// Finds the pages of a document in their order.
pub(super) fn tree(document: &Document) -> Result<Tree, Unusable> {
    let root =
        document.catalog().and_then(|catalog| catalog.get(b"Pages")).and_then(Object::as_reference);
    let root = root.map_err(|_| Unusable::NoPages)?;
    let mut tree = Tree { pages: Vec::new(), nodes: Vec::new() };
    let mut seen = HashSet::new();
    let mut open = vec![(root, Inherited::default(), 0)];
    while let Some((id, inherited, depth)) = open.pop() {
        let broken = Unusable::Page(tree.pages.len() + 1);
        let node = document.get_dictionary(id).map_err(|_| broken)?;
        tree.nodes.push(id);
        let inherited = inherited.with(node);
        match node.get_deref(b"Kids", document).and_then(Object::as_array) {
            // A page may stand in the tree twice, a branch would never end.
            Ok(kids) if seen.insert(id) && depth < DEPTH => {
                for kid in kids.iter().rev() {
                    let kid = kid.as_reference().map_err(|_| broken)?;
                    open.push((kid, inherited.clone(), depth + 1));
                }
            }
            Ok(_) => return Err(broken),
            Err(_) => tree.pages.push(page(document, id, node, &inherited).ok_or(broken)?),
        }
    }
    if tree.pages.is_empty() { Err(Unusable::NoPages) } else { Ok(tree) }
}

fn page(
    document: &Document,
    id: ObjectId,
    node: &Dictionary,
    inherited: &Inherited<'_>,
) -> Option<Page> {
    let unit = node.get_deref(b"UserUnit", document).ok().and_then(number).unwrap_or(1.0);
    if !(0.01..=1000.0).contains(&unit) {
        return None;
    }
    let media = inherited.media.and_then(|media| box4(document, media))?;
    let crop = inherited.crop.and_then(|crop| box4(document, crop));
    let crop = crop.and_then(|crop| meet(crop, media)).unwrap_or(media);
    let own = |key: &[u8]| {
        let found = node.get(key).ok().and_then(|found| box4(document, found))?;
        meet(found, media)
    };
    let trim = own(b"TrimBox").unwrap_or(crop);
    let bleed = own(b"BleedBox").unwrap_or_else(|| {
        let usual = USUAL_BLEED * POINTS / unit;
        let [left, bottom, right, top] = trim;
        let wide = [left - usual, bottom - usual, right + usual, top + usual];
        // What is beyond the trim where no TrimBox says so is beyond the page.
        if node.has(b"TrimBox") { meet(wide, media).unwrap_or(trim) } else { trim }
    });
    // A bleed inside the trim is none.
    let bleed =
        [0, 1, 2, 3].map(|i| if i < 2 { bleed[i].min(trim[i]) } else { bleed[i].max(trim[i]) });
    let turns = match inherited.rotate.map(|rotate| document.dereference(rotate)) {
        None => 0,
        Some(Ok((_, Object::Integer(degrees)))) if degrees % 90 == 0 => {
            (degrees / 90).rem_euclid(4) as u8
        }
        Some(Ok((_, Object::Real(degrees)))) if degrees % 90.0 == 0.0 => {
            (degrees / 90.0).rem_euclid(4.0) as u8
        }
        Some(_) => return None,
    };
    let resources = match inherited.resources {
        Some(resources) => resources.clone(),
        None => Object::Dictionary(Dictionary::new()),
    };
    let contents = contents(document, node)?;
    let remarks = remarks(document, node);
    Some(Page { id, contents, resources, trim, bleed, turns, unit, remarks })
}

/// The streams that draw a page; none for an empty page.
fn contents(document: &Document, node: &Dictionary) -> Option<Vec<ObjectId>> {
    let Ok(contents) = node.get(b"Contents") else { return Some(Vec::new()) };
    let (id, object) = document.dereference(contents).ok()?;
    let stream = |part: &Object| {
        let (id, object) = document.dereference(part).ok()?;
        object.as_stream().ok().and(id)
    };
    match object {
        Object::Null => Some(Vec::new()),
        Object::Stream(_) => Some(vec![id?]),
        Object::Array(parts) => parts.iter().map(stream).collect(),
        _ => None,
    }
}

/// How many annotations are lost that are no links: what they show is not printed.
fn remarks(document: &Document, node: &Dictionary) -> usize {
    let annotations = node.get_deref(b"Annots", document).and_then(Object::as_array);
    let shows = |annotation: &&Object| {
        let found = document.dereference(annotation).and_then(|(_, found)| found.as_dict());
        let kind = found.and_then(|found| found.get_deref(b"Subtype", document));
        kind.and_then(Object::as_name).is_ok_and(|kind| !matches!(kind, b"Link" | b"Popup"))
    };
    annotations.map_or(0, |all| all.iter().filter(shows).count())
}

fn number(object: &Object) -> Option<f64> {
    object.as_float().ok().map(f64::from).filter(|number| number.is_finite())
}

/// A rectangle with its corners in order (ISO 32000-1, 7.9.5); `None` where it is
/// none, or has no area.
fn box4(document: &Document, object: &Object) -> Option<Box4> {
    let (_, object) = document.dereference(object).ok()?;
    let [a, b, c, d] = object.as_array().ok()?.as_slice() else { return None };
    let read = |object: &Object| number(document.dereference(object).ok()?.1);
    let [a, b, c, d] = [read(a)?, read(b)?, read(c)?, read(d)?];
    let found = [a.min(c), b.min(d), a.max(c), b.max(d)];
    has_area(found).then_some(found)
}

fn has_area([left, bottom, right, top]: Box4) -> bool {
    right - left > 1.0 && top - bottom > 1.0
}

/// What two rectangles share.
fn meet(a: Box4, b: Box4) -> Option<Box4> {
    let shared = [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])];
    has_area(shared).then_some(shared)
}
