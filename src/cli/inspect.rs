//! `kanyin inspect FILE`: the article as understood, and why.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;
use kanyin::article::{Block, Place, plain_text};
use kanyin::diag::Fault;
use kanyin::pipeline::{
    Read, Surroundings, embedded_dir, inspect, read_file, read_lists, site_profiles,
};

use super::voice::Voice;

pub(super) fn run(args: &ArgMatches, folder: &Path, voice: &Voice) -> Result<ExitCode, Fault> {
    let file = args.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let reads = read(&file, folder)?;
    if args.get_flag("json") {
        let each = reads.iter().map(|read| {
            let missing = |name: &str| read.is_missing(name);
            inspect::json(&read.imported, &read.edits, &read.findings, &missing)
        });
        voice.json(&inspect::of_file(each.collect()));
    } else {
        for read in &reads {
            outline(read, voice);
            voice.findings(&read.findings);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads a file with the decisions of the project it belongs to, if any.
pub(super) fn read(file: &Path, folder: &Path) -> Result<Vec<Read>, Fault> {
    let project = super::maybe_project(folder)?;
    // Findings name files from the project's folder; what they print can be typed.
    let below = folder.join(file);
    let file = if !file.exists() && below.exists() { below.as_path() } else { file };
    let decisions = project.as_ref().map(|p| p.decisions()).transpose()?.unwrap_or_default();
    let parent = file.parent().map(Path::to_path_buf).unwrap_or_default();
    let parent = if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent };
    let inside = project.as_ref().is_some_and(|p| within(file, p.root()));
    let name = file.display().to_string().replace('\\', "/");
    let within = if inside { folder } else { parent.as_path() };
    // Outside a project, pictures from inside the file are looked at and let go.
    let fleeting = match &project {
        Some(_) => None,
        None => Some(super::temporary_folder()?),
    };
    let shelf = match (&project, &fleeting) {
        (Some(project), _) => embedded_dir(project),
        (None, Some(dir)) => dir.path().to_owned(),
        (None, None) => PathBuf::new(),
    };
    let lists = project.as_ref().map(|p| read_lists(p).value).unwrap_or_default();
    let sites = site_profiles(folder)?;
    let limits = project.as_ref().map(|p| p.config.limits).unwrap_or_default();
    let around = Surroundings { within, shelf: &shelf, sites: &sites, lists: &lists, limits };
    read_file(file, &name, &around, &decisions)
}

fn within(file: &Path, root: &Path) -> bool {
    match (file.canonicalize(), root.canonicalize()) {
        (Ok(file), Ok(root)) => file.starts_with(root),
        _ => false,
    }
}

fn outline(read: &Read, voice: &Voice) {
    let article = read.article();
    let meta = &article.meta;
    let value = |code: &'static str, value: Option<String>| {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            voice.line(&format!("{}  {value}", voice.text(code, &[])));
        }
    };
    value("inspect-kicker", Some(plain_text(&meta.kicker)));
    value("inspect-title", Some(article.title_text()));
    value("inspect-subtitle", Some(plain_text(&meta.subtitle)));
    value("inspect-series", meta.series.as_ref().map(|s| format!("{} {}", s.name, s.ordinal)));
    value("inspect-column", meta.column.clone());
    value("inspect-date", meta.date.map(|d| d.to_string()).or_else(|| meta.date_raw.clone()));
    value("inspect-source", meta.source.clone());
    value("inspect-views", meta.views.map(|v| v.to_string()));
    let extra: Vec<&str> = meta.extra.values().map(String::as_str).collect();
    value("inspect-extra", Some(extra.join("  ")));
    for credit in &meta.credits {
        voice.line(&format!("{}  {}", credit.label, credit.names.join("、")));
    }
    voice.line("");
    for (i, block) in article.body.iter().enumerate() {
        let (kind, text) = summary(block);
        let kind = voice.text(kind, &[]);
        let doubt = read
            .imported
            .origins
            .get(&Place::block(i))
            .filter(|origin| origin.confidence < 1.0)
            .map(|origin| {
                let reason = voice.text(origin.reason, &[]);
                format!("  〔{:.0}% {reason}〕", origin.confidence * 100.0)
            })
            .unwrap_or_default();
        voice.line(&format!("{:>3}  {kind}  {text}{doubt}", i + 1));
    }
    let count = |status| read.edits.iter().filter(|e| e.status == status).count();
    voice.line("");
    let args = [
        ("applied", count(kanyin::diag::Status::Applied).to_string()),
        ("proposed", count(kanyin::diag::Status::Proposed).to_string()),
        ("consumed", read.imported.edits.len().to_string()),
    ];
    voice.line(&voice.text("inspect-edits", &args));
}

/// The kind of a block, as a code of the catalogue, and a line of its text.
fn summary(block: &Block) -> (&'static str, String) {
    let first = |blocks: &[Block]| blocks.first().map(|b| summary(b).1).unwrap_or_default();
    match block {
        Block::Paragraph(inlines) => ("inspect-paragraph", short(&plain_text(inlines))),
        Block::Heading(heading) => ("inspect-heading", short(&plain_text(&heading.text))),
        Block::Figure(figure) => {
            let names: Vec<&str> = figure.images.iter().map(|i| i.name.as_str()).collect();
            let caption = plain_text(&figure.caption);
            ("inspect-figure", format!("{}  {}", names.join(" + "), short(&caption)))
        }
        Block::List(list) => {
            ("inspect-list", list.items.first().map(|i| first(i)).unwrap_or_default())
        }
        Block::Table(table) => {
            let columns = table.rows.iter().map(Vec::len).max().unwrap_or_default();
            ("inspect-table", format!("{} × {columns}", table.rows.len()))
        }
        Block::Quote(blocks) => ("inspect-quote", first(blocks)),
        Block::Aside(aside) => ("inspect-aside", first(&aside.blocks)),
        Block::Rule => ("inspect-rule", String::new()),
        Block::Unknown { text, .. } => ("inspect-unknown", short(text)),
    }
}

fn short(text: &str) -> String {
    const WIDTH: usize = 40;
    let mut out: String =
        text.chars().take(WIDTH).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if text.chars().count() > WIDTH {
        out.push('…');
    }
    out
}
