//! What stands above the text of a page: title, date, source, readers. The site's
//! profile says where; else the title is looked for by what the page calls itself,
//! and the values in the lines between title and text.

use dom_query::NodeRef;

use crate::article::{Credit, Inline, Part, Place, Role};
use crate::diag::{Code, Finding};
use crate::import::date::{self, Reading};
use crate::import::draft::{Draft, SourceLine};
use crate::import::{fields, format, series, values};

use super::chrome;
use super::parse::{self, Page};
use super::script;
use super::site::{Pick, Site};
use super::walk::{Item, Rules, Walker, visible};

pub(super) const TITLE_MISSING: Code = Code::new("read-title-missing");
const TITLE_PLACE: Code = Code::new("web-title-place");
const TITLE_PAGE: Code = Code::new("web-title-page");
const META_LINE: Code = Code::new("read-meta-line");
const KICKER: Code = Code::new("web-kicker-place");
const SUBTITLE: Code = Code::new("web-subtitle-place");

/// A title is no longer than this.
const TITLE_LENGTH: usize = 100;

/// A line above the text.
struct Above {
    text: String,
    /// The same with the words of each element set apart.
    spaced: String,
    line: usize,
    heading: bool,
}

/// What the head of a page has told.
pub(super) struct Head {
    /// How many of the page's characters it used.
    pub(super) used: usize,
    /// The title as the page has it, its series before it.
    pub(super) written: String,
}

/// Reads the head of a page into the draft.
pub(super) fn read(
    draft: &mut Draft,
    page: &Page,
    body: NodeRef<'_>,
    sites: &[&Site; 2],
    name: &str,
) -> Head {
    let site = sites[0];
    let root = page.document.root();
    let (mut used, mut written) = (0, String::new());
    let placed = site.title.iter().find_map(|pick| value(page, &root, pick));
    let scripted = || site.script_title.iter().find_map(|n| script::value(page, n));
    let above = above(page, body);
    let mut after = None;
    if let Some((text, line)) = placed.or_else(|| scripted().map(|t| (t, 1))) {
        after = above.iter().rposition(|a| same(&a.text, &text)).map(|at| at + 1);
        used += visible(&text);
        set_title(draft, &text, line, 1.0, TITLE_PLACE);
        written = text;
    } else if let Some((text, line, at)) = called(page, &above) {
        after = at.map(|at| at + 1);
        used += if at.is_some() { visible(&text) } else { 0 };
        set_title(draft, &text, line, if at.is_some() { 0.9 } else { 0.75 }, TITLE_PAGE);
        written = text;
    }
    for (picks, part, reason) in
        [(&site.kicker, Part::Kicker, KICKER), (&site.subtitle, Part::Subtitle, SUBTITLE)]
    {
        if let Some((text, line)) = picks.iter().find_map(|pick| value(page, &root, pick))
            && !same(&text, &draft.article.title_text())
        {
            used += visible(&text);
            let place = match part {
                Part::Kicker => &mut draft.article.meta.kicker,
                _ => &mut draft.article.meta.subtitle,
            };
            *place = vec![Inline::Text(text)];
            draft.origin(Place::part(part), line, 0.95, reason);
        }
    }
    used += meta(draft, page, &root, sites);
    if let Some(after) = after {
        used += between(draft, &above[after..], sites);
    } else if draft.article.meta.date.is_none() {
        // Without a title to begin from only the lines right above the text count.
        used += between(draft, &above[above.len().saturating_sub(6)..], sites);
    }
    if draft.article.title_text().is_empty() {
        let stem = format::stem(name);
        draft.article.meta.title = vec![Inline::Text(stem.to_owned())];
        let place = Place::part(Part::Title);
        draft.say(Finding::warning(TITLE_MISSING).arg("title", stem).place(place));
    }
    Head { used, written }
}

/// Whether two texts differ in nothing but space.
pub(super) fn same(a: &str, b: &str) -> bool {
    let plain = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (a, b) = (plain(a), plain(b));
    !a.is_empty() && a == b
}

/// Takes a title over, its series apart.
pub(super) fn set_title(draft: &mut Draft, text: &str, line: usize, sure: f32, reason: Code) {
    series::apply(draft, SourceLine { number: line, text }, sure);
    draft.origin(Place::part(Part::Title), line, sure, reason);
}

