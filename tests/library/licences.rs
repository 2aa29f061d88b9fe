//! The dependencies: every licence is one that deny.toml allows (the same list,
//! read here so that it holds on a machine without cargo-deny), and none is
//! compiled twice.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use crate::support::root;

#[test]
fn every_dependency_has_an_allowed_licence() {
    let allowed = allowed();
    let tree = tree("normal,build,dev", "{p}\t{l}");
    let refused: Vec<&String> = tree
        .iter()
        .filter(|line| {
            let licence = line.split_once('\t').map_or("", |(_, licence)| licence);
            !permits(licence, &allowed)
        })
        .collect();
    assert_eq!(refused, [""; 0]);
}

/// A dependency of the tests that switches on a feature of something Typst stands
/// on would have Typst compiled a second time, with and without it.
#[test]
fn the_tests_use_the_typst_that_the_program_uses() {
    let program = tree("normal,build", "{p} {f}");
    let tests = tree("normal,build,dev", "{p} {f}");
    let under_typst = |line: &&String| {
        let package = line.split(' ').take(2).collect::<Vec<_>>().join("@").replace("@v", "@");
        let above = cargo_tree(&["--edges", "normal,build", "--invert", &package]);
        above.iter().any(|line| line.starts_with("typst v"))
    };
    let changed: Vec<&String> = program.difference(&tests).filter(under_typst).collect();
    assert_eq!(changed, [""; 0]);
}

#[test]
fn an_expression_is_understood() {
    let allowed = ["MIT", "Apache-2.0", "IJG", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
    let permits = |expression| permits(expression, &allowed);
    assert!(permits("MIT"));
    assert!(permits("GPL-3.0 OR MIT"));
    assert!(permits("Unlicense/MIT"));
    assert!(permits("(MIT OR GPL-3.0) AND IJG"));
    assert!(permits("Apache-2.0 WITH LLVM-exception"));
    assert!(!permits("GPL-3.0"));
    assert!(!permits("MIT AND GPL-3.0"));
    assert!(!permits("(MIT OR Apache-2.0) AND GPL-3.0"));
    assert!(!permits("MIT WITH GCC-exception-3.1"));
    assert!(!permits(""));
}

/// The packages of the tree, one line each.
fn tree(edges: &str, format: &str) -> BTreeSet<String> {
    let packages = cargo_tree(&["--edges", edges, "--format", format]);
    assert!(packages.len() > 100, "the tree is all there");
    packages
}

fn cargo_tree(args: &[&str]) -> BTreeSet<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(root())
        .args(["tree", "--locked", "--offline", "--prefix", "none"])
        .args(args)
        .stdin(Stdio::null())
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    // A package that stands in the tree again is listed with a mark.
    let lines = text.lines().map(|line| line.trim_end_matches(" (*)").to_owned());
    lines.collect()
}

fn allowed() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    let deny: toml::Table = text.parse().expect("deny.toml is TOML");
    let list = deny["licenses"]["allow"].as_array().expect("a list of licences");
    list.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// Whether an SPDX expression can be met with these licences alone. `AND` binds
/// tighter than `OR`; the old form with a slash means `OR`.
fn permits(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    let met = any(&mut words, allowed);
    met && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any(words: &mut Words<'_>, allowed: &[String]) -> bool {
    let mut met = all(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        met |= all(words, allowed);
    }
    met
}

fn all(words: &mut Words<'_>, allowed: &[String]) -> bool {
    let mut met = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        met &= one(words, allowed);
    }
    met
}

fn one(words: &mut Words<'_>, allowed: &[String]) -> bool {
    if words.next_if_eq(&"(").is_some() {
        let met = any(words, allowed);
        return words.next() == Some(")") && met;
    }
    let mut name = words.next().unwrap_or_default().to_owned();
    if words.next_if_eq(&"WITH").is_some() {
        name = format!("{name} WITH {}", words.next().unwrap_or_default());
    }
    allowed.contains(&name)
}
