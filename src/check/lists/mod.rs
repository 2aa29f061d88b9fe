//! The department's own lists, which rules compare an article with. This file
//! knows what each file of `lists/` is called and what its lines mean; finding
//! and opening the files is not its affair.

mod lines;
mod term;

use crate::diag::{Code, Finding, Warned};

use super::near::{Letters, Near};
use lines::{Fields, lines};
pub use term::Term;

const WRONG_LINE: Code = Code::new("list-line-wrong");
const UNKNOWN: Code = Code::new("list-unknown");

/// What a department keeps about its own words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lists {
    /// People with their posts, in the order of the file; who has two posts stands
    /// there twice.
    pub people: Vec<Person>,
    /// Units and their names.
    pub units: Vec<Unit>,
    /// Expressions that are always worded in one way.
    pub formulas: Vec<Formula>,
    /// Words that an editor should look at twice.
    pub cautious: Vec<Cautious>,
    /// Words that are taken for others.
    pub confusions: Vec<Confusion>,
    /// Words that an index lists besides people and units.
    pub topics: Vec<Topic>,
    /// How words are read, for an index by sound.
    pub readings: Vec<Reading>,
    /// Texts that are quoted.
    pub passages: Vec<Passage>,
}

/// A person in one post.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The unit, as the list has it.
    pub unit: String,
    /// The post.
    pub title: String,
    /// When the post was held; all the time where the list does not say.
    pub term: Term,
    /// The place in an enumeration of people, from 1, where the list gives one.
    pub rank: Option<u32>,
}

/// A unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Its full name.
    pub name: String,
    /// The short forms that may be used.
    pub short: Vec<String>,
    /// Forms that are wrong.
    pub wrong: Vec<String>,
}

/// An expression that is always worded in one way.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    /// The right wording.
    pub right: String,
    /// Known slips.
    pub wrong: Vec<String>,
}

/// A word to look at twice.
#[derive(Debug, Clone, PartialEq)]
pub struct Cautious {
    /// The word.
    pub word: String,
    /// Why, in the department's words; may be empty.
    pub note: String,
    /// Longer words that hold it and are not meant.
    pub except: Vec<String>,
}

/// A word that is taken for another.
#[derive(Debug, Clone, PartialEq)]
pub struct Confusion {
    /// What is written by mistake.
    pub wrong: String,
    /// What is most likely meant.
    pub right: String,
    /// Why, in the department's words; may be empty.
    pub note: String,
}

/// A word that an index lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    /// The word.
    pub word: String,
    /// Other words for the same, which lead to it.
    pub forms: Vec<String>,
}

/// How a word is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The word.
    pub word: String,
    /// Its reading in pinyin, with spaces between syllables, one a character.
    pub sound: String,
}

/// A text that is quoted.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The file's name without its ending: what the text is called.
    pub name: String,
    /// The text.
    pub text: String,
    /// Its letters, to compare with.
    pub(super) letters: Letters,
}

impl Passage {
    /// The words of the text that were found, with their marks.
    pub(super) fn part(&self, near: &Near) -> String {
        let span = self.letters.span(&near.range);
        let words = self.text.chars().skip(span.start).take(span.len());
        words.filter(|c| *c != '\n').collect()
    }
}

impl Lists {
    /// Understands the files of `lists/`: pairs of a file's path, relative to the
    /// project with `/` between folders, and its text. Lines that make no sense are
    /// passed over and told.
    pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Warned<Self> {
        let mut lists = Warned::clean(Self::default());
        for (path, text) in files {
            let (folder, file) = path.rsplit_once('/').unwrap_or_default();
            let stem = file.strip_suffix(".txt").unwrap_or(file);
            if folder.rsplit('/').next() == Some("引文") {
                lists.value.passages.push(passage(stem, text));
                continue;
            }
            let put: fn(&mut Self, &Fields<'_>) -> Option<()> = match stem {
                "人名" => person,
                "单位" => unit,
                "固定表述" => formula,
                "慎用词" => cautious,
                "易混词" => confusion,
                "主题词" => topic,
                "读音" => reading,
                _ => {
                    lists.findings.push(Finding::note(UNKNOWN).file(path));
                    continue;
                }
            };
            for (number, fields) in lines(text) {
                if put(&mut lists.value, &fields).is_none() {
                    let line = fields.whole.chars().take(30).collect::<String>();
                    lists
                        .findings
                        .push(Finding::warning(WRONG_LINE).file(path).line(number).excerpt(line));
                }
            }
        }
        lists
    }
}

