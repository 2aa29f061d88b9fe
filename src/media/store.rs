//! The store of derived pictures: each is made once from a content and a wish,
//! and lies in the cache under the hash of both.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diag::{Code, Finding};

use super::derive::{derive, open};
use super::encode::{encode, encode_jpeg};
use super::gate::Gate;
use super::inked::inked;
use super::planar;
use super::probe::about;
use super::raster::{Failed, Kind, Raster};
use super::target::{Change, Target, Want};
use super::{Encoding, Format, Probe, Ready, probe};

/// Counts the ways of deriving: another number, another derivative, so that a
/// cache of an older program is not taken for this one's.
const RECIPE: u32 = 3;

const UNDECODABLE: Code = Code::new("picture-undecodable");
const TOO_HEAVY: Code = Code::new("picture-too-heavy");
const UNREADABLE: Code = Code::new("picture-unreadable");
const STORE_FAILED: Code = Code::new("picture-store-failed");

/// The folder of derived pictures. Clones share it, and know of each other's
/// work.
#[derive(Debug, Clone)]
pub struct Store {
    dir: PathBuf,
    gate: Arc<Gate>,
}

impl Store {
    /// A store in this folder, made when first needed.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into(), gate: Arc::default() }
    }

    /// Whether a file is one of the store's. Such a file is named after all that it was
    /// made from, and never written into.
    pub fn holds(&self, file: &Path) -> bool {
        file.starts_with(&self.dir)
    }

    /// The picture at `path` as `want` describes it.
    ///
    /// # Errors
    /// As [`Store::ready_each`].
    pub fn ready(&self, path: &Path, probe: &Probe, want: &Want) -> Result<Ready, Finding> {
        Ok(self.ready_each(path, probe, std::slice::from_ref(want))?.remove(0))
    }

    /// The picture at `path` as each wish describes it, in the order of the wishes: the file itself where it
    /// is so already, else a derivative, made unless the store has it. However
    /// many are to be made, the picture is decoded once.
    ///
    /// # Errors
    /// An error where it cannot be decoded or made small enough, or the store
    /// cannot be written.
    pub fn ready_each(
        &self,
        path: &Path,
        probe: &Probe,
        wants: &[Want],
    ) -> Result<Vec<Ready>, Finding> {
        let targets: Vec<Target> = wants.iter().map(|want| Target::of(probe, want)).collect();
        if targets.iter().all(|target| target.is_met_by(probe)) {
            return Ok(targets.iter().map(|target| ready(path, probe, target)).collect());
        }
        let bytes = std::fs::read(path).map_err(|e| about(path, UNREADABLE).arg("why", e))?;
        let sum = blake3::hash(&bytes);
        let keys: Vec<String> = targets.iter().map(|target| key(&sum, target)).collect();
        let as_it_is =
            |target: &Target| target.is_met_by(probe).then(|| ready(path, probe, target));
        let found = || -> Vec<Option<Ready>> {
            let wished = targets.iter().zip(&keys);
            wished
                .map(|(target, key)| as_it_is(target).or_else(|| self.find(key, target)))
                .collect()
        };
        if let Some(all) = found().into_iter().collect() {
            return Ok(all);
        }
        let _pass = self.gate.enter(&keys[0], u64::from(probe.width) * u64::from(probe.height));
        let found = found();
        if let Some(all) = found.iter().cloned().collect() {
            return Ok(all);
        }
        let undecodable = |failed: Failed| about(path, UNDECODABLE).arg("why", failed.0);
        let missing = found.iter().zip(&targets).filter(|(found, _)| found.is_none());
        let missing: Vec<&Target> = missing.map(|(_, target)| target).collect();
        let planes = planar::open(&bytes, probe, &missing);
        let mut opened: Option<(bool, Raster)> = None;
        let mut all = Vec::with_capacity(found.len());
        for ((found, target), key) in found.into_iter().zip(&targets).zip(&keys) {
            if let Some(ready) = found {
                all.push(ready);
                continue;
            }
            let encoded = match planes.as_ref().filter(|_| planar::serves(target)) {
                Some(planes) => {
                    planar::derive(planes, target).and_then(|planes| encode_jpeg(planes, target))
                }
                None => made(&bytes, probe, target, &mut opened),
            };
            let encoded = encoded.map_err(undecodable)?.ok_or_else(|| {
                about(path, TOO_HEAVY).arg("most", target.max_bytes.unwrap_or_default())
            })?;
            let (encoded, encoding) = lighter(encoded, &bytes, probe, target);
            let failed = |e: io::Error| {
                let dir = self.dir.display().to_string();
                Finding::error(STORE_FAILED).arg("why", e).file(dir)
            };
            self.keep(key, encoding, &encoded).map_err(failed)?;
            all.push(self.find(key, target).ok_or_else(|| failed(io::ErrorKind::NotFound.into()))?);
        }
        Ok(all)
    }

    /// The drawing that was kept under this sum of all that it was made from.
    pub fn drawn(&self, sum: &blake3::Hash) -> Option<Vec<u8>> {
        std::fs::read(self.dir.join(format!("{}.{DRAWN}", sum.to_hex()))).ok()
    }

    /// Keeps a drawing, a whole JPEG, under the sum of all that it was made from.
    ///
    /// # Errors
    /// Where the store cannot be written.
    pub fn keep_drawn(&self, sum: &blake3::Hash, jpeg: &[u8]) -> io::Result<()> {
        self.put(&format!("{}.{DRAWN}", sum.to_hex()), jpeg)
    }

    /// What was kept under this sum of all that it was made from, with this ending.
    pub fn kept(&self, sum: &blake3::Hash, ending: &str) -> Option<Vec<u8>> {
        std::fs::read(self.dir.join(format!("{}.{ending}", sum.to_hex()))).ok()
    }

    /// Keeps what was made under the sum of all that it was made from.
    ///
    /// # Errors
    /// Where the store cannot be written.
    pub fn keep_made(&self, sum: &blake3::Hash, ending: &str, bytes: &[u8]) -> io::Result<()> {
        self.put(&format!("{}.{ending}", sum.to_hex()), bytes)
    }

    /// The derivative of that key, if the store has it.
    fn find(&self, key: &str, target: &Target) -> Option<Ready> {
        let stored = |ending: &str| {
            let path = self.dir.join(format!("{key}.{ending}"));
            let probe = path.is_file().then(|| probe(&path).ok()).flatten()?;
            Some((path, probe))
        };
        if let Some((path, probe)) = stored(INKS) {
            let encoding = Encoding::Png { components: 4 };
            let (width, height, whole) = (probe.width, probe.height, 0..probe.bytes);
            let ranges = Vec::from([whole]);
            return Some(Ready { width, height, encoding, ink: ink(target, 4), path, ranges });
        }
        ["jpg", "png"].iter().find_map(|ending| {
            let (path, probe) = stored(ending)?;
            (!probe.clean.is_empty()).then(|| ready(&path, &probe, target))
        })
    }

    /// Puts a derivative into the store, whole or not at all.
    fn keep(&self, key: &str, encoding: Encoding, bytes: &[u8]) -> io::Result<()> {
        let ending = match encoding {
            Encoding::Png { components: 4 } => INKS,
            _ => encoding.extension(),
        };
        self.put(&format!("{key}.{ending}"), bytes)
    }

    fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        std::fs::create_dir_all(&self.dir)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.dir)?;
        file.write_all(bytes)?;
        file.persist(self.dir.join(name))?;
        Ok(())
    }
}

