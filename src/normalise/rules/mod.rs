//! The rules, one file each, in the order in which they are asked: where two of
//! them want the same characters, the earlier one has them.

mod dash;
mod doubled_mark;
mod ellipsis;
mod full_width_letter;
mod half_width_bracket;
mod half_width_mark;
mod half_width_stop;
mod indent;
mod middle_dot;
mod no_break_space;
mod straight_quote;
mod stray_space;
mod year_zero;

use super::line::Rule;

/// All rules.
pub(super) const ALL: &[Rule] = &[
    indent::RULE,
    ellipsis::RULE,
    dash::RULE,
    half_width_mark::RULE,
    half_width_bracket::RULE,
    half_width_stop::RULE,
    doubled_mark::RULE,
    straight_quote::RULE,
    full_width_letter::RULE,
    stray_space::RULE,
    no_break_space::RULE,
    year_zero::RULE,
    middle_dot::RULE,
];
