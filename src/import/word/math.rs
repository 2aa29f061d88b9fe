//! Formulas (Office MathML) as a line of text: the model has no formulas, so what
//! is raised or lowered is kept and the rest is written in a row.

use roxmltree::Node;

use super::item::{Marks, Span, What};
use super::styles::Raise;
use super::xml::{all_text, attr, child, name};

/// Formulas within formulas are read this deep.
const DEPTH: usize = 24;

/// The pieces of a formula.
pub(super) fn spans(node: Node<'_, '_>) -> Vec<Span> {
    let mut out = Vec::new();
    walk(node, Raise::No, 0, &mut out);
    out
}

fn walk(node: Node<'_, '_>, raise: Raise, depth: usize, out: &mut Vec<Span>) {
    if depth > DEPTH {
        push(&all_text(node).replace('\n', " "), raise, out);
        return;
    }
    let part = |wanted: &str, raise: Raise, out: &mut Vec<Span>| {
        if let Some(inner) = child(node, wanted) {
            walk(inner, raise, depth + 1, out);
        }
    };
    match name(node) {
        "t" => push(node.text().unwrap_or_default(), raise, out),
        "f" => {
            grouped(node, "num", raise, depth, out);
            push("/", raise, out);
            grouped(node, "den", raise, depth, out);
        }
        "sSup" | "sSub" | "sSubSup" => {
            part("e", raise, out);
            part("sub", Raise::Down, out);
            part("sup", Raise::Up, out);
        }
        "nary" => {
            let sign = child(node, "naryPr").and_then(|p| child(p, "chr"));
            push(sign.and_then(|c| attr(c, "val")).unwrap_or("∫"), raise, out);
            part("sub", Raise::Down, out);
            part("sup", Raise::Up, out);
            part("e", raise, out);
        }
        "rad" => {
            part("deg", Raise::Up, out);
            push("√", raise, out);
            grouped(node, "e", raise, depth, out);
        }
        "d" => {
            let signs = child(node, "dPr");
            let sign = |name: &str, usual: &'static str| {
                signs.and_then(|p| child(p, name)).and_then(|c| attr(c, "val")).unwrap_or(usual)
            };
            let (open, between, close) =
                (sign("begChr", "("), sign("sepChr", "|"), sign("endChr", ")"));
            push(open, raise, out);
            for (i, inner) in node.children().filter(|n| name(*n) == "e").enumerate() {
                if i > 0 {
                    push(between, raise, out);
                }
                walk(inner, raise, depth + 1, out);
            }
            push(close, raise, out);
        }
        _ => node.children().for_each(|inner| walk(inner, raise, depth + 1, out)),
    }
}

/// A part in brackets where it is longer than one sign.
fn grouped(node: Node<'_, '_>, wanted: &str, raise: Raise, depth: usize, out: &mut Vec<Span>) {
    let Some(inner) = child(node, wanted) else { return };
    let long = all_text(inner).chars().count() > 1;
    if long {
        push("(", raise, out);
    }
    walk(inner, raise, depth + 1, out);
    if long {
        push(")", raise, out);
    }
}

fn push(text: &str, raise: Raise, out: &mut Vec<Span>) {
    if !text.is_empty() {
        let marks = Marks { raise: Some(raise), ..Marks::default() };
        out.push(Span { marks, what: What::Text(text.to_owned()) });
    }
}
