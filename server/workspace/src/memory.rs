//! A project that stands in memory, for tests and for pages that are executed.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use settings::read::{Form, read};

use crate::engine::{Change, Engine, Loader};
use crate::located::LocatedFinding;
use crate::project::ProjectSettings;
use crate::snapshot::Locator;
use crate::walk::is_settings_name;

/// Files by their path from the project's root, with `/`.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// The files' bytes.
    pub files: BTreeMap<Utf8PathBuf, Vec<u8>>,
}

impl Memory {
    /// The project of these files.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Memory {
        let files = files.into_iter();
        Memory { files: files.map(|(path, text)| (path.into(), text.into())).collect() }
    }

    /// The settings at the root, if there are any.
    #[must_use]
    pub fn settings(&self) -> ProjectSettings {
        let at_root = |path: &&Utf8PathBuf| is_settings_name(path.as_str());
        let Some(path) = self.files.keys().find(at_root) else {
            return ProjectSettings::default();
        };
        let text = String::from_utf8_lossy(&self.files[path]).into_owned();
        let (settings, problems) = read(&text, Form::of_file(path.as_str()));
        ProjectSettings { file: Some((path.clone(), text)), settings, problems }
    }

    /// An engine that has seen all files.
    #[must_use]
    pub fn open(&self) -> Engine {
        let mut engine = Engine::new(Utf8PathBuf::from("/"), self.settings());
        let files = self.files.iter().filter(|(path, _)| !is_settings_name(path.as_str()));
        let changes = files.map(|(path, bytes)| Change::Present {
            path: path.clone(),
            bytes: bytes.clone(),
            excluded: engine.excludes(path),
        });
        let changes = changes.collect();
        engine.update(changes, self);
        engine
    }

    /// All findings, in the order of files and places.
    #[must_use]
    pub fn findings(&self) -> Vec<LocatedFinding> {
        located(&self.open())
    }
}

/// All findings of an engine, in the order of files and places.
#[must_use]
pub fn located(engine: &Engine) -> Vec<LocatedFinding> {
    let locator = Locator::new(engine);
    let mut findings: Vec<LocatedFinding> =
        engine.shown().flat_map(|(id, _)| locator.file(id)).collect();
    findings.sort_by(|one, other| one.at.source.path.cmp(&other.at.source.path));
    findings
}

impl Loader for Memory {
    fn read(&self, path: &Utf8Path) -> std::io::Result<Vec<u8>> {
        let missing = || std::io::Error::from(std::io::ErrorKind::NotFound);
        self.files.get(path).cloned().ok_or_else(missing)
    }
}
