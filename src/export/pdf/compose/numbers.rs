//! Numbers stay whole, and with what they count (CLREQ, digits with their prefix
//! and suffix): 2024年, 第十五届, 15 km, GB/T 9704, 3～5.

use crate::publication::ordinal;

use super::line::Line;
use super::marks::{han, latin};

/// The longest word before a number that stays with it, as in GB/T 9704.
const LONGEST_SIGN: usize = 5;

/// Whether a line may not part before the character because a number would tear.
pub(super) fn tie(line: &Line, at: usize) -> bool {
    let (Some(before), Some(here)) = (line.text(at.checked_sub(1)), line.text(Some(at))) else {
        return false;
    };
    let two = at.checked_sub(2).and_then(|two| line.text(Some(two)));
    let next = line.text(Some(at + 1));
    if digit(before) {
        // 2024年; 10：30. A range's own marks begin no line anyway.
        return han(here) || (here == '：' && next.is_some_and(digit));
    }
    if digit(here) {
        return match before {
            '～' | '~' | '—' | '–' | '－' | '-' | '：' | '·' => two.is_some_and(digit),
            ' ' => sign_before(line, at - 1),
            _ => in_ordinal(line, at),
        };
    }
    if before == ' ' {
        // A figure and its unit.
        return two.is_some_and(digit) && unit(here) && !sentence(line, at);
    }
    in_ordinal(line, at)
}

fn digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

fn unit(c: char) -> bool {
    latin(c) || matches!(c, '%' | '‰' | '°' | '℃' | 'µ' | 'μ' | 'Ω' | '％')
}

/// Whether a word of many letters begins here, which is no unit.
fn sentence(line: &Line, at: usize) -> bool {
    (at..at + LONGEST_SIGN + 1).all(|i| line.text(Some(i)).is_some_and(latin))
}

/// Whether the word that ends before the space is a sign such as GB/T or No.
fn sign_before(line: &Line, space: usize) -> bool {
    let word = (0..space).rev().take(LONGEST_SIGN + 1).map_while(|i| line.text(Some(i)));
    let word: Vec<char> = word.take_while(|c| latin(*c) || matches!(c, '/' | '.')).collect();
    let capitals = word.iter().filter(|c| c.is_uppercase()).count();
    !word.is_empty() && word.len() <= LONGEST_SIGN && (capitals > 1 || word[0] == '.')
}

/// Whether 第 and what it counts go on over the place.
fn in_ordinal(line: &Line, at: usize) -> bool {
    let from = at.saturating_sub(ordinal::LONGEST);
    (from..at).any(|start| {
        let chars = (start..line.len()).map_while(|i| line.text(Some(i)));
        start + ordinal::length(chars) > at
    })
}
