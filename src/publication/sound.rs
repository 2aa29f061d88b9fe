//! How names sound, for lists in the order of pinyin: by the first character's
//! syllable, then its tone, then the character, and so on character by character
//! (GB/T 22466-2008). It knows readings, not what they are for.

use std::collections::HashMap;
use std::sync::OnceLock;

use pinyin::ToPinyin as _;
use unicode_normalization::UnicodeNormalization as _;

/// How surnames are read that are read otherwise in other words, a line each.
const SURNAMES: &str = include_str!("surnames.txt");

/// A name's place in the order of pinyin.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sound(Vec<Syllable>);

/// One character's sound; compared field by field, in this order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Syllable {
    /// Letters without marks; what has no reading comes after all others.
    letters: String,
    /// Whether its u is ü: lu, lü, luan, lüe, lun.
    umlaut: bool,
    /// 1 to 4; 5 where it has none.
    tone: u8,
    /// The character itself.
    character: char,
}

impl Syllable {
    /// Whether it is the sound of a Chinese character, not a letter or figure.
    pub(super) fn is_han(&self) -> bool {
        !self.character.is_ascii()
    }

    /// Its letters without tones; what has no reading is the character itself.
    pub(super) fn spelled(&self) -> String {
        match (self.letters.as_str(), self.umlaut) {
            _ if self.character.is_ascii() => self.character.to_string(),
            (LAST, _) => self.character.to_string(),
            (letters, true) => letters.replacen('u', "ü", 1),
            (letters, false) => letters.to_owned(),
        }
    }
}

/// After every letter.
const LAST: &str = "\u{10FFFF}";

impl Sound {
    /// The letter that the name stands under; `None` for figures and for characters
    /// that nobody knows how to read.
    pub(super) fn letter(&self) -> Option<char> {
        let first = self.0.first()?.letters.chars().next()?;
        first.is_ascii_alphabetic().then(|| first.to_ascii_uppercase())
    }
}

/// Readings of words, found by the first character, the longest word first.
#[derive(Debug, Clone, Default)]
pub struct Readings(HashMap<char, Vec<Reading>>);

/// How a word is read: as many syllables as characters.
#[derive(Debug, Clone)]
struct Reading {
    word: Vec<char>,
    syllables: Vec<String>,
}

impl Readings {
    /// From words and their pinyin, a syllable a character; what does not go
    /// together is passed over.
    pub fn new<'a>(words: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut by_first: HashMap<char, Vec<Reading>> = HashMap::new();
        for (word, sound) in words {
            let word: Vec<char> = word.chars().collect();
            let apart = |c: char| c.is_whitespace() || c == '\'' || c == '’';
            let syllables = sound.split(apart).filter(|s| !s.is_empty());
            let syllables: Vec<String> = syllables.map(str::to_owned).collect();
            if let Some(first) = word.first().filter(|_| word.len() == syllables.len()) {
                by_first.entry(*first).or_default().push(Reading { word, syllables });
            }
        }
        // The longest word that stands at a place decides.
        by_first.values_mut().for_each(|list| list.sort_by_key(|r| usize::MAX - r.word.len()));
        Self(by_first)
    }

    fn surnames() -> &'static Self {
        static SURNAMES_READ: OnceLock<Readings> = OnceLock::new();
        SURNAMES_READ.get_or_init(|| Self::new(SURNAMES.lines().filter_map(|l| l.split_once(' '))))
    }

    /// The syllables of the longest word that these characters begin with.
    fn at(&self, characters: &[char]) -> Option<&[String]> {
        let words = self.0.get(characters.first()?)?;
        words.iter().find(|r| characters.starts_with(&r.word)).map(|r| r.syllables.as_slice())
    }

    /// How a name sounds; a person's begins with a surname. The department's own
    /// readings go before the surnames', and these before what a character usually
    /// is.
    pub(super) fn sound(&self, name: &str, person: bool) -> Sound {
        Sound(self.syllables(name, person))
    }

    /// The sounds of its letters and characters, one by one.
    pub(super) fn syllables(&self, name: &str, person: bool) -> Vec<Syllable> {
        let characters: Vec<char> = name.chars().filter(|c| c.is_alphanumeric()).collect();
        let mut syllables = Vec::with_capacity(characters.len());
        while let Some(rest) = characters.get(syllables.len()..).filter(|rest| !rest.is_empty()) {
            let surname = || Self::surnames().at(rest).filter(|_| person && syllables.is_empty());
            match self.at(rest).or_else(surname) {
                Some(known) => {
                    let read: Vec<_> =
                        known.iter().zip(rest).map(|(s, c)| syllable(s, *c)).collect();
                    syllables.extend(read);
                }
                None => syllables.push(usual(rest[0])),
            }
        }
        syllables
    }
}

/// What a character usually is read as; letters and figures are themselves.
fn usual(character: char) -> Syllable {
    if character.is_ascii() {
        return syllable(character.to_ascii_lowercase().encode_utf8(&mut [0; 4]), character);
    }
    match character.to_pinyin() {
        Some(reading) => syllable(reading.with_tone_num_end(), character),
        None => Syllable { letters: LAST.to_owned(), umlaut: false, tone: 5, character },
    }
}

/// A syllable as it is written: `lǜ`, `lü4` or `lv4`.
fn syllable(written: &str, character: char) -> Syllable {
    let mut out = Syllable { letters: String::new(), umlaut: false, tone: 5, character };
    // A Latin name's own letters and figures are no marks of a tone.
    if character.is_ascii() {
        out.letters = written.to_owned();
        return out;
    }
    for c in written.nfd() {
        match c {
            '\u{304}' | '1' => out.tone = 1,
            '\u{301}' | '2' => out.tone = 2,
            '\u{30C}' | '3' => out.tone = 3,
            '\u{300}' | '4' => out.tone = 4,
            '\u{308}' => out.umlaut = true,
            'v' | 'V' => {
                out.umlaut = true;
                out.letters.push('u');
            }
            c if c.is_ascii_alphabetic() => out.letters.push(c.to_ascii_lowercase()),
            _ => {}
        }
    }
    out
}