/// The ending of a drawing, such as a typeset cover, that was made from no picture.
const DRAWN: &str = "drawn.jpg";

/// The ending of a drawing in four inks: a PNG as PDF takes its data, which a
/// viewer would take for RGB with transparency.
const INKS: &str = "inks.png";

/// Makes a picture by way of pixels. It is opened once for all that can be made of it.
fn made(
    bytes: &[u8],
    probe: &Probe,
    target: &Target,
    opened: &mut Option<(bool, Raster)>,
) -> Result<Option<(Vec<u8>, Encoding)>, Failed> {
    let to_rgb = target.change == Change::ToRgb;
    let raster = match opened.take().filter(|(rgb, _)| *rgb == to_rgb) {
        Some((_, raster)) => raster,
        None => open(bytes, probe, to_rgb)?,
    };
    let encoded = if inks_are_right(&raster, target) && target.is_met_but_for_colours_by(probe) {
        Ok(Some((clean(bytes, probe), Encoding::Jpeg { components: 4 })))
    } else {
        derive(&raster, target).and_then(|raster| match &target.change {
            Change::ToInks(separation) => inked(raster, separation, target),
            Change::Nothing | Change::ToRgb => encode(raster, target),
        })
    };
    *opened = Some((to_rgb, raster));
    encoded
}

