//! A set of characters: one bit each, since a book of Chinese has thousands of
//! them and meets each many times.

/// A set of characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Characters(Vec<u64>);

impl Characters {
    /// Adds a character.
    pub(super) fn insert(&mut self, c: char) {
        let (word, bit) = (c as usize / 64, c as usize % 64);
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << bit;
    }

    /// Whether it holds the character.
    pub(super) fn contains(&self, c: char) -> bool {
        self.0.get(c as usize / 64).is_some_and(|word| word >> (c as usize % 64) & 1 == 1)
    }

    /// Its characters in the order of their code points.
    pub(super) fn iter(&self) -> impl Iterator<Item = char> {
        self.0.iter().enumerate().flat_map(|(i, &word)| {
            (0..64usize)
                .filter(move |bit| word >> bit & 1 == 1)
                .filter_map(move |bit| char::from_u32(u32::try_from(i * 64 + bit).ok()?))
        })
    }
}

/// Whether a character needs no glyph: spaces, line ends and the marks that
/// steer how others are shown.
pub(super) fn invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0100}'..='\u{e01ef}')
}

/// Whether the fonts of many reading systems lack the character: the rare Han of
/// Extension A and of everything beyond the basic plane, what was added to the end of
/// the common ones after Unicode 1.1, and private use.
pub(super) fn rare(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{9fa6}'..='\u{9fff}' | '\u{e000}'..='\u{f8ff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether it is a pictograph (emoji): reading systems bring fonts of their own for
/// these, in colour, and books have none.
pub(super) fn pictograph(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}
