//! What fixes do to files: shown as a diff, or written.

use std::io::{self, Write};

use camino::Utf8Path;
use outputs::replace::{Replacement, WriteError, replace_all};
use similar::TextDiff;

use super::engine::FixedText;
use super::paths::relative;

/// Writes the changes of `texts` as one unified diff.
pub(crate) fn diff(texts: &[FixedText], here: &Utf8Path, out: &mut dyn Write) -> io::Result<()> {
    for text in texts {
        let path = relative(&text.path, here);
        let before = text.before.as_deref().unwrap_or("");
        let old_name = match text.before {
            Some(_) => format!("a/{path}"),
            None => "/dev/null".to_owned(),
        };
        let lines = TextDiff::from_lines(before, &text.after);
        let mut unified = lines.unified_diff();
        write!(out, "{}", unified.header(&old_name, &format!("b/{path}")))?;
    }
    Ok(())
}

/// Gives all files their new texts, or none of them.
pub(crate) fn apply(texts: Vec<FixedText>) -> Result<(), WriteError> {
    let replacements: Vec<Replacement> = texts
        .into_iter()
        .map(|text| Replacement {
            path: text.path.into_std_path_buf(),
            before: text.before,
            after: text.after,
        })
        .collect();
    replace_all(&replacements)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    fn text(path: &str, before: Option<&str>, after: &str) -> FixedText {
        FixedText { path: path.into(), before: before.map(str::to_owned), after: after.to_owned() }
    }

    #[test]
    fn a_diff_can_be_applied_by_others() {
        let texts = [
            text("/w/a/b.yaml", Some("one: 1\ntwo: 2\nthree: 3"), "one: 1\ntwo: two\nthree: 3"),
            text("/w/contextcore.toml", None, "[rules]\n"),
        ];
        let mut out = Vec::new();
        diff(&texts, Utf8Path::new("/w"), &mut out).unwrap();
        expect![[r#"
            --- a/a/b.yaml
            +++ b/a/b.yaml
            @@ -1,3 +1,3 @@
             one: 1
            -two: 2
            +two: two
             three: 3
            \ No newline at end of file
            --- /dev/null
            +++ b/contextcore.toml
            @@ -0,0 +1 @@
            +[rules]
        "#]]
        .assert_eq(&String::from_utf8(out).unwrap());
    }

    #[test]
    fn fixes_are_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        std::fs::write(&path, "old").unwrap();
        apply(vec![text(path.to_str().unwrap(), Some("old"), "new")]).unwrap();
        assert_eq!(std::fs::read_to_string(path).unwrap(), "new");
    }
}
