//! `kanyin review`: the structure that a reader was unsure of and every edit that
//! normalising makes or proposes, and the person's word on them, kept in `review.toml`.

mod ask;
mod show;

use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;
use kanyin::diag::{Code, Decisions, Edit, Fault, Finding};
use kanyin::pipeline::{Read, read_all};
use kanyin::project::{Project, write_decisions};
use kanyin::review::{Doubt, Otherwise};

use super::progress::Bars;
use super::voice::Voice;

const NO_SUCH_EDIT: Code = Code::new("review-no-such-edit");
const NEEDS_PROJECT: Code = Code::new("review-needs-project");
const NOT_SHOWN: Code = Code::new("review-not-shown");
const TWO_WORDS: Code = Code::new("review-two-words");
const NEEDS_TERMINAL: Code = Code::new("review-needs-terminal");
const ONLY_IN_SOURCE: Code = Code::new("review-only-in-source");

/// One thing to decide on. Its number is that of its place among all of them, whatever
/// has become of it and whether or not it is shown, so that it keeps it.
struct Item<'a> {
    number: usize,
    read: &'a Read,
    what: What<'a>,
}

enum What<'a> {
    Structure(&'a Doubt),
    Edit(&'a Edit),
}

/// A person's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Accept,
    Refuse,
    Forget,
}

pub(super) fn run(args: &ArgMatches, folder: &Path, voice: &Voice) -> Result<ExitCode, Fault> {
    let files = super::paths(args, "files");
    let project = super::maybe_project(folder)?;
    let reads = match (&project, files.is_empty()) {
        (Some(project), true) => {
            let library = read_all(project, &Bars::new(voice.lang()))?;
            voice.findings(&library.findings);
            library.reads
        }
        (None, true) => {
            return Err(Project::open(folder)
                .err()
                .unwrap_or_else(|| Fault::usage(Finding::error(NEEDS_PROJECT))));
        }
        (_, false) => files
            .iter()
            .map(|file| super::inspect::read(file, folder))
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .flatten()
            .collect(),
    };
    let items = items(&reads);
    if args.get_flag("ask") {
        return ask_all(project.as_ref(), &items, voice);
    }
    let words = typed(args, &items)?;
    if !words.is_empty() {
        keep(project.as_ref(), &words, &items, voice)?;
    } else if args.get_flag("json") {
        show::json(&items, args.get_flag("all"), voice);
    } else {
        show::all(&items, args.get_flag("all"), voice);
    }
    Ok(ExitCode::SUCCESS)
}

/// Everything there is to decide on: by file, structure first, in the order of the text.
fn items(reads: &[Read]) -> Vec<Item<'_>> {
    let mut out: Vec<Item<'_>> = Vec::new();
    for group in reads.chunk_by(|a, b| a.file == b.file) {
        let structure =
            group.iter().flat_map(|r| r.doubts.iter().map(move |d| (r, What::Structure(d))));
        let edits = group.iter().flat_map(|r| in_order(r).map(move |e| (r, What::Edit(e))));
        for (read, what) in structure.chain(edits) {
            out.push(Item { number: out.len() + 1, read, what });
        }
    }
    out
}

/// The edits of an article in the order of its text, whatever has become of
/// them, so that a number keeps its edit when that is refused or accepted.
fn in_order(read: &Read) -> impl Iterator<Item = &Edit> {
    let mut edits: Vec<&Edit> = read.edits.iter().collect();
    edits.sort_by(|a, b| (&a.place, a.at).cmp(&(&b.place, b.at)));
    edits.into_iter()
}

