//! Raw findings to those that are shown.

use std::collections::BTreeSet;
use std::sync::Arc;

use facts::file::FileFacts;
use facts::places::FileId;
use rayon::prelude::*;
use rules::assemble::Subject;
use rules::assemble::lines::Placed;
use rules::assemble::settings_file::{SettingsFile, settings_file};
use rules::finding::Finding;
use text::lines::LineTable;

use super::Engine;

impl Engine {
    /// Makes what is shown of each file from its raw findings.
    pub(super) fn assemble(&mut self, files: &BTreeSet<FileId>) {
        let shown: Vec<(FileId, Arc<[Finding]>)> =
            files.par_iter().map(|id| (*id, self.assembled(*id).into())).collect();
        for (id, findings) in shown {
            self.files[id.0 as usize].shown = findings;
        }
    }

    fn assembled(&self, id: FileId) -> Vec<Finding> {
        let entry = &self.files[id.0 as usize];
        if !entry.is_there || entry.excluded {
            return Vec::new();
        }
        let raw: Vec<Finding> = self.store.of_file(id).cloned().collect();
        if self.settings_file == Some(id) {
            return self.assembled_settings(id, raw);
        }
        let suppressions = entry.facts.as_ref().map_or(&[][..], |facts| &facts.suppressions);
        if raw.is_empty() && suppressions.is_empty() {
            return Vec::new();
        }
        let text = entry.text();
        let table = LineTable::new(&text);
        let subject = Subject {
            file: id,
            path: entry.path.as_str(),
            settings: &self.settings,
            suppressions,
            lines: &Placed { text: &text, lines: &table, places: &entry.places },
            whole: entry.facts.as_ref().is_none_or(|facts| is_whole(facts)),
        };
        rules::assemble::file(&subject, raw)
    }

    fn assembled_settings(&self, id: FileId, raw: Vec<Finding>) -> Vec<Finding> {
        let path = &self.files[id.0 as usize].path;
        let of = SettingsFile {
            file: id,
            path: path.file_name().unwrap_or_default(),
            settings: &self.settings,
            problems: &self.settings_problems,
        };
        settings_file(&of, raw)
    }
}

/// Whether a file was read to its end, so that the absence of a finding in it says something.
fn is_whole(facts: &FileFacts) -> bool {
    let broken = facts.python.as_ref().is_some_and(|python| python.broken);
    facts.trouble.is_none() && facts.yaml_problems.is_empty() && !broken
}
