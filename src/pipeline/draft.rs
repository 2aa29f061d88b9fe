//! From the posts in `out/` to drafts at WeChat: finds the posts of a publication,
//! sees that they are not older than what they were made from, and keeps in
//! `.kanyin/wechat/` what was already sent.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::deliver::{Account, Api, Carried, Carrier, Gathering, Ledger, Plan, Post, gather};
use crate::diag::{Code, Fault, Finding, Progress, Warned};
use crate::project::{KindName, MANIFEST, Project, PublicationConfig};

use super::again::posts_hold;

const NOT_BUILT: Code = Code::new("draft-not-built");
const STALE: Code = Code::new("draft-stale");
const UNKNOWN_POST: Code = Code::new("draft-unknown-post");
const ONE_PUBLICATION: Code = Code::new("draft-only-of-one");
const LEDGER_UNREADABLE: Code = Code::new("draft-ledger-unreadable");
const LEDGER_UNWRITABLE: Code = Code::new("draft-ledger-unwritable");

/// What is to become drafts.
#[derive(Debug, Clone, Default)]
pub struct DraftOptions {
    /// The ids of the publications.
    pub ids: Vec<String>,
    /// Only these posts, by number, folder or the folder's name after its number; all
    /// where it is empty.
    pub only: Vec<String>,
    /// Whether the posts go into one draft, in the order of `only`.
    pub together: bool,
    /// Where the posts lie; `out/` of the project where nothing is said.
    pub out: Option<PathBuf>,
}

/// Finds the posts and gathers them into drafts. Reaches no network.
///
/// # Errors
/// A usage fault where a post or publication is not known or one draft would be too
/// full; where a publication has no posts, or they are older than their sources.
pub fn plan_drafts(project: &Project, options: &DraftOptions) -> Result<Plan, Fault> {
    let configs = project.config.chosen(&options.ids)?;
    if configs.len() > 1 && !options.only.is_empty() {
        return Err(Fault::usage(Finding::error(ONE_PUBLICATION)));
    }
    let out = options.out.clone().unwrap_or_else(|| project.out_dir());
    let mut chosen = Vec::new();
    for config in configs {
        let folder = out.join(&config.id).join("wechat");
        let found = posts(&folder);
        if found.is_empty() {
            let finding = Finding::error(NOT_BUILT).arg("id", &config.id);
            return Err(Fault::work(finding.arg("folder", folder.display())));
        }
        if let Some(newer) = newer_than(project, &config.id, &found) {
            return Err(Fault::work(Finding::error(STALE).arg("id", &config.id).file(newer)));
        }
        // The report lists what stands in the parts. Where front or back matter has posts
        // as well, its numbers are not theirs, and a post is known by its folder's name.
        let mut articles = articles(&out.join(&config.id).join("report.json"));
        if articles.len() != found.len() {
            articles.clear();
        }
        let posts = only(&found, &options.only, &config.id)?
            .into_iter()
            .map(|found| Post::read(&found.path, found.number, found.article(&articles)))
            .collect::<Result<Vec<_>, _>>()
            .map_err(Fault::work)?;
        chosen.push((config, posts));
    }
    let mut plan = Plan::default();
    if options.together {
        let ids: Vec<&str> = chosen.iter().map(|(config, _)| config.id.as_str()).collect();
        let ids = ids.join("+");
        let posts = chosen.into_iter().flat_map(|(_, posts)| posts).collect();
        return gather(&ids, posts, &Gathering::Together).map_err(Fault::usage);
    }
    for (config, posts) in chosen {
        let how = gathering(config, !options.only.is_empty());
        let of_this = gather(&config.id, posts, &how).map_err(Fault::usage)?;
        plan.drafts.extend(of_this.drafts);
        plan.findings.extend(of_this.findings);
    }
    Ok(plan)
}

/// A bulletin's issue goes out as a whole; what is picked from it by hand is a message
/// of its own. Everything else goes out one by one.
fn gathering(config: &PublicationConfig, picked: bool) -> Gathering {
    match (config.kind, picked) {
        (KindName::Bulletin, false) => {
            let issue = &config.bulletin;
            let day = issue.date.map(|day| day.0.to_string()).unwrap_or_default();
            let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
            Gathering::Issue(format!("{}/{}/{day}", number(issue.number), number(issue.total)))
        }
        (KindName::Bulletin, true) => Gathering::Together,
        _ => Gathering::Each,
    }
}

/// A post's folder.
struct Found {
    number: usize,
    name: String,
    path: PathBuf,
}

impl Found {
    /// The source file of its article; the rest of the folder's name where the report
    /// does not tell it.
    fn article(&self, articles: &BTreeMap<usize, String>) -> String {
        articles.get(&self.number).cloned().unwrap_or_else(|| self.slug().to_owned())
    }

    fn slug(&self) -> &str {
        self.name.split_once('-').map_or(&self.name, |(_, slug)| slug)
    }

