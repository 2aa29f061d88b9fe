//! What stands above the text of a page: title, date, source, readers. The site's
//! profile says where; else the title is looked for by what the page calls itself,
//! and the values in the lines between title and text.

use std::collections::BTreeSet;

use dom_query::{NodeId, NodeRef};

use crate::article::{Credit, Inline, Part, Place, Role};
use crate::diag::{Code, Finding};
use crate::import::date::{self, Reading};
use crate::import::draft::{Draft, SourceLine};
use crate::import::{fields, format, series, values};

use super::above::{self, Above};
use super::chrome;
use super::parse::{self, Page};
use super::script;
use super::site::{Pick, Site};
use super::walk::{Item, Rules, Walker};

pub(super) const TITLE_MISSING: Code = Code::new("read-title-missing");
const TITLE_PLACE: Code = Code::new("web-title-place");
const TITLE_LOOK: Code = Code::new("web-title-look");
const TITLE_PAGE: Code = Code::new("web-title-page");
pub(super) const META_LINE: Code = Code::new("read-meta-line");
const KICKER: Code = Code::new("web-kicker-place");
pub(super) const SUBTITLE: Code = Code::new("web-subtitle-place");

/// A title is no longer than this.
pub(super) const TITLE_LENGTH: usize = 100;

/// What the head of a page has told.
pub(super) struct Head {
    /// The words of the page that it used.
    pub(super) used: Vec<String>,
    /// The title as the page has it, its series before it.
    pub(super) written: String,
    /// Whether the title was seen on the page and not in its name alone.
    pub(super) seen: bool,
    /// Whether an element without a label gave the source.
    pub(super) account: bool,
}

/// Reads the head of a page into the draft.
pub(super) fn read(
    draft: &mut Draft,
    page: &Page,
    body: NodeRef<'_>,
    sites: &[&Site; 2],
    drop: &BTreeSet<NodeId>,
    name: &str,
) -> Head {
    let site = sites[0];
    let root = page.document.root();
    let mut head = Head { used: Vec::new(), written: String::new(), seen: true, account: false };
    let lines = above::lines(page, body, drop);
    let placed = site.title.iter().find_map(|pick| value(page, &root, pick));
    let scripted = || site.script_title.iter().find_map(|n| script::value(page, n));
    let found = match placed.or_else(|| scripted().map(|t| (t, 1))) {
        Some((text, line)) => {
            let at = above::place_of(&lines, &text);
            Some(Titled { text, line, at, sure: 1.0, why: TITLE_PLACE })
        }
        None => called(page, &lines, sites),
    };
    let mut after = None;
    if let Some(mut found) = found {
        if let Some((from, to)) = found.at {
            let more = above::rest_of_title(&lines, from, to, sites);
            for line in &lines[to..to + more] {
                found.text.push(' ');
                found.text.push_str(&line.text);
            }
            after = Some((from, to + more));
        }
        head.seen = found.at.is_some() || found.sure > 0.9;
        set_title(draft, &found.text, found.line, found.sure, found.why);
        if head.seen {
            head.used.push(found.text.clone());
        }
        head.written = found.text;
    }
    for (picks, part, reason) in
        [(&site.kicker, Part::Kicker, KICKER), (&site.subtitle, Part::Subtitle, SUBTITLE)]
    {
        if let Some((text, line)) = picks.iter().find_map(|pick| value(page, &root, pick))
            && !same(&text, &draft.article.title_text())
        {
            head.used.push(text.clone());
            let place = match part {
                Part::Kicker => &mut draft.article.meta.kicker,
                _ => &mut draft.article.meta.subtitle,
            };
            *place = vec![Inline::Text(text)];
            draft.origin(Place::part(part), line, 0.95, reason);
        }
    }
    meta(draft, page, &root, sites, &mut head);
    if let Some((from, to)) = after {
        head.used.extend(above::kicker(draft, page, body, &lines, from, sites));
        let used = &head.used;
        let unused = |l: &&Above| !used.iter().any(|u| squeezed(u).contains(&squeezed(&l.text)));
        let left: Vec<&Above> = lines[to..].iter().filter(unused).collect();
        let used = above::between(draft, &left, sites);
        head.used.extend(used);
    } else if draft.article.meta.date.is_none() {
        // Without a title to begin from only the lines right above the text count.
        head.used.extend(above::near(draft, &lines, sites));
    }
    if draft.article.meta.date.is_none() {
        stated_date(draft, page, &root, sites[1]);
    }
    if draft.article.title_text().is_empty() {
        let stem = format::stem(name);
        draft.article.meta.title = vec![Inline::Text(stem.to_owned())];
        let place = Place::part(Part::Title);
        draft.say(Finding::warning(TITLE_MISSING).arg("title", stem).place(place));
    }
    head
}

