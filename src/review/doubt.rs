//! A doubt: one piece of structure that a reader inferred, as a person can judge it.

use serde::{Deserialize, Serialize};

use crate::article::{Article, Block, Figure, Origin, Origins, Part, Place, Step, plain_text};
use crate::diag::{CodeName, code_name, words};

use super::blocks;

/// So many letters and characters of a text are enough to know it again.
const KEY_WORDS: usize = 60;
/// So many of what follows it help to tell short texts apart.
const KEY_NEXT: usize = 10;

/// One piece of structure that a reader inferred.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Doubt {
    /// Where it stands in the article as it was read.
    pub place: Place,
    /// The line in the source, from 1, where the reader knows it.
    pub line: Option<usize>,
    /// What it was taken for.
    pub kind: Kind,
    /// The code of the reason.
    #[serde(with = "code_name")]
    pub reason: CodeName,
    /// How sure the reader was, from 0 to 1.
    pub confidence: f32,
    /// What it says.
    pub text: String,
    /// What it becomes if it is refused.
    pub otherwise: Otherwise,
    /// What a person said of it.
    pub ruling: Ruling,
    key: String,
}

impl Doubt {
    /// What a person's word on it is filed under: its kind, its words and the first
    /// words of what follows, never its place or number.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether a person is asked to look.
    pub fn is_open(&self) -> bool {
        self.ruling == Ruling::Open && self.confidence < Origin::DOUBTFUL
    }
}

/// What a person said of a doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ruling {
    /// Nothing yet.
    Open,
    /// That the reader was right.
    Accepted,
    /// That the reader was wrong.
    Refused,
}

impl Ruling {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
        }
    }
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$inner])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name used in JSON and in `review.toml`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

names! {
    /// What a piece of an article was taken for.
    Kind {
        /// The title.
        Title = "title",
        /// A title with the name and number of a series in it.
        Series = "series",
        /// 引题.
        Kicker = "kicker",
        /// 副题.
        Subtitle = "subtitle",
        /// Date, source, credits and the like.
        Values = "values",
        /// A paragraph.
        Paragraph = "paragraph",
        /// A heading.
        Heading = "heading",
        /// Pictures.
        Figure = "figure",
        /// The caption of a figure or table.
        Caption = "caption",
        /// A list.
        List = "list",
        /// A table.
        Table = "table",
        /// A quotation.
        Quote = "quote",
        /// An editor's note or another aside.
        Aside = "aside",
        /// A rule.
        Rule = "rule",
        /// Something that the reader could not place.
        Unknown = "unknown",
    }
}

names! {
    /// What a piece of structure becomes if it is refused.
    Otherwise {
        /// An ordinary paragraph.
        Paragraph = "paragraph",
        /// Ordinary paragraphs.
        Paragraphs = "paragraphs",
        /// A paragraph of its own beside the picture or table.
        ParagraphBeside = "paragraph-beside",
        /// The words as the source wrote them, the picture's name among them.
        Words = "words",
        /// The title as the source wrote it, with no series.
        WholeTitle = "whole-title",
        /// The first paragraph of the text.
        FirstParagraph = "first-paragraph",
        /// Nothing else: only the source can be changed.
        Nothing = "nothing",
    }
}

/// Everything that was inferred, in the order of the text.
pub(super) fn all(article: &Article, origins: &Origins) -> Vec<Doubt> {
    let mut out = Vec::new();
    for (place, origin) in origins.iter().filter(|(_, origin)| origin.confidence < 1.0) {
        let Some((kind, otherwise, text)) = seen(article, origins, place, origin) else { continue };
        if otherwise == Otherwise::Nothing && !origin.is_doubtful() {
            continue;
        }
        // What an aside holds was inferred with it.
        let outer = place.steps.split_last().map(|(_, steps)| steps.to_vec());
        let outer = outer.map(|steps| Place { part: place.part, steps });
        let with_outer = outer.and_then(|p| origins.get(&p)).map(|o| (o.reason, o.line));
        if with_outer == Some((origin.reason, origin.line)) {
            continue;
        }
        let next = following(article, place);
        out.push(Doubt {
            place: place.clone(),
            line: origin.line,
            kind,
            reason: origin.reason,
            confidence: origin.confidence,
            key: key(kind, &text, &next),
            text,
            otherwise,
            ruling: Ruling::Open,
        });
    }
    out
}

