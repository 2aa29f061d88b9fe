//! Colour spaces (ISO 32000-1, 8.6) as far as a press cares: which plates a colour
//! puts ink on, or that it is not meant for plates at all.

use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Resources;

use super::file::{content, spelt};

/// How deep one colour space may rest on another.
const DEPTH: usize = 6;

/// So many colours of a gradient are looked at.
const STOPS: usize = 64;

/// A colour space.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Space {
    /// DeviceGray: the black plate, the wrong way round.
    Gray,
    /// DeviceCMYK.
    Cmyk,
    /// Separation or DeviceN.
    Plates {
        /// The plates by name.
        names: Vec<String>,
        /// Whether the colours that stand in for them are DeviceCMYK or DeviceGray.
        alternate: bool,
    },
    /// Numbers that stand for colours of another space.
    Indexed {
        /// That space.
        base: Box<Self>,
        /// Its components, colour by colour.
        table: Vec<u8>,
    },
    /// A pattern, over the space that colours it where it has no colours of its own.
    Pattern(Option<Box<Self>>),
    /// What has to be converted before it is ink, named as in `DeviceRGB` or `ICC RGB`.
    Foreign {
        /// What it is called.
        name: String,
        /// How many components it has.
        components: usize,
    },
}

/// Ink on the plates: 1 is a full plate.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Inks {
    /// Cyan, magenta, yellow, black.
    pub(super) process: [f64; 4],
    /// All spot colours together.
    pub(super) spots: f64,
}

impl Inks {
    pub(super) fn total(self) -> f64 {
        self.process.iter().sum::<f64>() + self.spots
    }

    /// Everything but black.
    pub(super) fn beside_black(self) -> f64 {
        self.total() - self.process[3]
    }
}

impl Space {
    /// Reads a colour space: a name or an array. `resources` may give device spaces
    /// another meaning (8.6.5.6).
    pub(super) fn read(object: &Object<'_>, resources: &Resources<'_>) -> Self {
        read(object, resources, DEPTH)
    }

    /// The space that a name stands for in a content stream.
    pub(super) fn named(name: &Name<'_>, resources: &Resources<'_>) -> Self {
        device(name, resources, DEPTH).unwrap_or_else(|| {
            let found = resources.get_color_space(name);
            found.map_or_else(|| unknown(&spelt(name)), |object| Self::read(&object, resources))
        })
    }

    /// How many numbers a colour has.
    pub(super) fn components(&self) -> usize {
        match self {
            Self::Gray | Self::Indexed { .. } => 1,
            Self::Cmyk => 4,
            Self::Plates { names, .. } => names.len(),
            Self::Pattern(base) => base.as_ref().map_or(0, |base| base.components()),
            Self::Foreign { components, .. } => *components,
        }
    }

    /// The ink of a colour; `None` where that depends on a conversion.
    pub(super) fn inks(&self, colour: &[f32]) -> Option<Inks> {
        let at = |i: usize| f64::from(colour.get(i).copied().unwrap_or(0.0)).clamp(0.0, 1.0);
        let process = match self {
            Self::Gray => [0.0, 0.0, 0.0, 1.0 - at(0)],
            Self::Cmyk => [at(0), at(1), at(2), at(3)],
            Self::Plates { names, .. } => {
                let mut inks = Inks::default();
                for (i, name) in names.iter().enumerate() {
                    match name.as_str() {
                        "Cyan" => inks.process[0] += at(i),
                        "Magenta" => inks.process[1] += at(i),
                        "Yellow" => inks.process[2] += at(i),
                        "Black" => inks.process[3] += at(i),
                        "All" => inks.process = inks.process.map(|ink| ink + at(i)),
                        "None" => {}
                        _ => inks.spots += at(i),
                    }
                }
                return Some(inks);
            }
            Self::Indexed { base, table } => {
                let n = base.components();
                let index = colour.first().copied().unwrap_or(0.0).max(0.0) as usize;
                let entry = table.get(index.checked_mul(n)?..)?.get(..n)?;
                let entry: Vec<f32> = entry.iter().map(|byte| f32::from(*byte) / 255.0).collect();
                return base.inks(&entry);
            }
            Self::Pattern(_) | Self::Foreign { .. } => return None,
        };
        Some(Inks { process, spots: 0.0 })
    }

