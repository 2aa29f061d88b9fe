//! Reading a finished page: which characters are set in which role, and what the
//! package document has to say about it. A page is our own well-formed XHTML, in
//! which `<` and `>` stand for mark-up alone.

use std::collections::BTreeMap;

use super::characters::{Characters, invisible};

/// Which elements a look sets in which role: the value of `[options.set-in]` in
/// its `layout.toml`, element names and `.class` names by role. A role that is not
/// named there may be met anywhere.
pub(super) struct SetIn {
    roles: Vec<(String, Option<Vec<String>>)>,
}

impl SetIn {
    /// The rule for these roles.
    pub(super) fn new<'a>(roles: impl Iterator<Item = &'a String>, options: &toml::Table) -> Self {
        let listed = |role: &str| {
            let list = options.get("set-in")?.get(role)?.as_array()?;
            Some(list.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect())
        };
        Self { roles: roles.map(|role| (role.clone(), listed(role))).collect() }
    }

    /// The roles an element brings, as bits in the order of the roles.
    fn brought_by(&self, tag: &str, class: &str) -> u32 {
        let named = |selector: &String| match selector.strip_prefix('.') {
            Some(name) => class.split(' ').any(|c| c == name),
            None => selector == tag,
        };
        let mut bits = 0;
        for (i, (_, selectors)) in self.roles.iter().enumerate() {
            if selectors.as_ref().is_some_and(|list| list.iter().any(named)) {
                bits |= 1 << i;
            }
        }
        bits
    }

    fn everywhere(&self) -> u32 {
        let all = self.roles.iter().enumerate();
        all.fold(0, |bits, (i, (_, list))| if list.is_none() { bits | 1 << i } else { bits })
    }
}

/// What was found in a page, or in several.
#[derive(Default)]
pub(super) struct Found {
    /// The characters by role.
    pub(super) characters: BTreeMap<String, Characters>,
}

/// Adds what a page holds to what was found before.
pub(super) fn characters(page: &str, set_in: &SetIn, found: &mut Found) {
    let mut sets: Vec<Characters> = set_in
        .roles
        .iter()
        .map(|(role, _)| found.characters.remove(role).unwrap_or_default())
        .collect();
    let mut open = vec![set_in.everywhere()];
    let body = page.find("<body").map_or(page, |start| &page[start..]);
    for piece in body.split('<').skip(1) {
        let Some((tag, text)) = piece.split_once('>') else { continue };
        if tag.starts_with('/') {
            if open.len() > 1 {
                open.pop();
            }
        } else if !tag.ends_with('/') && !tag.starts_with('!') && !tag.starts_with('?') {
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            let brought = set_in.brought_by(name, attribute(attributes, "class"));
            open.push(brought | open.last().copied().unwrap_or_default());
        }
        let roles = open.last().copied().unwrap_or_default();
        each_character(text, &mut |c| {
            for (i, set) in sets.iter_mut().enumerate() {
                if roles >> i & 1 == 1 {
                    set.insert(c);
                }
            }
        });
    }
    for ((role, _), set) in set_in.roles.iter().zip(sets) {
        found.characters.insert(role.clone(), set);
    }
}

/// The characters of a text between tags that need a glyph, references resolved.
fn each_character(text: &str, f: &mut dyn FnMut(char)) {
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        rest[..start].chars().filter(|c| !invisible(*c)).for_each(&mut *f);
        let Some(end) = rest[start..].find(';') else { break };
        match &rest[start + 1..start + end] {
            "amp" => f('&'),
            "lt" => f('<'),
            "gt" => f('>'),
            "quot" => f('"'),
            other => numeric(other).filter(|c| !invisible(*c)).into_iter().for_each(&mut *f),
        }
        rest = &rest[start + end + 1..];
    }
    rest.chars().filter(|c| !invisible(*c)).for_each(&mut *f);
}

/// The character of a numeric reference: `#160` or `#xa0`.
fn numeric(reference: &str) -> Option<char> {
    let digits = reference.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => digits.parse(),
    };
    char::from_u32(code.ok()?)
}

fn attribute<'a>(attributes: &'a str, name: &str) -> &'a str {
    let Some(start) = attributes.find(&format!("{name}=\"")) else { return "" };
    let value = &attributes[start + name.len() + 2..];
    value.split('"').next().unwrap_or_default()
}

/// The manifest properties of a page (EPUB 3.3, D.6.4) that follow from its
/// content, separated by spaces.
pub(super) fn properties(page: &str) -> String {
    let remote = ["src=\"http://", "src=\"https://"].iter().any(|s| page.contains(s));
    let held = [
        ("mathml", page.contains("<math")),
        ("remote-resources", remote),
        ("scripted", page.contains("<script") || page.contains("<form")),
        ("svg", page.contains("<svg")),
    ];
    let names: Vec<&str> = held.iter().filter(|(_, held)| *held).map(|(name, _)| *name).collect();
    names.join(" ")
}
