//! How catalogues in Latin letters file Chinese names: people as their passports have
//! them (GB/T 28039-2011), everything else syllable by syllable, as Chinese libraries
//! file titles. Nothing is shown so; it is for sorting.

use super::sound::{Readings, Syllable};

/// Surnames of two characters, one a line.
const COMPOUND: &str = include_str!("compound_surnames.txt");

impl Readings {
    /// A person's name: `Su Yanqiu`, `Ouyang Xiu`. One that is written in several
    /// words keeps them.
    pub fn person(&self, name: &str) -> String {
        let words = words(name);
        if let [word] = words.as_slice() {
            let count = word.chars().count();
            let two = COMPOUND.lines().any(|surname| word.starts_with(surname));
            let surname = if two { 2 } else { 1 };
            let syllables = self.syllables(word, true);
            if (2..=4).contains(&count) && count > surname && syllables.iter().all(Syllable::is_han)
            {
                let (surname, given) = syllables.split_at(surname);
                return format!("{} {}", joined(surname), joined(given));
            }
        }
        let words = words.iter().map(|word| joined(&self.syllables(word, false)));
        words.collect::<Vec<_>>().join(" ")
    }

    /// A title or the name of an institution: `Yun lan da xue`.
    pub fn filed(&self, name: &str) -> String {
        let mut spelled: Vec<String> = Vec::new();
        for word in words(name) {
            let mut latin = String::new();
            for syllable in self.syllables(&word, false) {
                if syllable.is_han() {
                    spelled.extend(Some(std::mem::take(&mut latin)).filter(|l| !l.is_empty()));
                    spelled.push(syllable.spelled());
                } else {
                    latin.push_str(&syllable.spelled());
                }
            }
            spelled.extend(Some(latin).filter(|l| !l.is_empty()));
        }
        capital(&spelled.join(" "))
    }
}

/// What stands between marks and spaces.
fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Syllables as one word; an apostrophe parts those that would be read as others.
fn joined(syllables: &[Syllable]) -> String {
    let mut word = String::new();
    for syllable in syllables {
        let spelled = syllable.spelled();
        if !word.is_empty() && syllable.is_han() && spelled.starts_with(['a', 'o', 'e']) {
            word.push('\'');
        }
        word.push_str(&spelled);
    }
    capital(&word)
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    first + chars.as_str()
}
