//! The front matter: what is said about the article, as TOML.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use toml::value::Datetime;

use crate::article::{Date, Focus, Meta, Role};
use crate::diag::{Code, Fault, Finding, toml_error};

const FOCUS_OUTSIDE: Code = Code::new("canonical-focus-outside");
const NO_SUCH_DATE: Code = Code::new("canonical-no-such-date");

/// The keys of the front matter. Titles are kept in the notation of running text.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Front {
    #[serde(default)]
    pub(super) kicker: String,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) subtitle: String,
    series: Option<Series>,
    column: Option<String>,
    date: Option<Datetime>,
    date_raw: Option<String>,
    views: Option<u64>,
    source: Option<String>,
    source_url: Option<String>,
    summary: Option<String>,
    cover: Option<String>,
    focus: Option<[f64; 2]>,
    #[serde(default)]
    credits: Vec<Credit>,
    pub(super) from: Option<String>,
    pub(super) from_sum: Option<String>,
    #[serde(default)]
    extra: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Series {
    name: String,
    ordinal: u32,
    raw: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Credit {
    #[serde(with = "RoleName")]
    role: Role,
    label: String,
    #[serde(default)]
    names: Vec<String>,
}

/// The roles under the names of [`Role::name`].
#[derive(Deserialize)]
#[serde(remote = "Role", rename_all = "lowercase")]
enum RoleName {
    Author,
    Contributor,
    Photographer,
    Editor,
    Proofreader,
    Reviewer,
    Source,
    Translator,
    Other,
}

impl Front {
    /// Reads the front matter. `text` is the file up to the closing line with
    /// the opening one blanked, so that lines count as in the file.
    pub(super) fn read(name: &str, text: &str) -> Result<(Self, Meta), Fault> {
        let mut front: Self =
            toml::from_str(text).map_err(|e| Fault::work(toml_error::explain(name, text, &e)))?;
        let date = match front.date.take() {
            None => None,
            Some(written) => Some(calendar(&written).ok_or_else(|| {
                Fault::work(Finding::error(NO_SUCH_DATE).arg("date", written).file(name))
            })?),
        };
        let focus = match front.focus {
            None => None,
            Some([x, y]) => Some(Focus::new(x, y).ok_or_else(|| {
                Fault::work(Finding::error(FOCUS_OUTSIDE).arg("x", x).arg("y", y).file(name))
            })?),
        };
        let series = front.series.take().map(|s| crate::article::Series {
            name: s.name,
            ordinal: s.ordinal,
            raw: s.raw.unwrap_or_else(|| s.ordinal.to_string()),
        });
        let credit =
            |c: Credit| crate::article::Credit { role: c.role, label: c.label, names: c.names };
        let meta = Meta {
            series,
            column: front.column.take(),
            date,
            date_raw: front.date_raw.take(),
            views: front.views,
            source: front.source.take(),
            source_url: front.source_url.take(),
            summary: front.summary.take(),
            cover: front.cover.take(),
            focus,
            credits: std::mem::take(&mut front.credits).into_iter().map(credit).collect(),
            extra: std::mem::take(&mut front.extra),
            ..Meta::default()
        };
        Ok((front, meta))
    }
}

fn calendar(written: &Datetime) -> Option<Date> {
    let date = written.date?;
    Date::new(date.year, date.month, date.day)
}

/// Writes the front matter with its two `+++` lines. The titles come in the
/// notation of running text, already made: kicker, title, subtitle.
pub(super) fn write(
    meta: &Meta,
    titles: [String; 3],
    from: Option<&str>,
    from_sum: Option<&str>,
) -> String {
    let [kicker, title, subtitle] = titles;
    let mut out = String::from("+++\n");
    for (key, value) in [("kicker", kicker), ("title", title), ("subtitle", subtitle)] {
        if !value.is_empty() {
            line(&mut out, key, &quoted(&value));
        }
    }
    if let Some(s) = &meta.series {
        let (name, raw) = (quoted(&s.name), quoted(&s.raw));
        line(
            &mut out,
            "series",
            &format!("{{ name = {name}, ordinal = {}, raw = {raw} }}", s.ordinal),
        );
    }
    let text = |out: &mut String, key, value: Option<&str>| {
        if let Some(value) = value {
            line(out, key, &quoted(value));
        }
    };
    text(&mut out, "column", meta.column.as_deref());
    if let Some(date) = meta.date {
        line(&mut out, "date", &date.to_string());
    }
    text(&mut out, "date_raw", meta.date_raw.as_deref());
    if let Some(views) = meta.views {
        line(&mut out, "views", &views.to_string());
    }
    text(&mut out, "source", meta.source.as_deref());
    text(&mut out, "source_url", meta.source_url.as_deref());
    text(&mut out, "summary", meta.summary.as_deref());
    text(&mut out, "cover", meta.cover.as_deref());
    if let Some(focus) = meta.focus {
        let [x, y] = focus.parts();
        line(&mut out, "focus", &format!("[{x:?}, {y:?}]"));
    }
    if !meta.credits.is_empty() {
        out.push_str("credits = [\n");
        for credit in &meta.credits {
            let names: Vec<String> = credit.names.iter().map(|n| quoted(n)).collect();
            let (role, label) = (quoted(credit.role.name()), quoted(&credit.label));
            let names = names.join(", ");
            let _ = writeln!(out, "  {{ role = {role}, label = {label}, names = [{names}] }},");
        }
        out.push_str("]\n");
    }
    text(&mut out, "from", from);
    text(&mut out, "from_sum", from_sum);
    if !meta.extra.is_empty() {
        out.push_str("\n[extra]\n");
        for (key, value) in &meta.extra {
            let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
            let plain = !key.is_empty() && key.chars().all(bare);
            line(&mut out, &if plain { key.clone() } else { quoted(key) }, &quoted(value));
        }
    }
    out.push_str("+++\n");
    out
}

fn line(out: &mut String, key: &str, value: &str) {
    let _ = writeln!(out, "{key} = {value}");
}

/// A TOML string on one line: literal where that saves escapes.
fn quoted(text: &str) -> String {
    let control = |c: char| c.is_control();
    if text.contains(['\\', '"']) && !text.contains('\'') && !text.contains(control) {
        return format!("'{text}'");
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
