//! What a finding is known by, from run to run.

use std::fmt::Write;

use contracts::path::FieldPath;
use sha2::{Digest, Sha256};
use text::name::Name;
use workspace::located::{LocatedFinding, PathStep};

/// The fingerprint of `finding`, whose file is shown as `path`: hexadecimal sha256 of a JSON list
/// of rule, path, pipeline, and then either the key path or the function and the field.
///
/// No line stands in it, so that it outlives edits elsewhere in the file.
pub(super) fn fingerprint(finding: &LocatedFinding, path: &str) -> String {
    let rule = finding.rule.name;
    let pipeline = finding.pipeline.map(Name::as_str);
    let basis = match &finding.key_path {
        Some(steps) => serde_json::json!([rule, path, pipeline, key_path(steps)]),
        None => {
            let function = finding.function.map(Name::as_str);
            let field = finding.field.map(FieldPath::as_str);
            serde_json::json!([rule, path, pipeline, function, field])
        }
    };
    let digest = Sha256::digest(basis.to_string());
    digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The key path as JSON: keys as text, indexes as numbers.
pub(super) fn key_path(steps: &[PathStep]) -> serde_json::Value {
    steps
        .iter()
        .map(|step| match step {
            PathStep::Key(key) => serde_json::Value::from(key.as_str()),
            PathStep::Index(index) => serde_json::Value::from(*index),
        })
        .collect()
}
