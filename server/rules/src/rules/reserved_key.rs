//! `reserved-key`: code writes a key that belongs to provenance.

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "reserved-key",
    weight: Weight::Always(Level::Error),
    summary: "code writes a `_cc_` key, which is reserved for provenance",
    page: include_str!("../../../../docs/rules/reserved-key.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    for phase in &scope.flow.pipeline.phases {
        for handler in &phase.handlers {
            let writes = handler.summary.iter().flat_map(|summary| &summary.writes);
            for write in writes.filter(|write| words::is_reserved(write.path)) {
                let message = format!(
                    "`{}` writes `{}`, which is reserved for provenance",
                    phase.name, write.path
                );
                findings.push(
                    Finding::new(&RULE, Level::Error, write.site.at, message)
                        .label("keys that begin with `_cc_` are reserved")
                        .about(phase.name, write.path)
                        .why("trackers keep their records there, and checks after the run trust them")
                        .help("choose a key without this beginning"),
                );
            }
        }
    }
}
