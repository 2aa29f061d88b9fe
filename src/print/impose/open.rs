//! A file's bytes as a document, or the plain reason why they are none.

use lopdf::xref::XrefRecovery;
use lopdf::{Document, Error};

use crate::diag::{Code, Finding};

const EMPTY: Code = Code::new("impose-file-empty");
const NO_PDF: Code = Code::new("impose-no-pdf");
const LOCKED: Code = Code::new("impose-file-locked");
pub(super) const DAMAGED: Code = Code::new("impose-file-damaged");

/// How far into a file its head may stand: some programs put a few lines before it.
const HEAD: usize = 1024;

/// Reads a PDF file that lies in memory.
///
/// # Errors
/// Where the file is empty, no PDF, locked or damaged.
pub fn open(bytes: &[u8]) -> Result<Document, Finding> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Finding::error(EMPTY));
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    if !head.windows(5).any(|five| five == b"%PDF-") {
        return Err(Finding::error(NO_PDF));
    }
    match Document::load_mem(bytes) {
        // A file that opens without a password may still forbid to be changed.
        Ok(document) if document.is_encrypted() || document.was_encrypted() => {
            Err(Finding::error(LOCKED))
        }
        Ok(document) if document.xref_recovery == Some(XrefRecovery::Reconstructed) => {
            Err(Finding::error(DAMAGED))
        }
        Ok(document) => Ok(document),
        Err(
            Error::Decryption(_) | Error::InvalidPassword | Error::UnsupportedSecurityHandler(_),
        ) => Err(Finding::error(LOCKED)),
        Err(_) => Err(Finding::error(DAMAGED)),
    }
}
