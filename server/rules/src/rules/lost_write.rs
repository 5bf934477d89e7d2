//! `lost-write`: written, and overwritten before anybody reads it.

use contracts::path::FieldPath;
use graph::flow::liveness::overwrites;
use graph::pipeline::Phase;

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::select;
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "lost-write",
    weight: Weight::Always(Level::Warning),
    summary: "a written value is overwritten before anybody reads it",
    page: include_str!("../../../../docs/rules/lost-write.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    for phase in &scope.flow.pipeline.phases {
        // Of several handlers for one phase, which one runs is not known.
        let [handler] = phase.handlers.as_slice() else {
            continue;
        };
        let writes = handler.summary.iter().flat_map(|summary| &summary.writes);
        for write in select::first_write_of_each_field(writes) {
            let path = write.path;
            let is_merged = scope.flow.pipeline.merges(path);
            if path.has_wildcard() || words::is_private(path) || write.value.is_start() || is_merged
            {
                continue;
            }
            // What the phase itself reads has served its purpose.
            if reads_own(phase, path) {
                continue;
            }
            let Some(later) = overwrites(scope.flow, phase, write) else {
                continue;
            };
            // A helper that several phases call does its own work again.
            if later.iter().all(|at| *at == write.site.at) {
                continue;
            }
            let message = format!(
                "what `{}` writes to `{path}` is overwritten before anybody reads it",
                phase.name
            );
            let mut finding = Finding::new(&RULE, Level::Warning, write.site.at, message)
                .label("this value is lost")
                .about(phase.name, path)
                .why("two phases use one name, and the first one's work is gone without a word")
                .help("give one of the two fields another name, or remove the first write");
            for at in later {
                finding = finding.related(at, format!("`{path}` is overwritten here"));
            }
            findings.push(finding);
        }
    }
}

/// Whether the phase may read what it wrote to the field, or more than can be seen.
fn reads_own(phase: &Phase, path: FieldPath) -> bool {
    let summaries = phase.handlers.iter().filter_map(|handler| handler.summary.as_ref());
    let mut reads = summaries.flat_map(|summary| &summary.reads);
    phase.is_open_for_reads()
        || reads.any(|read| read.follows_own && read.path.relation(path).is_some())
}
