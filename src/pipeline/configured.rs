//! From what `kanyin.toml` says to what the publication and the looks are told.

use crate::export::view::View;
use crate::layout::{Medium, Wording};
use crate::project::{EpubFonts, KindName, OrderName, Parts, PartsName, Press, PublicationConfig};
use crate::publication::{Arrangement, Frame, Kind, Order, PartsBy, Selection};

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
    }
}

/// Tells a view what the project says about its look.
pub(super) fn set_options(config: &PublicationConfig, medium: Medium, view: &mut View) {
    if !config.colophon.is_empty() {
        view.options.insert("colophon".into(), toml::Value::Table(config.colophon.clone()));
    }
    match medium {
        Medium::Wechat => view.options.extend(config.wechat.clone()),
        Medium::Epub => {
            let fonts = match config.epub.fonts {
                EpubFonts::Subset => "subset",
                EpubFonts::None => "none",
            };
            view.options.insert("fonts".into(), toml::Value::String(fonts.into()));
        }
        Medium::Print => {
            if let Some(page) = &mut view.page {
                if let Some([width, height]) = config.print.trim {
                    (page.width, page.height) = (width, height);
                }
                page.bleed = config.print.bleed.unwrap_or(page.bleed);
            }
        }
    }
}

/// Options that are understood and do nothing yet: said, never passed over in
/// silence.
pub(super) fn not_yet(config: &PublicationConfig) -> Vec<&'static str> {
    let print = &config.print;
    [
        ("print.standard", print.standard.is_some()),
        ("print.paper", print.paper.is_some()),
        ("print.profile", print.profile.is_some()),
        ("print.booklet", print.booklet.is_some()),
        ("epub.budget", config.epub.budget.is_some()),
    ]
    .into_iter()
    .filter_map(|(name, set)| set.then_some(name))
    .collect()
}
