//! What is known of a printing job before its file is judged. Nothing here reads
//! a file; what is not said is taken from the file itself where that can be done.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::print::Standard;

/// What the job is. `Order::default()` knows nothing but the trade's usual measures.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Order {
    /// The standard to judge by; `None` takes the one the file claims, PDF/X-4 where
    /// it claims none.
    pub standard: Option<Standard>,
    /// Width and height of the trimmed page in millimetres; `None` takes the most
    /// frequent one of the file.
    pub trim: Option<[f64; 2]>,
    /// The bleed in millimetres; `None` is 3 mm.
    pub bleed: Option<f64>,
    /// Whether the pages are folded and stapled through the spine (骑马订).
    pub saddle: bool,
    /// The pages that are printed in black alone.
    pub black: BlackPages,
    /// The spot colours that were agreed on; `None` where nothing was said.
    pub spots: Option<BTreeSet<String>>,
    /// The most ink that may lie in one place, all plates together, in per cent of
    /// one full plate; `None` is 300.
    pub ink: Option<f64>,
    /// The paper's surface.
    pub paper: Paper,
    /// What is already known of pictures, by the numbers of their objects: they are
    /// not decoded again.
    pub pictures: BTreeMap<u32, KnownPicture>,
}

/// Which pages are printed in black alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum BlackPages {
    /// Nobody said.
    #[default]
    Unsaid,
    /// All of them.
    All,
    /// These, counted from 1.
    Only(Vec<RangeInclusive<usize>>),
}

impl BlackPages {
    /// Whether the page of that number, from 1, is printed in black alone.
    pub fn contains(&self, page: usize) -> bool {
        match self {
            Self::Unsaid => false,
            Self::All => true,
            Self::Only(ranges) => ranges.iter().any(|range| range.contains(&page)),
        }
    }
}

/// The surface of the paper: uncoated paper takes less ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// Nobody said.
    #[default]
    Unsaid,
    /// 铜版纸 and the like.
    Coated,
    /// 双胶纸 and the like.
    Uncoated,
}

/// What the maker of a file knows of one of its pictures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KnownPicture {
    /// The most ink in it, all plates together, in per cent of one full plate.
    pub ink: f64,
    /// Whether it has ink on the black plate alone.
    pub black_only: bool,
}

impl Order {
    /// The bleed in millimetres.
    pub fn bleed(&self) -> f64 {
        self.bleed.unwrap_or(3.0)
    }

    /// The most ink in per cent.
    pub fn ink(&self) -> f64 {
        self.ink.unwrap_or(300.0)
    }
}
