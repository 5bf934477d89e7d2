//! Reading what handlers use that no pipeline has asked for.

use graph::handler::Code;

use super::{Engine, Loader, Round};

impl Engine {
    /// Reads every file that the handlers of the project's workflows need, also of those that no
    /// contract claims, so that all they do can be seen.
    pub fn follow_workflows(&mut self, loader: &dyn Loader) {
        let mut round = Round::default();
        loop {
            let workflows = self.graph.workflows();
            let members = workflows.iter().flat_map(|workflow| &workflow.members);
            let handlers: Vec<Code> = members.map(|member| member.code).collect();
            let (_, missing) = self.graph.work_of(&handlers);
            if missing.is_empty() {
                break;
            }
            let changes = self.load(missing, loader, &mut round);
            self.feed(changes, loader, &mut round);
        }
        self.finish(loader, round);
    }
}
