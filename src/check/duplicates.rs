//! The same article twice: in two formats, or handed in again. Articles are compared
//! by what they say, in runs of five characters; the work grows with their number,
//! not with its square.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::{Article, Run, plain_text};

/// A run of so many letters and characters is compared as one.
const RUN: usize = 5;
/// Articles that share this part of their runs are one.
const SAME: f64 = 0.85;
/// Of two articles with one title the shorter need only be so much within the other: a
/// version without captions is the same article.
const WITHIN: f64 = 0.85;
/// Two dates tell two notices of one form apart, unless they share all but this.
const DATED: f64 = 0.97;
/// A text shorter than this says too little to be known by.
const SHORTEST: usize = 40;
/// By so many of its runs an article is found again.
const SAMPLE: usize = 8;
/// An article is compared with so many others of the same sample at most.
const COMPARED: usize = 16;

/// The groups of articles that are one and the same, as their numbers; each group has
/// two or more, and none is in two groups.
pub fn duplicates(articles: &[&Article]) -> Vec<Vec<usize>> {
    let runs: Vec<Vec<u64>> = articles.iter().map(|article| runs(article)).collect();
    let titles: Vec<String> =
        articles.iter().map(|article| words(&article.title_text()).collect()).collect();
    let mut first: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut group_of: Vec<usize> = (0..articles.len()).collect();
    for (n, own) in runs.iter().enumerate() {
        let sample = &own[..own.len().min(SAMPLE)];
        let lists = sample.iter().filter_map(|run| first.get(run));
        let close: BTreeSet<usize> = lists.flatten().copied().collect();
        let same = close.into_iter().find(|other| {
            let titled = !titles[n].is_empty() && titles[n] == titles[*other];
            let dates = (articles[n].meta.date, articles[*other].meta.date);
            let apart = matches!(dates, (Some(one), Some(another)) if one != another);
            let (jaccard, within) = shared(own, &runs[*other]);
            match apart {
                true => jaccard >= DATED,
                false => jaccard >= SAME || (titled && within >= WITHIN),
            }
        });
        if let Some(other) = same {
            group_of[n] = group_of[other];
            continue;
        }
        // Only the first of a group is met again, so that a thousand copies of one
        // article are a thousand comparisons.
        for run in sample {
            let list = first.entry(*run).or_default();
            if list.len() < COMPARED {
                list.push(n);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (n, group) in group_of.into_iter().enumerate() {
        groups.entry(group).or_default().push(n);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

/// The runs of an article, hashed, each once, in the order of the hashes: the first
/// few are a sample that two like articles have in common.
fn runs(article: &Article) -> Vec<u64> {
    let mut chars: Vec<char> = Vec::new();
    article.for_each_run(&mut |run: Run<'_>| {
        chars.extend(words(&plain_text(run.inlines)));
    });
    if chars.len() < SHORTEST {
        return Vec::new();
    }
    let mut runs: Vec<u64> = chars.windows(RUN).map(hash).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// Letters, digits and Chinese characters, narrow and small.
fn words(text: &str) -> impl Iterator<Item = char> {
    let narrow = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    };
    text.chars().filter(|c| c.is_alphanumeric()).map(narrow).flat_map(char::to_lowercase)
}

/// FNV-1a with its bits mixed, so that the smallest hashes are a fair sample.
fn hash(run: &[char]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for c in run {
        hash = (hash ^ u64::from(u32::from(*c))).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^ (hash >> 33)
}

/// The part of all runs of the two that both have (Jaccard's index), and the part of
/// the shorter one's.
fn shared(a: &[u64], b: &[u64]) -> (f64, f64) {
    let (mut i, mut j, mut both) = (0, 0, 0_usize);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        both += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    let part = |of: usize| both as f64 / of.max(1) as f64;
    (part(a.len() + b.len() - both), part(a.len().min(b.len())))
}
