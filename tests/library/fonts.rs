//! The fonts: the manifest, finding files, and saying what is missing.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use kanyin::diag::{FaultKind, Lang};
use kanyin::layout::fonts::{Archive, packages, profiles, sha256};
use kanyin::layout::{Face, FontShelf};

use super::support::{root, skipped};

/// A file as large as the face's, and as empty as the disk allows.
fn lay(folder: &Path, face: &Face, bytes: u64) {
    let file = File::create(folder.join(&face.file)).expect("the folder can be written");
    file.set_len(bytes).expect("an empty file takes no room");
}

fn face(id: &str) -> Face {
    FontShelf::manifest().into_iter().find(|face| face.id == id).expect("a face of the manifest")
}

#[test]
fn the_manifest_is_complete() {
    let faces = FontShelf::manifest();
    let ids: Vec<&str> = faces.iter().map(|face| face.id.as_str()).collect();
    let known = [
        "serif-regular",
        "serif-bold",
        "sans-regular",
        "sans-bold",
        "kai-regular",
        "kai-light",
        "fang-regular",
        "latin-regular",
        "latin-bold",
        "latin-italic",
        "latin-bold-italic",
    ];
    assert_eq!(ids, known);
    let files: BTreeSet<&str> = faces.iter().map(|face| face.file.as_str()).collect();
    assert_eq!(files.len(), faces.len(), "no file stands twice");
    for face in &faces {
        assert_eq!(face.sha256.len(), 64, "{}", face.id);
        assert!(face.sha256.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f')), "{}", face.id);
        assert!(face.bytes > 100_000, "{}", face.id);
        assert!(!face.notice.is_empty() && !face.licence.is_empty(), "{}", face.id);
    }
}

#[test]
fn a_reserved_name_binds_where_the_face_uses_it() {
    assert!(face("kai-regular").reserved, "LXGW WenKai is called LXGW");
    assert!(!face("sans-regular").reserved, "Noto Sans SC is not called Source");
    assert!(!face("serif-regular").reserved);
}

#[test]
fn each_file_comes_out_of_one_package() {
    let all = packages(|_| true);
    let members: usize = all.iter().map(|package| package.members.len()).sum();
    assert_eq!(members, FontShelf::manifest().len() + profiles().count());
    for package in &all {
        assert!(package.bytes > 0);
        for (member, supply) in &package.members {
            assert!(member.ends_with(&supply.file), "{member} holds {}", supply.file);
            assert!(!member.starts_with('.') && !member.starts_with('/'));
        }
        if let Archive::Npm { sha256, version } = &package.archive {
            assert_eq!((sha256.len(), version.is_empty()), (64, false));
        }
    }
    let fang = packages(|supply| supply.file == "FandolFang-Regular.otf");
    assert_eq!(fang.len(), 1, "only the packages that are needed");
    assert_eq!(fang[0].members.len(), 1);
}

#[test]
fn the_first_folder_that_has_a_file_wins() {
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (kai, sans) = (face("kai-regular"), face("sans-bold"));
    lay(a.path(), &kai, kai.bytes);
    lay(b.path(), &kai, kai.bytes);
    lay(b.path(), &sans, sans.bytes);
    let shelf =
        FontShelf::open(&[PathBuf::from("/no/such/folder"), a.path().into(), b.path().into()]);
    assert_eq!(shelf.path("kai-regular"), Some(a.path().join(&kai.file).as_path()));
    assert_eq!(shelf.path("sans-bold"), Some(b.path().join(&sans.file).as_path()));
    assert_eq!(shelf.faces().count(), 2);
    assert!(shelf.require(["kai-regular", "sans-bold"]).is_ok());
}

#[test]
fn what_is_missing_is_said_once_it_is_needed() {
    let folder = tempfile::tempdir().unwrap();
    let kai = face("kai-regular");
    lay(folder.path(), &kai, kai.bytes);
    let shelf = FontShelf::open(&[folder.path().into()]);
    assert!(shelf.require(["kai-regular"]).is_ok(), "nothing else is needed");
    let fault =
        shelf.require(["serif-bold", "kai-regular", "sans-bold", "serif-bold"]).unwrap_err();
    assert_eq!(fault.kind, FaultKind::Work);
    assert_eq!(fault.findings.len(), 1, "one finding for all");
    let said = fault.findings[0].message(Lang::Zh);
    assert!(said.contains("NotoSerifSC_700Bold.ttf") && said.contains("NotoSansSC_700Bold.ttf"));
    assert_eq!(said.matches("NotoSerifSC_700Bold.ttf").count(), 1);
    for lang in [Lang::Zh, Lang::En] {
        assert!(fault.findings[0].hint(lang).unwrap().contains("kanyin fonts"));
    }
    assert!(shelf.read("serif-bold").is_err());
}

#[test]
fn half_a_file_is_not_taken_for_a_font() {
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let kai = face("kai-regular");
    lay(a.path(), &kai, kai.bytes / 2);
    let shelf = FontShelf::open(&[a.path().into()]);
    let fault = shelf.require(["kai-regular"]).unwrap_err();
    assert_eq!(fault.findings[0].code.name(), "fonts-wrong-size");
    assert!(fault.findings[0].message(Lang::En).contains(&(kai.bytes / 2).to_string()));
    lay(b.path(), &kai, kai.bytes);
    let shelf = FontShelf::open(&[a.path().into(), b.path().into()]);
    assert_eq!(shelf.path("kai-regular"), Some(b.path().join(&kai.file).as_path()));
}

#[test]
fn a_face_nobody_knows_is_the_looks_fault() {
    let fault = FontShelf::open(&[]).require(["kai-heavy"]).unwrap_err();
    assert_eq!(fault.kind, FaultKind::Configuration);
    assert!(fault.findings[0].hint(Lang::Zh).unwrap().contains("kai-regular"));
}

#[test]
fn verifying_reads_the_content() {
    let folder = tempfile::tempdir().unwrap();
    let tinos = face("latin-regular");
    lay(folder.path(), &tinos, tinos.bytes);
    let findings = FontShelf::open(&[folder.path().into()]).verify();
    let codes: Vec<&str> = findings.iter().map(|finding| finding.code.name()).collect();
    assert_eq!(codes, ["fonts-missing", "fonts-wrong-content"], "zeros are no font");
    assert!(findings[1].file.as_ref().unwrap().ends_with(&tinos.file));
}

#[test]
fn sha256_is_the_standards() {
    // FIPS 180-4, the example of one block.
    let sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(sha256(b"abc"), sum);
}

#[test]
fn the_fetched_fonts_are_the_manifests() {
    let folder = root().join("fonts");
    let shelf = FontShelf::open(&[folder]);
    if shelf.faces().next().is_none() {
        return skipped("no fonts in fonts/: run `kanyin fonts`");
    }
    assert_eq!(shelf.verify(), [], "fonts/ holds what the manifest says");
    for face in shelf.faces() {
        let bytes = shelf.read(&face.id).unwrap();
        let parsed = ttf_parser::Face::parse(&bytes, 0).unwrap();
        assert_eq!(parsed.weight().to_number(), face.weight, "{}", face.id);
        assert_eq!(parsed.is_italic(), face.italic, "{}", face.id);
        let named = parsed.names().into_iter().any(|name| {
            matches!(
                name.name_id,
                ttf_parser::name_id::FAMILY | ttf_parser::name_id::TYPOGRAPHIC_FAMILY
            ) && name.to_string().as_deref() == Some(face.family.as_str())
        });
        assert!(named, "{} calls itself {}", face.id, face.family);
    }
}
