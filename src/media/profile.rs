//! The colour profile of a press (ICC.1): what is said of its paper and inks, and
//! whether it is one at all.

use std::sync::Arc;

use moxcms::ColorProfile;

use crate::diag::{Code, Finding};

const NOT_A_PROFILE: Code = Code::new("profile-unreadable");
const NOT_OF_A_PRESS: Code = Code::new("profile-not-of-a-press");

/// The profile of a press that prints with cyan, magenta, yellow and black.
#[derive(Clone)]
pub struct Profile {
    bytes: Arc<[u8]>,
    hash: String,
    description: String,
}

impl std::fmt::Debug for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Profile").field("description", &self.description).finish_non_exhaustive()
    }
}

impl Profile {
    /// Understands the bytes of a profile's file; `name` is what messages call it.
    ///
    /// # Errors
    /// Where it is no ICC profile, or not that of an output device with four inks.
    pub fn read(bytes: Vec<u8>, name: &str) -> Result<Self, Finding> {
        let parsed = ColorProfile::new_from_slice(&bytes)
            .map_err(|_| Finding::error(NOT_A_PROFILE).arg("name", name))?;
        // Class and colour space stand at fixed places of the header (ICC.1, 7.2).
        if bytes.get(12..16) != Some(b"prtr") || bytes.get(16..20) != Some(b"CMYK") {
            return Err(Finding::error(NOT_OF_A_PRESS).arg("name", name));
        }
        let description = parsed.description.as_ref().and_then(words);
        let description = description.unwrap_or_else(|| name.to_owned());
        let hash = blake3::hash(&bytes).to_hex().to_string();
        Ok(Self { bytes: bytes.into(), hash, description })
    }

    /// The bytes of the file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What it says of itself, such as `FOGRA39L Coated`.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The name of the printing condition in the registry of characterisation data
    /// (ISO 15930-7, 6.2.2 asks for it where there is one), such as `FOGRA39`; the
    /// description where the profile is for another.
    pub fn condition(&self) -> &str {
        let known = REGISTERED.iter().find(|(said, _)| self.description.contains(said));
        known.map_or(&self.description, |(_, name)| name)
    }

    /// Whether the condition stands in that registry.
    pub fn is_registered(&self) -> bool {
        REGISTERED.iter().any(|(said, _)| self.description.contains(said))
    }

    /// A hash of the bytes, in hexadecimal.
    pub(super) fn hash(&self) -> &str {
        &self.hash
    }
}

/// What profiles say of themselves, and the names of their conditions.
const REGISTERED: &[(&str, &str)] = &[
    ("FOGRA39", "FOGRA39"),
    ("ISO Coated v2", "FOGRA39"),
    ("FOGRA47", "FOGRA47"),
    ("FOGRA51", "FOGRA51"),
    ("PSO Coated v3", "FOGRA51"),
    ("FOGRA52", "FOGRA52"),
    ("PSO Uncoated v3", "FOGRA52"),
    ("Japan Color 2001 Coated", "JC200103"),
    ("Japan Color 2011 Coated", "JC201103"),
];

/// The first words of a description, in whatever language.
fn words(text: &moxcms::ProfileText) -> Option<String> {
    let said = match text {
        moxcms::ProfileText::PlainString(said) => said.clone(),
        moxcms::ProfileText::Localizable(all) => all.first()?.value.clone(),
        moxcms::ProfileText::Description(said) => said.ascii_string.clone(),
    };
    let said = said.trim_matches(|c: char| c == '\0' || c.is_whitespace()).to_owned();
    (!said.is_empty()).then_some(said)
}
