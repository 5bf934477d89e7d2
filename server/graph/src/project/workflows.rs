//! What code alone says of workflows: which handlers there are, and what they do.

use std::collections::BTreeSet;

use facts::places::FileId;

use super::Graph;
use crate::code_contract::CodeContract;
use crate::fold::Folder;
use crate::handler::{ClassRef, Code};
use crate::names::Lookup;
use crate::workflow::{Work, Workflow};

impl Graph {
    /// The workflows of the project, by the path of their first handler. A class that is there for
    /// another handler to inherit from is in none.
    #[must_use]
    pub fn workflows(&self) -> Vec<Workflow> {
        let lookup = Lookup::new(&self.files, &self.settings);
        let bases = self.bases_of_handlers(&lookup);
        let is_base = |code: Code| matches!(code, Code::Class(class) if bases.contains(&class));
        self.binding.workflows(self.settings.python.check_tests, &is_base)
    }

    /// What each handler does, and the files that have to be read to know it in full.
    #[must_use]
    pub fn work_of(&self, handlers: &[Code]) -> (Vec<Work>, BTreeSet<FileId>) {
        let lookup = Lookup::new(&self.files, &self.settings);
        let mut folder = Folder::new(&lookup);
        let works = handlers.iter().map(|code| Work {
            outcome: folder.handler(*code),
            declares: CodeContract::of(&lookup, *code),
        });
        let works = works.collect();
        let (_, missing) = lookup.finish();
        (works, missing)
    }

    /// The classes from which handlers of the project inherit.
    fn bases_of_handlers(&self, lookup: &Lookup<'_>) -> BTreeSet<ClassRef> {
        let mut bases = BTreeSet::new();
        for handler in self.binding.handlers() {
            if let Code::Class(class) = handler.code {
                bases.extend(lookup.chain(class).classes.iter().filter(|base| **base != class));
            }
        }
        bases
    }
}
