//! Judges of PDF files: poppler reads, qpdf checks the structure, Ghostscript
//! separates the inks.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output};

use super::at_hand::{finish, program, said};

/// The boxes of one page in points: left, bottom, right, top. A box the page
/// does not have of its own is reported as the one it inherits.
#[derive(Debug, Clone, PartialEq)]
pub struct Boxes {
    pub media: [f64; 4],
    pub crop: [f64; 4],
    pub bleed: [f64; 4],
    pub trim: [f64; 4],
}

/// One font of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Font {
    /// With the subset's prefix, as in `ABCDEF+NotoSerifSC`.
    pub name: String,
    /// As in `CID TrueType` or `Type 3`.
    pub kind: String,
    pub embedded: bool,
    pub subset: bool,
}

/// One picture of a file, where it is placed.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    pub page: usize,
    pub width: usize,
    pub height: usize,
    /// `gray`, `rgb`, `cmyk`, `icc` and so on.
    pub colour: String,
    pub components: usize,
    /// `jpeg`, `image` (deflated or raw), `jpx` and so on.
    pub encoding: String,
    /// Pixels an inch across, as placed.
    pub ppi: f64,
}

/// The text of all pages in reading order; pages end with a form feed.
pub fn pdftotext(path: &Path) -> Option<String> {
    let tool = program("pdftotext")?;
    let args = ["-enc".as_ref(), "UTF-8".as_ref(), path.as_os_str(), "-".as_ref()];
    Some(said(&run(&tool, args)))
}

/// A word where poppler sees it, in points from the page's top left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    pub text: String,
}

/// The words of every page with their places.
pub fn words(path: &Path) -> Option<Vec<Vec<Word>>> {
    let tool = program("pdftotext")?;
    let args = ["-bbox".as_ref(), path.as_os_str(), "-".as_ref()];
    let text = said(&run(&tool, args));
    let word = |line: &str| {
        let (tag, rest) = line.trim().strip_prefix("<word ")?.split_once('>')?;
        let at = |name: &str| -> Option<f64> {
            tag.split_once(&format!("{name}=\""))?.1.split('"').next()?.parse().ok()
        };
        Some(Word {
            left: at("xMin")?,
            top: at("yMin")?,
            right: at("xMax")?,
            bottom: at("yMax")?,
            text: rest.strip_suffix("</word>")?.to_owned(),
        })
    };
    Some(text.split("<page ").skip(1).map(|page| page.lines().filter_map(word).collect()).collect())
}

/// The boxes of every page.
pub fn pdfinfo_boxes(path: &Path) -> Option<Vec<Boxes>> {
    let tool = program("pdfinfo")?;
    let args = ["-box", "-f", "1", "-l", "-1"].map(OsStr::new);
    let text = said(&run(&tool, args.into_iter().chain([path.as_os_str()])));
    let named = |name: &str| -> Vec<[f64; 4]> {
        let lines = text.lines().filter(|l| l.starts_with("Page "));
        lines.filter_map(|line| line.split_once(name)).map(|(_, rest)| four(rest)).collect()
    };
    let (crop, bleed, trim) = (named("CropBox:"), named("BleedBox:"), named("TrimBox:"));
    let pages = named("MediaBox:").into_iter().enumerate();
    Some(
        pages
            .map(|(i, media)| Boxes { media, crop: crop[i], bleed: bleed[i], trim: trim[i] })
            .collect(),
    )
}

/// The fonts of the file.
pub fn pdffonts(path: &Path) -> Option<Vec<Font>> {
    let tool = program("pdffonts")?;
    let text = said(&run(&tool, [path]));
    let mut lines = text.lines();
    let head = lines.next().unwrap_or_default();
    // A kind such as `CID Type 0C (OT)` has spaces: columns are told by the head.
    let column = |name: &str| head.find(name).expect("pdffonts heads its columns");
    let (kind, encoding) = (column("type"), column("encoding"));
    let fonts = lines.skip(1).map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let flags = &words[words.len() - 5..];
        Font {
            name: line[..kind].trim().to_owned(),
            kind: line[kind..encoding].trim().to_owned(),
            embedded: flags[0] == "yes",
            subset: flags[1] == "yes",
        }
    });
    Some(fonts.collect())
}

