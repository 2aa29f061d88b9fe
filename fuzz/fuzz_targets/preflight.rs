//! Any bytes as a PDF that is to go to a print shop.
#![no_main]

use std::collections::BTreeSet;

use kanyin_fuzz::print::preflight::{BlackPages, Order, preflight};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: kanyin_fuzz::forgive_the_reader_of_syntax(), |data: &[u8]| {
    let order = Order {
        saddle: true,
        black: BlackPages::Only(vec![2..=2]),
        spots: Some(BTreeSet::new()),
        ..Order::default()
    };
    if let Ok(judged) = preflight(data.to_vec(), &order) {
        assert_eq!(judged.checks.len(), 24, "every check has its verdict");
    }
});
