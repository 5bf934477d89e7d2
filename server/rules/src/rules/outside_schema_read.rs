//! `outside-schema-read`: a node or a router reads a key that its own schema leaves out.

use graph::drawn::Drawing;
use graph::summary::Read;

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "outside-schema-read",
    weight: Weight::Always(Level::Warning),
    summary: "a node or a router reads a key that its own input schema leaves out",
    page: include_str!("../../../../docs/rules/outside-schema-read.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let Some(drawing) = &scope.flow.pipeline.drawing else { return };
    let mut told = Vec::new();
    for reader in scope.flow.pipeline.readers() {
        let schema = reader.schema;
        if schema.open || reader.is_sent_to {
            continue;
        }
        for read in reader.summary.reads.iter().filter(|read| read.exposed) {
            let key = read.path.root();
            let is_hidden = schema.channel(key).is_none();
            let Some(channel) = drawing.state.channel(key).filter(|_| is_hidden) else { continue };
            if told.contains(&(reader.name, key)) {
                continue;
            }
            told.push((reader.name, key));
            let mut finding = report(drawing, reader.name.as_str(), read);
            if let Some(at) = channel.at {
                finding = finding.related(at, format!("`{key}` is declared here"));
            }
            findings.push(finding);
        }
    }
}

fn report(drawing: &Drawing, reader: &str, read: &Read) -> Finding {
    let key = read.path.root();
    let message = format!("`{reader}` reads `{key}`, which its own input schema leaves out");
    let mut finding = Finding::new(&RULE, Level::Warning, read.site.at, message)
        .label(words::read_how(&read.strength))
        .why(format!(
            "{} hands it only what that schema declares: the key is never there",
            drawing.framework.name()
        ))
        .help(format!("declare `{key}` in the schema of its parameter, or take the whole state"));
    for call in &read.site.through {
        finding = finding.related(*call, "through this call");
    }
    finding
}
