//! What stands below the text of a Word file: the credits, read backwards from the end.

use std::collections::BTreeSet;

use crate::article::{Part, Place};
use crate::diag::Code;
use crate::import::draft::{Draft, SourceLine};
use crate::import::{fields, values};

use super::item::Item;
use super::plan::is_blank;
use super::styles::Align;

const CREDIT_LINE: Code = Code::new("read-credit-line");

/// Finds the credits at the end; gives the items they stand in, and their lines.
pub(super) fn find(items: &[Item], taken: &BTreeSet<usize>) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for (i, item) in items.iter().enumerate().rev() {
        let Item::Paragraph(para) = item else { break };
        if is_blank(para) {
            continue;
        }
        let text = para.text();
        let fits = fields::parse(&text).is_some_and(|f| f.is_foot_line() || f.is_date_only());
        if taken.contains(&i) || !fits || !para.is_only_text() || para.number.is_some() {
            break;
        }
        // A date below a unit's name signs a notice or a letter, and stays with it.
        let end = |item: &&Item| matches!(item, Item::Paragraph(p) if !is_blank(p));
        let signed = items[..i].iter().rev().find(end).is_some_and(|before| match before {
            Item::Paragraph(p) => {
                p.look.align == Some(Align::End)
                    && !fields::parse(&p.text()).is_some_and(|f| f.is_credit_line())
            }
            _ => false,
        });
        if para.look.align == Some(Align::End) && signed {
            break;
        }
        out.push((i, text));
    }
    out.reverse();
    out
}

/// Takes the credits over.
pub(super) fn take(draft: &mut Draft, lines: &[(usize, String)]) {
    for (_, text) in lines {
        if let Some(found) = fields::parse(text) {
            values::apply(draft, SourceLine { number: 0, text }, &found);
            draft.origin(Place::part(Part::Meta), 0, 0.9, CREDIT_LINE);
        }
    }
}
