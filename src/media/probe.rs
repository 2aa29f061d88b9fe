//! Reading a picture's header: what it is, how large, which way up.

use std::cell::Cell;
use std::fs::{File, Metadata};
use std::io::{self, BufReader, Read, Seek};
use std::ops::Range;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use image::metadata::Orientation;
use image::{ExtendedColorType, ImageDecoder, ImageError, ImageFormat, ImageReader};

use crate::diag::{Code, Finding};

use super::{jpeg, png};

/// The picture formats that are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// GIF; only its first frame is used.
    Gif,
    /// WebP.
    WebP,
    /// Windows bitmap.
    Bmp,
    /// TIFF.
    Tiff,
}

/// What a picture file's header says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Probe {
    /// The format by content; the file's name is not asked.
    pub format: Format,
    /// Width in pixels as stored.
    pub width: u32,
    /// Height in pixels as stored.
    pub height: u32,
    /// EXIF orientation, 1 to 8; 1 is upright.
    pub orientation: u8,
    /// Colour components a pixel without alpha: 1 grey, 3 RGB, 4 CMYK.
    pub components: u8,
    /// Whether it has, or may have, transparent parts.
    pub alpha: bool,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// For a picture whose bytes may travel as they are: the ranges of the file
    /// to copy so that no metadata (EXIF, GPS, XMP, comments) travels along. The
    /// colour profile and Adobe's colour marker do. Empty for every other picture.
    pub clean: Vec<Range<u64>>,
    /// When the file was last changed, counted from 1970, where its disk tells.
    pub changed: Option<Duration>,
}

impl Probe {
    /// Whether the file at `path` is, by its size and by when it was last changed, the
    /// one that was probed.
    pub fn still_holds(&self, path: &Path) -> bool {
        let now = std::fs::metadata(path);
        now.is_ok_and(|now| now.len() == self.bytes && changed(&now) == self.changed)
    }

    /// Width and height in pixels as a person sees it, its orientation applied.
    pub fn upright(&self) -> (u32, u32) {
        if self.orientation >= 5 { (self.height, self.width) } else { (self.width, self.height) }
    }

    /// Whether its bytes may travel and show it upright.
    pub(super) fn is_clean(&self) -> bool {
        !self.clean.is_empty() && self.orientation == 1
    }

    /// The size of the bytes that may travel.
    pub(super) fn clean_size(&self) -> u64 {
        self.clean.iter().map(|range| range.end - range.start).sum()
    }
}

/// The longest side that is read, in pixels.
const MAX_SIDE: u32 = 30_000;

/// How large a picture may be that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The largest file, in MB of 2²⁰ bytes.
    pub megabytes: u32,
    /// The most pixels, in millions.
    pub megapixels: u32,
}

impl Default for Bounds {
    /// More than the largest cameras make.
    fn default() -> Self {
        Self { megabytes: 512, megapixels: 200 }
    }
}

const UNREADABLE: Code = Code::new("picture-unreadable");
const EMPTY: Code = Code::new("picture-empty");
const UNKNOWN_FORMAT: Code = Code::new("picture-unknown-format");
const TRUNCATED: Code = Code::new("picture-truncated");
const BROKEN: Code = Code::new("picture-broken");
const TOO_LARGE: Code = Code::new("picture-too-large");

/// Reads what a picture file says of itself, within the usual bounds; see
/// [`probe_within`].
///
/// # Errors
/// As for [`probe_within`].
pub fn probe(path: &Path) -> Result<Probe, Finding> {
    probe_within(path, Bounds::default())
}

