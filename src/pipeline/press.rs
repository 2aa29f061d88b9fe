//! What a publication's press edition is ordered for: the standard, and the profile
//! that the project, the command line or the manifest names.

use std::path::{Path, PathBuf};

use crate::diag::{Code, Fault, Finding};
use crate::export::pdf::{Booklet, PressOrder};
use crate::layout::{FontShelf, Look};
use crate::media::Profile;
use crate::print::press;
use crate::project::{MANIFEST, Print, Project, Standard};

use super::impose::{sheet, sheets};

const NO_PROFILE: Code = Code::new("press-profile-not-there");

/// The profile of the manifest that stands in where nobody names another.
const USUAL_PROFILE: &str = "fogra39";
/// The most ink that coated paper takes in sheet-fed offset, in per cent.
const USUAL_INK: u16 = 300;

/// The order for a publication; `icc` is a profile's file that goes before all others,
/// `look` knows the sheets of a booklet.
///
/// # Errors
/// Where the profile is not there, or is not one of a press with four inks, or
/// nobody knows the booklet's sheet.
pub(super) fn order(
    project: &Project,
    print: &Print,
    fonts: &FontShelf,
    icc: Option<&Path>,
    look: &Look,
) -> Result<PressOrder, Fault> {
    let standard = match print.standard {
        Some(Standard::X1a) => press::Standard::X1a,
        Some(Standard::X4) | None => press::Standard::X4,
    };
    let named = print.profile.as_deref().unwrap_or(USUAL_PROFILE);
    let (bytes, name) = match (icc, file(project, named)) {
        (Some(path), _) => (read(path)?, path.display().to_string()),
        (None, Some(path)) => (read(&path)?, path.display().to_string()),
        (None, None) => (fonts.profile(named)?, named.to_owned()),
    };
    let profile = Profile::read(bytes, &name).map_err(Fault::configuration)?;
    let ink = print.ink.map_or(USUAL_INK, |ink| ink.0);
    let mut order = PressOrder::new(standard, profile, ink).map_err(Fault::configuration)?;
    if let Some(name) = &print.booklet {
        let wrong = |finding: Finding| Fault::configuration(finding.file(MANIFEST));
        let sheet = sheet(look, name).map_err(wrong)?;
        order.booklet = Some(Booklet { sheet, known: sheets(look) });
    }
    Ok(order)
}

/// The file that a profile's name means; none where it is a name of the manifest.
fn file(project: &Project, name: &str) -> Option<PathBuf> {
    let is_file = Path::new(name)
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("icc") || e.eq_ignore_ascii_case("icm"));
    is_file.then(|| project.root().join(name))
}

fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    std::fs::read(path).map_err(|why| {
        let finding = Finding::error(NO_PROFILE).arg("name", path.display()).arg("why", why);
        Fault::configuration(finding.file(MANIFEST))
    })
}
