//! `lost-mutation`: a node writes into the state that it is handed, and does not return it.

use graph::drawn::{Drawing, DrawnNode};
use graph::pipeline::Pipeline;
use graph::summary::Write;

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::select;

pub(super) static RULE: Rule = Rule {
    name: "lost-mutation",
    weight: Weight::Between(Level::Information, Level::Warning),
    summary: "a node writes into the state that it is handed, and does not return it",
    page: include_str!("../../../../docs/rules/lost-mutation.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let pipeline = scope.flow.pipeline;
    let Some(drawing) = &pipeline.drawing else { return };
    for node in &drawing.nodes {
        for write in select::first_write_of_each_field(node.lost.iter()) {
            if !write.path.has_wildcard() {
                findings.push(report(pipeline, drawing, node, write));
            }
        }
    }
}

fn report(pipeline: &Pipeline, drawing: &Drawing, node: &DrawnNode, write: &Write) -> Finding {
    let path = write.path;
    // Where the node itself reads it again, that may be all that it is for.
    let is_own = uses_own(pipeline, node, write);
    let level = if is_own { Level::Information } else { Level::Warning };
    let message = format!("`{}` writes `{path}` into its state, and does not return it", node.name);
    let mut finding = Finding::new(&RULE, level, write.site.at, message)
        .label("lost when the node is done")
        .about(node.name, path)
        .why(format!(
            "{} hands each node a state of its own, and keeps only what the node returns",
            drawing.framework.name()
        ))
        .help(format!("return `{path}` with its new value"));
    if is_own {
        finding = finding.help("or use a variable, if only this node needs it");
    }
    for call in &write.site.through {
        finding = finding.related(*call, "through this call");
    }
    finding
}

fn uses_own(pipeline: &Pipeline, node: &DrawnNode, write: &Write) -> bool {
    let readers = pipeline.readers().into_iter().filter(|reader| reader.name == node.name);
    let mut reads = readers.flat_map(|reader| &reader.summary.reads);
    reads.any(|read| read.follows_own && read.path.relation(write.path).is_some())
}
