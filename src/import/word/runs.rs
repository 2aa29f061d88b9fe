//! What stands within a paragraph: runs of text with their marks, breaks, fields,
//! notes, readings, pictures.

use std::rc::Rc;

use roxmltree::Node;

use super::item::{Marks, Para, Span, What};
use super::relations::Target;
use super::styles::Format;
use super::walk::{DEPTH, Field, Walker, branch};
use super::xml::{all_text, attr, child, name, val};
use super::{math, shots, structure, symbols};

/// What holds for everything below a node.
#[derive(Debug, Clone, Default)]
pub(super) struct Ground {
    pub(super) link: Option<Rc<str>>,
}

/// The size of type that nobody sets, in half points (ECMA-376 part 1, 17.3.2.38).
const USUAL_SIZE: u32 = 20;
/// The most fields that may be open at once.
const OPEN_FIELDS: usize = 64;

/// Reads what stands below a node into `para`, whose own formatting is `own`.
pub(super) fn inline(
    walker: &mut Walker<'_, '_, '_>,
    node: Node<'_, '_>,
    own: &Format,
    ground: &Ground,
    depth: usize,
    para: &mut Para,
) {
    if depth > DEPTH {
        walker.met.too_deep += 1;
        let what = What::Text(all_text(node).replace('\n', " "));
        para.spans.push(Span { marks: Marks::default(), what });
        return;
    }
    for inner in node.children() {
        match name(inner) {
            "r" => run(walker, inner, own, ground, depth, para),
            "del" | "moveFrom" => walker.met.changes += 1,
            "ins" | "moveTo" => {
                walker.met.changes += 1;
                inline(walker, inner, own, ground, depth + 1, para);
            }
            "hyperlink" => {
                let ground = Ground { link: link_of(walker, inner).or(ground.link.clone()) };
                inline(walker, inner, own, &ground, depth + 1, para);
            }
            "fldSimple" => {
                let instruction = attr(inner, "instr").unwrap_or_default();
                note_sequence(instruction, para);
                let ground =
                    Ground { link: field_link(walker, instruction).or(ground.link.clone()) };
                inline(walker, inner, own, &ground, depth + 1, para);
            }
            "sdt" => {
                if let Some(content) = child(inner, "sdtContent") {
                    inline(walker, content, own, ground, depth + 1, para);
                }
            }
            "smartTag" | "customXml" | "dir" | "bdo" | "subDoc" => {
                inline(walker, inner, own, ground, depth + 1, para);
            }
            "AlternateContent" => {
                if let Some(branch) = branch(inner) {
                    inline(walker, branch, own, ground, depth + 1, para);
                }
            }
            "oMath" | "oMathPara" => para.spans.extend(formula(walker, inner)),
            _ => {}
        }
    }
}

/// A formula, written in a line.
pub(super) fn formula(walker: &mut Walker<'_, '_, '_>, node: Node<'_, '_>) -> Vec<Span> {
    walker.met.formulas += 1;
    math::spans(node)
}

fn run(
    walker: &mut Walker<'_, '_, '_>,
    node: Node<'_, '_>,
    own: &Format,
    ground: &Ground,
    depth: usize,
    para: &mut Para,
) {
    let mut format = Format::default();
    let mut font = None;
    if let Some(properties) = child(node, "rPr") {
        format.run(properties);
        if let Some(style) = val(properties, "rStyle") {
            format.under(&walker.styles.of_run(style));
        }
        font = child(properties, "rFonts").and_then(|f| attr(f, "ascii").or(attr(f, "hAnsi")));
    }
    let mut whole = format.clone();
    whole.under(own);
    let link = walker.fields.iter().rev().find_map(|f| f.link.clone());
    let marks = Marks {
        link: link.or_else(|| ground.link.clone()),
        // Bold type that the whole paragraph has by its style stresses nothing.
        strong: whole.bold == Some(true) && own.bold != Some(true),
        emphasis: whole.italic == Some(true) && own.italic != Some(true),
        dotted: whole.dotted == Some(true),
        raise: whole.raise,
        size: whole.size.unwrap_or(USUAL_SIZE),
        face: whole.face,
    };
    let state =
        Run { marks, hidden: whole.hidden == Some(true), struck: whole.struck == Some(true) };
    content(walker, node, &state, font, depth, para);
}

