//! A project's first reading, on a thread of its own while the actor goes on.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use settings::settings::Settings;
use workspace::engine::Engine;
use workspace::opening::{Filled, open_project};
use workspace::project::{Project, ProjectSettings};

use super::actor::{Event, Queue};
use super::configuration::ClientSettings;
use super::work::{STACK, guarded};

/// A project that is to be read.
#[derive(Debug)]
pub(crate) struct Reading {
    /// Which.
    pub(crate) project: Project,
    /// How often it was read before; an answer to an earlier reading is thrown away.
    pub(crate) round: u64,
    /// The paths whose files are reported, absolute.
    pub(crate) asked: Vec<Utf8PathBuf>,
    /// The texts that the client has open, by absolute path.
    pub(crate) texts: BTreeMap<Utf8PathBuf, Vec<u8>>,
    /// What the client settles.
    pub(crate) settings: ClientSettings,
}

/// A project that was read.
#[derive(Debug)]
pub(crate) struct Read {
    /// Its root.
    pub(crate) root: Utf8PathBuf,
    /// Which reading this is.
    pub(crate) round: u64,
    /// What was read.
    pub(crate) filled: Filled,
}

/// Begins to read; the actor is told when it is done.
pub(crate) fn begin(reading: Reading, queue: &Queue) {
    let to = queue.clone();
    let work = move || match guarded(|| read(reading)) {
        Ok(read) => to.send(Event::Read(Box::new(read))),
        Err(reason) => to.send(Event::Fault(reason)),
    };
    let thread = std::thread::Builder::new().name("reading".to_owned()).stack_size(STACK);
    if let Err(error) = thread.spawn(work) {
        queue.send(Event::Fault(format!("cannot start a thread: {error}")));
    }
}

/// Reads a project.
pub(crate) fn read(reading: Reading) -> Read {
    let Reading { project, round, asked, texts, settings } = reading;
    let root = project.root.clone();
    let config = settings.config.as_deref();
    let (project_settings, trouble) = match project.settings(config, &settings.overrides) {
        Ok(settings) => (settings, None),
        Err(message) => (without_file(&settings), Some(message)),
    };
    let mut filled = open_project(&project, project_settings, &asked, &texts);
    filled.trouble.extend(trouble);
    Read { root, round, filled }
}

/// A project that holds nothing but what the client has open.
pub(crate) fn alone(root: Utf8PathBuf, settings: &ClientSettings) -> Filled {
    let engine = Engine::new(root, without_file(settings));
    Filled { engine, nested: Vec::new(), folders: Vec::new(), trouble: Vec::new() }
}

fn without_file(settings: &ClientSettings) -> ProjectSettings {
    let settings = Settings { run: settings.overrides.clone(), ..Settings::default() };
    ProjectSettings { settings, ..ProjectSettings::default() }
}

/// Whether a project is too wide to be read for the sake of one document: nothing says where it
/// begins, and its folder is the user's home or the whole disk.
pub(crate) fn is_too_wide(project: &Project) -> bool {
    let is_home = || std::env::home_dir().is_some_and(|home| home == project.root.as_std_path());
    let is_marked = project.settings_file.is_some() || project.root.join(".git").exists();
    !is_marked
        && (project.root.parent().is_none_or(|above| above == Utf8Path::new("")) || is_home())
}
