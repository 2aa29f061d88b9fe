//! `kanyin build`: the main job.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;
use kanyin::diag::{Fault, Severity, size};
use kanyin::pipeline::{BuildOptions, BuiltPublication, build};
use kanyin::project::{Format, Project};

use super::progress::Bars;
use super::voice::Voice;

pub(super) fn run(args: &ArgMatches, folder: &Path, voice: &Voice) -> Result<ExitCode, Fault> {
    let project = Project::open(folder)?;
    let typed = super::words(args, "format");
    let options = BuildOptions {
        ids: super::words(args, "ids"),
        formats: Format::ALL.into_iter().filter(|f| typed.iter().any(|t| t == f.name())).collect(),
        out: args.get_one::<PathBuf>("out").cloned(),
        fonts: super::fonts::folders(Some(&project)),
        icc: args.get_one::<PathBuf>("icc").cloned(),
    };
    voice.findings(super::fonts::doubt().as_ref());
    super::stopped::listen(voice.lang());
    let built = build(&project, &options, &Bars::new(voice.lang()))?;
    voice.grave(built.findings());
    for publication in &built.publications {
        tell(publication, voice);
    }
    if let Some(shared) = &built.shared {
        let args =
            [("file", shared.page.display().to_string()), ("count", shared.books.to_string())];
        voice.line(&voice.text("build-share", &args));
    }
    let failed = built.findings().any(|f| f.severity == Severity::Error);
    if failed {
        voice.aside(&voice.text("build-with-errors", &[]));
    }
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn tell(publication: &BuiltPublication, voice: &Voice) {
    let args = [
        ("title", publication.title.clone()),
        ("articles", publication.articles.to_string()),
        ("edits", publication.edits.to_string()),
    ];
    voice.line(&voice.text("build-publication", &args));
    let posts = publication.files.iter().filter(|(p, _)| p.ends_with("/article.html")).count();
    for (path, bytes) in publication.files.iter().filter(|(p, _)| !p.contains('/')) {
        let place = publication.folder.join(path);
        voice.line(&format!("  {}  {}", place.display(), size(*bytes)));
    }
    if posts > 0 {
        let place = publication.folder.join("wechat").join("index.html");
        let args = [("file", place.display().to_string()), ("count", posts.to_string())];
        voice.line(&voice.text("build-posts", &args));
    }
    if !publication.not_made.is_empty() {
        let names = publication.not_made.iter().map(|n| voice.text(format_name(n.format), &[]));
        let names = names.collect::<Vec<_>>().join("、");
        voice.line(&voice.text("build-not-made", &[("formats", names)]));
        for old in publication.not_made.iter().flat_map(|n| &n.old) {
            let place = publication.folder.join(old).display().to_string();
            voice.line(&voice.text("build-old", &[("file", place)]));
        }
    }
    if !publication.kept.is_empty() {
        let report = publication.folder.join("report.html").display().to_string();
        let whole = publication.kept.iter().all(|file| file.kept.is_whole());
        let code = match (whole, publication.not_made.is_empty()) {
            (true, true) => "build-kept",
            (true, false) => "build-kept-of-made",
            (false, _) => "build-lost",
        };
        voice.line(&voice.text(code, &[("file", report)]));
    }
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::Pdf => "format-pdf",
        Format::Print => "format-print",
        Format::Epub => "format-epub",
        Format::Wechat => "format-wechat",
    }
}
