//! Findings and edits as JSON: one shape for `inspect`, `review`, `check` and
//! `report.json`. Keys that do not apply are absent.

use serde_json::{Map, Value, json};

use super::{Edit, Finding, Lang};

impl Finding {
    /// The finding as JSON, worded in `lang`.
    pub fn json(&self, lang: Lang) -> Value {
        let mut out = Map::new();
        out.insert("code".into(), self.code.name().into());
        out.insert("severity".into(), self.severity.name().into());
        out.insert("message".into(), self.message(lang).into());
        let args: Map<String, Value> =
            self.args.iter().map(|(k, v)| ((*k).to_owned(), v.as_str().into())).collect();
        let optional = [
            ("hint", self.hint(lang).map(Value::from)),
            ("args", (!args.is_empty()).then_some(Value::Object(args))),
            ("file", self.file.clone().map(Value::from)),
            ("line", self.line.map(Value::from)),
            ("place", self.place.as_ref().map(|p| p.to_string().into())),
            ("excerpt", self.excerpt.clone().map(Value::from)),
        ];
        for (key, value) in optional {
            if let Some(value) = value {
                out.insert(key.into(), value);
            }
        }
        Value::Object(out)
    }
}

impl Edit {
    /// The edit as JSON.
    pub fn json(&self) -> Value {
        let mut out = json!({
            "rule": self.rule.name(),
            "grade": self.grade.name(),
            "status": self.status.name(),
            "place": self.place.to_string(),
            "at": self.at,
            "old": self.old,
            "new": self.new,
            "before": self.before,
            "after": self.after,
            "key": self.key(),
        });
        if let (Some(line), Some(map)) = (self.line, out.as_object_mut()) {
            map.insert("line".into(), line.into());
        }
        out
    }
}
