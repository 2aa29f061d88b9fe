//! Which reader a file is for. Only the name decides: the bytes are the
//! reader's own affair.

/// The formats a source may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SourceFormat {
    /// Plain text.
    Text,
    /// Markdown, foreign or canonical.
    Markdown,
    /// Word's `.docx`.
    Word,
    /// A saved web page.
    WebPage,
    /// The binary files of old word processors, which have to be saved anew.
    OldWord,
    /// No ending, or one that nobody reads.
    Unknown,
}

impl SourceFormat {
    /// The format of a file of that name, by its ending in either case.
    pub fn of(name: &str) -> Self {
        match ending(name).as_deref() {
            Some("txt" | "text") => Self::Text,
            Some("md" | "markdown") => Self::Markdown,
            Some("docx" | "docm") => Self::Word,
            Some("html" | "htm" | "xhtml" | "mht" | "mhtml") => Self::WebPage,
            Some("doc" | "wps" | "rtf" | "odt" | "pdf" | "pages") => Self::OldWord,
            _ => Self::Unknown,
        }
    }
}

/// The ending of a file name in small letters, without its dot.
pub(super) fn ending(name: &str) -> Option<String> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map(|(_, ending)| ending.to_lowercase())
}

/// A file name without folders and ending.
pub(super) fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}