/// The words that a selector means: an attribute's, or those of the element, a
/// break in them as one space.
fn value(page: &Page, root: &NodeRef<'_>, pick: &Pick) -> Option<(String, usize)> {
    pick.all(root).into_iter().take(20).find_map(|node| {
        let text = match &pick.attribute {
            Some(attribute) => node.attr(attribute)?.trim().to_owned(),
            None => lines(page, &node).join(" "),
        };
        let text = text
            .split([' ', '\n', '\t', '\u{a0}'])
            .filter(|w| !w.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        let fits = !text.is_empty() && text.chars().count() <= TITLE_LENGTH * 2;
        fits.then(|| (text, page.line(node.id)))
    })
}

/// The lines of an element's words.
fn lines(page: &Page, node: &NodeRef<'_>) -> Vec<String> {
    let rules = Rules::default();
    let mut walker = Walker::new(page, &rules);
    // The same element, seen from the page itself.
    let Some(node) = page.document.tree.get(&node.id) else { return Vec::new() };
    let items = walker.root(node);
    items
        .into_iter()
        .filter_map(|item| match item {
            Item::Words(words) => Some(words.text()).filter(|t| !t.trim().is_empty()),
            _ => None,
        })
        .collect()
}

/// The lines of the page above its text.
fn above(page: &Page, body: NodeRef<'_>) -> Vec<Above> {
    let mut out = Vec::new();
    let Some(top) = page.document.body().filter(|top| top.id != body.id) else { return out };
    let walk = |spaced: bool| {
        let rules = Rules { stop: Some(body.id), spaced, ..Rules::default() };
        let items = Walker::new(page, &rules).root(top);
        items
            .into_iter()
            .filter_map(|item| match item {
                Item::Words(words) if !words.inlines.is_empty() => Some(words),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    for (words, spaced) in walk(false).into_iter().zip(walk(true)) {
        let heading = words.look.heading > 0;
        let (text, spaced) = (words.text(), spaced.text());
        out.push(Above { text, spaced, line: words.line, heading });
    }
    out
}

/// The title by what the page calls itself: the line that its `<title>` names, the
/// last heading above the text, else the `<title>` without the site's name. The
/// number is that of the line.
fn called(page: &Page, above: &[Above]) -> Option<(String, usize, Option<usize>)> {
    let root = page.document.root();
    let meta = |property: &str| {
        let find = |n: &NodeRef<'_>| {
            n.has_name("meta")
                && (n.attr("property").is_some_and(|p| &*p == property)
                    || n.attr("name").is_some_and(|p| p.eq_ignore_ascii_case(property)))
        };
        let node = root.descendants_it().find(find)?;
        Some(node.attr("content")?.trim().to_owned()).filter(|c| !c.is_empty())
    };
    let title = root.descendants_it().find(|n| n.has_name("title"));
    let title = title.map(|n| n.text().split_whitespace().collect::<Vec<_>>().join(" "));
    let own = [meta("ArticleTitle"), meta("og:title"), title];
    let own: Vec<String> = own.into_iter().flatten().filter(|t| is_telling(t)).collect();
    for name in &own {
        let bare = without_site(name);
        let begins = |a: &Above| {
            let length = a.text.chars().count();
            same(&a.text, name)
                || same(&a.text, &bare)
                || ((4..=TITLE_LENGTH).contains(&length)
                    && squeezed(name).starts_with(&squeezed(&a.text)))
        };
        if let Some(at) = above.iter().rposition(begins) {
            return Some((above[at].text.clone(), above[at].line, Some(at)));
        }
    }
    // The heading above may be the name of the site.
    let is_site = |a: &Above| own.iter().any(|n| squeezed(n).ends_with(&squeezed(&a.text)));
    let length = |a: &Above| (2..=TITLE_LENGTH).contains(&a.text.chars().count());
    let fits = |a: &Above| a.heading && length(a) && !is_site(a);
    if let Some(at) = above.iter().rposition(fits) {
        return Some((above[at].text.clone(), above[at].line, Some(at)));
    }
    let name = own.first()?;
    Some((without_site(name), 1, None))
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a page's own name says anything.
fn is_telling(title: &str) -> bool {
    const EMPTY: &[&str] =
        &["无标题文档", "无标题", "新建网页", "untitled document", "document", "index", "首页"];
    let small = title.trim().to_lowercase();
    !small.is_empty() && !EMPTY.iter().any(|e| small == *e || small.starts_with("新建网页"))
}

/// A page's name without the name of its site behind the last bar or dash.
fn without_site(name: &str) -> String {
    let mut rest = name.trim();
    for _ in 0..3 {
        let Some((at, mark)) = rest
            .char_indices()
            .rev()
            .find(|(_, c)| matches!(c, '_' | '|' | '-' | '–' | '—' | '｜'))
        else {
            break;
        };
        let tail = rest[at + mark.len_utf8()..].trim();
        let site = tail.ends_with([
            '网', '学', '院', '部', '处', '系', '馆', '报', '心', '台', '页', '闻', '态', '办',
            '会', '知', '告',
        ]);
        let front =
            rest[..at].trim_end_matches(|c: char| c.is_whitespace() || "_|-–—｜".contains(c));
        if front.is_empty() || !(site || matches!(mark, '_' | '|' | '｜')) {
            break;
        }
        rest = front;
    }
    rest.to_owned()
}

/// The values that the site's profile names; gives how many characters they took.
fn meta(draft: &mut Draft, page: &Page, root: &NodeRef<'_>, sites: &[&Site; 2]) -> usize {
    let site = sites[0];
    let mut used = 0;
    for seconds in site.script_date.iter().filter_map(|name| script::value(page, name)) {
        if let Some(Reading::Day(day)) = date::read(&seconds)
            && draft.article.meta.date.is_none()
        {
            draft.article.meta.date = Some(day);
            draft.origin(Place::part(Part::Meta), 1, 1.0, META_LINE);
        }
    }
    for pick in &site.meta {
        for node in pick.all(root).into_iter().take(5) {
            let text = parse::text(page, node.id);
            used += line_of_values(draft, chrome::without(&text, sites), page.line(node.id));
        }
    }
    if draft.article.meta.date.is_none()
        && let Some((text, line)) = site.date.iter().find_map(|pick| value(page, root, pick))
    {
        used += visible(&text);
        match date::read(&text) {
            Some(Reading::Day(day)) => draft.article.meta.date = Some(day),
            Some(Reading::Unclear) => values::set_unclear(draft, line, &text),
            None => _ = line_of_values(draft, &text, line),
        }
    }
    type Set = fn(&mut Draft, String);
    let source: Set = |draft, text| draft.article.meta.source = Some(text);
    let author: Set = |draft, text| {
        let credit = Credit { role: Role::Author, label: "作者".to_owned(), names: vec![text] };
        draft.article.meta.credits.push(credit);
    };
    let views: Set = |draft, text| draft.article.meta.views = text.replace(',', "").parse().ok();
    for (picks, set) in [(&site.source, source), (&site.author, author), (&site.views, views)] {
        let Some((text, line)) = picks.iter().find_map(|pick| value(page, root, pick)) else {
            continue;
        };
        let known = [&draft.article.meta.source, &draft.article.meta.column];
        if known.iter().any(|k| k.as_deref() == Some(text.as_str())) {
            continue;
        }
        let labelled = fields::parse(&text).is_some_and(|f| !f.fields.is_empty());
        used += visible(&text);
        if labelled {
            line_of_values(draft, &text, line);
        } else {
            set(draft, text);
        }
    }
    used
}

/// Takes a line over if it holds nothing but values; gives its characters.
fn line_of_values(draft: &mut Draft, text: &str, number: usize) -> usize {
    let Some(found) = fields::parse(text) else { return 0 };
    if found.fields.is_empty() && found.dates.is_empty() {
        return 0;
    }
    values::apply(draft, SourceLine { number, text }, &found);
    draft.origin(Place::part(Part::Meta), number, 0.95, META_LINE);
    visible(text)
}

/// Takes over the lines of values between title and text.
fn between(draft: &mut Draft, lines: &[Above], sites: &[&Site]) -> usize {
    let mut used = 0;
    for line in lines.iter().take(12) {
        let dashed = line.text.starts_with('—') && line.text.chars().count() <= 60;
        if dashed && draft.article.meta.subtitle.is_empty() && used == 0 {
            draft.article.meta.subtitle = vec![Inline::Text(line.text.clone())];
            draft.origin(Place::part(Part::Subtitle), line.line, 0.8, SUBTITLE);
            used += visible(&line.text);
        } else {
            let text = chrome::without(&line.spaced, sites);
            if fields::parse(text).is_some_and(|f| f.is_head_line()) {
                used += line_of_values(draft, text, line.line);
            }
        }
    }
    used
}