/// The decisions that were typed.
fn typed<'a, 'b>(
    args: &ArgMatches,
    items: &'b [Item<'a>],
) -> Result<Vec<(&'b Item<'a>, Word)>, Fault> {
    let mut out = Vec::new();
    for (name, word) in
        [("accept", Word::Accept), ("refuse", Word::Refuse), ("forget", Word::Forget)]
    {
        for number in args.get_many::<usize>(name).into_iter().flatten() {
            let Some(item) = number.checked_sub(1).and_then(|i| items.get(i)) else {
                let finding = Finding::error(NO_SUCH_EDIT).arg("number", number);
                return Err(Fault::usage(finding.arg("last", items.len())));
            };
            if word != Word::Forget && !show::is_shown(item, args.get_flag("all")) {
                return Err(Fault::usage(Finding::error(NOT_SHOWN).arg("number", number)));
            }
            if out.iter().any(|(other, _): &(&Item<'_>, _)| other.number == item.number) {
                return Err(Fault::usage(Finding::error(TWO_WORDS).arg("number", number)));
            }
            if word == Word::Refuse && !item.can_be_refused() {
                let finding = Finding::error(ONLY_IN_SOURCE).arg("number", number);
                return Err(Fault::usage(finding.file(&item.read.file)));
            }
            out.push((item, word));
        }
    }
    Ok(out)
}

impl Item<'_> {
    fn can_be_refused(&self) -> bool {
        match self.what {
            What::Structure(doubt) => doubt.otherwise != Otherwise::Nothing,
            What::Edit(_) => true,
        }
    }

    /// Files a word on this item. A decision on nearly the same words gives way to it.
    fn file(&self, word: Word, decisions: &mut Decisions) {
        let key = match self.what {
            What::Structure(doubt) => doubt.key().to_owned(),
            What::Edit(edit) => edit.key(),
        };
        let (accepted, refused) = match self.what {
            What::Structure(_) => {
                (&mut decisions.structure.accepted, &mut decisions.structure.refused)
            }
            What::Edit(_) => (&mut decisions.accepted, &mut decisions.refused),
        };
        for old in self.read.carried.get(&key).into_iter().chain([&key]) {
            accepted.remove(old);
            refused.remove(old);
        }
        match word {
            Word::Accept => accepted.insert(key),
            Word::Refuse => refused.insert(key),
            Word::Forget => false,
        };
    }
}

/// Keeps decisions for good.
fn keep(
    project: Option<&Project>,
    words: &[(&Item<'_>, Word)],
    items: &[Item<'_>],
    voice: &Voice,
) -> Result<(), Fault> {
    let project = project.ok_or_else(|| Fault::usage(Finding::error(NEEDS_PROJECT)))?;
    let mut decisions = project.decisions()?;
    for (item, word) in words {
        item.file(*word, &mut decisions);
    }
    write_decisions(project.root(), &decisions)?;
    voice.line(&voice.text("review-kept", &[("count", words.len().to_string())]));
    let twins = twins(words, items);
    if twins > 0 {
        voice.line(&voice.text("review-twins", &[("count", twins.to_string())]));
    }
    Ok(())
}

/// How many other edits a decision holds for, since the change and the words round it
/// are the same.
fn twins(words: &[(&Item<'_>, Word)], items: &[Item<'_>]) -> usize {
    let key = |item: &Item<'_>| match item.what {
        What::Edit(edit) => Some(edit.key()),
        What::Structure(_) => None,
    };
    let keys: BTreeSet<String> = words.iter().filter_map(|(item, _)| key(item)).collect();
    let typed: BTreeSet<usize> = words.iter().map(|(item, _)| item.number).collect();
    let others = items.iter().filter(|item| !typed.contains(&item.number));
    others.filter_map(key).filter(|key| keys.contains(key)).count()
}

/// Asks about everything that is open, one thing at a time.
fn ask_all(
    project: Option<&Project>,
    items: &[Item<'_>],
    voice: &Voice,
) -> Result<ExitCode, Fault> {
    let project = project.ok_or_else(|| Fault::usage(Finding::error(NEEDS_PROJECT)))?;
    if !std::io::stdin().is_terminal() {
        return Err(Fault::usage(Finding::error(NEEDS_TERMINAL)));
    }
    let mut decisions = project.decisions()?;
    let mut count = 0;
    let mut keep = |item: &Item<'_>, word| {
        item.file(word, &mut decisions);
        count += 1;
        write_decisions(project.root(), &decisions)
    };
    ask::all(items, &mut std::io::stdin().lock(), &mut keep, voice)?;
    if count > 0 {
        voice.line(&voice.text("review-kept", &[("count", count.to_string())]));
    }
    Ok(ExitCode::SUCCESS)
}
