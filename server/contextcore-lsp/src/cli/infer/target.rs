//! Where an inferred contract goes.

use anyhow::{Context, bail};
use camino::Utf8Path;
use outputs::replace::{Replacement, present};
use workspace::walk::normal;

use crate::cli::paths::relative;

/// A file to write.
pub(super) struct Target<'t> {
    /// The file, absolute.
    pub(super) path: &'t Utf8Path,
    /// Whether it is replaced where it is there.
    pub(super) force: bool,
    /// The folder that paths are shown from.
    pub(super) here: &'t Utf8Path,
}

/// The replacement that gives a file its text. What is there already stays, unless it may go.
pub(super) fn replacement(target: &Target<'_>, text: &str) -> anyhow::Result<Replacement> {
    let shown = relative(&normal(target.path), target.here);
    let before =
        present(target.path.as_std_path()).with_context(|| format!("cannot read `{shown}`"))?;
    if before.is_some() && !target.force {
        bail!("`{shown}` is there already; --force replaces it, --output names another file");
    }
    Ok(Replacement { path: target.path.as_std_path().to_owned(), before, after: text.to_owned() })
}
