//! An official document (公文): what stands at its head and at its end, and where
//! that is not in the form that GB/T 9704-2012 asks for. Sets nothing in words.

use crate::article::Date;
use crate::diag::{Code, Finding};

const NUMBER_FORM: Code = Code::new("document-number-form");
const SERIAL_FORM: Code = Code::new("document-serial-form");
const SERIAL_MISSING: Code = Code::new("document-serial-missing");

/// How many digits a serial has (GB/T 9704-2012, 7.2.1).
const SERIAL_DIGITS: usize = 6;

/// What is told about a document as a whole. Whatever is empty is not shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// The number of the copy (份号), as [`serial`] has it.
    pub serial: String,
    /// How secret it is and for how long (密级和保密期限).
    pub classification: String,
    /// How urgent it is (紧急程度).
    pub urgency: String,
    /// Who issues it (发文机关), the leading one first.
    pub issuers: Vec<String>,
    /// The words in red at its head (发文机关标志); empty where they are the
    /// issuers' names and the usual word after them.
    pub masthead: String,
    /// Its number (发文字号).
    pub number: String,
    /// Who approved it (签发人), where it goes to a higher authority.
    pub signers: Vec<String>,
    /// Whom it is addressed to (主送机关), a kind of recipients each.
    pub recipients: Vec<String>,
    /// The names of attachments that are not printed with it.
    pub attachments: Vec<String>,
    /// The day it was approved (成文日期); its article's where nobody said.
    pub date: Option<Date>,
    /// A remark (附注), with or without its brackets.
    pub note: String,
    /// Who gets a copy (抄送机关), a kind of recipients each.
    pub copies_to: Vec<String>,
    /// Who has it printed (印发机关).
    pub printed_by: String,
    /// The day it is printed (印发日期).
    pub printed_on: Option<Date>,
}

/// A serial in six digits; one that is no number stays as it is.
pub fn serial(said: &str) -> String {
    if !said.is_empty() && said.bytes().all(|b| b.is_ascii_digit()) {
        format!("{said:0>SERIAL_DIGITS$}")
    } else {
        said.to_owned()
    }
}

impl Document {
    /// What is not in the form that the standard asks for, as warnings on the
    /// publication of this id.
    pub fn doubts(&self, id: &str) -> Vec<Finding> {
        let said = |words: &str| !words.is_empty();
        let mut doubts = Vec::new();
        if said(&self.number) && !is_number(&self.number) {
            doubts.push(Finding::warning(NUMBER_FORM).arg("number", &self.number));
        }
        let digits = self.serial.bytes().filter(u8::is_ascii_digit).count();
        if said(&self.serial) && (digits != SERIAL_DIGITS || digits != self.serial.len()) {
            doubts.push(Finding::warning(SERIAL_FORM).arg("serial", &self.serial));
        }
        if said(&self.classification) && !said(&self.serial) {
            let finding = Finding::warning(SERIAL_MISSING);
            doubts.push(finding.arg("classification", &self.classification));
        }
        doubts.into_iter().map(|finding| finding.arg("id", id)).collect()
    }
}

/// Whether a number is an authority's sign, a year of four digits between 〔 and 〕
/// and a number without leading zeros (GB/T 9704-2012, 7.2.5).
fn is_number(said: &str) -> bool {
    let parts = said.split_once('〔').and_then(|(sign, rest)| Some((sign, rest.split_once('〕')?)));
    let Some((sign, (year, rest))) = parts else { return false };
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    !sign.trim().is_empty()
        && year.len() == 4
        && year.bytes().all(|b| b.is_ascii_digit())
        && digits > 0
        && !rest.starts_with('0')
        && rest.chars().count() == digits + 1
}
