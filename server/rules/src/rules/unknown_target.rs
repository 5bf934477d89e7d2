//! `unknown-target`: a way leads to a node that the graph does not have.

use facts::places::Anchor;
use graph::drawn::{Drawing, Point};
use text::name::Name;
use text::near::nearest;

use crate::finding::Finding;
use crate::fix::{Fix, Intent};
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "unknown-target",
    weight: Weight::Always(Level::Warning),
    summary: "an edge, a path map or a `goto` names a node that the graph does not have",
    page: include_str!("../../../../docs/rules/unknown-target.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let Some(drawing) = &scope.flow.pipeline.drawing else { return };
    // Other code may add the node.
    if drawing.open {
        return;
    }
    let mut told = Vec::new();
    for way in &drawing.ways {
        for point in way.from.iter().chain([&way.to]) {
            if let Point::Nobody(name, at) = point
                && !told.contains(at)
            {
                told.push(*at);
                findings.push(report(drawing, *name, *at));
            }
        }
    }
}

fn report(drawing: &Drawing, name: Name, at: Anchor) -> Finding {
    let message = format!("the graph has no node `{name}`");
    let finding = Finding::new(&RULE, Level::Warning, at, message)
        .label("no node of this name")
        .why("the graph does not build, or what is chosen here never runs");
    let near = nearest(name.as_str(), drawing.nodes.iter().map(|node| node.name.as_str()));
    let node =
        near.and_then(|(near, _)| drawing.nodes.iter().find(|one| one.name.as_str() == near));
    match node {
        Some(node) => finding
            .related(node.at, format!("`{}` is added here", node.name))
            .help(format!("name `{}`, if that is meant (quick fix)", node.name))
            .fix(Fix::offered(
                format!("name the node `{}`", node.name),
                vec![Intent::PythonString(at, node.name.as_str().to_owned())],
            )),
        None => finding.help("add the node, or name one that there is"),
    }
}
