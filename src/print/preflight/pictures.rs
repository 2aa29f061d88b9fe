//! The checks of pictures: 20 resolution where they stand; and once for each, from
//! its pixels, 18 ink and 24 grey; of 14 how they are coded. What the maker of the
//! file knows of a picture is believed, not measured again.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro_syntax::Filter;
use hayro_syntax::object::stream::ImageDecodeParams;
use hayro_syntax::object::{Array, ObjectIdentifier, Stream};

use crate::diag::{Code, Finding, Severity};
use crate::media;

use super::Job;
use super::colour::picture_ink;
use super::file::File;
use super::order::KnownPicture;
use super::sheet::Sheet;
use super::space::Space;
use super::verdict::{Check, Notes};
use super::walk::Placed;
use crate::print::Standard;

const COARSE: Code = Code::new("preflight-coarse-picture");
const COARSE_LINES: Code = Code::new("preflight-coarse-line-art");
const CODED: Code = Code::new("preflight-picture-coding");
const DEEP: Code = Code::new("preflight-deep-picture");
const UNDECODED: Code = Code::new("preflight-picture-undecoded");
const UNKNOWN_INK: Code = Code::new("preflight-picture-ink-unknown");
const COLOURED: Code = Code::new("preflight-coloured-grey");

/// Pixels an inch that a photograph should have, and below which it is blurred.
const PHOTOGRAPH: [f64; 2] = [300.0, 200.0];
/// The same for pictures of black and white alone.
const LINE_ART: [f64; 2] = [1200.0, 600.0];
/// More samples than this are not decoded: a picture of 250 megapixels in CMYK.
const MOST: u64 = 1_000_000_000;
/// The share of pixels that may be beyond what is said of all: the ringing of JPEG.
const FEW: f64 = 0.001;
/// Less ink than this on a plate is the noise of JPEG.
const NOISE: f64 = 0.04;

/// A picture whose pixels are to be judged, where it is first met.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    at: (usize, [f64; 2]),
    space: Option<Arc<Space>>,
    pixels: [u32; 2],
    bits: u32,
    /// The first of its places on a page that is printed in black alone.
    on_black: Option<(usize, [f64; 2])>,
}

/// The pictures of a file by their objects.
pub(super) type Album = BTreeMap<ObjectIdentifier, Waiting>;

/// Looks at a picture where it stands and puts it into the album.
pub(super) fn see(
    placed: &Placed<'_>,
    job: &Job<'_>,
    sheet: &Sheet,
    album: &mut Album,
    notes: &mut Notes,
) {
    let at = sheet.at(placed.area);
    resolution(placed, at, notes);
    coding(placed, job, at, notes);
    if placed.paint.is_some() {
        return;
    }
    let on_black = job.order.black.contains(sheet.number).then_some(at);
    let new = Waiting {
        at,
        space: placed.space.clone(),
        pixels: placed.pixels,
        bits: placed.bits,
        on_black,
    };
    match placed.id {
        Some(id) => put(album, id, new),
        // One in the midst of the content is small: it is judged at once.
        None => judge(placed.stream, &new, None, job, notes),
    }
}

fn put(album: &mut Album, id: ObjectIdentifier, new: Waiting) {
    let known = album.entry(id).or_insert_with(|| new.clone());
    known.on_black = known.on_black.or(new.on_black);
}

/// Puts the pictures of one page to those of the pages before.
pub(super) fn collect(album: &mut Album, more: Album) {
    for (id, new) in more {
        put(album, id, new);
    }
}

/// Check 20.
fn resolution(placed: &Placed<'_>, at: (usize, [f64; 2]), notes: &mut Notes) {
    let ppi = placed.ppi[0].min(placed.ppi[1]);
    let ([good, poor], code) =
        if placed.bits == 1 { (LINE_ART, COARSE_LINES) } else { (PHOTOGRAPH, COARSE) };
    // Strips of a pixel or two are gradients, not pictures.
    if ppi > good - 0.5 || placed.pixels.iter().any(|side| *side <= 2) {
        return;
    }
    let severity = if ppi < poor { Severity::Warning } else { Severity::Note };
    let args = || vec![("ppi", format!("{ppi:.0}")), ("wanted", format!("{good:.0}"))];
    let detail = (placed.id.map(|id| id.obj_number), ppi.round() as u64);
    notes.place(Check::Resolution, (severity, code), detail, at, args);
}

