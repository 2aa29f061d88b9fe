//! Compiles the site profiles in, as the program's own build does.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let sites = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sites");
    let mut files: Vec<PathBuf> =
        fs::read_dir(&sites)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    let mut code = "static BUILTIN_SITES: &[(&str, &[u8])] = &[\n".to_owned();
    for path in files {
        let name = path.file_name().unwrap_or_default();
        let _ = writeln!(code, "({name:?}, include_bytes!({:?})),", path.display().to_string());
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("builtin_sites.rs"), code)?;
    println!("cargo::rerun-if-changed=../sites");
    Ok(())
}
