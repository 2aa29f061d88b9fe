//! A page's bytes to characters: byte order mark, strict UTF-8, the character
//! set that the page declares, then the guess that serves every reader.

use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::diag::{Code, Fault, Finding};
use crate::import::encoding;

const ENCODING_UNKNOWN: Code = Code::new("read-encoding-unknown");
const ENCODING_GUESSED: Code = Code::new("read-encoding-guessed");
const BROKEN: Code = Code::new("web-broken-characters");

/// A declaration stands within this many bytes.
const HEAD: usize = 8192;

/// The characters of a page. `declared` is what was said outside the page.
///
/// # Errors
/// Where nothing is declared and no encoding makes sense of the bytes.
pub(super) fn decode(
    name: &str,
    bytes: &[u8],
    declared: Option<&str>,
    findings: &mut Vec<Finding>,
) -> Result<String, Fault> {
    let plain = Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok();
    if !plain && let Some(encoding) = declared_encoding(bytes, declared) {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        if !broken {
            return Ok(text.into_owned());
        }
        let strict = encoding::decode(bytes).filter(|_| encoding != UTF_8);
        if strict.is_none() {
            // A page cut off in the middle of a character is still a page.
            let count = text.matches('\u{fffd}').count();
            let finding = Finding::warning(BROKEN).arg("count", count);
            findings.push(finding.arg("encoding", encoding.name()).file(name));
            return Ok(text.into_owned());
        }
    }
    let Some(decoded) = encoding::decode(bytes) else {
        return Err(Fault::work(Finding::error(ENCODING_UNKNOWN).file(name)));
    };
    if let Some(encoding) = decoded.guessed {
        findings.push(Finding::note(ENCODING_GUESSED).arg("encoding", encoding).file(name));
    }
    Ok(decoded.text)
}

fn declared_encoding(bytes: &[u8], outside: Option<&str>) -> Option<&'static Encoding> {
    let label = |l: &str| Encoding::for_label(l.as_bytes());
    let found = outside.and_then(label).or_else(|| {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
        let at = head.find("charset=").map(|at| at + "charset=".len());
        let at = at.or_else(|| head.find("encoding=").map(|at| at + "encoding=".len()))?;
        let rest = head[at..].trim_start_matches(['"', '\'', ' ']);
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c)));
        label(&rest[..end.unwrap_or(rest.len())])
    })?;
    // GB18030 holds all of GBK and of GB 2312; a page that says UTF-16 in plain
    // letters cannot be in it.
    match found {
        e if e == GBK => Some(GB18030),
        e if e == UTF_16BE || e == UTF_16LE => Some(UTF_8),
        e => Some(e),
    }
}