/// Check 14: PDF/X-1a is older than some ways of coding.
fn coding(placed: &Placed<'_>, job: &Job<'_>, at: (usize, [f64; 2]), notes: &mut Notes) {
    if job.standard == Standard::X4 {
        return;
    }
    for (filter, name) in [(Filter::JpxDecode, "JPEG 2000"), (Filter::Jbig2Decode, "JBIG2")] {
        if placed.stream.filters().contains(&filter) {
            let args = || vec![("coding", name.to_owned())];
            notes.place(Check::Features, (Severity::Error, CODED), name, at, args);
        }
    }
    if placed.bits == 16 {
        notes.place(Check::Features, (Severity::Error, DEEP), (), at, Vec::new);
    }
}

/// Judges the pixels of one picture of the album.
pub(super) fn judge_one(
    file: &File,
    id: ObjectIdentifier,
    waiting: &Waiting,
    job: &Job<'_>,
) -> Notes {
    let mut notes = Notes::default();
    let known = u32::try_from(id.obj_number).ok().and_then(|n| job.order.pictures.get(&n));
    if let Some(stream) = file.pdf.xref().get::<Stream<'_>>(id) {
        let known = known.copied().map(Ok);
        let known = known.or_else(|| plain(&stream, id, waiting, job));
        judge(&stream, waiting, known, job, &mut notes);
    }
    notes
}

fn judge(
    stream: &Stream<'_>,
    waiting: &Waiting,
    known: Option<Result<KnownPicture, Code>>,
    job: &Job<'_>,
    notes: &mut Notes,
) {
    let page = Some(waiting.at.0);
    let known = known.unwrap_or_else(|| inks(stream, waiting));
    match known {
        Ok(known) => {
            picture_ink(known.ink, job, waiting.at, notes);
            if let Some(at) = waiting.on_black.filter(|_| !known.black_only) {
                notes.place(Check::Grey, (Severity::Error, COLOURED), (), at, Vec::new);
            }
        }
        Err(why) => {
            notes.unjudged(Check::Ink, page, Finding::note(why));
            if let Some((page, _)) = waiting.on_black {
                notes.unjudged(Check::Grey, Some(page), Finding::note(why));
            }
        }
    }
}

/// What ink a picture lays down; or why that cannot be told.
fn inks(stream: &Stream<'_>, waiting: &Waiting) -> Result<KnownPicture, Code> {
    let Some(space) = waiting.space.as_deref() else {
        // JPEG 2000 may name its colours itself; one component is black.
        return Err(UNKNOWN_INK);
    };
    match space {
        Space::Gray => Ok(KnownPicture { ink: 100.0, black_only: true }),
        Space::Foreign { .. } | Space::Pattern(_) => Err(UNKNOWN_INK),
        Space::Indexed { base, table } => {
            let n = base.components().max(1);
            let colours = table.chunks_exact(n).map(|colour| {
                let colour: Vec<f32> = colour.iter().map(|c| f32::from(*c) / 255.0).collect();
                base.inks(&colour)
            });
            let colours: Option<Vec<_>> = colours.collect();
            let colours = colours.ok_or(UNKNOWN_INK)?;
            Ok(KnownPicture {
                ink: colours.iter().map(|inks| inks.total() * 100.0).fold(0.0, f64::max),
                black_only: colours.iter().all(|inks| inks.beside_black() <= NOISE),
            })
        }
        Space::Plates { names, .. } if names.len() == 1 => {
            let ink = if names[0] == "All" { 400.0 } else { 100.0 };
            Ok(KnownPicture { ink, black_only: names[0] == "Black" })
        }
        Space::Cmyk | Space::Plates { .. } => {
            // The decoders are not ours; one bad picture is not a bad file.
            let measured = catch_unwind(AssertUnwindSafe(|| measure(stream, waiting, space)));
            measured.ok().flatten().ok_or(UNDECODED)
        }
    }
}

/// What ink a JPEG of process inks lays down, read at half its size: what lies on less
/// than four pixels is no more than their mean. Nothing of other pictures.
fn plain(
    stream: &Stream<'_>,
    id: ObjectIdentifier,
    waiting: &Waiting,
    job: &Job<'_>,
) -> Option<Result<KnownPicture, Code>> {
    let space = waiting.space.as_deref().filter(|space| **space == Space::Cmyk)?;
    let [width, height] = waiting.pixels.map(u64::from);
    if stream.filters().as_slice() != [Filter::DctDecode] || width * height * 4 > MOST {
        return None;
    }
    let cut = u32::try_from(id.obj_number).ok().and_then(|number| (job.elsewhere)(number));
    let is_cut = cut.is_some();
    let data = cut.map_or_else(|| stream.raw_data(), std::borrow::Cow::Owned);
    // The decoders are not ours; one bad picture is not a bad file.
    let samples = catch_unwind(AssertUnwindSafe(|| media::samples(&data))).ok().flatten();
    match samples {
        Some(samples) => Some(Ok(Stock::of(space, stream).taken(samples.iter()))),
        None => is_cut.then_some(Err(UNDECODED)),
    }
}

