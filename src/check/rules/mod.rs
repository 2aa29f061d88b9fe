//! The rules, one file each.

mod bad_character;
mod caption_missing;
mod caption_stop;
mod cautious_word;
mod confused_word;
mod date_missing;
mod date_unread;
mod doubled_word;
mod editor_is_reviewer;
mod fixed_formula;
mod heading_skipped;
mod impossible_date;
mod low_confidence;
mod mixed_numerals;
mod number_order;
mod person_name;
mod person_post;
mod quotation_differs;
mod rank_order;
mod relative_year;
mod repeated_sentence;
mod short_year;
mod thousands_mixed;
mod title_mark_misused;
mod title_missing;
mod unit_name;
mod unknown_block;
mod unpaired_mark;
mod until_word;
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
    number_order::RULE,
    caption_missing::RULE,
    caption_stop::RULE,
    unpaired_mark::RULE,
    title_mark_misused::RULE,
    doubled_word::RULE,
    repeated_sentence::RULE,
    until_word::RULE,
    impossible_date::RULE,
    weekday_mismatch::RULE,
    relative_year::RULE,
    short_year::RULE,
    mixed_numerals::RULE,
    thousands_mixed::RULE,
    person_post::RULE,
    person_name::RULE,
    rank_order::RULE,
    unit_name::RULE,
    fixed_formula::RULE,
    confused_word::RULE,
    cautious_word::RULE,
    quotation_differs::RULE,
    bad_character::RULE,
];
