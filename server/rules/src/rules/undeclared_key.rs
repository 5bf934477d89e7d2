//! `undeclared-key`: a node gives back a key that no schema of its workflow declares.

use contracts::path::FieldPath;
use graph::drawn::{Drawing, DrawnNode, GivenKey};

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "undeclared-key",
    weight: Weight::Always(Level::Warning),
    summary: "a node returns a key that no schema of its graph declares",
    page: include_str!("../../../../docs/rules/undeclared-key.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let Some(drawing) = &scope.flow.pipeline.drawing else { return };
    let mut told = Vec::new();
    for node in &drawing.nodes {
        for key in &node.given.keys {
            if key.to_parent || !drawing.drops(key.name) || told.contains(&key.at) {
                continue;
            }
            told.push(key.at);
            let mut finding = report(drawing, node, key);
            for reader in scope.flow.pipeline.readers() {
                let reads = reader.summary.reads.iter();
                if let Some(read) = reads.clone().find(|read| read.path.root() == key.name) {
                    let how = words::read_how(&read.strength);
                    finding =
                        finding.related(read.site.at, format!("`{}` reads it, {how}", reader.name));
                }
            }
            findings.push(finding);
        }
    }
}

fn report(drawing: &Drawing, node: &DrawnNode, key: &GivenKey) -> Finding {
    let schema = words::schema(drawing);
    let name = key.name;
    let path = FieldPath::from_segments(vec![name]);
    let message =
        format!("`{}` returns `{name}`, which no schema of its graph declares", node.name);
    let mut finding = Finding::new(&RULE, Level::Warning, key.at, message)
        .label("dropped")
        .about(node.name, path)
        .why(format!(
            "{} drops it without a word: no other node ever sees it",
            drawing.framework.name()
        ));
    for call in &key.through {
        finding = finding.related(*call, "through this call");
    }
    words::nearest_key(drawing, key.at, (name, "return"), finding)
        .help(format!("declare `{name}` in {schema}"))
}
