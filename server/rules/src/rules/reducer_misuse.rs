//! `reducer-misuse`: a node returns the whole state where a reducer adds it to what is there.

use facts::frameworks::Merging;
use facts::places::Anchor;
use graph::drawn::{Channel, Drawing, DrawnNode};

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "reducer-misuse",
    weight: Weight::Always(Level::Warning),
    summary: "a node returns the whole state, and a reducer adds all of it once more",
    page: include_str!("../../../../docs/rules/reducer-misuse.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let Some(drawing) = &scope.flow.pipeline.drawing else { return };
    for node in &drawing.nodes {
        let Some(at) = node.given.whole else { continue };
        let is_given = |name| node.given.keys.iter().any(|key| key.name == name && key.must);
        let doubled = drawing.input_of(node).channels.iter().find(|channel| {
            let merging = drawing.state.channel(channel.name).map(|own| own.merging);
            merging == Some(Merging::Reduced) && !is_given(channel.name)
        });
        findings.extend(doubled.map(|channel| report(drawing, node, channel, at)));
    }
}

fn report(drawing: &Drawing, node: &DrawnNode, channel: &Channel, at: Anchor) -> Finding {
    let key = channel.name;
    let message =
        format!("`{}` returns its whole state, and `{key}` is added to itself", node.name);
    let mut finding = Finding::new(&RULE, Level::Warning, at, message)
        .label(format!("`{key}` included"))
        .why(format!(
            "{} gives what a node returns to the reducer of each key: what was there is there twice",
            drawing.framework.name()
        ))
        .help("return the keys that the node changes, and no others");
    finding.phase = Some(node.name);
    match channel.at {
        Some(at) => finding.related(at, format!("`{key}` has a reducer")),
        None => finding,
    }
}