/// What holds for the text of a run.
struct Run {
    marks: Marks,
    hidden: bool,
    struck: bool,
}

fn content(
    walker: &mut Walker<'_, '_, '_>,
    node: Node<'_, '_>,
    run: &Run,
    font: Option<&str>,
    depth: usize,
    para: &mut Para,
) {
    if depth > DEPTH {
        walker.met.too_deep += 1;
        return text(walker, &all_text(node).replace('\n', " "), run, para);
    }
    for inner in node.children() {
        match name(inner) {
            "t" => {
                let written = inner.text().unwrap_or_default();
                match font {
                    Some(font) => text(walker, &told(written, font), run, para),
                    None => text(walker, written, run, para),
                }
            }
            "tab" | "ptab" => text(walker, "\t", run, para),
            "br" if matches!(attr(inner, "type"), Some("page" | "column")) => {}
            "br" | "cr" => put(walker, What::Break, run, para),
            "noBreakHyphen" => text(walker, "\u{2011}", run, para),
            "sym" => {
                let code = attr(inner, "char").and_then(|c| u32::from_str_radix(c, 16).ok());
                let named = attr(inner, "font").unwrap_or_default();
                let shown = code.and_then(|c| symbols::shown(named, c).or(char::from_u32(c)));
                text(walker, &shown.map(String::from).unwrap_or_default(), run, para);
            }
            "footnoteReference" => note(walker, inner, "footnote", run, depth, para),
            "endnoteReference" => note(walker, inner, "endnote", run, depth, para),
            "fldChar" => field(walker, inner, para),
            "instrText" => {
                if let Some(open) = walker.fields.last_mut().filter(|f| !f.in_result) {
                    open.instruction.push_str(inner.text().unwrap_or_default());
                }
            }
            "ruby" => ruby(walker, inner, run, para),
            "drawing" | "pict" | "object" => {
                for what in shots::read(walker, inner, depth) {
                    put(walker, what, run, para);
                }
            }
            "AlternateContent" => {
                if let Some(branch) = branch(inner) {
                    content(walker, branch, run, font, depth + 1, para);
                }
            }
            _ => {}
        }
    }
}

/// The characters of a font of symbols as what they show.
fn told(written: &str, font: &str) -> String {
    let private = |c: char| ('\u{f000}'..='\u{f0ff}').contains(&c);
    if !written.contains(private) {
        return written.to_owned();
    }
    written
        .chars()
        .map(|c| if private(c) { symbols::shown(font, u32::from(c)).unwrap_or(c) } else { c })
        .collect()
}

fn text(walker: &mut Walker<'_, '_, '_>, written: &str, run: &Run, para: &mut Para) {
    if written.is_empty() || !visible(walker) {
        return;
    }
    if run.hidden {
        walker.met.hidden.push(written.to_owned());
        return;
    }
    if run.struck {
        walker.met.struck.push(written.to_owned());
    }
    // Soft hyphens and marks of order print nothing.
    let written = written.replace(['\u{ad}', '\u{200b}', '\u{200e}', '\u{200f}', '\u{feff}'], "");
    put(walker, What::Text(written.replace(['\n', '\r'], " ")), run, para);
}

fn put(walker: &Walker<'_, '_, '_>, what: What, run: &Run, para: &mut Para) {
    if !visible(walker) {
        return;
    }
    // Word parts a text at every pause in typing; runs of one look are one.
    if let What::Text(more) = &what
        && let Some(Span { marks, what: What::Text(text) }) = para.spans.last_mut()
        && *marks == run.marks
    {
        return text.push_str(more);
    }
    para.spans.push(Span { marks: run.marks.clone(), what });
}

/// Whether what is met now is shown: not the instruction of a field.
fn visible(walker: &Walker<'_, '_, '_>) -> bool {
    walker.fieldless || walker.fields.iter().all(|f| f.in_result)
}

