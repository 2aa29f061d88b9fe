//! What a publication's press edition is ordered for: the standard, and the profile
//! that the project, the command line or the manifest names. And what preflight says
//! of the files that came of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diag::{Code, Fault, Finding};
use crate::export::pdf::{Booklet, PressOrder};
use crate::export::view::View;
use crate::layout::{FontShelf, Look};
use crate::media::Profile;
use crate::print;
use crate::print::preflight::{self, KnownPicture, Order, Preflight, Verdict};
use crate::project::{MANIFEST, Print, Project, Standard};

use crate::verify::without_pictures;

use super::BuiltPublication;
use super::impose::{sheet, sheets};

const NO_PROFILE: Code = Code::new("press-profile-not-there");

const FAILED: Code = Code::new("press-preflight-failed");
const WARNED: Code = Code::new("press-preflight-warned");
const UNREADABLE: Code = Code::new("verify-unreadable");

/// The profile of the manifest that stands in where nobody names another.
const USUAL_PROFILE: &str = "fogra39";
/// The most ink that coated paper takes in sheet-fed offset, in per cent.
const USUAL_INK: u16 = 300;

/// The order for a publication; `icc` is a profile's file that goes before all others,
/// `look` knows the sheets of a booklet.
///
/// # Errors
/// A usage fault for what was typed and a configuration fault for what the project
/// says: the profile is not there, is not one of a press with four inks, or nobody
/// knows the booklet's sheet. A fault of the work where the manifest's profile has not
/// been fetched.
pub(super) fn order(
    project: &Project,
    print: &Print,
    fonts: &FontShelf,
    icc: Option<&Path>,
    look: &Look,
) -> Result<PressOrder, Fault> {
    let standard = match print.standard {
        Some(Standard::X1a) => print::Standard::X1a,
        Some(Standard::X4) | None => print::Standard::X4,
    };
    let typed = |finding: Finding| Fault::usage(finding.file("--icc"));
    let written = |finding: Finding| Fault::configuration(finding.file(MANIFEST));
    let named = print.profile.as_deref().unwrap_or(USUAL_PROFILE);
    let (bytes, name) = match (icc, file(project, named)) {
        (Some(path), _) => (read(path).map_err(typed)?, path.display().to_string()),
        (None, Some(path)) => (read(&path).map_err(written)?, named.to_owned()),
        (None, None) => (fonts.profile(named)?, named.to_owned()),
    };
    let of_no_use = |finding| if icc.is_some() { typed(finding) } else { written(finding) };
    let profile = Profile::read(bytes, &name).map_err(of_no_use)?;
    let ink = print.ink.map_or(USUAL_INK, |ink| ink.0);
    let mut order = PressOrder::new(standard, profile, ink).map_err(of_no_use)?;
    if let Some(name) = &print.booklet {
        let sheet = sheet(look, name).map_err(written)?;
        order.booklet = Some(Booklet { sheet, known: sheets(look) });
    }
    Ok(order)
}

/// The file that a profile's name means; none where it is a name of the manifest.
pub(super) fn file(project: &Project, name: &str) -> Option<PathBuf> {
    let is_file = Path::new(name)
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("icc") || e.eq_ignore_ascii_case("icm"));
    is_file.then(|| project.root().join(name))
}

fn read(path: &Path) -> Result<Vec<u8>, Finding> {
    std::fs::read(path)
        .map_err(|why| Finding::error(NO_PROFILE).arg("name", path.display()).arg("why", why))
}

/// A press file and what its twenty-four checks say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preflighted {
    /// The file, relative to the publication's folder.
    pub file: String,
    /// What they say.
    pub preflight: Preflight,
}

/// A press file that was made, and what is known of its pictures.
pub(super) struct Made {
    pub(super) file: String,
    pub(super) pictures: BTreeMap<u32, KnownPicture>,
}

/// Has the press files judged that lie in `folder`; their findings are the
/// publication's.
pub(super) fn preflight(
    pressed: Vec<Made>,
    order: &PressOrder,
    view: &View,
    folder: &Path,
    built: &mut BuiltPublication,
) {
    let (inside, booklet) = (format!("{}-print.pdf", view.id), format!("{}-booklet.pdf", view.id));
    // A booklet is the inside once more, on sheets that have sizes of their own.
    for made in pressed.into_iter().filter(|made| made.file != booklet) {
        let page = view.page.as_ref();
        let bleed = page.map(|page| page.bleed);
        // Only the inside has the size that was ordered: the cover goes around it.
        let trim = page.filter(|_| made.file == inside).map(|page| [page.width, page.height]);
        match judge(folder, made, order, Order { trim, bleed, ..Order::default() }) {
            Ok(judged) => {
                built.findings.extend(said(&judged));
                built.preflights.push(judged);
            }
            Err(finding) => built.findings.push(finding),
        }
    }
}

/// Has a press file of an order judged, its photographs unread: what they carry was
/// measured when they were made. `measures` are those of its pages.
///
/// # Errors
/// Where the file cannot be read.
fn judge(
    folder: &Path,
    made: Made,
    order: &PressOrder,
    measures: Order,
) -> Result<Preflighted, Finding> {
    let Made { file, pictures } = made;
    let unreadable = |why: &dyn std::fmt::Display| {
        Finding::error(UNREADABLE).arg("why", why).file(file.as_str())
    };
    let bytes = without_pictures(&folder.join(&file)).map_err(|why| unreadable(&why))?;
    let order = Order {
        standard: Some(order.standard),
        ink: Some(f64::from(order.separation.limit())),
        pictures,
        ..measures
    };
    match preflight::preflight(bytes, &order) {
        Ok(preflight) => Ok(Preflighted { file, preflight }),
        Err(fault) => Err(fault.findings.into_iter().next().unwrap_or_else(|| unreadable(&""))),
    }
}

/// What is to be said of a judged file: which checks failed, and which warn.
fn said(judged: &Preflighted) -> impl Iterator<Item = Finding> {
    let numbers = |verdict: Verdict| {
        let checks = judged.preflight.checks.iter().filter(|check| check.verdict == verdict);
        checks.map(|check| check.check.number().to_string()).collect::<Vec<_>>().join("、")
    };
    let file = judged.file.clone();
    let told =
        [(Finding::error(FAILED), Verdict::Failed), (Finding::warning(WARNED), Verdict::Warned)];
    let told = told.map(|(finding, verdict)| (finding, numbers(verdict)));
    told.into_iter()
        .filter(|(_, numbers)| !numbers.is_empty())
        .map(move |(finding, numbers)| finding.arg("checks", numbers).file(file.clone()))
}
