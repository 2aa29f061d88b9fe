//! W03 (leftovers), W04, W05, W06, W12, W18: declarations in `style` that WeChat
//! drops, refuses or shows differently.

use crate::diag::{Code, Severity};
use crate::export::wechat::markup::Tag;

use super::Page;
use super::report::Report;

const LEFTOVER: Code = Code::new("wechat-w03");
const PLACED: Code = Code::new("wechat-w04");
const DOUBTFUL: Code = Code::new("wechat-w04-doubtful");
const FLEX: Code = Code::new("wechat-w05");
const IMPORTANT: Code = Code::new("wechat-w06");
const BACKGROUND: Code = Code::new("wechat-w12");
const FAMILY: Code = Code::new("wechat-w18");

/// Notes every element one of whose declarations is found wanting; `judge` gets
/// property and value in lower case and answers with what to show.
fn declarations(
    page: &Page<'_>,
    report: &mut Report,
    severity: Severity,
    code: Code,
    judge: impl Fn(&str, &str) -> bool,
) {
    for (node, tag) in page.tree.elements() {
        if let Some(what) = faulty(tag, &judge) {
            report.node(severity, code, what, &page.tree, node);
        }
    }
}

fn faulty(tag: &Tag<'_>, judge: &impl Fn(&str, &str) -> bool) -> Option<String> {
    tag.style()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_ascii_lowercase()))
        .find(|(name, value)| judge(name, value))
        .map(|(name, value)| format!("{name}: {value}"))
}

/// W03: what an inliner should have resolved or dropped.
pub(super) fn leftovers(page: &Page<'_>, report: &mut Report) {
    const SIGNS: &[&str] = &["var(", "calc(", "color-mix(", "@media", ":hover"];
    declarations(page, report, Severity::Error, LEFTOVER, |name, value| {
        name.starts_with("--") || SIGNS.iter().any(|s| value.contains(s) || name.contains(s))
    });
}

/// W04: placing out of the flow is refused; some other effects are unsure.
pub(super) fn placing(page: &Page<'_>, report: &mut Report) {
    declarations(page, report, Severity::Error, PLACED, |name, _| {
        matches!(name, "position" | "z-index")
    });
    declarations(page, report, Severity::Warning, DOUBTFUL, |name, value| {
        matches!(name, "transform" | "float" | "filter")
            || name.starts_with("animation")
            || name.starts_with("grid")
            || (name == "display" && value.contains("grid"))
    });
}

/// W05: sources disagree on flex boxes.
pub(super) fn flex(page: &Page<'_>, report: &mut Report) {
    declarations(page, report, Severity::Warning, FLEX, |name, value| {
        name == "display" && value.contains("flex")
    });
}

/// W06: `!important` makes the dark mode fail.
pub(super) fn important(page: &Page<'_>, report: &mut Report) {
    declarations(page, report, Severity::Error, IMPORTANT, |_, value| value.contains("!important"));
}

/// W12: pictures as background may vanish.
pub(super) fn background_pictures(page: &Page<'_>, report: &mut Report) {
    declarations(page, report, Severity::Warning, BACKGROUND, |name, value| {
        name.starts_with("background") && value.contains("url(")
    });
}

/// W18: the reader's device chooses the typeface; only code may ask for its own.
pub(super) fn families(page: &Page<'_>, report: &mut Report) {
    const CODE: &[&str] = &["code", "pre", "kbd", "samp"];
    let wants = |name: &str, _: &str| name == "font-family";
    for (node, tag) in page.tree.elements() {
        let in_code = tag.is(CODE) || page.tree.ancestors(node).any(|(_, t)| t.is(CODE));
        if let Some(what) = faulty(tag, &wants).filter(|_| !in_code) {
            report.node(Severity::Warning, FAMILY, what, &page.tree, node);
        }
    }
}