    fn is(&self, typed: &str) -> bool {
        let typed = typed.trim_end_matches(['/', '\\']);
        let last = typed.rsplit(['/', '\\']).next().unwrap_or(typed);
        typed.parse() == Ok(self.number) || last == self.name || last == self.slug()
    }
}

/// The posts in a folder, by number.
fn posts(folder: &Path) -> Vec<Found> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<Found> = entries
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let number = name.split_once('-')?.0.parse().ok()?;
            Some(Found { number, path: entry.path(), name })
        })
        .collect();
    found.sort_by(|a, b| a.number.cmp(&b.number).then_with(|| a.name.cmp(&b.name)));
    found
}

/// The chosen ones, in the order in which they were typed.
fn only<'a>(found: &'a [Found], typed: &[String], id: &str) -> Result<Vec<&'a Found>, Fault> {
    if typed.is_empty() {
        return Ok(found.iter().collect());
    }
    let mut chosen: Vec<&Found> = Vec::new();
    for typed in typed {
        let Some(post) = found.iter().find(|post| post.is(typed)) else {
            let finding = Finding::error(UNKNOWN_POST).arg("post", typed).arg("id", id);
            let last = found.last().map_or(0, |post| post.number);
            return Err(Fault::usage(finding.arg("last", last)));
        };
        if !chosen.iter().any(|other| other.number == post.number) {
            chosen.push(post);
        }
    }
    Ok(chosen)
}

/// The source files of a publication's articles by number, as its report tells. A file
/// of several articles is told apart by counting.
fn articles(report: &Path) -> BTreeMap<usize, String> {
    let report: Option<Value> =
        fs::read(report).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let listed = report.as_ref().and_then(|report| report["articles"].as_array());
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut out = BTreeMap::new();
    for article in listed.into_iter().flatten() {
        let number = article["number"].as_u64().and_then(|n| usize::try_from(n).ok());
        let (Some(number), Some(file)) = (number, article["file"].as_str()) else { continue };
        let nth = seen.entry(file).or_default();
        *nth += 1;
        let name = if *nth == 1 { file.to_owned() } else { format!("{file}#{nth}") };
        out.insert(number, name);
    }
    out
}

/// A file of the project that is newer than one of the posts, and than the last build that
/// found them to hold, so that they may not say what it says.
fn newer_than(project: &Project, id: &str, found: &[Found]) -> Option<String> {
    let modified = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    let oldest = found.iter().filter_map(|post| modified(&post.path.join("draft.json"))).min()?;
    let built = modified(&posts_hold(project, id)).map_or(oldest, |held| held.max(oldest));
    let root = project.root();
    let mut places = vec![root.join(MANIFEST), root.join("review.toml"), root.join("lists")];
    places.push(project.sources_dir());
    places.extend(project.layouts_dir());
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with(['.', '~']);
    let files = places.into_iter().flat_map(|place| {
        let walk = walkdir::WalkDir::new(place).sort_by_file_name().into_iter();
        walk.filter_entry(move |entry| entry.depth() == 0 || !hidden(entry.file_name())).flatten()
    });
    files
        .filter(|entry| entry.file_type().is_file())
        .find(|entry| modified(entry.path()).is_some_and(|time| time > built))
        .map(|entry| {
            let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
            below.to_string_lossy().replace('\\', "/")
        })
}

/// What is already at WeChat for the account `appid` of the server `base`. A file that
/// cannot be read is told and begun anew: it is a cache.
pub fn read_ledger(project: &Project, base: &str, appid: &str) -> Warned<Ledger> {
    let path = ledger_path(project, base, appid);
    match fs::read(&path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Warned::clean(Ledger::default()),
        Ok(bytes) if Ledger::read(&bytes).is_some() => {
            Warned::clean(Ledger::read(&bytes).unwrap_or_default())
        }
        _ => {
            let finding = Finding::warning(LEDGER_UNREADABLE);
            let findings = vec![finding.file(path.display().to_string())];
            Warned { value: Ledger::default(), findings }
        }
    }
}

fn ledger_path(project: &Project, base: &str, appid: &str) -> PathBuf {
    project.cache_dir().join("wechat").join(Ledger::file_name(base, appid))
}

/// Carries a plan out. `base` is the server that the API reaches.
pub fn deliver<'a>(
    project: &Project,
    plan: &'a Plan,
    mut ledger: Ledger,
    (base, account): (&str, &Account),
    api: &Api<'_>,
    progress: &dyn Progress,
) -> Carried<'a> {
    let path = ledger_path(project, base, &account.appid);
    let mut save = |ledger: &Ledger| {
        write(&path, &ledger.bytes()).map_err(|e| {
            let finding = Finding::error(LEDGER_UNWRITABLE).arg("why", e);
            finding.file(path.display().to_string())
        })
    };
    Carrier { api, ledger: &mut ledger, save: &mut save, progress }.carry(plan)
}

/// Writes a file whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = crate::project::whole_file(folder)?;
    file.write_all(bytes)?;
    file.persist(path)?;
    Ok(())
}
