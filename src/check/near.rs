//! Words that are nearly the same: letters and digits compared, marks and spaces
//! left out. Bounded in time whatever the text.

use std::ops::Range;

/// How many places of a text are compared with one passage at most.
const TRIES: usize = 12;

/// The letters and digits of a text, and where each stood.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Letters {
    /// The letters alone.
    pub(super) chars: Vec<char>,
    /// For each its position among the characters of the text.
    pub(super) at: Vec<usize>,
    text: String,
}

/// A passage found again, perhaps with slips.
pub(super) struct Near {
    /// Which letters of the text it takes.
    pub(super) range: Range<usize>,
    /// How many letters have to be changed, put in or taken out.
    pub(super) distance: usize,
}

impl Letters {
    /// Picks the letters and digits out of a text.
    pub(super) fn of(chars: &[char]) -> Self {
        let at: Vec<usize> = (0..chars.len()).filter(|&i| chars[i].is_alphanumeric()).collect();
        let chars: Vec<char> = at.iter().map(|&i| chars[i]).collect();
        let text = chars.iter().collect();
        Self { chars, at, text }
    }

    /// The characters of the text that these letters take.
    pub(super) fn span(&self, range: &Range<usize>) -> Range<usize> {
        let end = range.end.checked_sub(1).and_then(|i| self.at.get(i)).map_or(0, |i| i + 1);
        self.at.get(range.start).copied().unwrap_or(end).min(end)..end
    }

    /// The place in this text that is nearest to `wanted`, with at most so many slips.
    ///
    /// Of a passage cut into one piece more than there may be slips, one piece at
    /// least stands in the text unchanged: those are looked for first.
    pub(super) fn nearest(&self, wanted: &[char], allowed: usize) -> Option<Near> {
        let pieces = allowed + 1;
        let len = wanted.len() / pieces;
        if len < 2 {
            return None;
        }
        let mut best: Option<Near> = None;
        let mut tries = 0;
        for n in 0..pieces {
            let piece: String = wanted[n * len..(n + 1) * len].iter().collect();
            for (byte, _) in self.text.match_indices(&piece) {
                let at = self.text[..byte].chars().count();
                let near = self.around(at.saturating_sub(n * len), wanted, allowed);
                let better = |near: &Near| best.as_ref().is_none_or(|b| near.distance < b.distance);
                if let Some(near) = near.filter(better) {
                    let exact = near.distance == 0;
                    best = Some(near);
                    if exact {
                        return best;
                    }
                }
                tries += 1;
                if tries == TRIES {
                    return best;
                }
            }
        }
        best
    }

    /// Compares the passage with the text about one place.
    fn around(&self, start: usize, wanted: &[char], allowed: usize) -> Option<Near> {
        let from = start.saturating_sub(allowed);
        let to = (start + wanted.len() + allowed).min(self.chars.len());
        let text = &self.chars[from..to];
        // Each cell: the slips so far, and where in the text the match began.
        let mut row: Vec<(usize, usize)> = (0..=text.len()).map(|i| (0, i)).collect();
        for (n, letter) in wanted.iter().enumerate() {
            let mut diagonal = row[0];
            row[0] = (n + 1, 0);
            for i in 1..=text.len() {
                let same = usize::from(text[i - 1] != *letter);
                let next = (diagonal.0 + same, diagonal.1)
                    .min((row[i].0 + 1, row[i].1))
                    .min((row[i - 1].0 + 1, row[i - 1].1));
                diagonal = row[i];
                row[i] = next;
            }
        }
        // Of matches that are equally near, the one as long as the passage.
        let (end, (distance, begin)) =
            row.into_iter().enumerate().min_by_key(|(end, (distance, begin))| {
                (*distance, end.saturating_sub(*begin).abs_diff(wanted.len()))
            })?;
        let range = from + begin..from + end;
        (distance <= allowed && !range.is_empty()).then_some(Near { range, distance })
    }
}

/// Whether two texts differ in numbers alone: the third meeting is not a slip for
/// the fourth.
pub(super) fn only_numbers(a: &[char], b: &[char]) -> bool {
    let number = |c: &char| c.is_ascii_digit() || "〇零一二三四五六七八九十百千万两".contains(*c);
    let rest = |chars: &[char]| chars.iter().filter(|c| !number(c)).copied().collect::<Vec<_>>();
    a != b && rest(a) == rest(b)
}
