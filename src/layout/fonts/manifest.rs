//! `fonts/manifest.toml`, compiled into the program: every face a look may name
//! and the package that holds its file.

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

/// A package that holds font files, and which of its files are wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Package {
    /// Its name in the archive.
    pub name: String,
    /// Which archive has it.
    pub archive: Archive,
    /// About how many bytes it has, to tell how long it may take.
    pub bytes: u64,
    /// Path inside the package, without a leading `./`, and the face it holds.
    pub members: Vec<(String, Face)>,
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
    read().iter().map(|(face, _, _)| face)
}

/// The packages that hold the wanted faces, in the order of the manifest, each
/// with the members to take out of it.
pub fn packages(wanted: impl Fn(&Face) -> bool) -> Vec<Package> {
    let mut packages: Vec<Package> = Vec::new();
    for (face, member, package) in read().iter().filter(|(face, _, _)| wanted(face)) {
        let item = (member.clone(), face.clone());
        match packages.iter_mut().find(|p| p.name == package.name) {
            Some(known) => known.members.push(item),
            None => packages.push(Package { members: vec![item], ..package.clone() }),
        }
    }
    packages
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    face: Vec<FaceEntry>,
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

/// Each face with its path inside a package, and that package without members.
///
/// # Panics
/// Where the manifest does not parse or names a package it does not describe:
/// it is part of the program, and every test that opens a shelf would find it.
fn read() -> &'static [(Face, String, Package)] {
    static ALL: OnceLock<Vec<(Face, String, Package)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let text = include_str!("../../../fonts/manifest.toml");
        let file: File =
            toml::from_str(text).unwrap_or_else(|e| panic!("fonts/manifest.toml: {e}"));
        let packages: Vec<Package> = file.package.iter().map(PackageEntry::package).collect();
        file.face
            .into_iter()
            .map(|entry| {
                let package = packages.iter().find(|p| p.name == entry.package);
                let package = package
                    .unwrap_or_else(|| panic!("fonts/manifest.toml: no package {}", entry.package));
                let member = entry.member.clone();
                (face(entry), member, package.clone())
            })
            .collect()
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