    /// Whether a colour is the paper's white.
    pub(super) fn is_white(&self, colour: &[f32]) -> bool {
        match self {
            Self::Foreign { name, .. } if name == "Lab" => {
                colour.first().is_some_and(|l| *l > 99.0)
            }
            Self::Foreign { components: 1 | 3, .. } => colour.iter().all(|c| *c > 0.995),
            Self::Foreign { .. } => colour.iter().all(|c| *c < 0.005),
            _ => self.inks(colour).is_some_and(|inks| inks.total() < 0.005),
        }
    }

    /// The colour that holds when a space is chosen (8.6.8).
    pub(super) fn first_colour(&self) -> Vec<f32> {
        match self {
            Self::Cmyk => vec![0.0, 0.0, 0.0, 1.0],
            Self::Plates { names, .. } => vec![1.0; names.len()],
            _ => vec![0.0; self.components()],
        }
    }

    /// The names of plates that are not the four process colours.
    pub(super) fn spots(&self) -> impl Iterator<Item = &str> {
        let names: &[String] = match self {
            Self::Plates { names, .. } => names,
            Self::Indexed { base, .. } => match base.as_ref() {
                Self::Plates { names, .. } => names,
                _ => &[],
            },
            _ => &[],
        };
        let process = ["Cyan", "Magenta", "Yellow", "Black", "All", "None"];
        names.iter().map(String::as_str).filter(move |name| !process.contains(name))
    }

    /// The space under indexes and patterns.
    pub(super) fn base(&self) -> &Self {
        match self {
            Self::Indexed { base, .. } | Self::Pattern(Some(base)) => base.base(),
            other => other,
        }
    }
}

fn unknown(name: &str) -> Space {
    Space::Foreign { name: name.to_owned(), components: 3 }
}

/// A device space by name, or the one that stands in for it.
fn device(name: &[u8], resources: &Resources<'_>, depth: usize) -> Option<Space> {
    let (space, default): (Space, &[u8]) = match name {
        b"DeviceGray" | b"G" => (Space::Gray, b"DefaultGray"),
        b"DeviceCMYK" | b"CMYK" => (Space::Cmyk, b"DefaultCMYK"),
        b"DeviceRGB" | b"RGB" => (unknown("DeviceRGB"), b"DefaultRGB"),
        b"Pattern" => return Some(Space::Pattern(None)),
        _ => return None,
    };
    let instead = resources.get_color_space(&Name::new_unescaped(default));
    match instead.filter(|_| depth > 0) {
        Some(object @ Object::Array(_)) => Some(read(&object, resources, 0)),
        _ => Some(space),
    }
}

fn read(object: &Object<'_>, resources: &Resources<'_>, depth: usize) -> Space {
    match object {
        Object::Name(name) => {
            device(name, resources, depth).unwrap_or_else(|| unknown(&spelt(name)))
        }
        Object::Array(array) => family(array, resources, depth),
        _ => unknown("?"),
    }
}

