//! `lost-write`: written, and overwritten before anybody reads it.

use contracts::value::Value;
use graph::flow::liveness::overwrites;
use graph::summary::{Write, WrittenValue};

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
            if path.has_wildcard() || words::is_private(path) || is_start_value(write) {
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

/// Whether nothing but a start value is written, so that the key is there whatever happens: `None`,
/// `False`, an empty text or collection. No work is lost with it. A number may be a result.
fn is_start_value(write: &Write) -> bool {
    let WrittenValue::Literal(value) = &write.value else {
        return matches!(&write.value, WrittenValue::Dict(keys, false) if keys.is_empty());
    };
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Text(text) => text.as_str().is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::Bool(true) | Value::Int(_) | Value::Float(_) | Value::Other(_) => false,
    }
}