/// Reads what a picture file says of itself; its pixels are not decoded.
///
/// # Errors
/// An error where the file cannot be read, is no picture, ends before the
/// picture does (as far as that shows without decoding), or is larger than its bounds.
/// The caller decides what that means for the work.
pub fn probe_within(path: &Path, bounds: Bounds) -> Result<Probe, Finding> {
    let about = |code| about(path, code);
    let unreadable = |e: io::Error| about(UNREADABLE).arg("why", e);
    let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
    let data = file.get_ref().metadata().map_err(unreadable)?;
    let (bytes, changed) = (data.len(), changed(&data));
    let mut start = Vec::new();
    file.by_ref().take(16).read_to_end(&mut start).map_err(unreadable)?;
    file.rewind().map_err(unreadable)?;
    if bytes == 0 {
        return Err(about(EMPTY));
    }
    let too_heavy = || {
        let most = format!("{} MB", bounds.megabytes);
        let size = format!("{} MB", bytes >> 20);
        about(TOO_LARGE).arg("size", size).arg("most", most).arg("key", "picture_mb")
    };
    if bytes > u64::from(bounds.megabytes) << 20 {
        return Err(too_heavy());
    }
    let mut short = false;
    let probe = if jpeg::is_jpeg(&start) {
        let scanned = looked_through(&mut file, bytes, jpeg::scan).map_err(unreadable)?;
        let header = scanned.map_err(|wrong| match wrong {
            jpeg::Wrong::Truncated => about(TRUNCATED),
            jpeg::Wrong::Malformed => about(BROKEN),
        })?;
        short = header.short;
        of_jpeg(header, bytes)
    } else if png::is_png(&start) {
        let header = png::scan(&mut file, bytes).map_err(|e| match e.kind() {
            io::ErrorKind::UnexpectedEof => about(TRUNCATED),
            _ => unreadable(e),
        })?;
        of_png(header.ok_or_else(|| about(BROKEN))?, bytes)
    } else {
        other(file, bytes).map_err(|wrong| match wrong {
            Other::Unknown => about(UNKNOWN_FORMAT),
            Other::Truncated => about(TRUNCATED),
            Other::Broken => about(BROKEN),
            Other::TooLarge => too_heavy(),
        })?
    };
    let (width, height) = (probe.width, probe.height);
    if width == 0 || height == 0 {
        return Err(about(BROKEN));
    }
    let most = u64::from(bounds.megapixels) * 1_000_000;
    if width.max(height) > MAX_SIDE || u64::from(width) * u64::from(height) > most {
        let most = format!("{} MP", bounds.megapixels);
        let finding = about(TOO_LARGE).arg("size", format!("{width}×{height}")).arg("most", most);
        return Err(finding.arg("key", "picture_megapixels"));
    }
    if short {
        return Err(about(TRUNCATED));
    }
    Ok(Probe { changed, ..probe })
}

thread_local! {
    /// Room for a file that is looked through. A folder of photographs would otherwise ask
    /// for new memory thousands of times, and clearing that costs more than looking.
    static ROOM: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// So much room is kept for the next file, in bytes.
const KEPT: usize = 16 << 20;

/// Reads a file of about so many bytes to its end and looks at all of it.
fn looked_through<T>(
    file: &mut impl Read,
    bytes: u64,
    look: impl FnOnce(&[u8]) -> T,
) -> io::Result<T> {
    let mut room = ROOM.take();
    room.clear();
    room.reserve(usize::try_from(bytes).unwrap_or_default());
    let seen = file.read_to_end(&mut room).map(|_| look(&room));
    if room.capacity() <= KEPT {
        ROOM.set(room);
    }
    seen
}

/// When a file was last changed. No clock is asked.
fn changed(data: &Metadata) -> Option<Duration> {
    data.modified().ok()?.duration_since(UNIX_EPOCH).ok()
}

/// A finding about the picture at `path`, named by its file name.
pub(super) fn about(path: &Path, code: Code) -> Finding {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    Finding::warning(code).arg("name", name)
}

fn of_jpeg(header: jpeg::Header, bytes: u64) -> Probe {
    Probe {
        format: Format::Jpeg,
        width: header.width,
        height: header.height,
        orientation: header.orientation,
        components: header.components,
        alpha: false,
        bytes,
        clean: if header.plain { header.clean } else { Vec::new() },
        changed: None,
    }
}

fn of_png(header: png::Header, bytes: u64) -> Probe {
    Probe {
        format: Format::Png,
        width: header.width,
        height: header.height,
        orientation: header.orientation,
        components: header.components,
        alpha: header.alpha,
        bytes,
        clean: if header.plain { header.clean } else { Vec::new() },
        changed: None,
    }
}

/// Why a picture of another format cannot be used.
enum Other {
    Unknown,
    Truncated,
    Broken,
    TooLarge,
}

/// Reads the header of a format whose bytes never travel as they are.
fn other(file: BufReader<File>, bytes: u64) -> Result<Probe, Other> {
    let wrong = |e: ImageError| match e {
        ImageError::IoError(e) if e.kind() == io::ErrorKind::UnexpectedEof => Other::Truncated,
        ImageError::Limits(_) => Other::TooLarge,
        _ => Other::Broken,
    };
    let reader = ImageReader::new(file).with_guessed_format().map_err(|_| Other::Broken)?;
    let format = match reader.format().ok_or(Other::Unknown)? {
        ImageFormat::Gif => Format::Gif,
        ImageFormat::WebP => Format::WebP,
        ImageFormat::Bmp => Format::Bmp,
        ImageFormat::Tiff => Format::Tiff,
        _ => return Err(Other::Unknown),
    };
    let mut decoder = reader.into_decoder().map_err(wrong)?;
    let (width, height) = decoder.dimensions();
    let colour = decoder.color_type();
    let components = match decoder.original_color_type() {
        ExtendedColorType::Cmyk8 | ExtendedColorType::Cmyk16 => 4,
        _ if colour.has_color() => 3,
        _ => 1,
    };
    let orientation = decoder.orientation().map_or(1, Orientation::to_exif);
    let alpha = colour.has_alpha();
    let clean = Vec::new();
    let changed = None;
    Ok(Probe { format, width, height, orientation, components, alpha, bytes, clean, changed })
}
