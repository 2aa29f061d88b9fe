//! What an edition wants of a picture, and what the picture is to become.

use std::sync::Arc;

use crate::article::Focus;

use super::{Cut, Probe, Separation};

/// The colours an edition can show.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Colours {
    /// Whatever the picture has.
    #[default]
    AsTheyAre,
    /// Grey and RGB, as screens need: CMYK becomes RGB.
    Screen,
    /// Grey and the inks of a press: RGB becomes CMYK, and no pixel carries more
    /// ink than the paper takes.
    Press(Arc<Separation>),
}

/// What an edition wants of a picture. A picture that is already so is passed
/// through, without its metadata and without being decoded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Want {
    /// At most so many pixels in all, as e-readers ask.
    pub max_pixels: Option<u64>,
    /// At most so wide, in pixels.
    pub max_width: Option<u32>,
    /// What need not be made narrower, though it is wider than that.
    pub leave: Option<Leave>,
    /// At most so many bytes; quality, then size, give way.
    pub max_bytes: Option<u64>,
    /// As a JPEG of at most this quality, of 100, unless it is lighter as it is. A
    /// drawing stays a PNG where that is not much heavier.
    pub quality: Option<u8>,
    /// Cut to exactly this width and height in pixels, filled around
    /// [`Want::focus`].
    pub cover: Option<(u32, u32)>,
    /// The point that a cut leaves in; the middle where nothing is said.
    pub focus: Option<Focus>,
    /// In which colours.
    pub colours: Colours,
}

/// A picture that is left as it is, though it is wider than is wanted, because making it
/// anew would cost it more than its width does: one that may travel as it is, in colours
/// that the edition shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Leave {
    /// At most so wide, in pixels.
    pub width: u32,
    /// At most so many bytes.
    pub bytes: u64,
}

/// What is to be done to a picture's colours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    Nothing,
    ToRgb,
    ToInks(Arc<Separation>),
}

impl Change {
    fn of(probe: &Probe, colours: &Colours) -> Self {
        match colours {
            Colours::Screen if probe.components == 4 => Self::ToRgb,
            Colours::Press(inks) if probe.components > 1 => Self::ToInks(Arc::clone(inks)),
            _ => Self::Nothing,
        }
    }

    /// What it is called in the name of a derivative.
    pub(super) fn key(&self) -> &str {
        match self {
            Self::Nothing => "false",
            Self::ToRgb => "true",
            Self::ToInks(separation) => separation.key(),
        }
    }
}

/// How what is cut off a picture is shared out, in ten-thousandths: left of and above
/// what is kept. The middle is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Centring(u32, u32);

impl Centring {
    fn new(across: f64, down: f64) -> Option<Self> {
        let [x, y] = [across, down].map(|share| (share * 10_000.0).round() as u32);
        ((x, y) != (5_000, 5_000)).then_some(Self(x, y))
    }

    /// The shares, 0 to 1.
    pub(super) fn shares(self) -> (f64, f64) {
        (f64::from(self.0) / 10_000.0, f64::from(self.1) / 10_000.0)
    }
}

/// What a picture is to become, worked out from what is wanted and what it is,
/// so that wishes which come to the same share one derivative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) width: u32,
    pub(super) height: u32,
    /// The room left of and above what is kept, of all that is cut off.
    pub(super) centring: Option<Centring>,
    /// Whether exactly this size is wanted, so that bytes cannot be saved by it.
    pub(super) exact: bool,
    pub(super) change: Change,
    pub(super) max_bytes: Option<u64>,
    pub(super) quality: Option<u8>,
}

impl Target {
    pub(super) fn of(probe: &Probe, want: &Want) -> Self {
        let change = Change::of(probe, &want.colours);
        let left = |leave: &Leave| {
            change == Change::Nothing
                && probe.width <= leave.width
                && probe.is_clean()
                && probe.clean_size() <= leave.bytes
        };
        let (width, height) = match (want.cover, want.leave.filter(left)) {
            (Some(size), _) => size,
            (None, Some(_)) => fit(probe.upright(), &Want { max_width: None, ..want.clone() }),
            (None, None) => fit(probe.upright(), want),
        };
        let centring = want.cover.zip(want.focus).and_then(|(shape, focus)| {
            let (across, down) = Cut::of(probe.upright(), shape, focus).centring();
            Centring::new(across, down)
        });
        let (exact, max_bytes, quality) = (want.cover.is_some(), want.max_bytes, want.quality);
        Self { width, height, centring, exact, change, max_bytes, quality }
    }

    /// Whether the picture is so already and its bytes may travel.
    pub(super) fn is_met_by(&self, probe: &Probe) -> bool {
        self.quality.is_none() && self.is_met_but_for_quality_by(probe)
    }

    /// The same, however well it is encoded.
    pub(super) fn is_met_but_for_quality_by(&self, probe: &Probe) -> bool {
        self.change == Change::Nothing && self.is_met_but_for_colours_by(probe)
    }

    /// The same, whatever its colours are.
    pub(super) fn is_met_but_for_colours_by(&self, probe: &Probe) -> bool {
        probe.is_clean()
            && (self.width, self.height) == (probe.width, probe.height)
            && self.takes(probe.clean_size())
    }

    /// Whether a file may have so many bytes.
    pub(super) fn takes(&self, bytes: u64) -> bool {
        self.max_bytes.is_none_or(|most| bytes <= most)
    }
}

/// The largest size of the same shape within the limits.
fn fit((width, height): (u32, u32), want: &Want) -> (u32, u32) {
    let (w, h) = (f64::from(width), f64::from(height));
    let by_width = want.max_width.map_or(1.0, |most| f64::from(most) / w);
    let by_pixels = want.max_pixels.map_or(1.0, |most| (most as f64 / (w * h)).sqrt());
    let factor = by_width.min(by_pixels);
    if factor >= 1.0 {
        return (width, height);
    }
    // A hair is added so that a wish for a width of 1080 gives 1080, not 1079.
    let scaled = |side: f64| ((side * factor + 1e-6).floor() as u32).max(1);
    (scaled(w), scaled(h))
}
