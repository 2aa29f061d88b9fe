//! What became of a folder, for programs.

use serde_json::{Value, json};

use super::FolderImport;
use crate::diag::Lang;

impl FolderImport {
    /// The summary as JSON, its findings worded in `lang`.
    pub fn json(&self, lang: Lang) -> Value {
        let path = |path: &std::path::Path| path.display().to_string().replace('\\', "/");
        let written = self.written.iter().map(
            |w| json!({ "source": w.source, "article": path(&w.target), "pictures": w.pictures }),
        );
        let there = self.there.iter();
        let there = there.map(|(source, at)| json!({ "source": source, "article": path(at) }));
        let copies = self.copies.iter();
        let copies = copies.map(|(source, of)| json!({ "source": source, "same_as": of }));
        let beside = self.beside.iter();
        let beside = beside.map(|(picture, of)| json!({ "picture": picture, "article": of }));
        json!({
            "version": 1,
            "written": written.collect::<Vec<_>>(),
            "there": there.collect::<Vec<_>>(),
            "copies": copies.collect::<Vec<_>>(),
            "filled": self.filled,
            "beside": beside.collect::<Vec<_>>(),
            "leftovers": self.leftovers,
            "unknown": self.unknown,
            "refused": self.refused,
            "findings": self.findings.iter().map(|f| f.json(lang)).collect::<Vec<_>>(),
        })
    }
}
