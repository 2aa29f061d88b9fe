//! From what `kanyin.toml` says to what the publication and the looks are told.

use crate::diag::{Code, Fault, Finding};
use crate::export::view::View;
use crate::layout::{Look, Medium, Wording};
use crate::project::{
    Bulletin, Colophon, Config, Document, EpubFonts, ImprintName, KindName, MANIFEST, OrderName,
    Parts, PartsName, Press, PublicationConfig, Volumes,
};
use crate::publication::{
    self, Apparatus, Arrangement, Frame, Imprint, Issue, Kind, Order, PartsBy, Selection,
};

const PAPER_UNKNOWN: Code = Code::new("project-paper-unknown");
const DOCUMENT_NOT_USED: Code = Code::new("document-not-used");
const VOLUMES_NOT_USED: Code = Code::new("epub-volumes-not-used");
const ISBN_WRONG: Code = Code::new("epub-isbn-wrong");

/// The matter of the publication that does not come from its articles.
pub(super) fn frame(config: &PublicationConfig, press: &Press) -> Frame {
    Frame {
        id: config.id.clone(),
        kind: match config.kind {
            KindName::Compilation => Kind::Compilation,
            KindName::Bulletin => Kind::Bulletin,
            KindName::Series => Kind::Series,
            KindName::Post => Kind::Post,
        },
        title: config.title.clone(),
        subtitle: config.subtitle.clone(),
        press: press.name.clone(),
        unit: press.unit.clone(),
        issue: (config.kind == KindName::Bulletin).then(|| issue(&config.bulletin)),
        document: config.document.as_ref().map(|said| document(said, press)),
        colophon: config.colophon.as_ref().map(|said| colophon(said, press)),
        apparatus: Apparatus::default(),
    }
}

fn issue(said: &Bulletin) -> Issue {
    Issue {
        name: said.name.clone(),
        number: said.number,
        total: said.total,
        date: said.date.map(|day| day.0),
        classification: said.classification.clone(),
        serial: said.serial.0.clone(),
        recipients: [&said.reported, &said.sent, &said.distributed].map(|names| named(names)),
        copies: said.copies,
        first_page: said.first_page.map_or(1, |first| first.0),
    }
}

/// The names that are not empty.
fn named(names: &[String]) -> Vec<String> {
    names.iter().map(|name| name.trim()).filter(|n| !n.is_empty()).map(str::to_owned).collect()
}

fn document(said: &Document, press: &Press) -> publication::Document {
    let mut issuers = named(&said.issuer.0);
    if issuers.is_empty() {
        issuers = named(std::slice::from_ref(&press.name));
    }
    publication::Document {
        serial: publication::serial(&said.serial.0),
        classification: said.classification.trim().to_owned(),
        urgency: said.urgency.trim().to_owned(),
        issuers,
        masthead: said.masthead.trim().to_owned(),
        number: said.number.trim().to_owned(),
        signers: named(&said.signer.0),
        recipients: named(&said.recipients),
        attachments: named(&said.attachments),
        date: said.date.map(|day| day.0),
        note: said.note.trim().to_owned(),
        copies_to: named(&said.copies_to),
        printed_by: said.printed_by.trim().to_owned(),
        printed_on: said.printed_on.map(|day| day.0),
    }
}

/// The facts stand in the order in which the trade sets them.
fn colophon(said: &Colophon, press: &Press) -> publication::Colophon {
    let compiler = match said.compiler.0.as_str() {
        "" => format!("{}{}", press.name, press.unit),
        words => words.to_owned(),
    };
    let facts = [
        ("compiler", &compiler),
        ("recipients", &said.recipients.0),
        ("publisher", &said.publisher.0),
        ("address", &said.address.0),
        ("distributor", &said.distributor.0),
        ("printer", &said.printer.0),
        ("format", &said.format.0),
        ("sheets", &said.sheets.0),
        ("words", &said.words.0),
        ("edition", &said.edition.0),
        ("printing", &said.printing.0),
        ("printed", &said.printed.0),
        ("copies", &said.copies.0),
        ("isbn", &said.isbn.0),
        ("price", &said.price.0),
    ];
    publication::Colophon {
        imprint: match said.mode {
            ImprintName::Isbn => Imprint::Isbn,
            ImprintName::Internal => Imprint::Internal,
        },
        permit: said.permit.0.clone(),
        cip: said.cip.clone(),
        people: said.people.iter().map(|line| labelled(line)).collect(),
        facts: facts
            .into_iter()
            .filter(|(_, w)| !w.is_empty())
            .map(|(k, w)| (k, w.clone()))
            .collect(),
    }
}

