//! Decisions over light changes: a key that meets nothing any more holds for the one
//! thing whose words differ from it by a few characters.

use std::collections::{BTreeMap, BTreeSet};

/// Words must be this much alike, from 0 to 1.
const ALIKE: f64 = 0.8;
/// Words shorter than this must be the same.
const SHORTEST: usize = 4;
/// So many keys that share a run of characters are compared at most.
const COMPARED: usize = 200;

/// For every key in `met` that nobody decided on and that is nearly one of `decided`
/// which itself was not met: the decided one. Each is carried over once, to the most
/// similar.
pub fn carried(decided: &BTreeSet<&str>, met: &BTreeSet<String>) -> BTreeMap<String, String> {
    let orphans: Vec<Key<'_>> =
        decided.iter().filter(|key| !met.contains(**key)).map(|key| Key::of(key)).collect();
    if orphans.is_empty() {
        return BTreeMap::new();
    }
    let mut by_gram: BTreeMap<(&str, [char; 2]), Vec<usize>> = BTreeMap::new();
    for (n, key) in orphans.iter().enumerate() {
        for gram in key.grams() {
            by_gram.entry((key.group.as_ref(), gram)).or_default().push(n);
        }
    }
    let mut pairs = Vec::new();
    for (n, name) in met.iter().enumerate().filter(|(_, key)| !decided.contains(key.as_str())) {
        let key = Key::of(name);
        let grams = key.grams();
        let lists = grams.iter().filter_map(|gram| by_gram.get(&(key.group.as_ref(), *gram)));
        let close: BTreeSet<usize> = lists.flatten().copied().take(COMPARED * 8).collect();
        for orphan in close.into_iter().take(COMPARED) {
            let alike = key.alike(&orphans[orphan]);
            if alike >= ALIKE {
                pairs.push((alike, orphan, n, name));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut out = BTreeMap::new();
    let mut used = BTreeSet::new();
    for (_, orphan, _, name) in pairs {
        if !out.contains_key(name) && used.insert(orphan) {
            out.insert(name.clone(), orphans[orphan].name.to_owned());
        }
    }
    out
}

/// A key taken apart: what must be the same, and the words that may differ.
struct Key<'a> {
    name: &'a str,
    group: String,
    words: Vec<char>,
}

impl<'a> Key<'a> {
    /// `kind: words`, or `rule: words[old→new]words`.
    fn of(name: &'a str) -> Self {
        let (kind, rest) = name.split_once(": ").unwrap_or((name, ""));
        let (group, words) = match (rest.find('['), rest.rfind(']')) {
            (Some(open), Some(close)) if open < close => {
                let group = format!("{kind}{}", &rest[open..=close]);
                (group, rest[..open].chars().chain(rest[close + 1..].chars()).collect())
            }
            _ => (kind.to_owned(), rest.chars().collect()),
        };
        Self { name, group, words }
    }

    fn grams(&self) -> BTreeSet<[char; 2]> {
        self.words.windows(2).filter_map(|w| w.try_into().ok()).collect()
    }

    /// How much the words are alike, from 0 to 1.
    fn alike(&self, other: &Self) -> f64 {
        let (a, b) = (&self.words, &other.words);
        let longest = a.len().max(b.len());
        if a == b {
            return 1.0;
        }
        if a.len().min(b.len()) < SHORTEST {
            return 0.0;
        }
        1.0 - distance(a, b) as f64 / longest as f64
    }
}

/// How many characters must be put in, taken out or changed to make one of the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
