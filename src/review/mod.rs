//! What of an article's structure is doubtful, and a person's word on it: accepted
//! structure is sure, refused structure becomes plain text again, and no word is lost
//! either way. Corrections of the text itself are the affair of `normalise`.

mod blocks;
mod doubt;
mod near;
mod turn;

use crate::article::{Article, Origin, Origins, Part, Place};
use crate::diag::{Code, Edit, Finding, Verdicts};

pub use doubt::{Doubt, Kind, Otherwise, Ruling};
pub use near::carried;

const DECIDED: Code = Code::new("review-decided");

/// An article as its reader understood it, with all that has places in it.
#[derive(Debug)]
pub struct Understood<'a> {
    /// The article.
    pub article: &'a mut Article,
    /// Where its blocks came from.
    pub origins: &'a mut Origins,
    /// What the reader consumed.
    pub edits: &'a mut Vec<Edit>,
    /// What the reader found.
    pub findings: &'a mut Vec<Finding>,
}

/// Everything in the article that its reader inferred, in the order of the text, with
/// what a person said of it; brings the article into the shape that was decided. What
/// was accepted is sure from then on; what was refused is plain text again. The
/// addresses in the list are those before any of it was changed.
pub fn settle(understood: &mut Understood<'_>, verdicts: &Verdicts) -> Vec<Doubt> {
    let mut doubts = doubt::all(understood.article, understood.origins);
    for doubt in &mut doubts {
        doubt.ruling = ruling(doubt, verdicts);
    }
    // From the end, so that the addresses of what stands before stay as they are.
    // Of what stands above the text, too, the first must come last: refused, each
    // becomes the first paragraph.
    let mut order: Vec<&mut Doubt> = doubts.iter_mut().collect();
    order.sort_by_key(|doubt| {
        std::cmp::Reverse((reading_order(doubt.place.part), doubt.place.clone()))
    });
    for doubt in order {
        let told =
            |f: &Finding| f.code.name() == doubt.reason && f.place.as_ref() == Some(&doubt.place);
        match doubt.ruling {
            Ruling::Open => {}
            Ruling::Accepted => {
                understood.findings.retain(|f| !told(f));
                sure(understood.origins, &doubt.place, None);
            }
            Ruling::Refused => {
                understood.findings.retain(|f| !told(f));
                if !turn::refuse(understood, doubt) {
                    doubt.ruling = Ruling::Open;
                }
            }
        }
    }
    doubts
}

/// The parts of an article in the order in which they are read.
fn reading_order(part: Part) -> u8 {
    match part {
        Part::Kicker => 0,
        Part::Title => 1,
        Part::Subtitle => 2,
        Part::Summary => 3,
        Part::Meta => 4,
        Part::Body => 5,
    }
}

fn ruling(doubt: &Doubt, verdicts: &Verdicts) -> Ruling {
    let key = doubt.key();
    if verdicts.refused.contains(key) && doubt.otherwise != Otherwise::Nothing {
        Ruling::Refused
    } else if verdicts.accepted.contains(key) {
        Ruling::Accepted
    } else {
        Ruling::Open
    }
}

/// Records that what stands at a place is sure, with another reason if there is one.
fn sure(origins: &mut Origins, place: &Place, reason: Option<Code>) {
    let Some(origin) = origins.get(place).cloned() else { return };
    let reason = reason.map_or(origin.reason, Code::name);
    origins.record(place.clone(), Origin { confidence: 1.0, reason, ..origin });
}
