//! `schema [KIND]`: what a kind of contract may hold, as a JSON Schema.

use anyhow::bail;
use contracts::json_schema;
use contracts::kinds::{self, KINDS};
use contracts::schema::Kind;
use text::near::nearest;

use super::exit::Exit;
use super::output;

/// Shows the schema of the kind with this name, or which kinds there are.
pub(crate) fn run(name: Option<&str>) -> anyhow::Result<Exit> {
    match name {
        Some(name) => {
            let kind = known(name)?;
            output::print(|out| write!(out, "{}", json_schema::text_of(kind)))?;
        }
        None => list()?,
    }
    Ok(Exit::Clean)
}

fn list() -> anyhow::Result<()> {
    let width = KINDS.iter().map(|kind| kind.name.len()).max().unwrap_or(0);
    output::print(|out| {
        for kind in KINDS {
            writeln!(out, "{:width$}  {}", kind.name, kind.title)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn known(name: &str) -> anyhow::Result<&'static Kind> {
    if let Some(kind) = kinds::by_name(name) {
        return Ok(kind);
    }
    match nearest(name, KINDS.iter().map(|kind| kind.name)) {
        Some((near, _)) => bail!("`{name}` is no kind of contract; the nearest is `{near}`"),
        None => bail!("`{name}` is no kind of contract; `contextcore-lsp schema` lists them"),
    }
}
