//! Black text prints over what lies below it, so that a hair's breadth of
//! misregister leaves no white edge (ISO 32000-1, 8.6.7). Only text in full black
//! does: white or grey text would vanish.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

/// What the graphics states are called in a page's resources.
const OVER: &str = "KanyinOver";
const OUT: &str = "KanyinOut";

/// Makes all black text of all pages and forms overprint.
pub(super) fn black_text(document: &mut Document) -> Result<(), lopdf::Error> {
    let state = |on: bool| {
        dictionary! {
            "Type" => "ExtGState", "op" => on, "OP" => false, "OPM" => 1,
        }
    };
    let states =
        [(OVER, document.add_object(state(true))), (OUT, document.add_object(state(false)))];
    for page in document.page_iter().collect::<Vec<_>>() {
        let mut changed = false;
        for id in document.get_page_contents(page) {
            changed |= stream(document, id)?;
        }
        if changed {
            let resources = document.get_dictionary(page)?.get(b"Resources").ok().cloned();
            match resources {
                Some(Object::Reference(id)) => add(document.get_dictionary_mut(id)?, &states),
                _ => add(own(document.get_dictionary_mut(page)?, b"Resources"), &states),
            }
        }
    }
    for id in document.objects.keys().copied().collect::<Vec<_>>() {
        let is_form = matches!(&document.objects[&id], Object::Stream(stream)
            if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == b"Form"));
        if is_form && stream(document, id)? {
            let Object::Stream(form) = document.get_object_mut(id)? else { continue };
            let resources = form.dict.get(b"Resources").ok().cloned();
            match resources {
                Some(Object::Reference(id)) => add(document.get_dictionary_mut(id)?, &states),
                _ => add(own(&mut form.dict, b"Resources"), &states),
            }
        }
    }
    Ok(())
}

/// The dictionary under a key, made where there is none.
fn own<'a>(dictionary: &'a mut Dictionary, key: &[u8]) -> &'a mut Dictionary {
    if !matches!(dictionary.get(key), Ok(Object::Dictionary(_))) {
        dictionary.set(key, Dictionary::new());
    }
    match dictionary.get_mut(key) {
        Ok(Object::Dictionary(found)) => found,
        _ => unreachable!("it was put there above"),
    }
}

/// Names the states in a page's resources.
fn add(resources: &mut Dictionary, states: &[(&str, ObjectId)]) {
    let known = own(resources, b"ExtGState");
    for (name, id) in states {
        known.set(*name, Object::Reference(*id));
    }
}

/// Rewrites one stream; whether there was anything to rewrite.
fn stream(document: &mut Document, id: ObjectId) -> Result<bool, lopdf::Error> {
    let Object::Stream(stream) = document.get_object_mut(id)? else { return Ok(false) };
    let content = stream.get_plain_content()?;
    let Some(content) = overprinted(&content) else { return Ok(false) };
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::new(6));
    packed.write_all(&content)?;
    stream.dict.set("Filter", "FlateDecode");
    stream.dict.remove(b"DecodeParms");
    stream.set_content(packed.finish()?);
    Ok(true)
}

/// The colour that text is filled with, and whether it overprints, as far as this
/// module has seen to it.
#[derive(Clone, Copy, Default)]
struct State {
    black: bool,
    over: bool,
}

/// The content with the states switched where text needs it; `None` where nothing
/// is to be switched.
fn overprinted(content: &[u8]) -> Option<Vec<u8>> {
    let mut out: Vec<u8> = Vec::new();
    let mut copied = 0;
    let (mut state, mut stack) = (State::default(), Vec::new());
    let mut operands: Vec<&[u8]> = Vec::new();
    let mut in_text = false;
    for (at, token) in (Tokens { content, at: 0 }) {
        if !token[0].is_ascii_alphabetic() && !matches!(token[0], b'\'' | b'"') {
            operands.push(token);
            continue;
        }
        let mut switch_at = None;
        match token {
            b"q" => stack.push(state),
            b"Q" => state = stack.pop().unwrap_or_default(),
            b"k" => {
                state.black = operands == [&b"0"[..], b"0", b"0", b"1"];
                switch_at = in_text.then_some(at + token.len());
            }
            b"g" | b"rg" | b"cs" | b"sc" | b"scn" => {
                state.black = false;
                switch_at = in_text.then_some(at + token.len());
            }
            b"BT" => {
                in_text = true;
                switch_at = Some(at);
            }
            b"ET" => in_text = false,
            _ => {}
        }
        if let Some(at) = switch_at.filter(|_| state.black != state.over) {
            out.extend(&content[copied..at]);
            copied = at;
            let name = if state.black { OVER } else { OUT };
            out.extend(format!(" /{name} gs ").bytes());
            state.over = state.black;
        }
        operands.clear();
    }
    if copied == 0 {
        return None;
    }
    out.extend(&content[copied..]);
    Some(out)
}

/// The tokens of a content stream (ISO 32000-1, 7.8.2) with their places. Strings
/// come as their opening character alone: nobody here asks what they say.
struct Tokens<'a> {
    content: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = (usize, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = |at: usize| self.content.get(at..).unwrap_or_default();
        let space = |b: &u8| b.is_ascii_whitespace() || *b == 0;
        let start = self.at + rest(self.at).iter().take_while(|b| space(b)).count();
        let length = match rest(start).first()? {
            b'(' => literal(rest(start)),
            b'<' if rest(start).get(1) != Some(&b'<') => {
                rest(start).iter().position(|b| *b == b'>').map_or(usize::MAX, |end| end + 1)
            }
            b'%' => rest(start).iter().take_while(|b| !matches!(b, b'\n' | b'\r')).count(),
            b'/' => 1 + rest(start + 1).iter().take_while(|b| is_regular(b)).count(),
            first if is_regular(first) => rest(start).iter().take_while(|b| is_regular(b)).count(),
            _ => 1,
        };
        self.at = start.saturating_add(length).min(self.content.len());
        let token = match self.content[start] {
            b'(' | b'<' | b'%' => &self.content[start..=start],
            _ => &self.content[start..self.at],
        };
        Some((start, token))
    }
}

fn is_regular(byte: &u8) -> bool {
    !byte.is_ascii_whitespace() && !b"\0()<>[]{}/%".contains(byte)
}

/// How long a literal string is, its brackets included: inner ones are balanced or
/// escaped.
fn literal(bytes: &[u8]) -> usize {
    let (mut depth, mut escaped) = (0_usize, false);
    for (i, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' if depth == 1 => return i + 1,
            b')' => depth -= 1,
            _ => {}
        }
    }
    bytes.len()
}
