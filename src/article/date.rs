//! A calendar date. Our own four lines rather than a date library's type, so
//! that the model serialises and compares without knowing a time zone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A day of the Gregorian calendar that exists: 2022-02-30 cannot be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The date, or `None` where the calendar has no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap =
            (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        (year > 0 && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// The year, as in 2022.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }
}

impl fmt::Display for Date {
    /// ISO 8601: `2022-01-14`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The text is not a date in the form `2022-01-14`, or the day does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an ISO 8601 date: {0}")]
pub struct NotADate(pub String);

impl FromStr for Date {
    type Err = NotADate;

    /// Reads ISO 8601 only; the readers understand the other ways to write a date.
    fn from_str(s: &str) -> Result<Self, NotADate> {
        let fail = || NotADate(s.to_owned());
        let mut parts = s.split('-');
        let mut field = |len: usize| {
            parts.next().filter(|p| p.len() == len && p.bytes().all(|b| b.is_ascii_digit()))
        };
        let (y, m, d) = (field(4), field(2), field(2));
        let (Some(y), Some(m), Some(d), None) = (y, m, d, parts.next()) else { return Err(fail()) };
        let (Ok(y), Ok(m), Ok(d)) = (y.parse(), m.parse(), d.parse()) else { return Err(fail()) };
        Self::new(y, m, d).ok_or_else(fail)
    }
}