/// The name of a derivative: the sum of its content and what was made of it, hashed.
fn key(sum: &blake3::Hash, target: &Target) -> String {
    let Target { width, height, centring, exact, change, max_bytes, quality } = target;
    let change = change.key();
    let max_bytes = max_bytes.unwrap_or(u64::MAX);
    let quality = quality.map(|quality| format!(" {quality}")).unwrap_or_default();
    let made = format!("{RECIPE} {width} {height} {exact} {change} {max_bytes}{quality}\n");
    let mut hasher = blake3::Hasher::new();
    hasher.update(made.as_bytes());
    if let Some(centring) = centring {
        hasher.update(format!("{centring:?}\n").as_bytes());
    }
    hasher.update(sum.as_bytes());
    hasher.finalize().to_hex().to_string()
}

/// Whether a picture is in inks already, nowhere more of them than the paper takes.
fn inks_are_right(raster: &Raster, target: &Target) -> bool {
    match &target.change {
        Change::ToInks(separation) => {
            raster.kind == Kind::Cmyk && separation.takes(&raster.data, 0)
        }
        _ => false,
    }
}

/// What was encoded for its quality, or the file as it is where that is lighter.
fn lighter(
    encoded: (Vec<u8>, Encoding),
    bytes: &[u8],
    probe: &Probe,
    target: &Target,
) -> (Vec<u8>, Encoding) {
    let as_it_is = ready(Path::new(""), probe, target);
    let other = target.quality.is_some() && target.is_met_but_for_quality_by(probe);
    if other && as_it_is.len() <= encoded.0.len() as u64 {
        return (clean(bytes, probe), as_it_is.encoding);
    }
    encoded
}

/// The bytes of a file that travel.
fn clean(bytes: &[u8], probe: &Probe) -> Vec<u8> {
    let ranges = probe.clean.iter().map(|r| r.start as usize..r.end as usize);
    ranges.flat_map(|range| bytes.get(range).unwrap_or_default()).copied().collect()
}

/// The most ink that any pixel of a derivative carries, where that is known.
fn ink(target: &Target, components: u8) -> Option<u16> {
    match (&target.change, components) {
        (Change::ToInks(separation), 4) => Some(separation.limit()),
        (_, 1) => Some(100),
        _ => None,
    }
}

/// A picture whose bytes may travel as they are.
fn ready(path: &Path, probe: &Probe, target: &Target) -> Ready {
    let components = probe.components;
    let encoding = match probe.format {
        Format::Png => Encoding::Png { components },
        _ => Encoding::Jpeg { components },
    };
    let (path, ranges) = (path.to_owned(), probe.clean.clone());
    let (width, height, ink) = (probe.width, probe.height, ink(target, components));
    Ready { width, height, encoding, ink, path, ranges }
}