/// Which articles it takes.
pub(super) fn selection(config: &PublicationConfig) -> Selection {
    let select = &config.select;
    Selection {
        from: select.from.map(|day| day.0),
        to: select.to.map(|day| day.0),
        series: select.series.clone(),
        columns: select.columns.clone(),
        sources: select.sources.clone(),
    }
}

/// How it is arranged.
pub(super) fn arrangement(config: &PublicationConfig, wording: &Wording) -> Arrangement {
    Arrangement {
        parts: match &config.arrange.parts {
            Parts::By(PartsName::None) => PartsBy::None,
            Parts::By(PartsName::Series) => PartsBy::Series,
            Parts::By(PartsName::Month) => PartsBy::Month,
            Parts::By(PartsName::Column) => PartsBy::Column,
            Parts::Named(named) => {
                PartsBy::Named(named.iter().map(|n| (n.title.clone(), n.sources.clone())).collect())
            }
        },
        order: match config.arrange.order {
            OrderName::Date => Order::Date,
            OrderName::Series => Order::Series,
            OrderName::File => Order::File,
        },
        rest: wording.get("part-rest").to_owned(),
        month: wording.get("part-month").to_owned(),
        front: config.front.clone(),
        album: config.book.album.clone(),
        back: config.back.clone(),
    }
}

/// A line of people as word and names: `主编：周远`. One without a colon has no word.
fn labelled(line: &str) -> (String, String) {
    let (label, names) = line.split_once(['：', ':']).unwrap_or(("", line));
    (label.trim().to_owned(), names.trim().to_owned())
}

/// Holds that a project says to the theme of its posts only what that can be told.
///
/// # Errors
/// A configuration fault with every switch that the theme does not have or that is
/// set to what it does not take.
pub(super) fn known_switches(
    config: &Config,
    publication: &PublicationConfig,
    look: &Look,
) -> Result<(), Fault> {
    let mut findings = publication.wechat.iter().filter_map(|(name, value, before)| {
        let doubt = look.settings.doubt(name, value)?;
        Some(doubt.file(MANIFEST).line(config.line(before)))
    });
    let Some(first) = findings.next() else { return Ok(()) };
    let findings = std::iter::once(first.clone()).chain(findings).collect();
    Err(Fault { findings, ..Fault::configuration(first) })
}

/// Tells a view what the project says about its look.
pub(super) fn set_options(config: &PublicationConfig, look: &Look, view: &mut View) {
    match look.medium {
        Medium::Report | Medium::Share => {}
        Medium::Wechat => view.options.extend(config.wechat.table()),
        Medium::Epub => {
            let fonts = match config.epub.fonts {
                EpubFonts::Subset => "subset",
                EpubFonts::None => "none",
            };
            view.options.insert("fonts".into(), fonts.into());
            if let Some(budget) = config.epub.budget {
                view.options.insert("budget".into(), i64::from(budget).into());
            }
            let volumes = match volumes(config) {
                Volumes::One => "one",
                Volumes::Each => "each",
                Volumes::Both => "both",
            };
            view.options.insert("volumes".into(), volumes.into());
            let (catalogue, said) = (&mut view.catalogue, &config.epub);
            if !said.description.0.is_empty() {
                catalogue.description.clone_from(&said.description.0);
            }
            catalogue.isbn = publication::isbn(&said.isbn.0).unwrap_or(catalogue.isbn.clone());
        }
        Medium::Print => {
            if let Some(page) = &mut view.page {
                if let Some([width, height]) = config.print.trim {
                    (page.width, page.height) = (width.0, height.0);
                }
                page.bleed = config.print.bleed.map_or(page.bleed, |bleed| bleed.0);
                page.flap = config.print.flap.map_or(page.flap, |flap| flap.0);
                page.spine = config.print.spine.map(|spine| spine.0).or(page.spine);
                let paper = config.print.paper.as_ref();
                page.leaf = paper.and_then(|p| look.papers.get(p)).copied().unwrap_or(page.leaf);
            }
            // Sheets folded once hold four pages each.
            if config.print.booklet.is_some() {
                view.options.insert("fold".into(), toml::Value::Boolean(true));
            }
        }
    }
}

