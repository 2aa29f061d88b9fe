//! The sheets as PDF: every page a form under a new number, every side of a sheet a
//! page that draws two of them and the marks. What the source holds keeps its number,
//! so that a picture known by it is still the same picture.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use lopdf::xref::{Xref, XrefType};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};

use super::claims::{self, Claims};
use super::form::{form, group, numbers};
use super::marks::{Mark, Point, marks};
use super::scheme::{Face, Scheme};
use super::sheet::{Ground, Half, Rect};
use super::source::{POINTS, Page, Tree, Unusable};

/// How thick marks are, in points.
const HAIRLINE: f64 = 0.25;

/// The highest number of an object that readers must know (ISO 32000-1, table C.1).
const MOST_NUMBER: u32 = 8_388_607;

/// What is drawn: everything about the job that does not depend on the document.
pub(super) struct Job<'a> {
    pub(super) ground: Ground,
    pub(super) scheme: Scheme,
    pub(super) faces: &'a [Face],
    pub(super) signatures: usize,
    /// How far the pages of each sheet are drawn towards the fold, more than those of
    /// the sheet around it, in millimetres.
    pub(super) creep: f64,
    /// What tells this job from another of the same document.
    pub(super) name: String,
}

/// What came of it.
pub(super) struct Done {
    /// Whether a claim of PDF/X was taken back.
    pub(super) withdrawn: bool,
    /// Whether there was room for marks.
    pub(super) marked: bool,
}

/// Turns a document of pages into one of sheets.
pub(super) fn assemble(
    document: &mut Document,
    tree: &Tree,
    job: &Job<'_>,
) -> Result<Done, Unusable> {
    let catalog = document.trailer.get(b"Root").and_then(Object::as_reference);
    let catalog = catalog.map_err(|_| Unusable::NoPages)?;
    // What a file says of its numbers may be wrong; what it has is not.
    document.max_id = document.objects.keys().next_back().map_or(0, |(number, _)| *number);
    if document.max_id > MOST_NUMBER {
        return Err(Unusable::Numbers);
    }
    let forms = forms(document, &tree.pages)?;
    for node in &tree.nodes {
        document.objects.remove(node);
    }
    let all_inks = document.add_object(all_inks());
    let parent = document.new_object_id();
    let mut marked = false;
    let mut kids = Vec::with_capacity(job.faces.len());
    for face in job.faces {
        let creep = job.creep * face.depth as f64;
        let marks = marks(&job.ground, job.scheme, face, job.signatures, creep);
        marked |= !marks.is_empty();
        let side = Side { job, face, creep, marks: &marks };
        kids.push(Object::from(side.page(document, tree, &forms, all_inks, parent)));
    }
    let mut pages = Dictionary::new();
    pages.set("Type", Object::from("Pages"));
    pages.set("Count", kids.len() as i64);
    pages.set("Kids", kids);
    document.objects.insert(parent, Object::Dictionary(pages));
    let withdrawn = frame(document, catalog, parent, &job.name);
    document.reference_table = Xref::new(0, XrefType::CrossReferenceTable);
    keep_reachable(document);
    Ok(Done { withdrawn, marked })
}

/// A page that has become a form.
struct Form {
    id: ObjectId,
    /// Whether it mixes colours, so that the sheet must say in which inks.
    mixes: bool,
}

fn forms(document: &mut Document, pages: &[Page]) -> Result<Vec<Form>, Unusable> {
    let mut forms = Vec::with_capacity(pages.len());
    for (at, page) in pages.iter().enumerate() {
        let group = group(document, page.id);
        let mixes = group.is_some();
        let made = form(document, page, group).ok_or(Unusable::Page(at + 1))?;
        forms.push(Form { id: document.add_object(made), mixes });
    }
    Ok(forms)
}

/// The colour space of marks: whatever inks there are, each at its full (ISO 32000-1,
/// 8.6.6.4). Where only four can be shown it is those four.
fn all_inks() -> Object {
    let range = |times: usize| {
        Object::Array([0.0, 1.0].repeat(times).into_iter().map(Object::from).collect())
    };
    let inks = |ink: i64| Object::Array(vec![Object::from(ink); 4]);
    let mut tint = Dictionary::new();
    tint.set("FunctionType", 2);
    tint.set("Domain", range(1));
    tint.set("Range", range(4));
    tint.set("C0", inks(0));
    tint.set("C1", inks(1));
    tint.set("N", 1);
    let names = ["Separation", "All", "DeviceCMYK"].map(Object::from);
    Object::Array(names.into_iter().chain([Object::Dictionary(tint)]).collect())
}

