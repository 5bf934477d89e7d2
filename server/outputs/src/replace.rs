//! Replaces the texts of files, all or none.

use std::fmt;
use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::encoding::encode_as;

/// The new text of one file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Replacement {
    /// The file.
    pub path: PathBuf,
    /// The text that it has now, so that nobody's work is overwritten; none for a file to be made.
    pub before: Option<String>,
    /// The text that it is to have.
    pub after: String,
}

/// Why nothing was written.
#[derive(Debug)]
pub struct WriteError {
    /// The file that stood in the way.
    pub path: PathBuf,
    /// What about it.
    pub reason: Reason,
    /// Files that could not be given back their old text after the trouble; almost always none.
    pub not_restored: Vec<PathBuf>,
}

/// What stands in the way of writing a file.
#[derive(Debug)]
pub enum Reason {
    /// It has another text than the one that the replacement was made for.
    Changed,
    /// It was to be made, and is there.
    Exists,
    /// It may not be written.
    ReadOnly,
    /// The system refuses.
    Io(io::Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &self.reason {
            Reason::Changed => write!(f, "`{path}` was changed meanwhile")?,
            Reason::Exists => write!(f, "`{path}` was to be made and is already there")?,
            Reason::ReadOnly => write!(f, "`{path}` is read-only")?,
            Reason::Io(error) => write!(f, "cannot write `{path}`: {error}")?,
        }
        if self.not_restored.is_empty() {
            return write!(f, "; nothing was written");
        }
        write!(f, "; these files have their new text already:")?;
        self.not_restored.iter().try_for_each(|path| write!(f, " `{}`", path.display()))
    }
}

impl std::error::Error for WriteError {}

/// The text that a file has now; none where there is no file.
///
/// # Errors
/// If it is there and cannot be read as text.
pub fn present(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Gives every file its new text.
///
/// All new texts are first written beside the files, then put in their places one by one, so that
/// no reader ever sees half a text. Permissions stay as they are, and a symbolic link stays a link.
///
/// # Errors
/// If any file cannot be written; those already replaced get back the text they had.
pub fn replace_all(replacements: &[Replacement]) -> Result<(), WriteError> {
    let mut prepared = Vec::with_capacity(replacements.len());
    for replacement in replacements {
        let ready = prepare(replacement).map_err(|reason| WriteError {
            path: replacement.path.clone(),
            reason,
            not_restored: Vec::new(),
        })?;
        prepared.push(ready);
    }
    let mut done: Vec<Done> = Vec::with_capacity(prepared.len());
    for (ready, replacement) in prepared.into_iter().zip(replacements) {
        match ready.put() {
            Ok(put) => done.push(put),
            Err(reason) => {
                let path = replacement.path.clone();
                return Err(WriteError { path, reason, not_restored: restore(done) });
            }
        }
    }
    Ok(())
}

/// A new text that waits beside its file.
struct Ready {
    target: PathBuf,
    text: NamedTempFile,
    old: Option<Vec<u8>>,
}

/// A file that has its new text.
struct Done {
    target: PathBuf,
    old: Option<Vec<u8>>,
}

fn prepare(replacement: &Replacement) -> Result<Ready, Reason> {
    match &replacement.before {
        Some(before) => prepare_change(&replacement.path, before, &replacement.after),
        None => prepare_new(&replacement.path, &replacement.after),
    }
}

fn prepare_change(path: &Path, before: &str, after: &str) -> Result<Ready, Reason> {
    // What a link leads to is replaced, not the link.
    let target = fs::canonicalize(path).map_err(Reason::Io)?;
    let old = fs::read(&target).map_err(Reason::Io)?;
    if old != encode_as(&old, before) {
        return Err(Reason::Changed);
    }
    let permissions = fs::metadata(&target).map_err(Reason::Io)?.permissions();
    if permissions.readonly() {
        return Err(Reason::ReadOnly);
    }
    let text = write_beside(&target, &encode_as(&old, after), Some(permissions))?;
    Ok(Ready { target, text, old: Some(old) })
}

fn prepare_new(path: &Path, after: &str) -> Result<Ready, Reason> {
    if path.symlink_metadata().is_ok() {
        return Err(Reason::Exists);
    }
    let text = write_beside(path, after.as_bytes(), None)?;
    Ok(Ready { target: path.to_owned(), text, old: None })
}

fn write_beside(
    target: &Path,
    bytes: &[u8],
    permissions: Option<Permissions>,
) -> Result<NamedTempFile, Reason> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".contextcore-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What any new file gets; the process's mask takes its share.
        builder.permissions(Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).map_err(Reason::Io)?;
    file.write_all(bytes).map_err(Reason::Io)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions).map_err(Reason::Io)?;
    }
    // Without this, a power cut could leave the new name with no text behind it.
    file.as_file().sync_all().map_err(Reason::Io)?;
    Ok(file)
}

impl Ready {
    fn put(self) -> Result<Done, Reason> {
        let Ready { target, text, old } = self;
        let put = match old {
            Some(_) => text.persist(&target),
            None => text.persist_noclobber(&target),
        };
        match put {
            Ok(_) => Ok(Done { target, old }),
            Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => {
                Err(Reason::Exists)
            }
            Err(failed) => Err(Reason::Io(failed.error)),
        }
    }
}

/// Takes everything back, the last first, and names what could not be.
fn restore(done: Vec<Done>) -> Vec<PathBuf> {
    let failed = |done: &Done| match &done.old {
        Some(old) => put_back(&done.target, old).is_err(),
        None => fs::remove_file(&done.target).is_err(),
    };
    done.into_iter().rev().filter(failed).map(|done| done.target).collect()
}

fn put_back(target: &Path, old: &[u8]) -> Result<(), Reason> {
    let permissions = fs::metadata(target).map_err(Reason::Io)?.permissions();
    let text = write_beside(target, old, Some(permissions))?;
    text.persist(target).map(|_| ()).map_err(|failed| Reason::Io(failed.error))
}

#[cfg(test)]
mod tests;
