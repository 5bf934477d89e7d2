//! Whether a contract may use announced extensions.

use syntax::yaml::{NodeId, Yaml};

/// The version of the contract format from which on extensions are admitted, as their designs
/// have it: major, minor.
const FIRST: (u32, u32) = (0, 2);

/// Whether the `schema_version` of the document at `root` admits extensions.
#[must_use]
pub fn are_admitted(yaml: &Yaml, root: NodeId) -> bool {
    let mut entries = yaml.written(yaml.resolve(root)).iter();
    let entry = entries.find(|entry| {
        yaml.text_of(entry.key).is_some_and(|name| name.as_str() == "schema_version")
    });
    entry
        .and_then(|entry| yaml.text_of(entry.value))
        .and_then(|version| version_of(version.as_str()))
        .is_some_and(|version| version >= FIRST)
}

/// Major and minor of `0.2.0`.
fn version_of(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.split('.').map(|part| part.parse().ok());
    Some((numbers.next()??, numbers.next().flatten().unwrap_or(0)))
}
