//! Paths chosen by globs, written as in a `.gitignore`.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::path::Path;
use std::sync::Arc;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::problem::Problem;
use crate::spanned::Spanned;

/// A list of globs, relative to the folder of the settings file.
///
/// They read as the lines of a `.gitignore` in that folder: `tests` is any file or folder of that
/// name with all that lies in it, `/tests` the one beside the settings file, `a/*.py` and `a/**`
/// start at the settings file, `!keep` takes back what an earlier glob chose.
#[derive(Clone, Default)]
pub struct Globs {
    /// The globs as written, without those that cannot be understood.
    pub texts: Vec<Spanned<String>>,
    matcher: Option<Arc<Gitignore>>,
}

impl Globs {
    /// The globs of `texts`, and a problem for each that cannot be understood.
    #[must_use]
    pub fn new(texts: Vec<Spanned<String>>) -> (Globs, Vec<Problem>) {
        let mut builder = GitignoreBuilder::new("");
        // Git takes an unclosed bracket for itself; in settings it is a slip.
        builder.allow_unclosed_class(false);
        let mut problems = Vec::new();
        let mut understood = Vec::new();
        for text in texts {
            match add(&mut builder, &text.value) {
                Ok(()) => understood.push(text),
                Err(reason) => problems.push(Problem::new(
                    text.span,
                    format!("`{}` is no glob: {reason}", text.value),
                )),
            }
        }
        // Each glob was tried on its own; together they fail only past the size that a matcher may
        // have, and then they match nothing.
        let matcher = builder.build().ok().filter(|matcher| !matcher.is_empty()).map(Arc::new);
        (Globs { texts: understood, matcher }, problems)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Whether `path`, or a folder it lies in, is chosen. `path` is relative to the settings file's
    /// folder and written with `/`; a path outside that folder is never chosen.
    #[must_use]
    pub fn matches(&self, path: &str, is_folder: bool) -> bool {
        let Some(matcher) = &self.matcher else {
            return false;
        };
        let relative = Path::new(path);
        if relative.has_root() || path.is_empty() {
            return false;
        }
        matcher.matched_path_or_any_parents(relative, is_folder).is_ignore()
    }
}

fn add(builder: &mut GitignoreBuilder, glob: &str) -> Result<(), String> {
    if glob.trim().is_empty() {
        return Err("it is empty".to_owned());
    }
    if glob.starts_with("../") || glob == ".." {
        return Err("it leads out of the folder of the settings file".to_owned());
    }
    // `./a` is how people write "beside this file"; a `.gitignore` says `/a`.
    let glob = glob.strip_prefix("./").map_or_else(|| glob.to_owned(), |rest| format!("/{rest}"));
    match builder.add_line(None, &glob) {
        Ok(_) => Ok(()),
        Err(ignore::Error::Glob { err, .. }) => Err(err),
        Err(error) => Err(error.to_string()),
    }
}

impl PartialEq for Globs {
    fn eq(&self, other: &Globs) -> bool {
        self.texts == other.texts
    }
}

impl Eq for Globs {}

impl Hash for Globs {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.texts.hash(state);
    }
}

impl fmt::Debug for Globs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.texts).finish()
    }
}

#[cfg(test)]
mod tests {
    use text::span::Span;

    use super::*;

    fn globs(texts: &[&str]) -> (Globs, Vec<Problem>) {
        Globs::new(
            texts.iter().map(|text| Spanned::new((*text).to_owned(), Span::empty(0))).collect(),
        )
    }

    #[test]
    fn globs_read_as_in_a_gitignore() {
        let (globs, problems) =
            globs(&["tests", "/build", "a/**", "*.gen.py", "./here", "!a/keep.py"]);
        assert!(problems.is_empty());
        for chosen in
            ["tests/x.py", "deep/tests/y.py", "build/z", "a/b/c.py", "x/y.gen.py", "here/x"]
        {
            assert!(globs.matches(chosen, false), "{chosen}");
        }
        for left in ["test/x.py", "deep/build/z", "b/a/c.py", "a/keep.py", "/tests/x", ""] {
            assert!(!globs.matches(left, false), "{left}");
        }
    }

    #[test]
    fn a_folder_is_told_from_a_file() {
        let (globs, _) = globs(&["out/"]);
        assert!(globs.matches("out", true));
        assert!(!globs.matches("out", false));
        assert!(globs.matches("out/x.py", false));
    }

    #[test]
    fn what_is_no_glob_is_said() {
        let (globs, problems) = globs(&["a[", "", "../up", "ok"]);
        assert_eq!(globs.texts.len(), 1);
        let messages: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(messages.len(), 3);
        assert!(messages[0].starts_with("`a[` is no glob: "), "{messages:?}");
        assert_eq!(
            messages[2],
            "`../up` is no glob: it leads out of the folder of the settings file"
        );
    }
}