/// Decodes a picture and takes stock of its pixels.
fn measure(stream: &Stream<'_>, waiting: &Waiting, space: &Space) -> Option<KnownPicture> {
    let n = space.components();
    let [width, height] = waiting.pixels;
    if u64::from(width) * u64::from(height) * n as u64 > MOST || waiting.bits > 16 {
        return None;
    }
    let decoded = stream.decoded_image(&ImageDecodeParams {
        is_indexed: false,
        bpc: u8::try_from(waiting.bits).ok(),
        num_components: u8::try_from(n).ok(),
        target_dimension: None,
        width,
        height,
    });
    let decoded = decoded.ok()?;
    let bits = decoded.image_data.as_ref().map_or(waiting.bits, |d| d.bits_per_component.into());
    let wide = decoded.image_data.as_ref().map_or(width, |data| data.width) as usize;
    let row = (wide * n * bits as usize).div_ceil(8);
    if row == 0 || decoded.data.len() < row || !matches!(bits, 8 | 16) {
        return None;
    }
    let bytes = bits as usize / 8;
    let lines = decoded.data.chunks_exact(row);
    let pixels = lines.flat_map(|line| line.chunks_exact(n * bytes));
    Some(Stock::of(space, stream).taken(pixels.map(|pixel| Stepped { pixel, bytes })))
}

/// A pixel.
trait Pixel {
    /// One component of it, in eight bits.
    fn sample(&self, component: usize) -> u8;
}

/// A pixel of so many bytes a component, the highest first.
struct Stepped<'a> {
    pixel: &'a [u8],
    bytes: usize,
}

impl Pixel for Stepped<'_> {
    fn sample(&self, component: usize) -> u8 {
        self.pixel[component * self.bytes]
    }
}

impl Pixel for &[u8; 4] {
    fn sample(&self, component: usize) -> u8 {
        self[component]
    }
}

/// What counts of each component: the plates it covers, whether they are others than
/// black, and how its numbers are turned (8.9.5.2).
struct Stock {
    plates: Vec<Plate>,
}

impl Stock {
    fn of(space: &Space, stream: &Stream<'_>) -> Self {
        Self { plates: (0..space.components()).map(|i| Plate::of(space, i, stream)).collect() }
    }

    /// What these pixels come to.
    fn taken<P: Pixel>(&self, all: impl Iterator<Item = P>) -> KnownPicture {
        let covered: u32 = self.plates.iter().map(|plate| plate.covers).sum();
        let mut totals = vec![0_usize; covered as usize * 100 + 2];
        let (mut coloured, mut pixels) = (0_usize, 0_usize);
        for pixel in all {
            let (mut total, mut other) = (0_u32, 0_u32);
            for (component, plate) in self.plates.iter().enumerate() {
                let ink = u32::from(plate.ink[usize::from(pixel.sample(component))]);
                total += ink * plate.covers;
                if plate.coloured {
                    other = other.max(ink);
                }
            }
            coloured += usize::from(f64::from(other) / 255.0 > NOISE);
            totals[((total * 100 + 127) / 255) as usize] += 1;
            pixels += 1;
        }
        let few = (pixels as f64 * FEW) as usize;
        let mut above = 0;
        let most = totals.iter().rposition(|count| {
            above += count;
            above > few
        });
        KnownPicture { ink: most.unwrap_or(0) as f64, black_only: coloured <= few }
    }
}

/// What one component of a picture puts on the paper.
struct Plate {
    /// The ink of each sample, 255 for a full plate.
    ink: Vec<u8>,
    /// How many plates it covers.
    covers: u32,
    /// Whether any of them is not black.
    coloured: bool,
}

impl Plate {
    fn of(space: &Space, component: usize, stream: &Stream<'_>) -> Self {
        let decode = stream.dict().get::<Array<'_>>("Decode");
        let decode: Vec<f32> = decode.map(|d| d.iter::<f32>().collect()).unwrap_or_default();
        let (from, to) = match decode.get(component * 2..component * 2 + 2) {
            Some([from, to]) => (*from, *to),
            _ => (0.0, 1.0),
        };
        let ink = (0..=255_u8)
            .map(|sample| {
                let value = from + f32::from(sample) / 255.0 * (to - from);
                (value.clamp(0.0, 1.0) * 255.0).round() as u8
            })
            .collect();
        let name = match space {
            Space::Plates { names, .. } => names.get(component).map_or("", String::as_str),
            _ => ["Cyan", "Magenta", "Yellow", "Black"].get(component).copied().unwrap_or(""),
        };
        let covers = match name {
            "All" => 4,
            "None" => 0,
            _ => 1,
        };
        Self { ink, covers, coloured: !matches!(name, "Black" | "None") }
    }
}
