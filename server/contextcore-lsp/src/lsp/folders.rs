//! Which projects there are: those of the client's folders, those inside of them, and those of
//! documents that lie elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use tower_lsp::ls_types::MessageType;
use workspace::project::Project;

use super::opening::{self, Read, Reading};
use super::paths::{is_read, is_untitled};
use super::project::{Edit, Held, Later};
use super::publish::withdraw;
use super::reply::Cancel;
use super::state::State;

impl State {
    /// Begins to read the projects of all folders that are not there yet.
    pub(crate) fn open_folders(&mut self) {
        for folder in self.folders.clone() {
            if folder.is_dir() {
                self.ensure(Project::of(&folder), folder);
            }
        }
    }

    /// The client does not work in some folders any more, and in others from now on.
    pub(crate) fn change_folders(&mut self, gone: &[Utf8PathBuf], new: Vec<Utf8PathBuf>) {
        self.folders.retain(|folder| !gone.contains(folder));
        self.folders.extend(new);
        self.folders.sort();
        self.folders.dedup();
        let folders = self.folders.clone();
        let documents: Vec<Utf8PathBuf> = self.homes.keys().cloned().collect();
        let is_wanted = |asked: &Utf8Path| folders.iter().any(|folder| asked.starts_with(folder));
        for held in self.projects.values_mut() {
            held.asked.retain(|asked| is_wanted(asked) || documents.contains(asked));
        }
        self.open_folders();
        for path in documents {
            self.settle_document(path);
        }
        self.drop_unasked();
    }

    /// Finds the project of an open document, and begins to read it if need be.
    pub(crate) fn settle_document(&mut self, path: Utf8PathBuf) {
        if !is_read(&path) {
            return;
        }
        let (project, asked) = if is_untitled(&path) {
            let root = path.parent().map(Utf8Path::to_owned).unwrap_or_default();
            (Project { root, settings_file: None }, path.clone())
        } else {
            let inside = self.folders.iter().filter(|folder| path.starts_with(folder));
            match inside.max_by_key(|folder| folder.as_str().len()) {
                Some(folder) => (Project::in_folder(&path, folder), folder.clone()),
                None => (Project::of(&path), path.clone()),
            }
        };
        let root = project.root.clone();
        // A folder may lie inside of a project; a project inside of a folder is asked for whole.
        let asked = if root.starts_with(&asked) && asked != path { root.clone() } else { asked };
        self.homes.insert(path.clone(), root);
        self.ensure(project, asked);
        self.touch(path);
    }

    /// A document was closed: its file is what the disk says again.
    pub(crate) fn forget_document(&mut self, path: Utf8PathBuf) {
        let Some(root) = self.homes.remove(&path) else { return };
        if let Some(held) = self.projects.get_mut(&root) {
            held.asked.retain(|asked| *asked != path);
        }
        self.touch(path);
        self.flush();
        self.drop_unasked();
    }

    /// Sees to it that a project is there, and that `asked` is reported.
    fn ensure(&mut self, project: Project, asked: Utf8PathBuf) {
        let root = project.root.clone();
        match self.projects.get_mut(&root) {
            None => {
                self.projects.insert(root.clone(), Held::new(project, vec![asked]));
                self.begin_reading(&root);
            }
            Some(held) if held.asked.contains(&asked) => {}
            Some(held) => {
                held.asked.push(asked);
                self.tell_all(&root);
            }
        }
    }

    /// What is reported of a project has changed.
    fn tell_all(&mut self, root: &Utf8PathBuf) {
        self.flush();
        if let Some(held) = self.projects.get(root)
            && let Some(view) = held.view()
        {
            held.ledger.start_again(&view.engine, held.round);
            drop(view);
            self.news(root);
        }
    }

    /// A project begins at `folder`, or does no longer. Gives the projects to be read anew.
    pub(crate) fn resettle(&mut self, folder: Utf8PathBuf) -> Vec<Utf8PathBuf> {
        for (root, held) in self.projects.iter_mut().filter(|(root, _)| !is_untitled(root)) {
            // What belonged here may be a part of another project now.
            held.asked.retain(|asked| Project::of(asked).root == *root);
        }
        let around = self.home(&folder);
        for document in self.homes.keys().cloned().collect::<Vec<_>>() {
            self.settle_document(document);
        }
        self.open_folders();
        self.drop_unasked();
        let both = [around, Some(folder)].into_iter().flatten();
        // One that is new is being read already.
        both.filter(|root| self.projects.get(root).is_some_and(|held| !held.is_reading())).collect()
    }

    /// Reads a project anew: its settings, or what decides about its files, have changed.
    pub(crate) fn read_again(&mut self, root: &Utf8PathBuf) {
        let Some(held) = self.projects.get_mut(root) else { return };
        if let Some(engine) = held.read_again() {
            // Requests may hold it for a while, and taking it apart takes a while.
            self.pool.spawn(move || drop(engine));
        }
        if !held.alone {
            let settings_file = workspace::project::settings_in(root);
            held.project.settings_file = settings_file;
        }
        self.begin_reading(root);
    }

