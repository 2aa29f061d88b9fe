//! `fonts/manifest.toml`, compiled into the program: every face a look may name,
//! the colour profiles of presses, and the packages that hold their files.

use std::sync::OnceLock;

use serde::Deserialize;

/// One font file of the manifest.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    /// The name looks call it by, such as `serif-regular`.
    pub id: String,
    /// The file's name.
    pub file: String,
    /// The family name inside the file, which Typst asks for.
    pub family: String,
    /// The weight, 100 to 900.
    pub weight: u16,
    /// Whether it is an italic.
    pub italic: bool,
    /// The size of the file in bytes.
    pub bytes: u64,
    /// The sha256 of the file, in lower-case hexadecimal.
    pub sha256: String,
    /// The SPDX expression of its licence.
    pub licence: String,
    /// Whose it is, as a colophon or licence page says it.
    pub notice: String,
    /// Whether the licence reserves the name it carries, so that a changed copy
    /// (a subset) must carry another.
    pub reserved: bool,
}

/// A colour profile of the manifest.
#[derive(Debug, Clone, PartialEq)]
pub struct PressProfile {
    /// The name `kanyin.toml` calls it by, such as `fogra39`.
    pub id: String,
    /// Its file.
    pub supply: Supply,
    /// The SPDX expression of its licence, or what it says of its rights.
    pub licence: String,
}

/// A file that an archive has for the program.
#[derive(Debug, Clone, PartialEq)]
pub struct Supply {
    /// Its name here.
    pub file: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its sha256, in lower-case hexadecimal.
    pub sha256: String,
}

impl Face {
    /// Its file.
    pub fn supply(&self) -> Supply {
        Supply { file: self.file.clone(), bytes: self.bytes, sha256: self.sha256.clone() }
    }
}

/// A package that holds files of the manifest, and which of them are wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Package {
    /// Its name in the archive.
    pub name: String,
    /// Which archive has it.
    pub archive: Archive,
    /// About how many bytes it has, to tell how long it may take.
    pub bytes: u64,
    /// Path inside the package, without a leading `./`, and the file it is.
    pub members: Vec<(String, Supply)>,
}

/// Where a package is fetched from.
#[derive(Debug, Clone, PartialEq)]
pub enum Archive {
    /// The npm registry, which keeps every version: `npm pack NAME@VERSION`.
    Npm {
        /// The version.
        version: String,
        /// The sha256 of the packed file.
        sha256: String,
    },
    /// Debian's archive, which serves the version of the release at hand:
    /// `apt-get download NAME`.
    Debian,
}

/// The faces of the built-in manifest, in its order.
pub fn faces() -> impl Iterator<Item = &'static Face> {
    read().faces.iter()
}

/// The colour profiles of the built-in manifest, in its order.
pub fn profiles() -> impl Iterator<Item = &'static PressProfile> {
    read().profiles.iter()
}

/// Every file of the manifest, each once.
pub fn supplies() -> impl Iterator<Item = &'static Supply> {
    read().members.iter().map(|(_, supply, _)| supply)
}

/// The packages that hold the wanted files, in the order of the manifest, each
/// with the members to take out of it.
pub fn packages(wanted: impl Fn(&Supply) -> bool) -> Vec<Package> {
    let mut packages: Vec<Package> = Vec::new();
    for (member, supply, package) in read().members.iter().filter(|(_, s, _)| wanted(s)) {
        let item = (member.clone(), supply.clone());
        match packages.iter_mut().find(|p| p.name == package.name) {
            Some(known) => known.members.push(item),
            None => packages.push(Package { members: vec![item], ..package.clone() }),
        }
    }
    packages
}

/// The manifest as it is asked for.
struct Manifest {
    faces: Vec<Face>,
    profiles: Vec<PressProfile>,
    /// Each file with its path inside a package, and that package without members.
    members: Vec<(String, Supply, Package)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    face: Vec<FaceEntry>,
    profile: Vec<ProfileEntry>,
    package: Vec<PackageEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FaceEntry {
    id: String,
    file: String,
    family: String,
    weight: u16,
    italic: bool,
    bytes: u64,
    sha256: String,
    licence: String,
    notice: String,
    reserved: Vec<String>,
    package: String,
    member: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileEntry {
    id: String,
    file: String,
    bytes: u64,
    sha256: String,
    licence: String,
    package: String,
    member: String,
}

#[derive(Deserialize)]
#[serde(tag = "from", rename_all = "lowercase", deny_unknown_fields)]
enum PackageEntry {
    Npm { name: String, version: String, bytes: u64, sha256: String },
    Debian { name: String, bytes: u64 },
}

impl PackageEntry {
    fn package(&self) -> Package {
        let (name, bytes, archive) = match self {
            Self::Npm { name, version, bytes, sha256 } => {
                let (version, sha256) = (version.clone(), sha256.clone());
                (name, bytes, Archive::Npm { version, sha256 })
            }
            Self::Debian { name, bytes } => (name, bytes, Archive::Debian),
        };
        Package { name: name.clone(), archive, bytes: *bytes, members: Vec::new() }
    }
}

/// The manifest, understood once.
///
/// # Panics
/// Where the manifest does not parse or names a package it does not describe:
/// it is part of the program, and every test that opens a shelf would find it.
fn read() -> &'static Manifest {
    static ALL: OnceLock<Manifest> = OnceLock::new();
    ALL.get_or_init(|| {
        let text = include_str!("../../../fonts/manifest.toml");
        let file: File =
            toml::from_str(text).unwrap_or_else(|e| panic!("fonts/manifest.toml: {e}"));
        let packages: Vec<Package> = file.package.iter().map(PackageEntry::package).collect();
        let package = |name: &str| {
            let package = packages.iter().find(|p| p.name == name);
            package.unwrap_or_else(|| panic!("fonts/manifest.toml: no package {name}")).clone()
        };
        let mut all = Manifest { faces: Vec::new(), profiles: Vec::new(), members: Vec::new() };
        for entry in file.face {
            let (package, member) = (package(&entry.package), entry.member.clone());
            let face = face(entry);
            all.members.push((member, face.supply(), package));
            all.faces.push(face);
        }
        for entry in file.profile {
            let ProfileEntry { id, file, bytes, sha256, licence, .. } = entry;
            let supply = Supply { file, bytes, sha256 };
            all.members.push((entry.member, supply.clone(), package(&entry.package)));
            all.profiles.push(PressProfile { id, supply, licence });
        }
        all
    })
}

fn face(entry: FaceEntry) -> Face {
    Face {
        // A reserved name binds only where the face's own name uses it: Noto Sans
        // SC comes from Source Han Sans but is not called so.
        reserved: entry.reserved.iter().any(|name| entry.family.contains(name.as_str())),
        id: entry.id,
        file: entry.file,
        family: entry.family,
        weight: entry.weight,
        italic: entry.italic,
        bytes: entry.bytes,
        sha256: entry.sha256,
        licence: entry.licence,
        notice: entry.notice,
    }
}
