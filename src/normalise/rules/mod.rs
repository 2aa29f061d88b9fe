//! The rules, one file each, in the order in which they are asked: where two of
//! them want the same characters, the earlier one has them.

mod angle_bracket;
mod caption_final_stop;
mod clashing_mark;
mod corner_quote;
mod dash;
mod document_number;
mod doubled_mark;
mod ellipsis;
mod etc_mark;
mod full_width_letter;
mod full_width_sign;
mod half_width_bracket;
mod half_width_mark;
mod half_width_stop;
mod indent;
mod invisible_character;
mod list_comma;
mod middle_dot;
mod no_break_space;
mod numbering_mark;
mod piled_mark;
mod quote_nesting;
mod radical_character;
mod range_mark;
mod range_tilde;
mod single_quote;
mod straight_quote;
mod stray_space;
mod turned_quote;
mod variant_mark;
mod year_zero;

use super::line::Rule;

/// All rules.
pub(super) const ALL: &[Rule] = &[
    // What should not be there at all, so that the others see the text.
    invisible_character::RULE,
    variant_mark::RULE,
    indent::RULE,
    numbering_mark::RULE,
    // Forms of marks.
    document_number::RULE,
    ellipsis::RULE,
    dash::RULE,
    range_tilde::RULE,
    range_mark::RULE,
    full_width_letter::RULE,
    full_width_sign::RULE,
    half_width_mark::RULE,
    half_width_bracket::RULE,
    half_width_stop::RULE,
    straight_quote::RULE,
    corner_quote::RULE,
    turned_quote::RULE,
    single_quote::RULE,
    quote_nesting::RULE,
    angle_bracket::RULE,
    middle_dot::RULE,
    // Marks too many.
    doubled_mark::RULE,
    piled_mark::RULE,
    clashing_mark::RULE,
    list_comma::RULE,
    etc_mark::RULE,
    caption_final_stop::RULE,
    // Spaces.
    stray_space::RULE,
    no_break_space::RULE,
    // Characters.
    year_zero::RULE,
    radical_character::RULE,
];
