//! The rules, one file each.

mod bad_character;
mod caption_missing;
mod caption_stop;
mod date_missing;
mod date_unread;
mod doubled_word;
mod editor_is_reviewer;
mod heading_skipped;
mod impossible_date;
mod low_confidence;
mod title_missing;
mod unknown_block;
mod unpaired_mark;
mod weekday_mismatch;

use super::subject::Rule;

pub(in crate::check) use date_missing::CODE as DATE_MISSING;
pub(in crate::check) use low_confidence::CODE as LOW_CONFIDENCE;

/// All rules.
pub(super) const ALL: &[Rule] = &[
    title_missing::RULE,
    date_missing::RULE,
    date_unread::RULE,
    editor_is_reviewer::RULE,
    unknown_block::RULE,
    low_confidence::RULE,
    heading_skipped::RULE,
    caption_missing::RULE,
    caption_stop::RULE,
    unpaired_mark::RULE,
    doubled_word::RULE,
    impossible_date::RULE,
    weekday_mismatch::RULE,
    bad_character::RULE,
];
