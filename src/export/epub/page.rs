//! A page of the e-book: its name, its text, and what it was made from.

/// A page of the spine.
pub(super) struct Page {
    /// Its id in the manifest, and its file's name.
    pub(super) id: String,
    /// Its XHTML.
    pub(super) text: String,
    /// The project's file it was made from, where it was made from one.
    pub(super) file: Option<String>,
}

impl Page {
    /// Its path below the package document.
    pub(super) fn href(&self) -> String {
        // The contents page is the navigation document and lies beside the package.
        if self.id == "nav" { "nav.xhtml".to_owned() } else { format!("text/{}.xhtml", self.id) }
    }
}
