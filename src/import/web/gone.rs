//! Pages that are no article: deleted, blocked, moved away, or a test whether a
//! person is reading. They are refused with the words they say themselves.

use dom_query::NodeRef;

use crate::diag::{Code, Fault, Finding};

use super::parse::{self, Page};
use super::site::{Pick, Site};
use super::style;
use super::walk::visible;

const GONE: Code = Code::new("web-page-gone");
const EMPTY: Code = Code::new("web-page-empty");

/// A page that says it has nothing says so in fewer characters than this.
const LITTLE: usize = 700;
/// A text of more characters than this is an article whatever it says.
const ARTICLE: usize = 300;
/// The line that says it is no longer than this.
const LINE: usize = 80;

/// Refuses a page that has no article. `body` is the text's element by the site's
/// profile.
///
/// # Errors
/// Where the page says that there is none.
pub(super) fn check(
    name: &str,
    page: &Page,
    body: Option<NodeRef<'_>>,
    sites: &[&Site],
) -> Result<(), Fault> {
    let root = page.document.root();
    let words = body.map(|b| visible(&parse::text(page, b.id))).unwrap_or_default();
    if words > ARTICLE {
        return Ok(());
    }
    let all = parse::text(page, root.id);
    let refuse = |said: &str| {
        let said: String = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let said: String = said.chars().take(120).collect();
        Err(Fault::work(Finding::error(GONE).arg("words", said).file(name)))
    };
    let shown = |pick: &Pick| {
        let said = pick.all(&root).into_iter().filter(|n| !is_within_hidden(n));
        said.map(|n| parse::text(page, n.id)).find(|text| visible(text) > 3)
    };
    if words == 0
        && let Some(said) = sites.iter().flat_map(|s| &s.errors).find_map(shown)
    {
        return refuse(&said);
    }
    if visible(&all) < LITTLE {
        let signs = || sites.iter().flat_map(|s| &s.gone);
        // Such a page says it in a line of its own; an article may well quote it.
        let lines = root.descendants_it().filter(|n| n.is_text());
        let said = lines
            .map(|n| n.text().trim().to_owned())
            .find(|line| visible(line) <= LINE && signs().any(|sign| line.contains(sign.as_str())));
        if let Some(said) = said {
            return refuse(&said);
        }
        let title =
            root.descendants_it().find(|n| n.has_name("title")).map(|n| n.text().to_string());
        let title = title.unwrap_or_default();
        if signs().any(|sign| title.contains(sign.as_str())) && words < ARTICLE {
            return refuse(if visible(&all) > 3 { &all } else { &title });
        }
    }
    Ok(())
}

/// The refusal of a page without words and pictures.
pub(super) fn empty(name: &str, page: &Page) -> Fault {
    let all = parse::text(page, page.document.root().id);
    let said: String = all.split_whitespace().collect::<Vec<_>>().join(" ");
    let said: String = said.chars().take(80).collect();
    Fault::work(Finding::error(EMPTY).arg("words", said).file(name))
}

fn is_within_hidden(node: &NodeRef<'_>) -> bool {
    style::is_hidden(node) || node.ancestors_it(None).any(|a| style::is_hidden(&a))
}
