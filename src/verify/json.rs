//! What a file holds as JSON: one shape for `verify` and `report.json`.

use serde_json::{Value, json};

use super::{Kept, Missing};

impl Kept {
    /// What a file holds as JSON.
    pub fn json(&self) -> Value {
        let missing: Vec<Value> = self.missing.iter().map(Missing::json).collect();
        json!({ "characters": self.characters, "found": self.found, "missing": missing })
    }
}

impl Missing {
    fn json(&self) -> Value {
        let mut out = json!({
            "article": self.article,
            "file": self.file,
            "place": self.place.to_string(),
            "characters": self.characters,
            "expected": self.expected,
            "found": self.found,
        });
        if let (Some(page), Some(out)) = (self.page, out.as_object_mut()) {
            out.insert("page".into(), page.into());
        }
        out
    }
}
