//! The chain that everything else hangs on: long pieces that stand exactly once in
//! a file, as many of them as are in order (as in a patience diff). Between two of
//! them the rest is searched, so a piece that is missing never leads the search
//! astray and the whole stays near-linear.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::grams::{hash, rolling};
use super::pieces::{Piece, Stand};
use super::text::FileText;

/// How many characters at its beginning a link is known by.
const LINK: usize = 12;

/// For each piece of the flow, where it begins if it is a link of the chain.
pub(super) fn chain(text: &FileText, flow: &[&Piece]) -> Vec<Option<usize>> {
    let mut heads: HashMap<u64, Option<usize>> = HashMap::new();
    for (n, piece) in flow.iter().enumerate() {
        let head = piece.run(0, LINK);
        if head.len() == LINK && piece.stand == Stand::Flow {
            match heads.entry(hash(head)) {
                Entry::Vacant(vacant) => {
                    vacant.insert(Some(n));
                }
                Entry::Occupied(mut twice) => {
                    twice.insert(None);
                }
            }
        }
    }
    let mut places: Vec<Option<usize>> = vec![None; flow.len()];
    let mut twice = vec![false; flow.len()];
    for (at, hash) in rolling(&text.chars, LINK) {
        if let Some(Some(n)) = heads.get(&hash)
            && text.holds(at, flow[*n].run(0, LINK))
        {
            twice[*n] |= places[*n].is_some();
            places[*n] = Some(at);
        }
    }
    for (place, twice) in places.iter_mut().zip(twice) {
        *place = place.filter(|_| !twice);
    }
    rising(&places)
}

/// The longest rising selection of places; the others are taken out.
fn rising(places: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; places.len()];
    for (n, place) in places.iter().enumerate() {
        let Some(place) = place else { continue };
        let length = tails.partition_point(|t| places[*t] < Some(*place));
        before[n] = length.checked_sub(1).map(|l| tails[l]);
        if length == tails.len() {
            tails.push(n);
        } else {
            tails[length] = n;
        }
    }
    let mut out = vec![None; places.len()];
    let mut last = tails.last().copied();
    while let Some(n) = last {
        out[n] = places[n];
        last = before[n];
    }
    out
}
