//! Where the account's id and secret come from: the environment, or a file outside
//! the project. Nothing of the secret gets into a message, not even where the file
//! that holds it is written wrongly.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kanyin::deliver::{Account, Secret};
use kanyin::diag::{Code, Fault, Finding, Warned};
use kanyin::project::Project;
use serde::Deserialize;

const NONE: Code = Code::new("draft-no-credentials");
const HALF: Code = Code::new("draft-half-credentials");
const INSIDE: Code = Code::new("draft-credentials-in-project");
const UNREADABLE: Code = Code::new("draft-credentials-unreadable");
const OPEN_TO_OTHERS: Code = Code::new("draft-credentials-open");
const WHICH: Code = Code::new("draft-which-account");
const UNKNOWN: Code = Code::new("draft-unknown-account");

const APPID: &str = "KANYIN_WECHAT_APPID";
const SECRET: &str = "KANYIN_WECHAT_SECRET";
const FILE: &str = "KANYIN_WECHAT_CREDENTIALS";

/// The file: one account, or several by name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    appid: Option<String>,
    secret: Option<String>,
    #[serde(default)]
    account: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    appid: String,
    secret: String,
}

/// A value of the environment; an empty one is none.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// The account of that name, or the only one.
///
/// # Errors
/// Where there is none, or it is said half, or its file lies in the project.
pub(super) fn find(project: &Project, name: Option<&str>) -> Result<Warned<Account>, Fault> {
    if name.is_none() {
        match (variable(APPID), variable(SECRET)) {
            (Some(appid), Some(secret)) => {
                return Ok(Warned::clean(Account { appid, secret: Secret::new(secret) }));
            }
            (None, None) => {}
            (Some(_), None) => return Err(half(SECRET)),
            (None, Some(_)) => return Err(half(APPID)),
        }
    }
    let named = variable(FILE).map(PathBuf::from);
    let usual = folder().map(|folder| folder.join("kanyin").join("wechat.toml"));
    let is_named = named.is_some();
    let Some(path) = named.or(usual) else { return Err(none("kanyin/wechat.toml")) };
    if !path.is_file() && !is_named {
        return Err(none(&path.display().to_string()));
    }
    if lies_in(&path, project.root()) {
        let finding = Finding::error(INSIDE).file(path.display().to_string());
        return Err(Fault::usage(finding));
    }
    let text =
        std::fs::read_to_string(&path).map_err(|e| unreadable(&path, None, &e.to_string()))?;
    // The reader's own words would show the line, and with it the secret.
    let file: File = toml::from_str(&text).map_err(|e| {
        let line =
            e.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        unreadable(&path, line, "TOML")
    })?;
    let account = choose(file, name, &path)?;
    let open =
        is_open(&path).then(|| Finding::warning(OPEN_TO_OTHERS).file(path.display().to_string()));
    Ok(Warned { value: account, findings: open.into_iter().collect() })
}

fn choose(file: File, name: Option<&str>, path: &Path) -> Result<Account, Fault> {
    let at = |finding: Finding| Fault::usage(finding.file(path.display().to_string()));
    let known = file.account.keys().cloned().collect::<Vec<_>>().join("、");
    let account = |entry: Entry| Account { appid: entry.appid, secret: Secret::new(entry.secret) };
    let mut entries = file.account;
    if let Some(name) = name {
        let unknown = || at(Finding::error(UNKNOWN).arg("name", name).arg("known", &known));
        return entries.remove(name).map(account).ok_or_else(unknown);
    }
    match (file.appid, file.secret) {
        (Some(appid), Some(secret)) => Ok(account(Entry { appid, secret })),
        (Some(_), None) => Err(half("secret")),
        (None, Some(_)) => Err(half("appid")),
        (None, None) if entries.len() == 1 => {
            entries.into_values().next().map(account).ok_or_else(|| none(""))
        }
        (None, None) if entries.is_empty() => Err(none(&path.display().to_string())),
        (None, None) => Err(at(Finding::error(WHICH).arg("known", known))),
    }
}

fn none(file: &str) -> Fault {
    let finding = Finding::error(NONE).arg("appid", APPID).arg("secret", SECRET);
    Fault::usage(finding.arg("file", file))
}

fn half(name: &str) -> Fault {
    Fault::usage(Finding::error(HALF).arg("name", name))
}

fn unreadable(path: &Path, line: Option<usize>, why: &str) -> Fault {
    let finding = Finding::error(UNREADABLE).arg("why", why).line(line);
    Fault::usage(finding.file(path.display().to_string()))
}

/// The platform's folder for what programs are told.
fn folder() -> Option<PathBuf> {
    let home = || variable("HOME").map(PathBuf::from);
    if cfg!(windows) {
        variable("APPDATA").map(PathBuf::from)
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library").join("Application Support"))
    } else {
        let set = variable("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        set.or_else(|| home().map(|home| home.join(".config")))
    }
}

/// Whether a file lies in a folder, links followed: what lies in a project is shared,
/// packed up and put under version control.
fn lies_in(path: &Path, folder: &Path) -> bool {
    let real = |path: &Path| std::path::absolute(path).ok().map(|p| p.canonicalize().unwrap_or(p));
    let (Ok(typed), Some(real_path), Some(real_folder)) =
        (std::path::absolute(path), real(path), real(folder))
    else {
        return true;
    };
    let parent = typed.parent().and_then(|parent| parent.canonicalize().ok());
    real_path.starts_with(&real_folder) || parent.is_some_and(|p| p.starts_with(&real_folder))
}

/// Whether other people of this machine may read the file.
#[cfg(unix)]
fn is_open(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|data| data.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open(_: &Path) -> bool {
    false
}