fn field(walker: &mut Walker<'_, '_, '_>, node: Node<'_, '_>, para: &mut Para) {
    match attr(node, "fldCharType") {
        Some("begin") if walker.fields.len() < OPEN_FIELDS => walker.fields.push(Field::default()),
        Some("separate") => {
            let instruction = walker.fields.last().map(|f| f.instruction.clone());
            let link = instruction.as_deref().and_then(|i| field_link(walker, i));
            note_sequence(instruction.as_deref().unwrap_or_default(), para);
            if let Some(open) = walker.fields.last_mut() {
                (open.in_result, open.link) = (true, link);
            }
        }
        Some("end") => {
            walker.fields.pop();
        }
        _ => {}
    }
}

/// Keeps the name of the sequence that a field of captions counts.
fn note_sequence(instruction: &str, para: &mut Para) {
    let mut words = instruction.split_whitespace();
    if words.next().is_some_and(|w| w.eq_ignore_ascii_case("seq")) {
        para.sequence = words.next().map(str::to_owned);
    }
}

/// The address in the instruction of a field.
fn field_link(walker: &mut Walker<'_, '_, '_>, instruction: &str) -> Option<Rc<str>> {
    let rest = instruction.trim_start();
    let rest = rest.get(..9).filter(|w| w.eq_ignore_ascii_case("hyperlink")).map(|_| &rest[9..])?;
    let rest = rest.trim_start();
    let url = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next()?,
    };
    // \l goes to a place within the document.
    if url.starts_with('\\') { None } else { address(walker, url) }
}

fn link_of(walker: &mut Walker<'_, '_, '_>, node: Node<'_, '_>) -> Option<Rc<str>> {
    let id = node.attributes().find(|a| a.name() == "id").map(|a| a.value())?;
    match walker.relations.get(id)? {
        Target::Outside(url) => {
            let url = url.clone();
            address(walker, &url)
        }
        Target::Part(_) => None,
    }
}

/// An address that may be followed from a book or a page; any other is told.
fn address(walker: &mut Walker<'_, '_, '_>, url: &str) -> Option<Rc<str>> {
    let url = url.trim();
    let lower = url.to_ascii_lowercase();
    let known = ["http://", "https://", "mailto:", "ftp://", "tel:"];
    if known.iter().any(|k| lower.starts_with(k)) {
        return Some(Rc::from(url));
    }
    if !url.is_empty() && !url.starts_with('#') {
        walker.met.addresses.push(url.to_owned());
    }
    None
}

fn note(
    walker: &mut Walker<'_, '_, '_>,
    node: Node<'_, '_>,
    kind: &'static str,
    run: &Run,
    depth: usize,
    para: &mut Para,
) {
    let Some(id) = attr(node, "id") else { return };
    let Some(body) = walker.notes.get(&(kind, id.to_owned())).copied() else { return };
    let outer = walker.relations;
    if let Some(own) = walker.note_relations.get(kind) {
        walker.relations = own;
    }
    // A note that calls notes would call itself in the end.
    let items = if depth > DEPTH / 2 { Vec::new() } else { walker.items(body, depth + DEPTH / 2) };
    walker.relations = outer;
    let mut marks = run.marks.clone();
    (marks.raise, marks.dotted) = (None, false);
    let blocks = structure::blocks(&items);
    if visible(walker) && !blocks.is_empty() {
        para.spans.push(Span { marks, what: What::Note(blocks) });
    }
}

fn ruby(walker: &mut Walker<'_, '_, '_>, node: Node<'_, '_>, run: &Run, para: &mut Para) {
    let part = |wanted| child(node, wanted).map(all_text).unwrap_or_default();
    let (base, reading) = (part("rubyBase"), part("rt"));
    match (base.is_empty(), reading.is_empty()) {
        (false, false) if !run.hidden => {
            put(walker, What::Ruby { base, text: reading }, run, para);
        }
        _ => text(walker, &format!("{base}{reading}"), run, para),
    }
}
