//! The report on one publication: `report.json` for programs, `report.html` for the
//! department's editor. No times, so that the same input gives the same bytes.

mod json;
mod page;
mod press;

use crate::diag::{Fault, Finding};
use crate::export::html::Templates;
use crate::export::{Artifact, Body};
use crate::layout::Look;
use crate::publication::Publication;

use super::{BuiltPublication, Read};

/// Both reports. Where the page's template is wrong there is the other alone, and
/// the fault is among the findings.
pub(super) fn artifacts(
    built: &mut BuiltPublication,
    publication: &Publication,
    reads: &[&Read],
    look: &Look,
) -> Vec<Artifact<'static>> {
    let mut artifacts = Vec::new();
    let page = page::Page::of(built, publication, reads, look);
    let html = Templates::new(look).and_then(|t| t.render("report.html.j2", &page));
    match html {
        Ok(html) => artifacts.push(artifact("report.html", html)),
        Err(Fault { findings, .. }) => built.findings.extend::<Vec<Finding>>(findings),
    }
    artifacts.push(artifact("report.json", json::json(built, publication, reads)));
    artifacts
}

fn artifact(path: &str, text: String) -> Artifact<'static> {
    Artifact { path: path.to_owned(), body: Body::Bytes(text.into_bytes()) }
}
