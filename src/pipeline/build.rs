//! The main job: from articles to the files in `out/`, a publication at a time. A
//! format that cannot be made is told and does not stop the others.

use std::path::Path;

use crate::diag::{Code, Fault, FaultKind, Finding, Progress};
use crate::export::pdf::PressOrder;
use crate::layout::{self, FontShelf, Look, Medium};
use crate::project::{Format, Project, PublicationConfig};

use super::again::{self, Known};
use super::alone::alone;
use super::built::{BuildOptions, Built};
use super::configured::{REPORT_LOOK, SHARE_LOOK, known_switches, look_name};
use super::inputs::{Inputs, Looked};
use super::making::{Work, unwritable};
use super::press;
use super::read::read_again;
use super::record;
use super::share;

const NO_SOURCES: Code = Code::new("project-no-sources");

/// Builds publications.
///
/// # Errors
/// A usage or configuration fault; everything that goes wrong with a source or a
/// format is a finding of the result.
pub fn build(
    project: &Project,
    options: &BuildOptions,
    progress: &dyn Progress,
) -> Result<Built, Fault> {
    let configs = project.config.chosen(&options.ids)?;
    let _alone = alone(project)?;
    let out = options.out.clone().unwrap_or_else(|| project.out_dir());
    let inputs = Inputs::of(project, options, &out);
    let inputs = inputs.as_ref();
    let looked = inputs.map(|inputs| Looked { inputs, project, options, out: &out });
    let known: Vec<Option<Known>> =
        configs.iter().map(|config| again::known(project, &out, &config.id, inputs?)).collect();
    if let Some(known) = known.iter().cloned().collect::<Option<Vec<Known>>>() {
        let findings = known.first().map(|known| known.library.clone()).unwrap_or_default();
        let publications = known.into_iter().map(|known| known.publication).collect();
        let built = Built { publications, findings, ..Built::default() };
        return handed_out(built, project, &out, inputs);
    }
    let looks: Vec<Vec<(Format, Look)>> =
        configs.iter().map(|c| looks(project, c, options)).collect::<Result<_, _>>()?;
    let report = layout::find(project.layouts_dir().as_deref(), Medium::Report, REPORT_LOOK)?;
    layout::find(project.layouts_dir().as_deref(), Medium::Share, SHARE_LOOK)?;
    let fonts = FontShelf::open(&options.fonts);
    let icc = options.icc.as_deref();
    let orders: Vec<Option<Result<PressOrder, Fault>>> = configs
        .iter()
        .zip(&looks)
        .map(|(config, looks)| {
            let (_, look) = looks.iter().find(|(format, _)| *format == Format::Print)?;
            Some(press::order(project, &config.print, &fonts, icc, look))
        })
        .collect();
    // What was typed or written wrongly is told before any work is done; what is only
    // not there does not keep other formats from being made.
    if let Some(Err(fault)) =
        orders.iter().flatten().find(|o| o.as_ref().is_err_and(|f| f.kind != FaultKind::Work))
    {
        return Err(Fault { kind: fault.kind, findings: fault.findings.clone() });
    }
    let library = read_again(project, looked, progress)?;
    if library.reads.is_empty() && library.findings.is_empty() {
        return Err(Fault::work(Finding::error(NO_SOURCES)));
    }
    let mut built = Built { findings: library.findings.clone(), ..Built::default() };
    for (((config, looks), order), known) in configs.into_iter().zip(&looks).zip(&orders).zip(known)
    {
        if let Some(known) = known {
            built.publications.push(known.publication);
            continue;
        }
        record::forget(project, &config.id);
        let out = out.clone();
        let report = &report;
        let whole = options.formats.is_empty();
        let (library, fonts) = (&library, &fonts);
        let order = order.as_ref();
        let work = Work { project, library, fonts, order, report, inputs, out, whole, progress };
        let (publication, left) = work.publication(config, looks);
        if let Some(looked) = looked {
            again::keep(&publication, left, library, looked);
        }
        built.publications.push(publication);
    }
    handed_out(built, project, &out, inputs)
}

/// What was built, and what is handed out of it over the whole project.
fn handed_out(
    mut built: Built,
    project: &Project,
    out: &Path,
    inputs: Option<&Inputs>,
) -> Result<Built, Fault> {
    let look = layout::find(project.layouts_dir().as_deref(), Medium::Share, SHARE_LOOK)?;
    match share::share(project, out, &look, inputs) {
        Ok(shared) => {
            built.shared = shared.value;
            built.findings.extend(shared.findings);
        }
        Err(why) => built.findings.push(unwritable(out, &why)),
    }
    Ok(built)
}

/// The looks of a publication's formats, so that a wrong name is told before any
/// work is done.
fn looks(
    project: &Project,
    config: &PublicationConfig,
    options: &BuildOptions,
) -> Result<Vec<(Format, Look)>, Fault> {
    let wanted = if options.formats.is_empty() { &config.formats.0 } else { &options.formats };
    let layouts = project.layouts_dir();
    let mut out = Vec::new();
    for format in Format::ALL.into_iter().filter(|f| wanted.contains(f)) {
        let medium = match format {
            Format::Pdf | Format::Print => Medium::Print,
            Format::Epub => Medium::Epub,
            Format::Wechat => Medium::Wechat,
        };
        let name = look_name(config, medium);
        let mut look = layout::find(layouts.as_deref(), medium, name)?;
        look.patience = project.config.limits.patience();
        if medium == Medium::Wechat {
            known_switches(&project.config, config, &look)?;
        }
        out.push((format, look));
    }
    Ok(out)
}
