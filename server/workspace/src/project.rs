//! Where a project begins.

use camino::{Utf8Path, Utf8PathBuf};
use settings::problem::Problem;
use settings::read::{Form, pyproject_has_settings, read};
use settings::run::RunOverrides;
use settings::settings::{OWN_FILE, PYPROJECT_FILE, Settings};

/// A folder whose files are one graph.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Project {
    /// The folder, absolute.
    pub root: Utf8PathBuf,
    /// Its settings file, absolute, if it has one.
    pub settings_file: Option<Utf8PathBuf>,
}

/// The settings of a project, with what is wrong with them.
#[derive(Clone, Debug, Default)]
pub struct ProjectSettings {
    /// The settings file, absolute, and its text.
    pub file: Option<(Utf8PathBuf, String)>,
    /// What it settles, and what this run settles for itself.
    pub settings: Settings,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

impl Project {
    /// The project that `path`, absolute, belongs to: the nearest folder upwards with settings, else
    /// that with `.git`, else the path itself, or the folder of a file. The search ends at `.git`.
    #[must_use]
    pub fn of(path: &Utf8Path) -> Project {
        let start = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
        for folder in start.ancestors() {
            if let Some(settings_file) = settings_in(folder) {
                return Project { root: folder.to_owned(), settings_file: Some(settings_file) };
            }
            if folder.join(".git").exists() {
                return Project { root: folder.to_owned(), settings_file: None };
            }
        }
        Project { root: start.to_owned(), settings_file: None }
    }

    /// The project that the file at `path` belongs to for somebody who works in `folder`, both
    /// absolute: that of the folder, or the innermost one inside of it with settings of its own.
    #[must_use]
    pub fn in_folder(path: &Utf8Path, folder: &Utf8Path) -> Project {
        let outer = Project::of(folder);
        let inner = path.parent().into_iter().flat_map(Utf8Path::ancestors);
        let inner = inner
            .take_while(|above| above.starts_with(&outer.root) && **above != outer.root)
            .find_map(|above| Some((above, settings_in(above)?)));
        match inner {
            Some((root, settings_file)) => {
                Project { root: root.to_owned(), settings_file: Some(settings_file) }
            }
            None => outer,
        }
    }

    /// Reads the project's settings, or those of `config` in their place.
    ///
    /// # Errors
    /// Where the file cannot be read; the message says which and why.
    pub fn settings(
        &self,
        config: Option<&Utf8Path>,
        run: &RunOverrides,
    ) -> Result<ProjectSettings, String> {
        let Some(path) = config.or(self.settings_file.as_deref()) else {
            let settings = Settings { run: run.clone(), ..Settings::default() };
            return Ok(ProjectSettings { settings, ..ProjectSettings::default() });
        };
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("cannot read settings {path}: {error}"))?;
        let form = Form::of_file(path.file_name().unwrap_or_default());
        let (mut settings, problems) = read(&text, form);
        settings.run = run.clone();
        Ok(ProjectSettings { file: Some((path.to_owned(), text)), settings, problems })
    }
}

/// The settings file of a folder; our own comes before `pyproject.toml`.
#[must_use]
pub fn settings_in(folder: &Utf8Path) -> Option<Utf8PathBuf> {
    let own = folder.join(OWN_FILE);
    if own.is_file() {
        return Some(own);
    }
    let pyproject = folder.join(PYPROJECT_FILE);
    // Reading a pipe would never end.
    if !pyproject.is_file() {
        return None;
    }
    let text = std::fs::read_to_string(&pyproject).ok()?;
    pyproject_has_settings(&text).then_some(pyproject)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(folder.path().canonicalize().unwrap()).unwrap();
        (folder, root)
    }

    #[test]
    fn the_nearest_settings_make_the_project() {
        let (_kept, root) = folder();
        let inner = root.join("a/b");
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::write(root.join("pyproject.toml"), "[tool.contextcore]\n").unwrap();
        assert_eq!(Project::of(&inner).root, root);
        std::fs::write(root.join("a/contextcore.toml"), "").unwrap();
        assert_eq!(Project::of(&inner).root, root.join("a"));
        std::fs::write(root.join("a/pyproject.toml"), "[tool.contextcore]\n").unwrap();
        let own = Some(root.join("a/contextcore.toml"));
        assert_eq!(Project::of(&inner).settings_file, own, "our own file comes first");
    }

    #[test]
    fn the_search_ends_at_a_repository() {
        let (_kept, root) = folder();
        let inner = root.join("repository/src");
        std::fs::create_dir_all(inner.join("deep")).unwrap();
        std::fs::create_dir_all(root.join("repository/.git")).unwrap();
        std::fs::write(root.join("contextcore.toml"), "").unwrap();
        let found = Project::of(&inner.join("deep"));
        assert_eq!(found, Project { root: root.join("repository"), settings_file: None });
    }

    #[test]
    fn a_repository_inside_a_folder_belongs_to_it() {
        let (_kept, root) = folder();
        let inner = root.join("a/b");
        std::fs::create_dir_all(inner.join(".git")).unwrap();
        let project = |path: &str| Project::in_folder(&root.join(path), &root).root;
        assert_eq!(project("a/b/c.py"), root);
        std::fs::write(root.join("a/contextcore.toml"), "").unwrap();
        assert_eq!(project("a/b/c.py"), root.join("a"));
        assert_eq!(project("c.py"), root);
    }

    #[test]
    fn a_pyproject_of_others_is_no_settings_file() {
        let (_kept, root) = folder();
        std::fs::write(root.join("pyproject.toml"), "[tool.other]\n").unwrap();
        std::fs::write(root.join("a.py"), "").unwrap();
        assert_eq!(settings_in(&root), None);
        assert_eq!(Project::of(&root.join("a.py")).root, root, "a file's folder");
    }

    #[test]
    fn settings_that_cannot_be_read_say_which_and_why() {
        let (_kept, root) = folder();
        let missing = root.join("none.toml");
        let project = Project::of(&root);
        let error = project.settings(Some(&missing), &RunOverrides::default()).unwrap_err();
        assert!(error.contains("none.toml"), "{error}");
    }
}