fn key(kind: Kind, text: &str, next: &str) -> String {
    let own: String = words(text).chars().take(KEY_WORDS).collect();
    let next: String = words(next).chars().take(KEY_NEXT).collect();
    let behind = if next.is_empty() { String::new() } else { format!(" | {next}") };
    format!("{}: {own}{behind}", kind.name())
}

type Seen = (Kind, Otherwise, String);

fn seen(article: &Article, origins: &Origins, place: &Place, origin: &Origin) -> Option<Seen> {
    let meta = &article.meta;
    match place.part {
        Part::Title => {
            let apart = meta.series.is_some() || meta.column.is_some() || !meta.extra.is_empty();
            match origins.line(place).filter(|_| apart) {
                Some(line) => Some((Kind::Series, Otherwise::WholeTitle, line.to_owned())),
                None => Some((Kind::Title, Otherwise::FirstParagraph, article.title_text())),
            }
        }
        Part::Kicker => Some((Kind::Kicker, Otherwise::FirstParagraph, plain_text(&meta.kicker))),
        Part::Subtitle => {
            Some((Kind::Subtitle, Otherwise::FirstParagraph, plain_text(&meta.subtitle)))
        }
        Part::Summary => {
            let text = meta.summary.clone().unwrap_or_default();
            Some((Kind::Values, Otherwise::Nothing, text))
        }
        Part::Meta => Some((Kind::Values, Otherwise::Nothing, values(article))),
        Part::Body => in_body(article, origins, place, origin),
    }
}

fn in_body(article: &Article, origins: &Origins, place: &Place, origin: &Origin) -> Option<Seen> {
    if place.steps.last() == Some(&Step::Caption) {
        let caption = match blocks::at(article, &blocks::outer(place)?)? {
            Block::Figure(figure) => &figure.caption,
            Block::Table(table) => &table.caption,
            _ => return None,
        };
        return Some((Kind::Caption, Otherwise::ParagraphBeside, plain_text(caption)));
    }
    let block = blocks::at(article, place)?;
    let text = blocks::text(block);
    Some(match block {
        Block::Paragraph(_) => (Kind::Paragraph, Otherwise::Nothing, text),
        Block::Heading(_) => (Kind::Heading, Otherwise::Paragraph, text),
        Block::Figure(figure) => {
            let line = origins.line(place).map(str::to_owned);
            // A name that stands alone is a picture's; only a parted one may be words.
            let whole = line.is_none() && !origin.is_doubtful();
            let otherwise = if whole { Otherwise::Nothing } else { Otherwise::Words };
            (Kind::Figure, otherwise, line.unwrap_or_else(|| names_of(figure)))
        }
        Block::List(_) => (Kind::List, Otherwise::Paragraphs, text),
        Block::Table(_) => (Kind::Table, Otherwise::Paragraphs, text),
        Block::Quote(_) => (Kind::Quote, Otherwise::Paragraphs, text),
        Block::Aside(_) => (Kind::Aside, Otherwise::Paragraphs, text),
        Block::Rule => (Kind::Rule, Otherwise::Paragraph, text),
        Block::Unknown { .. } => (Kind::Unknown, Otherwise::Paragraphs, text),
    })
}

fn names_of(figure: &Figure) -> String {
    figure.images.iter().map(|i| i.name.as_str()).collect::<Vec<_>>().join(" ")
}

/// The values above the text, on one line.
fn values(article: &Article) -> String {
    let meta = &article.meta;
    let date = meta.date.map(|d| d.to_string()).or_else(|| meta.date_raw.clone());
    let credits = meta.credits.iter().map(|c| format!("{} {}", c.label, c.names.join(" ")));
    let all = date.into_iter().chain(meta.source.clone()).chain(credits);
    all.collect::<Vec<_>>().join("  ")
}

/// What follows a block where it stands.
fn following(article: &Article, place: &Place) -> String {
    let mut next = place.clone();
    if next.steps.last() == Some(&Step::Caption) {
        next.steps.pop();
    }
    let Some(Step::Block(index)) = next.steps.last_mut() else { return String::new() };
    *index += 1;
    blocks::at(article, &next).map(blocks::text).unwrap_or_default()
}
