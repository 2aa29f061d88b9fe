//! Templates for the two editions that are HTML. What a block looks like stands
//! in the looks' `.j2` files and their shared walk; here they are only loaded,
//! escaped rightly and, where they are wrong, told so with file and line.

use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
pub use minijinja::value::Value;
use minijinja::value::{Serde, ValueKind};
use minijinja::{AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior};
use serde::Serialize;

use crate::diag::{Code, Fault, Finding};
use crate::layout::Look;

const TEMPLATE_WRONG: Code = Code::new("layout-template-wrong");
const ENDLESS: Code = Code::new("layout-template-endless");

/// How many steps a template may take for each second that its look may.
const STEPS: u64 = 1_000_000;

/// The templates of one look, parsed.
pub struct Templates {
    env: Environment<'static>,
    origins: BTreeMap<String, String>,
}

impl Templates {
    /// Parses every `.j2` file of a look.
    ///
    /// # Errors
    /// A configuration fault with file and line where one does not parse.
    pub fn new(look: &Look) -> Result<Self, Fault> {
        let mut env = Environment::empty();
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_auto_escape_callback(|name| {
            // Everything is mark-up unless its name says otherwise, so that no
            // template can forget to escape.
            let plain = [".css.j2", ".txt.j2"].iter().any(|end| name.ends_with(end));
            if plain { AutoEscape::None } else { AutoEscape::Html }
        });
        env.set_formatter(format);
        if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
            env.set_syntax(syntax);
        }
        minijinja_builtins(&mut env);
        env.set_fuel(Some(look.patience.as_secs().saturating_mul(STEPS)));
        let mut templates = Self { env, origins: BTreeMap::new() };
        for (name, file) in look.files().filter(|(name, _)| name.ends_with(".j2")) {
            templates.origins.insert(name.to_owned(), file.origin.clone());
            let text = look.text(name)?.to_owned();
            let added = templates.env.add_template_owned(name.to_owned(), text);
            added.map_err(|e| templates.fault(&e))?;
        }
        Ok(templates)
    }

    /// Fills in one template.
    ///
    /// # Errors
    /// A configuration fault with file and line where it fails, for example on a
    /// name that the view does not have.
    pub fn render(&self, name: &str, values: &impl Serialize) -> Result<String, Fault> {
        let template = self.env.get_template(name).map_err(|e| self.fault(&e))?;
        template.render(Value::from(Serde(values))).map_err(|e| self.fault(&e))
    }

    fn fault(&self, error: &minijinja::Error) -> Fault {
        let mut deepest = error;
        while let Some(inner) =
            std::error::Error::source(deepest).and_then(|e| e.downcast_ref::<minijinja::Error>())
        {
            deepest = inner;
        }
        let why = deepest.detail().map_or_else(|| deepest.kind().to_string(), str::to_owned);
        let finding = match deepest.kind() {
            ErrorKind::OutOfFuel => Finding::error(ENDLESS),
            _ => Finding::error(TEMPLATE_WRONG).arg("why", why),
        };
        let mut finding = finding.line(deepest.line());
        if let Some(name) = deepest.name() {
            let origin = self.origins.get(name).map_or(name, String::as_str);
            finding = finding.file(origin);
        }
        Fault::configuration(finding)
    }
}

/// The filters templates may use; the list stands in `layouts/CONTRACT.md`.
fn minijinja_builtins(env: &mut Environment<'static>) {
    env.add_filter("length", minijinja::filters::length);
    env.add_filter("join", minijinja::filters::join);
    env.add_filter("trim", minijinja::filters::trim);
    env.add_filter("first", minijinja::filters::first);
    env.add_filter("last", minijinja::filters::last);
    env.add_filter("default", minijinja::filters::default);
    env.add_filter("map", minijinja::filters::map);
    env.add_filter("selectattr", minijinja::filters::selectattr);
    env.add_filter("rejectattr", minijinja::filters::rejectattr);
    env.add_filter("safe", minijinja::filters::safe);
    env.add_filter("tojson", minijinja::filters::tojson);
    env.add_filter("replace", minijinja::filters::replace);
    env.add_filter("round", minijinja::filters::round);
    env.add_filter("int", minijinja::filters::int);
    env.add_test("defined", minijinja::tests::is_defined);
    env.add_test("none", minijinja::tests::is_none);
    env.add_test("eq", minijinja::tests::is_eq);
    env.add_test("in", minijinja::tests::is_in);
    env.add_test("odd", minijinja::tests::is_odd);
    env.add_test("even", minijinja::tests::is_even);
    env.add_function("range", minijinja::functions::range);
    env.add_function("namespace", minijinja::functions::namespace);
}

/// Writes a value, escaped only as far as mark-up needs: `&`, `<`, `>` and `"`.
/// The engine's own escaping would also turn every `/` into a reference.
fn format(out: &mut Output, state: &mut State, value: &Value) -> Result<(), minijinja::Error> {
    let plain = matches!(state.auto_escape(), AutoEscape::None) || value.is_safe();
    match (plain, value.as_str()) {
        (false, Some(text)) => out.write_str(&escape(text)).map_err(minijinja::Error::from),
        _ if value.kind() == ValueKind::None => Ok(()),
        _ => minijinja::escape_formatter(out, state, value),
    }
}

/// Escapes text for XML and HTML, in content and in double-quoted attributes,
/// and drops the control characters that XML 1.0 does not allow.
pub fn escape(text: &str) -> std::borrow::Cow<'_, str> {
    let special = |c: char| matches!(c, '&' | '<' | '>' | '"') || !allowed(c);
    if !text.contains(special) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars().filter(|c| allowed(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out.into()
}

/// What templates see of a Rust value. Made once and shared: copying it is cheap.
pub fn value(values: &impl Serialize) -> Value {
    Value::from(Serde(values))
}

/// The items of the list that a value has under `name`; none where it has no such
/// list.
pub fn items(value: &Value, name: &str) -> impl Iterator<Item = Value> {
    value.get_attr(name).and_then(|list| list.try_iter()).into_iter().flatten()
}

/// Calls `f` for every text within a value, at every depth.
pub fn each_string(value: &Value, f: &mut dyn FnMut(&str)) {
    if let Some(text) = value.as_str() {
        return f(text);
    }
    let Ok(inner) = value.try_iter() else { return };
    let map = value.kind() == ValueKind::Map;
    for item in inner {
        match if map { value.get_item(&item) } else { Ok(item) } {
            Ok(item) => each_string(&item, f),
            Err(_) => f(""),
        }
    }
}

/// Whether XML 1.0 (production 2, `Char`) allows the character.
pub fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
