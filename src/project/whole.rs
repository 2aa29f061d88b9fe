//! Files that appear whole or not at all, and that everybody may read who may read
//! the folder: a share is for colleagues.

use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

/// A file in `folder` that has no name yet: it is written, and then given one. What is
/// never named vanishes.
///
/// # Errors
/// Where the folder cannot be written.
pub fn whole_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}
