//! The message catalogue: complete, used, in two languages that agree, and in
//! Chinese as an editor writes it.

use std::collections::BTreeSet;

use kanyin::diag::{Entry, Lang, catalogue};

use super::sources::{Source, sources};

/// The codes a file names through `call`, as in `Code::new("…")`, with the lines.
fn codes<'a>(source: &'a Source, call: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    let open = format!("{call}(\"");
    let lines: Vec<usize> = source
        .code
        .match_indices(&open)
        .map(|(at, _)| (at + open.len() - 1, ()))
        .map(|(quote, ())| source.code[..quote].matches('"').count() / 2)
        .collect();
    lines.into_iter().map(|nth| {
        let (line, literal) = &source.literals[nth];
        (*line, literal.trim_matches('"'))
    })
}

/// Every text of an entry in one language, with what it is.
fn texts(entry: &Entry, lang: Lang) -> Vec<(&'static str, &str)> {
    let more = [("hint", &entry.hint), ("why", &entry.why), ("example", &entry.example)];
    let more = more.into_iter().filter_map(|(what, both)| Some((what, both.as_ref()?.get(lang))));
    std::iter::once(("message", entry.message(lang))).chain(more).collect()
}

/// The names in braces.
fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0)).collect()
}

fn hold(broken: &[String], rule: &str) {
    assert!(broken.is_empty(), "{rule}:\n  {}\n", broken.join("\n  "));
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The text with what it quotes or tells to type left out: that shows what is
/// wrong with a text, or is no prose.
fn outside_quotes(text: &str) -> String {
    let (mut level, mut typed) = (0, false);
    text.chars()
        .filter(|c| {
            let outside = level == 0 && !typed;
            match c {
                '“' => level += 1,
                '”' => level -= 1,
                '`' => typed = !typed,
                _ => return outside,
            }
            // The marks themselves stay, so that what they part stays parted.
            true
        })
        .collect()
}

#[test]
fn what_is_quoted_is_not_judged() {
    assert_eq!(outside_quotes("写成“a: 甲”，输入 `b: 乙` 即可"), "写成“”，输入 `` 即可");
    assert_eq!(places("{a} 和 {b-c}"), BTreeSet::from(["a", "b-c"]));
}

#[test]
fn every_code_has_its_wording() {
    let mut broken = Vec::new();
    for source in sources() {
        for call in ["Code::new", "voice.text", "diag::text"] {
            for (line, code) in codes(&source, call) {
                if !catalogue().contains_key(code) {
                    broken.push(format!("src/{}:{line}: {code}", source.path));
                }
            }
        }
    }
    hold(&broken, "codes without an entry under src/diag/messages/");
}

/// What the cache keeps of a finding is made a finding again by the catalogue alone.
#[test]
fn every_value_of_a_finding_has_a_place_in_a_wording() {
    let all = catalogue().values();
    let texts: Vec<&str> =
        all.flat_map(|entry| texts(entry, Lang::Zh)).map(|(_, text)| text).collect();
    let known: BTreeSet<&str> = texts.iter().copied().flat_map(places).collect();
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| source.room() != "cli") {
        for (line, name) in codes(source, ".arg").filter(|(_, name)| !known.contains(name)) {
            broken.push(format!("src/{}:{line}: {name}", source.path));
        }
    }
    hold(&broken, "values that no message under src/diag/messages/ shows");
}

#[test]
fn every_entry_is_used() {
    let all = sources();
    let used: BTreeSet<&str> =
        all.iter().flat_map(|s| &s.literals).map(|(_, l)| l.trim_matches('"')).collect();
    let unused: Vec<String> =
        catalogue().keys().filter(|code| !used.contains(code.as_str())).cloned().collect();
    hold(&unused, "entries that no code uses");
}

#[test]
fn codes_are_kebab_case() {
    for code in catalogue().keys() {
        let good = code.split('-').all(|word| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        });
        assert!(good, "{code}");
    }
}

#[test]
fn both_languages_say_something_and_take_the_same_values() {
    let mut broken = Vec::new();
    for (code, entry) in catalogue() {
        let both = texts(entry, Lang::Zh).into_iter().zip(texts(entry, Lang::En));
        for ((what, zh), (_, en)) in both {
            if zh.trim().is_empty() || en.trim().is_empty() {
                broken.push(format!("{code}: {what} is empty"));
            }
            if what != "example" && places(zh) != places(en) {
                broken.push(format!("{code}: {what} takes {:?} and {:?}", places(zh), places(en)));
            }
        }
    }
    hold(&broken, "the two languages differ");
}

#[test]
fn english_is_set_with_english_marks() {
    let mut broken = Vec::new();
    for (code, entry) in catalogue() {
        for (what, text) in texts(entry, Lang::En) {
            let mut pairs = text.chars().zip(text.chars().skip(1));
            if pairs
                .any(|(a, b)| (a.is_ascii_alphanumeric() || a == '}') && "，。：；！？".contains(b))
            {
                broken.push(format!("{code}: {what}: {text}"));
            }
        }
    }
    hold(&broken, "Chinese marks after English words");
}

#[test]
fn chinese_is_set_as_an_editor_sets_it() {
    let mut broken = Vec::new();
    for (code, entry) in catalogue() {
        // An example shows what is wrong, too.
        for (what, text) in texts(entry, Lang::Zh).into_iter().filter(|(w, _)| *w != "example") {
            let chars: Vec<char> = outside_quotes(text).chars().collect();
            for (at, c) in chars.iter().enumerate() {
                let before = at.checked_sub(1).is_some_and(|i| is_han(chars[i]));
                let after = chars.get(at + 1).is_some_and(|c| is_han(*c));
                let wrong = match c {
                    ',' | ':' | ';' | '!' | '?' | '(' | ')' | '"' | '\'' => before || after,
                    ' ' => before && after,
                    _ => false,
                };
                if wrong {
                    broken.push(format!("{code}: {what}: {c:?} in {text}"));
                }
            }
        }
        if !entry.message(Lang::Zh).contains(is_han) {
            broken.push(format!("{code}: no Chinese"));
        }
    }
    hold(&broken, "half-width marks or stray spaces beside Han characters");
}

#[test]
fn every_error_says_what_to_do() {
    let mut broken = Vec::new();
    for source in sources() {
        // `const NAME: Code = Code::new("code");` and `Finding::error(NAME)`.
        for (_, code) in codes(&source, "Code::new") {
            let Some(entry) = catalogue().get(code) else { continue };
            let names = constants(&source, code);
            let error = names.iter().any(|name| {
                source.code.contains(&format!("Finding::error({name})"))
                    || source.code.contains(&format!("about({name})"))
            });
            if error && entry.hint.is_none() {
                broken.push(format!("src/{}: {code}", source.path));
            }
        }
    }
    hold(&broken, "errors without advice (hint.zh, hint.en)");
}

/// The names of the constants that hold a code.
fn constants(source: &Source, code: &str) -> Vec<String> {
    let quoted = format!("\"{code}\"");
    source
        .code
        .match_indices(": Code = Code::new(\"")
        .filter(|(at, call)| {
            let nth = source.code[..at + call.len() - 1].matches('"').count() / 2;
            source.literals[nth].1 == quoted
        })
        .filter_map(|(at, _)| source.code[..at].rsplit(' ').next().map(str::to_owned))
        .collect()
}
