//! The one object that decides all output: results to stdout, findings and
//! progress to stderr, in the person's language, coloured only on a terminal.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::{IsTerminal as _, Write as _};

use kanyin::diag::{self, Dismissal, Finding, Lang, Severity};
use serde_json::Value;

/// The language of messages: `--lang` wins over `KANYIN_LANG`; else Chinese.
pub(super) fn lang(args: impl Iterator<Item = OsString>, variable: Option<String>) -> Lang {
    let args: Vec<String> = args.map(|a| a.to_string_lossy().into_owned()).collect();
    let typed = args.iter().enumerate().find_map(|(i, arg)| {
        arg.strip_prefix("--lang=")
            .map(str::to_owned)
            .or_else(|| (arg == "--lang").then(|| args.get(i + 1).cloned().unwrap_or_default()))
    });
    let wanted = typed.or(variable).unwrap_or_default().to_ascii_lowercase();
    if wanted.starts_with("en") { Lang::En } else { Lang::Zh }
}

/// Speaks to the person.
pub(super) struct Voice {
    lang: Lang,
    colour: bool,
}

impl Voice {
    /// A voice in that language.
    pub(super) fn new(lang: Lang) -> Self {
        let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Self { lang, colour }
    }

    /// The language spoken.
    pub(super) fn lang(&self) -> Lang {
        self.lang
    }

    /// A text of the catalogue with its values.
    pub(super) fn text(&self, code: &'static str, args: &[(&'static str, String)]) -> String {
        diag::text(code, args, self.lang)
    }

    /// A line of a result, to stdout. A reader that went away is no error of ours.
    pub(super) fn line(&self, text: &str) {
        let _ = writeln!(std::io::stdout(), "{text}");
    }

    /// A result as JSON, to stdout.
    pub(super) fn json(&self, value: &Value) {
        self.line(&serde_json::to_string_pretty(value).unwrap_or_default());
    }

    /// A line beside the result, to stderr.
    pub(super) fn aside(&self, text: &str) {
        let _ = writeln!(std::io::stderr(), "{text}");
    }

    /// Findings, each with its place; advice once for each code.
    pub(super) fn findings<'a>(&self, findings: impl IntoIterator<Item = &'a Finding>) {
        let mut advised = BTreeSet::new();
        for finding in findings {
            self.aside(&self.head(finding));
            if let Some(excerpt) = &finding.excerpt {
                self.aside(&format!("    {excerpt}"));
            }
            if let Some(hint) = finding.hint(self.lang)
                && advised.insert((finding.code, hint.clone()))
            {
                self.aside(&format!("    → {hint}"));
            }
        }
    }

    /// As [`Voice::findings`], each with a number by which it can be set aside; one that
    /// is set aside says by whom and why.
    pub(super) fn numbered<'a>(
        &self,
        findings: impl IntoIterator<Item = (usize, &'a Finding, Option<&'a Dismissal>)>,
    ) {
        let mut advised = BTreeSet::new();
        for (number, finding, dismissal) in findings {
            self.aside(&format!("{number:>4}  {}", self.head(finding)));
            if let Some(excerpt) = &finding.excerpt {
                self.aside(&format!("          {excerpt}"));
            }
            if let Some(Dismissal { by, reason }) = dismissal {
                let args = [("by", by.clone()), ("reason", reason.clone())];
                self.aside(&format!("          {}", self.text("check-set-aside", &args)));
            } else if let Some(hint) = finding.hint(self.lang)
                && advised.insert((finding.code, hint.clone()))
            {
                self.aside(&format!("          → {hint}"));
            }
        }
    }

    /// Errors and warnings in full; how many notes there are besides.
    pub(super) fn grave<'a>(&self, findings: impl Iterator<Item = &'a Finding>) {
        let mut seen = Vec::new();
        let mut notes = 0;
        for finding in findings {
            match finding.severity {
                Severity::Note => notes += 1,
                _ if seen.contains(&finding) => {}
                _ => seen.push(finding),
            }
        }
        self.findings(seen);
        if notes > 0 {
            self.aside(&self.text("cli-more-notes", &[("count", notes.to_string())]));
        }
    }

    fn head(&self, finding: &Finding) -> String {
        let (word, colour) = match finding.severity {
            Severity::Error => ("cli-error", "31"),
            Severity::Warning => ("cli-warning", "33"),
            Severity::Note => ("cli-note", "36"),
        };
        let word = self.text(word, &[]);
        let word = if self.colour { format!("\u{1b}[1;{colour}m{word}\u{1b}[0m") } else { word };
        let place = match (&finding.file, finding.line) {
            (Some(file), Some(line)) => format!(" {file}:{line}"),
            (Some(file), None) => format!(" {file}"),
            (None, _) => String::new(),
        };
        let code = finding.code.name();
        format!("{word}{place}  {}  [{code}]", finding.message(self.lang))
    }
}