/// What becomes of it as an e-book: several volumes of a series alone.
pub(super) fn volumes(config: &PublicationConfig) -> Volumes {
    if config.kind == KindName::Series { config.epub.volumes } else { Volumes::One }
}

/// What is to be said of an e-book, by what `kanyin.toml` says of it.
pub(super) fn epub_doubts(config: &PublicationConfig) -> Vec<Finding> {
    let said = &config.epub;
    let isbn = &said.isbn.0;
    let wrong = !isbn.is_empty() && publication::isbn(isbn).is_none();
    let unused = volumes(config) != said.volumes;
    let volumes = unused.then(|| Finding::warning(VOLUMES_NOT_USED).arg("id", &config.id));
    let isbn = wrong.then(|| Finding::warning(ISBN_WRONG).arg("isbn", isbn));
    volumes.into_iter().chain(isbn).map(|finding| finding.file(MANIFEST)).collect()
}

/// The look of every report: a project may replace it file by file.
pub(super) const REPORT_LOOK: &str = "plain";

/// The look of what is handed out over the whole project, likewise.
pub(super) const SHARE_LOOK: &str = "plain";

/// The look of a publication for a medium: the one it names, else that of its kind.
pub(super) fn look_name(config: &PublicationConfig, medium: Medium) -> &str {
    let (named, usual) = match (medium, config.kind) {
        (Medium::Print, KindName::Compilation) => (&config.layout.print, "yearbook"),
        (Medium::Print, KindName::Bulletin) => (&config.layout.print, "bulletin"),
        (Medium::Print, KindName::Post) if config.document.is_some() => {
            (&config.layout.print, "document")
        }
        (Medium::Print, _) => (&config.layout.print, "plain"),
        (Medium::Epub, _) => (&config.layout.epub, "plain"),
        (Medium::Wechat, _) => (&config.layout.wechat, "campus"),
        (Medium::Report, _) => return REPORT_LOOK,
        (Medium::Share, _) => return SHARE_LOOK,
    };
    named.as_deref().unwrap_or(usual)
}

/// What is to be said of a paper whose thickness nobody knows.
pub(super) fn unknown_paper(config: &PublicationConfig, look: &Look) -> Option<Finding> {
    let paper = config.print.paper.as_ref().filter(|p| !look.papers.contains_key(*p))?;
    let known: Vec<&str> = look.papers.keys().map(String::as_str).collect();
    let finding = Finding::warning(PAPER_UNKNOWN).arg("paper", paper).arg("id", &config.id);
    Some(finding.arg("known", known.join("、")).file(MANIFEST))
}

/// What is to be said of an official document, by what `kanyin.toml` says of it.
pub(super) fn document_doubts(
    config: &PublicationConfig,
    publication: &publication::Publication,
) -> Vec<Finding> {
    let Some(document) = &publication.document else { return Vec::new() };
    let doubts = if config.kind == KindName::Post {
        document.doubts(&config.id)
    } else {
        vec![Finding::warning(DOCUMENT_NOT_USED).arg("id", &config.id)]
    };
    doubts.into_iter().map(|finding| finding.file(MANIFEST)).collect()
}
