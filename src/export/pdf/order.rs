//! What a press edition is ordered for.

use std::sync::Arc;

use crate::diag::Finding;
use crate::media::{Profile, Separation};
use crate::print::Standard;

use super::Booklet;

/// What a print shop asks of a press edition.
#[derive(Debug)]
pub struct PressOrder {
    /// Which rules the files keep.
    pub standard: Standard,
    /// The press.
    pub profile: Profile,
    /// How pictures become its inks.
    pub separation: Arc<Separation>,
    /// The booklet that is made of the inside, if any.
    pub booklet: Option<Booklet>,
}

impl PressOrder {
    /// An order for a press, without a booklet; `ink` is the most ink that its paper takes, in per cent
    /// over all inks.
    ///
    /// # Errors
    /// Where the profile cannot turn RGB into its inks.
    pub fn new(standard: Standard, profile: Profile, ink: u16) -> Result<Self, Finding> {
        let separation = Arc::new(Separation::new(&profile, ink)?);
        Ok(Self { standard, profile, separation, booklet: None })
    }
}