/// One side of a sheet about to be drawn.
struct Side<'a> {
    job: &'a Job<'a>,
    face: &'a Face,
    creep: f64,
    marks: &'a [Mark],
}

impl Side<'_> {
    fn page(
        &self,
        document: &mut Document,
        tree: &Tree,
        forms: &[Form],
        all_inks: ObjectId,
        parent: ObjectId,
    ) -> ObjectId {
        let ground = &self.job.ground;
        let mut drawn = Dictionary::new();
        let mut content = String::new();
        let mut mixes = false;
        let halves =
            [(Half::Left, "Left", self.face.left), (Half::Right, "Right", self.face.right)];
        for (half, name, page) in halves {
            let Some((page, form)) =
                page.and_then(|at| Some((tree.pages.get(at)?, forms.get(at)?)))
            else {
                continue;
            };
            let place = ground.place(half, self.creep);
            let matrix = page.matrix(place.corner.map(|at| at * POINTS));
            let _ = writeln!(
                content,
                "q {} W n {} cm /{name} Do Q",
                rectangle(place.shown),
                spaced(&matrix)
            );
            drawn.set(name, form.id);
            mixes |= form.mixes;
        }
        let mut resources = Dictionary::new();
        resources.set("XObject", drawn);
        if !self.marks.is_empty() {
            content.push_str(&drawing(self.marks));
            let mut spaces = Dictionary::new();
            spaces.set("Marks", all_inks);
            resources.set("ColorSpace", spaces);
        }
        let mut page = Dictionary::new();
        page.set("Type", Object::from("Page"));
        page.set("Parent", parent);
        let sheet =
            Rect { left: 0.0, bottom: 0.0, right: ground.sheet.width, top: ground.sheet.height };
        page.set("MediaBox", points(sheet));
        page.set("BleedBox", points(ground.bleed_box(self.creep)));
        page.set("TrimBox", points(within(ground.trim(self.creep), sheet)));
        page.set("Resources", resources);
        if mixes {
            let mut group = Dictionary::new();
            group.set("Type", Object::from("Group"));
            group.set("S", Object::from("Transparency"));
            group.set("CS", Object::from("DeviceCMYK"));
            page.set("Group", group);
        }
        let mut content = Stream::new(Dictionary::new(), content.into_bytes());
        // What cannot be packed is as good unpacked.
        let _ = content.compress();
        page.set("Contents", document.add_object(content));
        document.add_object(page)
    }
}

/// The operators that draw marks in all inks.
fn drawing(marks: &[Mark]) -> String {
    let mut out = format!("q /Marks CS 1 SCN /Marks cs 1 scn {} w\n", spaced(&[HAIRLINE]));
    let path = |path: &[Point]| -> String {
        let steps = path.iter().enumerate().map(|(at, [x, y])| {
            let to = if at == 0 { "m" } else { "l" };
            format!("{} {to} ", spaced(&[x * POINTS, y * POINTS]))
        });
        steps.collect()
    };
    for mark in marks {
        let _ = match mark {
            Mark::Cut(from, to) => writeln!(out, "{}S", path(&[*from, *to])),
            Mark::Fold(from, to) => writeln!(out, "[3 2] 0 d {}S [] 0 d", path(&[*from, *to])),
            Mark::Bar(bar) => writeln!(out, "{} f", rectangle(*bar)),
            Mark::Stroke(stroke) => writeln!(out, "{}S", path(stroke)),
        };
    }
    out.push_str("Q\n");
    out
}

