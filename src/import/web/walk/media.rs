//! Films, sound and pages within the page: they become a card with their address,
//! and where they have none a finding. `.wp_pdf_player` and its kin show a file.

use dom_query::NodeRef;

use crate::article::{Aside, AsideKind, Block, Inline};
use crate::diag::{Code, Finding};

use super::Walker;
use super::anchor::{file_name, is_file};
use super::picture::scheme;

const MEDIA: Code = Code::new("web-media");
const MEDIA_LOST: Code = Code::new("web-media-lost");
const ATTACHMENT: Code = Code::new("web-attachment");
const ATTACHED: Code = Code::new("web-attachment-link");
const CARD: Code = Code::new("web-media-card");

/// Where an element of its kind keeps its address.
const ADDRESSES: &[&str] = &["data-src", "src", "data", "data-url", "href", "data-mpvid", "url"];
/// Where it keeps what it is called.
const NAMES: &[&str] = &[
    "title",
    "name",
    "data-title",
    "data-nickname",
    "data-weui-title",
    "music_name",
    "data-pluginname",
];

/// Reads a film, a sound or a page within the page.
pub(super) fn read<'p>(walker: &mut Walker<'p>, node: NodeRef<'p>, name: &str) {
    walker.flush();
    let line = walker.page.line(node.id);
    let own = ADDRESSES.iter().find_map(|a| address(&node, a));
    let source = || {
        let inner = node.descendants_it().filter(|n| n.has_name("source") || n.has_name("param"));
        inner.filter_map(|n| address(&n, "src").or_else(|| address(&n, "value"))).next()
    };
    let title = NAMES.iter().find_map(|a| {
        let value = node.attr(a)?.trim().to_owned();
        (value.chars().count() > 1).then_some(value)
    });
    match own.or_else(source) {
        Some(url) => card(walker, name, &url, title, line),
        None => {
            let title = title.unwrap_or_default();
            let finding = Finding::warning(MEDIA_LOST).arg("kind", name).arg("title", title);
            walker.findings.push(finding.line(line));
        }
    }
}

fn address(node: &NodeRef<'_>, attribute: &str) -> Option<String> {
    let value = node.attr(attribute)?.trim().to_owned();
    let fits = match scheme(&value).as_deref() {
        Some("http" | "https") => true,
        Some(_) => false,
        None => value.starts_with("//") || value.contains(['/', '.']),
    };
    fits.then_some(value)
}

fn card(walker: &mut Walker<'_>, name: &str, url: &str, title: Option<String>, line: usize) {
    let words = title.unwrap_or_else(|| if is_file(url) { file_name(url) } else { url.to_owned() });
    let shown = matches!(name, "iframe" | "embed" | "object") && is_file(url);
    let (code, label) = if shown { (ATTACHMENT, "name") } else { (MEDIA, "title") };
    let finding = Finding::note(code).arg(label, &words).arg("address", url);
    let finding = if code == MEDIA { finding.arg("kind", name) } else { finding };
    walker.findings.push(finding.line(line));
    let link = Inline::Link { url: url.to_owned(), content: vec![Inline::Text(words)] };
    let blocks = vec![Block::Paragraph(vec![link])];
    let card = Block::Aside(Aside { kind: AsideKind::LinkCard, blocks });
    walker.push_block(card, line, 0.9, CARD);
}

impl Walker<'_> {
    /// A file that the page shows in a frame of its own making.
    pub(super) fn shown_file(&mut self, node: NodeRef<'_>, url: &str) {
        self.flush();
        let line = self.page.line(node.id);
        let words = ["sudyfile-attr", "title", "filename"]
            .iter()
            .find_map(|a| node.attr(a).map(|v| v.to_string()))
            .map(|v| v.split('\'').nth(3).map_or(v.clone(), str::to_owned))
            .filter(|v| !v.trim().is_empty())
            .unwrap_or_else(|| file_name(url));
        let finding = Finding::note(ATTACHMENT).arg("name", &words).arg("address", url);
        self.findings.push(finding.line(line));
        let link = Inline::Link { url: url.to_owned(), content: vec![Inline::Text(words)] };
        self.push_block(Block::Paragraph(vec![link]), line, 0.9, ATTACHED);
    }
}
