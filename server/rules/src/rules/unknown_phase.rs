//! `unknown-phase`: a name that no phase of the pipeline has.

use contracts::decode::names::{Named, Role};
use contracts::path::FieldPath;
use contracts::propagation::Located;
use contracts::schema::Sort;
use facts::contract::ContractFacts;
use graph::handler::ContractRef;
use graph::pipeline::Pipeline;
use syntax::edit::yaml;
use text::name::Name;
use text::near::nearest;

use crate::finding::Finding;
use crate::fix::{Fix, Intent};
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "unknown-phase",
    weight: Weight::Always(Level::Error),
    summary: "a name is used for a phase that the pipeline does not have",
    page: include_str!("../../../../docs/rules/unknown-phase.md"),
    check: Check::Pipeline(check),
};

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
    for named in references(&pipeline.facts) {
        findings.extend(report(pipeline, located(named), "this part of the contract", None));
    }
    for companion in &pipeline.companions {
        let by = format!("the {}", companion.facts.document.kind.title);
        for named in references(&companion.facts) {
            let place = (companion.contract, located(named));
            findings.extend(report_in(pipeline, place, &by, None));
        }
    }
}

/// Where a contract of another kind, or an extension, names a phase.
fn references(facts: &ContractFacts) -> impl Iterator<Item = &Named> {
    let names = facts.document.names.iter();
    names.filter(|named| named.sort == Sort::Phase && named.role == Role::Refers)
}

fn located(named: &Named) -> Located<Name> {
    Located { value: named.name, at: named.at }
}

fn report(
    pipeline: &Pipeline,
    named: Located<Name>,
    by: &str,
    field: Option<FieldPath>,
) -> Option<Finding> {
    report_in(pipeline, (pipeline.contract, named), by, field)
}

fn report_in(
    pipeline: &Pipeline,
    (contract, named): (ContractRef, Located<Name>),
    by: &str,
    field: Option<FieldPath>,
) -> Option<Finding> {
    // A contract without readable phases has its own finding; everything would be unknown here.
    if pipeline.phases.is_empty() || pipeline.phase(named.value).is_some() {
        return None;
    }
    let known = pipeline.phases.iter().map(|phase| phase.name.as_str());
    let message = format!("{by} names `{}`, but the pipeline has no such phase", named.value);
    let mut finding = Finding::new(&RULE, Level::Error, contract.anchor(named.at), message)
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
            vec![Intent::Yaml(contract.file, intent)],
        )));
    }
    let known = words::listed(&known.collect::<Vec<_>>(), '`');
    Some(finding.help(format!("the phases are {known}")))
}