fn family(array: &Array<'_>, resources: &Resources<'_>, depth: usize) -> Space {
    let mut items = array.iter::<Object<'_>>();
    let Some(Object::Name(kind)) = items.next() else { return unknown("?") };
    let next = depth.saturating_sub(1);
    let base = |object: Option<Object<'_>>| match object {
        Some(object) if depth > 0 => read(&object, resources, next),
        _ => unknown("?"),
    };
    match &*kind {
        b"ICCBased" => {
            let profile = items.next().and_then(Object::into_stream);
            let n = profile.and_then(|p| p.dict().get::<u8>("N")).unwrap_or(3);
            let name = match n {
                1 => "ICC Gray",
                4 => "ICC CMYK",
                _ => "ICC RGB",
            };
            Space::Foreign { name: name.to_owned(), components: usize::from(n) }
        }
        b"Separation" => {
            let plate = items.next().and_then(Object::into_name).map(|name| spelt(&name));
            plates(plate.into_iter().collect(), &base(items.next()))
        }
        b"DeviceN" => {
            let names = items.next().and_then(Object::into_array).unwrap_or_default();
            let names = names.iter::<Name<'_>>().map(|name| spelt(&name)).collect();
            plates(names, &base(items.next()))
        }
        b"Indexed" | b"I" => {
            let base = Box::new(base(items.next()));
            let _highest = items.next();
            let table = match items.next() {
                Some(Object::String(bytes)) => bytes.to_vec(),
                Some(Object::Stream(stream)) => content(&stream).unwrap_or_default(),
                _ => Vec::new(),
            };
            Space::Indexed { base, table }
        }
        b"Pattern" => Space::Pattern(items.next().map(|object| Box::new(base(Some(object))))),
        b"CalGray" => Space::Foreign { name: "CalGray".to_owned(), components: 1 },
        other => device(other, resources, depth).unwrap_or_else(|| unknown(&spelt(other))),
    }
}

fn plates(names: Vec<String>, alternate: &Space) -> Space {
    Space::Plates { names, alternate: matches!(alternate, Space::Cmyk | Space::Gray) }
}

/// The most ink that a shading of two colours reaches at its ends, where its function
/// says them (7.10.3): `None` where it says otherwise.
pub(super) fn shading_ink(shading: &Dict<'_>, space: &Space) -> Option<f64> {
    let function = shading.get::<Dict<'_>>("Function")?;
    ends(&function, space, 1)
}

fn ends(function: &Dict<'_>, space: &Space, depth: usize) -> Option<f64> {
    match function.get::<u8>("FunctionType")? {
        2 => {
            let colour = |key: &str, otherwise: f32| {
                let all = function.get::<Array<'_>>(key);
                all.map_or_else(|| vec![otherwise], |all| all.iter::<f32>().collect::<Vec<f32>>())
            };
            let first = space.inks(&colour("C0", 0.0))?.total();
            Some(first.max(space.inks(&colour("C1", 1.0))?.total()))
        }
        3 if depth > 0 => {
            let parts = function.get::<Array<'_>>("Functions")?;
            let parts = parts.iter::<Dict<'_>>().take(STOPS);
            let parts = parts.map(|part| ends(&part, space, depth - 1));
            parts.collect::<Option<Vec<f64>>>().map(|all| all.into_iter().fold(0.0, f64::max))
        }
        _ => None,
    }
}

/// The colour space that an image names, in full or, inline, in short; for JPEG 2000
/// the one that the picture itself names.
pub(super) fn of_image(image: &Stream<'_>, resources: &Resources<'_>) -> Option<Space> {
    let dictionary = image.dict();
    let object = dictionary.get::<Object<'_>>("ColorSpace").or_else(|| dictionary.get("CS"));
    match &object {
        Some(Object::Name(name)) => Some(Space::named(name, resources)),
        Some(other) => Some(Space::read(other, resources)),
        None if image.filters().contains(&Filter::JpxDecode) => of_jpx(&image.raw_data()),
        None => None,
    }
}

/// The colour space of a JPEG 2000 file (ISO 15444-1, I.5.3.3): behind `colr` stand
/// the method, two bytes, and for method 1 the number of the space.
fn of_jpx(bytes: &[u8]) -> Option<Space> {
    let head = &bytes[..bytes.len().min(4096)];
    let at = head.windows(4).position(|window| window == b"colr")? + 4;
    let [1, _, _, number @ ..] = head.get(at..at + 7)? else { return None };
    match number {
        [0, 0, 0, 12] => Some(Space::Cmyk),
        [0, 0, 0, 16 | 18] => Some(unknown("sRGB")),
        [0, 0, 0, 17] => Some(Space::Gray),
        _ => None,
    }
}
