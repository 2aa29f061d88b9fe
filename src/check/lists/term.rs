//! The time for which something holds, as a list writes it: `2021-03至2024-08`.

use crate::article::Date;

/// From one day to another, both included; open where the list gives none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Term {
    from: Option<Day>,
    to: Option<Day>,
}

/// Year, month and day.
type Day = (u16, u8, u8);

impl Term {
    /// Reads `2021-03至2024-08`, `2021至今`, `至2024-08-31`; `None` for anything else.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (from, to) = text.split_once(['至', '—', '～', '~'])?;
        let open = |side: &str| side.trim().is_empty() || side.trim() == "今";
        let side = |text: &str, month, day| match open(text) {
            true => Some(None),
            false => read_day(text.trim(), month, day).map(Some),
        };
        let term = Self { from: side(from, 1, 1)?, to: side(to, 12, 31)? };
        let ordered = term.from.zip(term.to).is_none_or(|(from, to)| from <= to);
        ordered.then_some(term)
    }

    /// Whether the day falls into it.
    pub fn holds(&self, date: Date) -> bool {
        let day = (date.year(), date.month(), date.day());
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether the list gives any day.
    pub fn is_open(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }
}

impl std::fmt::Display for Term {
    /// As in `2021-03-01～2024-08-31`; nothing where it is open.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let day = |day: Option<Day>| match day {
            Some((y, m, d)) => format!("{y:04}-{m:02}-{d:02}"),
            None => String::new(),
        };
        write!(f, "{}～{}", day(self.from), day(self.to))
    }
}

/// `2021`, `2021-03` or `2021-03-15`; what is not there is taken from the caller.
fn read_day(text: &str, month: u8, day: u8) -> Option<Day> {
    let mut parts = text.split(['-', '.', '/']);
    let year = parts.next()?.parse().ok().filter(|y| (1000..=9999).contains(y))?;
    let month = parts.next().map_or(Some(month), |m| m.parse().ok())?;
    let day = parts.next().map_or(Some(day), |d| d.parse().ok())?;
    let sound = (1..=12).contains(&month) && (1..=31).contains(&day) && parts.next().is_none();
    sound.then_some((year, month, day))
}