/// `姓名　单位　职务`, and behind them in any order a term and a rank.
fn person(lists: &mut Lists, fields: &Fields<'_>) -> Option<()> {
    let [name, unit, title, rest @ ..] = fields.all.as_slice() else { return None };
    let mut person = Person {
        name: (*name).to_owned(),
        unit: (*unit).to_owned(),
        title: (*title).to_owned(),
        term: Term::default(),
        rank: None,
    };
    for field in rest {
        if let Ok(rank) = field.parse() {
            person.rank = Some(rank);
        } else {
            person.term = Term::read(field)?;
        }
    }
    lists.people.push(person);
    Some(())
}

/// `全称　简称…`, and behind `误：` forms that are wrong.
fn unit(lists: &mut Lists, fields: &Fields<'_>) -> Option<()> {
    let (wrong, names) = fields.marked("误");
    let (name, short) = names.split_first()?;
    let owned = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
    lists.units.push(Unit { name: (*name).to_owned(), short: owned(short), wrong });
    Some(())
}

/// `正确的写法　误写…`.
fn formula(lists: &mut Lists, fields: &Fields<'_>) -> Option<()> {
    let (right, wrong) = fields.all.split_first()?;
    let wrong = wrong.iter().map(|w| (*w).to_owned()).collect();
    lists.formulas.push(Formula { right: (*right).to_owned(), wrong });
    Some(())
}

/// `词　说明`, and behind `除：` longer words that are not meant.
fn cautious(lists: &mut Lists, fields: &Fields<'_>) -> Option<()> {
    let (except, rest) = fields.marked("除");
    let (word, note) = rest.split_first()?;
    let (word, note) = ((*word).to_owned(), note.join("，"));
    lists.cautious.push(Cautious { word, note, except });
    Some(())
}

/// `误写　应为　说明`.
fn confusion(lists: &mut Lists, fields: &Fields<'_>) -> Option<()> {
    let [wrong, right, note @ ..] = fields.all.as_slice() else { return None };
    if wrong == right {
        return None;
    }
    let (wrong, right) = ((*wrong).to_owned(), (*right).to_owned());
    lists.confusions.push(Confusion { wrong, right, note: note.join("，") });
    Some(())
}

/// `词　别的说法…`.
fn topic(lists: &mut Lists, fields: &Fields<'_>) -> Option<()> {
    let (word, forms) = fields.all.split_first()?;
    let forms = forms.iter().map(|form| (*form).to_owned()).collect();
    lists.topics.push(Topic { word: (*word).to_owned(), forms });
    Some(())
}

/// `词　读音`, the reading in Latin letters, a syllable for each character.
fn reading(lists: &mut Lists, fields: &Fields<'_>) -> Option<()> {
    let [word, sound] = fields.all.as_slice() else { return None };
    if !sound.chars().all(|c| c.is_alphabetic() && u32::from(c) < 0x300 || " '’".contains(c)) {
        return None;
    }
    let syllables = sound.split([' ', '\'', '’']).filter(|syllable| !syllable.is_empty());
    if syllables.count() != word.chars().count() {
        return None;
    }
    lists.readings.push(Reading { word: (*word).to_owned(), sound: (*sound).to_owned() });
    Some(())
}

fn passage(name: &str, text: &str) -> Passage {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let text = lines.collect::<Vec<_>>().join("\n");
    let letters = Letters::of(&text.chars().collect::<Vec<_>>());
    Passage { name: name.to_owned(), text, letters }
}