/// Catalog and trailer of the sheets: of the source's they keep what speaks of its
/// inks, its layers and itself. Whether a claim of PDF/X was taken back.
fn frame(document: &mut Document, catalog: ObjectId, pages: ObjectId, job: &str) -> bool {
    let old = document.get_dictionary(catalog).cloned().unwrap_or_default();
    let metadata = old.get(b"Metadata").and_then(Object::as_reference).ok();
    let Claims { metadata, withdrawn } = claims::hold(document, metadata);
    let mut new = Dictionary::new();
    new.set("Type", Object::from("Catalog"));
    new.set("Pages", pages);
    for key in ["Version", "Extensions", "Lang", "OutputIntents", "OCProperties"] {
        if let Ok(value) = old.get(key.as_bytes()) {
            new.set(key, value.clone());
        }
    }
    if let Some(metadata) = metadata {
        new.set("Metadata", metadata);
    }
    document.objects.insert(catalog, Object::Dictionary(new));
    let mut trailer = Dictionary::new();
    trailer.set("Root", catalog);
    if let Ok(info) = document.trailer.get(b"Info") {
        trailer.set("Info", info.clone());
    }
    if let Some(id) = identifier(document, job) {
        trailer.set("ID", id);
    }
    document.trailer = trailer;
    withdrawn
}

/// The identifier of the sheets: that of the source, which stays, and one of their own
/// (ISO 32000-1, 14.4) that follows from both source and job.
fn identifier(document: &Document, job: &str) -> Option<Object> {
    let id = document.trailer.get_deref(b"ID", document).and_then(Object::as_array).ok()?;
    let [first, second] = id.as_slice() else { return None };
    let text = |part: &Object| {
        let (_, part) = document.dereference(part).ok()?;
        part.as_str().ok().map(<[u8]>::to_vec)
    };
    let (first, second) = (text(first)?, text(second)?);
    let own = blake3::hash(&[&first, &second, job.as_bytes()].concat());
    let own = own.as_bytes()[..16].to_vec();
    let strings = [first, own].map(|text| Object::String(text, StringFormat::Hexadecimal));
    Some(Object::Array(strings.to_vec()))
}

/// Drops what nothing leads to any more: links, outlines, the tree of tags.
fn keep_reachable(document: &mut Document) {
    let mut reached: BTreeSet<ObjectId> = BTreeSet::new();
    let mut next: Vec<ObjectId> = Vec::new();
    references(&document.trailer, &mut next);
    while let Some(id) = next.pop() {
        if !reached.insert(id) {
            continue;
        }
        match document.objects.get(&id) {
            Some(Object::Dictionary(dictionary)) => references(dictionary, &mut next),
            Some(Object::Stream(stream)) => references(&stream.dict, &mut next),
            Some(Object::Reference(other)) => next.push(*other),
            Some(Object::Array(array)) => open(array.iter(), &mut next),
            _ => {}
        }
    }
    document.objects.retain(|id, _| reached.contains(id));
}

fn references(dictionary: &Dictionary, found: &mut Vec<ObjectId>) {
    open(dictionary.iter().map(|(_, value)| value), found);
}

fn open<'a>(values: impl Iterator<Item = &'a Object>, found: &mut Vec<ObjectId>) {
    let mut values: Vec<&Object> = values.collect();
    while let Some(value) = values.pop() {
        match value {
            Object::Reference(id) => found.push(*id),
            Object::Array(array) => values.extend(array),
            Object::Dictionary(inner) => values.extend(inner.iter().map(|(_, value)| value)),
            _ => {}
        }
    }
}

fn within(rect: Rect, sheet: Rect) -> Rect {
    Rect {
        left: rect.left.max(sheet.left),
        bottom: rect.bottom.max(sheet.bottom),
        right: rect.right.min(sheet.right),
        top: rect.top.min(sheet.top),
    }
}

/// A rectangle as a box of a page, in points.
fn points(rect: Rect) -> Object {
    numbers([rect.left, rect.bottom, rect.right, rect.top].map(|at| at * POINTS))
}

/// A rectangle as an operator.
fn rectangle(rect: Rect) -> String {
    let Rect { left, bottom, right, top } = rect;
    let numbers = [left, bottom, right - left, top - bottom].map(|at| at * POINTS);
    format!("{} re", spaced(&numbers))
}

/// Numbers to a ten-thousandth of a point, as short as they can be.
fn spaced(numbers: &[f64]) -> String {
    let short = |number: &f64| {
        let text = format!("{number:.4}");
        let text = text.trim_end_matches('0').trim_end_matches('.');
        if text == "-0" { "0".to_owned() } else { text.to_owned() }
    };
    numbers.iter().map(short).collect::<Vec<_>>().join(" ")
}
