//! Compiles the looks under `layouts/` and the site profiles under `sites/` into the
//! program, and of the sample project
//! the part that `kanyin new --sample` lays out.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The folder of the sample's sources that a new project may start with.
const SAMPLE: &str = "sources/书院建设";

fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    // The fuzz targets are built by this, too, and lie a folder below.
    let root = if here.join("layouts").is_dir() { here } else { here.join("..") };
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut looks = Vec::new();
    collect(&root.join("layouts"), "", &mut looks)?;
    looks.retain(|(name, _)| !name.ends_with(".md"));
    let doc = "The looks compiled into the program: path below `layouts/`, bytes.";
    fs::write(out.join("builtin_layouts.rs"), table("BUILTIN", doc, looks))?;
    let mut sites = Vec::new();
    collect(&root.join("sites"), "", &mut sites)?;
    sites.retain(|(name, _)| name.ends_with(".toml"));
    let doc = "The site profiles compiled into the program: file name, bytes.";
    fs::write(out.join("builtin_sites.rs"), table("BUILTIN_SITES", doc, sites))?;
    let mut sample = Vec::new();
    collect(&root.join(SAMPLE), &format!("{SAMPLE}/"), &mut sample)?;
    let doc = "The sample that a new project may start with: path below the project, bytes.";
    fs::write(out.join("sample.rs"), table("SAMPLE", doc, sample))?;
    let made_of = ["src", "layouts", "sites", SAMPLE, "fonts/manifest.toml", "Cargo.lock"];
    println!("cargo::rustc-env=KANYIN_MADE_OF={:016x}", sum(&root, &made_of)?);
    for watched in made_of.iter().chain(&["build.rs"]) {
        println!("cargo::rerun-if-changed={}", root.join(watched).display());
    }
    Ok(())
}

/// A sum of these files and folders, the same in every checkout of them: what another
/// program has left in a cache is told by it from what this one has.
fn sum(root: &Path, made_of: &[&str]) -> io::Result<u64> {
    let mut sum = DefaultHasher::new();
    for name in made_of {
        let path = root.join(name);
        let mut files = Vec::new();
        if path.is_dir() {
            collect(&path, &format!("{name}/"), &mut files)?;
        } else {
            files.push(((*name).to_owned(), path));
        }
        files.sort();
        for (name, path) in files {
            (name, fs::read(path)?).hash(&mut sum);
        }
    }
    Ok(sum.finish())
}

/// A table of embedded files in Rust.
fn table(name: &str, doc: &str, mut files: Vec<(String, PathBuf)>) -> String {
    files.sort();
    let mut code = format!("/// {doc}\nstatic {name}: &[(&str, &[u8])] = &[\n");
    for (name, path) in &files {
        let _ = writeln!(code, "    ({name:?}, include_bytes!({:?})),", path.display().to_string());
    }
    code.push_str("];\n");
    code
}

fn collect(dir: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    if !dir.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = entry.path();
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), files)?;
        } else {
            files.push((format!("{prefix}{name}"), path));
        }
    }
    Ok(())
}