/// The pictures of the file, once for every place they stand in.
pub fn pdfimages(path: &Path) -> Option<Vec<Picture>> {
    let tool = program("pdfimages")?;
    let text = said(&run(&tool, ["-list".as_ref(), path.as_os_str()]));
    let pictures = text.lines().skip(2).map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let count = |i: usize| words[i].parse().expect("pdfimages counts");
        Picture {
            page: count(0),
            width: count(3),
            height: count(4),
            colour: words[5].to_owned(),
            components: count(6),
            encoding: words[8].to_owned(),
            ppi: words[12].parse().expect("pdfimages measures"),
        }
    });
    Some(pictures.collect())
}

/// What qpdf finds wrong with the file's structure; nothing where it is sound.
pub fn qpdf_check(path: &Path) -> Option<Vec<String>> {
    let tool = program("qpdf")?;
    let output = run(&tool, ["--check".as_ref(), path.as_os_str()]);
    if output.status.success() {
        return Some(Vec::new());
    }
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    Some(text.lines().map(str::to_owned).collect())
}

/// How much of each page cyan, magenta, yellow and black cover, from 0 to 1, when
/// Ghostscript separates it.
pub fn inkcov(path: &Path) -> Option<Vec<[f64; 4]>> {
    let tool = program("gs")?;
    let args = ["-q", "-dSAFER", "-o", "-", "-sDEVICE=inkcov"].map(OsStr::new);
    let text = said(&run(&tool, args.into_iter().chain([path.as_os_str()])));
    Some(text.lines().filter(|l| l.contains("CMYK")).map(four).collect())
}

/// The plates of one page, an ink for each pixel, 0 to 255.
pub struct Plates {
    /// Cyan, magenta, yellow, black, row by row from the top.
    pub inks: [Vec<u8>; 4],
}

impl Plates {
    /// The most ink on any pixel, in per cent over all four.
    pub fn most_ink(&self) -> f64 {
        let sums = (0..self.inks[0].len()).map(|i| self.inks.iter().map(|p| u32::from(p[i])).sum());
        f64::from(sums.max().unwrap_or(0_u32)) / 2.55
    }

    /// Whether nothing is on a plate.
    pub fn is_empty(&self, ink: usize) -> bool {
        self.inks[ink].iter().all(|value| *value == 0)
    }
}

/// The plates of every page, as Ghostscript's `tiffsep` separates them at `dpi`.
pub fn tiffsep(path: &Path, dpi: u32) -> Option<Vec<Plates>> {
    let tool = program("gs")?;
    let folder = tempfile::tempdir().expect("a folder of our own");
    let (resolution, pattern) = (format!("-r{dpi}"), folder.path().join("%d.tif"));
    let args = ["-q", "-dSAFER", "-sDEVICE=tiffsep", "-sCompression=lzw", &resolution, "-o"];
    let args = args.map(OsStr::new).into_iter().chain([pattern.as_os_str(), path.as_os_str()]);
    let output = run(&tool, args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let plate = |page: usize, name: &str| {
        let file = folder.path().join(format!("{page}({name}).tif"));
        // A plate is darker the more ink there is on it.
        let plate = image::open(file).ok()?.into_luma8();
        Some(plate.into_raw().into_iter().map(|grey| 255 - grey).collect::<Vec<u8>>())
    };
    let page = |page: usize| {
        let cyan = plate(page, "Cyan")?;
        let [magenta, yellow, black] =
            ["Magenta", "Yellow", "Black"].map(|name| plate(page, name).unwrap_or_default());
        Some(Plates { inks: [cyan, magenta, yellow, black] })
    };
    Some((1..).map_while(page).collect())
}

fn run<A: AsRef<OsStr>>(tool: &Path, args: impl IntoIterator<Item = A>) -> Output {
    finish(Command::new(tool).args(args))
}

/// The first four numbers of a line.
fn four(line: &str) -> [f64; 4] {
    let numbers: Vec<f64> = line.split_whitespace().filter_map(|w| w.parse().ok()).collect();
    numbers.get(..4).and_then(|n| n.try_into().ok()).expect("four numbers")
}