    fn begin_reading(&mut self, root: &Utf8PathBuf) {
        let mut texts = BTreeMap::new();
        for (path, document) in self.documents.iter().filter(|(path, _)| path.starts_with(root)) {
            texts.insert(path.clone(), document.text.to_string().into_bytes());
        }
        let Some(held) = self.projects.get_mut(root) else { return };
        let untitled = is_untitled(root);
        held.alone = untitled || opening::is_too_wide(&held.project);
        let reading = Reading {
            project: held.project.clone(),
            round: held.round,
            asked: held.asked.clone(),
            texts,
            settings: self.settings.clone(),
        };
        if held.alone {
            let filled = opening::alone(root.clone(), &self.settings);
            let round = held.round;
            self.was_read(Read { root: root.clone(), round, filled });
        } else {
            self.show_progress(root);
            opening::begin(reading, &self.queue);
        }
    }

    /// A project was read.
    pub(crate) fn was_read(&mut self, read: Read) {
        let Read { root, round, filled } = read;
        let Some(held) = self.projects.get_mut(&root).filter(|held| held.round == round) else {
            return;
        };
        for trouble in &filled.trouble {
            self.outgoing.log(MessageType::WARNING, trouble);
        }
        let is_again = round > 0;
        let waiting = held.was_read(filled.engine);
        let asked = held.asked.clone();
        self.hide_progress(&root);
        self.watching.add_folders(filled.folders);
        for nested in filled.nested {
            // A project inside is part of what was asked for where a path holds it.
            if asked.iter().any(|path| nested.starts_with(path)) {
                self.ensure(Project::of(&nested), nested);
            }
        }
        self.complete(&root, waiting);
        self.withdraw_lost(&root);
        self.follow_payloads();
        self.news(&root);
        if is_again {
            self.refresh_asides();
        }
        self.settle();
    }

    /// Does what was waiting for a project, in order.
    fn complete(&mut self, root: &Utf8PathBuf, waiting: Vec<Later>) {
        let open = self.homes.iter().filter(|(_, home)| *home == root);
        let edits: Vec<Edit> = open
            .filter_map(|(path, _)| {
                let text = &self.documents.get(path)?.text;
                Some(Edit { path: path.clone(), bytes: Some(text.to_string().into_bytes()) })
            })
            .collect();
        let asks = waiting.iter().any(|later| matches!(later, Later::Answer(..)));
        if !asks {
            // Nobody saw the states in between.
            return self.edit_silently(root, edits, waiting);
        }
        for later in waiting {
            match later {
                Later::Edits(edits) => self.edit_silently(root, edits, Vec::new()),
                Later::Answer(job, documents) => self.answer(job, documents),
            }
        }
        self.edit_silently(root, edits, Vec::new());
    }

    fn edit_silently(&mut self, root: &Utf8PathBuf, mut edits: Vec<Edit>, waiting: Vec<Later>) {
        let open: BTreeSet<Utf8PathBuf> = edits.iter().map(|edit| edit.path.clone()).collect();
        for later in waiting {
            if let Later::Edits(more) = later {
                // The present text of an open document is among the edits already.
                edits.extend(more.into_iter().filter(|edit| !open.contains(&edit.path)));
            }
        }
        // What happened several times to a file of the disk is looked at once.
        edits.dedup_by(|one, other| one.path == other.path && one.bytes.is_none());
        if let Some(held) = self.projects.get_mut(root) {
            held.apply(&edits);
            if held.round > 0 {
                // Read anew, and not edited: who asks for findings has to be told to ask again.
                held.ledger.forget_edits();
            }
        }
    }

    /// Takes back what was told about files that are no part of their project any more.
    fn withdraw_lost(&self, root: &Utf8PathBuf) {
        let Some(held) = self.projects.get(root) else { return };
        let Some(view) = held.view() else { return };
        let lost = held.ledger.take_lost(&view.engine);
        drop(view);
        self.withdraw_all(&lost);
    }

    fn withdraw_all(&self, paths: &[Utf8PathBuf]) {
        let world = self.world(Vec::new(), Cancel::default());
        for path in paths {
            withdraw(&world, path);
        }
    }

    /// Lets go of projects of which nothing is reported any more.
    pub(crate) fn drop_unasked(&mut self) {
        let unasked = self.projects.iter().filter(|(_, held)| held.asked.is_empty());
        let unasked: Vec<Utf8PathBuf> = unasked.map(|(root, _)| root.clone()).collect();
        for root in unasked {
            let Some(mut held) = self.projects.remove(&root) else { continue };
            self.withdraw_all(&held.ledger.close());
            for later in held.take_waiting() {
                if let Later::Answer(job, documents) = later {
                    self.answer(job, documents);
                }
            }
            self.hide_progress(&root);
            self.pool.spawn(move || drop(held));
        }
        self.settle();
    }
}
