//! What the declaration of a kind says of a place in a document.

use contracts::schema::{Key, Kind, Loader, Record};

/// The key of a record that a document of this kind writes so: a manifest may write `project_id` for
/// `projectId`.
pub(crate) fn key(kind: &Kind, record: &'static Record, name: &str) -> Option<&'static Key> {
    let respelt = || (kind.loader == Loader::Manifest).then(|| record.key(&in_camel_case(name)))?;
    record.key(name).or_else(respelt)
}

fn in_camel_case(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    let mut is_first = false;
    for letter in name.chars() {
        match letter {
            '_' => is_first = true,
            letter if is_first => {
                camel.push(letter.to_ascii_uppercase());
                is_first = false;
            }
            letter => camel.push(letter),
        }
    }
    camel
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_joined() {
        assert_eq!(in_camel_case("project_id"), "projectId");
        assert_eq!(in_camel_case("spec"), "spec");
    }
}
