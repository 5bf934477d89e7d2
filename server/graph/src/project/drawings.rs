//! The workflows that code draws with frameworks.

use facts::places::FileId;

use super::{Graph, Update};
use crate::drawn::BuilderRef;
use crate::files::is_test;
use crate::handler::ContractRef;
use crate::keys::Dependent;

impl Graph {
    /// Whether a builder is there, and is to be looked at.
    pub(super) fn draws(&self, builder: BuilderRef) -> bool {
        let counts = || {
            let is_test = is_test(self.files.path(builder.file));
            self.settings.python.check_tests || !is_test
        };
        self.binding
            .discovered(builder.file)
            .is_some_and(|found| found.drawings.contains(&builder.index))
            && counts()
    }

    /// The workflows that a file draws.
    pub(super) fn drawings_in(&self, file: FileId) -> Vec<ContractRef> {
        let found = self.binding.discovered(file);
        let drawings = found.into_iter().flat_map(|found| &found.drawings);
        let builders = drawings.map(|index| BuilderRef { file, index: *index });
        builders.filter(|one| self.draws(*one)).map(ContractRef::of_builder).collect()
    }

    /// The workflows that code draws, by path.
    #[must_use]
    pub fn drawn_pipelines(&self) -> Vec<ContractRef> {
        let files = self.files.by_path();
        files.into_iter().flat_map(|(file, _)| self.drawings_in(file)).collect()
    }

    /// Notes what a file draws now beside what it drew before.
    pub(super) fn note_drawings(
        &mut self,
        file: FileId,
        before: &[ContractRef],
        update: &mut Update,
    ) {
        let after = self.drawings_in(file);
        update.pipelines.extend(after.iter().filter(|one| !before.contains(one)));
        let gone: Vec<ContractRef> =
            before.iter().filter(|one| !after.contains(one)).copied().collect();
        update.removed.extend(&gone);
        let dependents: Vec<Dependent> = gone.into_iter().map(Dependent::Pipeline).collect();
        self.forget(&dependents);
    }
}