/// The day that the page states for machines.
fn stated_date(draft: &mut Draft, page: &Page, root: &NodeRef<'_>, site: &Site) {
    for pick in &site.date {
        let Some((text, line)) = value(page, root, pick) else { continue };
        let day = text.split(['T', ' ']).next().unwrap_or_default();
        if let Some(Reading::Day(day)) = date::read(day) {
            draft.article.meta.date = Some(day);
            return draft.origin(Place::part(Part::Meta), line, 0.9, META_LINE);
        }
    }
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

/// A title found.
struct Titled {
    text: String,
    line: usize,
    /// The lines above the text that are it.
    at: Option<(usize, usize)>,
    sure: f32,
    why: Code,
}

/// The title by what the page calls itself: the line that its `<title>` names, the
/// last heading above the text, the line that stands out above date and author, else
/// the `<title>` without the site's name.
fn called(page: &Page, lines: &[Above], sites: &[&Site]) -> Option<Titled> {
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
    let site_name = meta("og:site_name");
    let own = [meta("ArticleTitle"), meta("og:title"), title];
    let own: Vec<String> = own.into_iter().flatten().filter(|t| is_telling(t)).collect();
    let line = |at: usize, sure: f32, why: Code| {
        let (text, line) = (lines[at].text.clone(), lines[at].line);
        Some(Titled { text, line, at: Some((at, at + 1)), sure, why })
    };
    for name in &own {
        let bare = without_site(name, site_name.as_deref());
        let begins = |a: &Above| {
            let length = a.text.chars().count();
            same(&a.text, name)
                || same(&a.text, &bare)
                || ((4..=TITLE_LENGTH).contains(&length)
                    && squeezed(name).starts_with(&squeezed(&a.text)))
        };
        if let Some(at) = lines.iter().rposition(begins) {
            return line(at, 0.9, TITLE_PAGE);
        }
    }
    // The heading above may be the name of the site.
    let is_site = |a: &Above| own.iter().any(|n| squeezed(n).ends_with(&squeezed(&a.text)));
    let length = |a: &Above| (2..=TITLE_LENGTH).contains(&a.text.chars().count());
    let fits = |a: &Above| a.heading && length(a) && !is_site(a);
    if let Some(at) = lines.iter().rposition(fits) {
        return line(at, 0.9, TITLE_PAGE);
    }
    if let Some(at) = above::above_values(lines, sites) {
        return line(at, 0.75, TITLE_LOOK);
    }
    let text = without_site(own.first()?, site_name.as_deref());
    Some(Titled { text, line: 1, at: None, sure: 0.75, why: TITLE_PAGE })
}

pub(super) fn squeezed(text: &str) -> String {
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
fn without_site(name: &str, site: Option<&str>) -> String {
    let mut rest = name.trim();
    let is_mark = |c: char| c.is_whitespace() || "_|-–—｜·".contains(c);
    if let Some(front) = site.and_then(|site| rest.strip_suffix(site.trim())) {
        let bare = front.trim_end_matches(is_mark);
        if !bare.is_empty() && bare.len() < front.len() {
            rest = bare;
        }
    }
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

/// The values that the site's profile names.
fn meta(draft: &mut Draft, page: &Page, root: &NodeRef<'_>, sites: &[&Site; 2], head: &mut Head) {
    let site = sites[0];
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
            let line = page.line(node.id);
            if above::values_of(draft, chrome::without(&text, sites), line, sites) {
                head.used.push(text);
            }
        }
    }
    // What every page may state for machines stands behind what this one shows.
    if draft.article.meta.date.is_none()
        && !std::ptr::eq(site, sites[1])
        && let Some((text, line)) = site.date.iter().find_map(|pick| value(page, root, pick))
    {
        match date::read(&text) {
            Some(Reading::Day(day)) => draft.article.meta.date = Some(day),
            Some(Reading::Unclear) => values::set_unclear(draft, line, &text),
            None => _ = above::values_of(draft, &text, line, sites),
        }
        head.used.push(text);
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
        head.used.push(text.clone());
        if labelled {
            above::values_of(draft, &text, line, sites);
        } else {
            let none = draft.article.meta.source.is_none();
            set(draft, text);
            head.account |= none && draft.article.meta.source.is_some();
        }
    }
}
