//! `unknown-phase`: a name that no phase of the pipeline has.

use contracts::path::FieldPath;
use contracts::propagation::Located;
use graph::pipeline::Pipeline;
use syntax::edit::yaml;
use text::name::Name;
use text::near::nearest;

use crate::finding::Finding;
use crate::fix::{Fix, Intent};
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "unknown-phase",
    weight: Weight::Always(Level::Error),
    summary: "a name is used for a phase that the pipeline does not have",
    page: include_str!("../../../../docs/rules/unknown-phase.md"),
    check: Check::Pipeline(check),
};

/// How many names a finding lists.
const SHOWN: usize = 10;

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let pipeline = scope.flow.pipeline;
    for phase in &pipeline.phases {
        for (_, field) in pipeline.declared(phase).all_fields() {
            if let Some(source) = field.source_phase {
                let mut finding = report(pipeline, source, "source_phase", Some(field.path.value));
                finding.iter_mut().for_each(|finding| finding.phase = Some(phase.name));
                findings.extend(finding);
            }
        }
    }
    for chain in &pipeline.contract().chains {
        for endpoint in chain.endpoints() {
            if let Some(phase) = endpoint.phase {
                let field = endpoint.field.map(|field| field.value);
                findings.extend(report(pipeline, phase, "the chain", field));
            }
        }
    }
}

fn report(
    pipeline: &Pipeline,
    named: Located<Name>,
    by: &str,
    field: Option<FieldPath>,
) -> Option<Finding> {
    // A contract without readable phases has its own finding; everything would be unknown here.
    if pipeline.phases.is_empty() || pipeline.phase(named.value).is_some() {
        return None;
    }
    let known = pipeline.phases.iter().map(|phase| phase.name.as_str());
    let message = format!("{by} names `{}`, but the pipeline has no such phase", named.value);
    let mut finding = Finding::new(&RULE, Level::Error, pipeline.anchor(named.at), message)
        .label("no phase has this name")
        .why("names are never resolved at run time, so this says nothing and checks nothing");
    finding.field = field;
    if let Some((near, _)) = nearest(named.value.as_str(), known.clone()) {
        let intent = yaml::Intent::ReplaceScalar(named.at, near.to_owned());
        let declared = pipeline.phase(Name::new(near)).map(|phase| pipeline.declared(phase));
        if let Some(declared) = declared {
            let at = pipeline.anchor(declared.name.at);
            finding = finding.related(at, format!("`{near}` is declared here"));
        }
        return Some(finding.help(format!("name `{near}` (quick fix)")).fix(Fix::offered(
            format!("name `{near}`"),
            vec![Intent::Yaml(pipeline.file(), intent)],
        )));
    }
    Some(finding.help(listed(&known.collect::<Vec<_>>())))
}

/// The names there are, as far as a line holds them.
fn listed(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    match names.len() - shown.len() {
        0 => format!("the phases are {}", shown.join(", ")),
        more => format!("the phases are {} and {more} more", shown.join(", ")),
    }
}
