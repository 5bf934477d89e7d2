//! `wrong-source-phase`: an entry names a source that cannot be it.

use graph::flow::verdict::{SourceFault, Verdict, source_fault};
use syntax::edit::yaml;

use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::offers;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "wrong-source-phase",
    weight: Weight::Between(Level::Warning, Level::Error),
    summary: "`source_phase` names a phase that does not produce the field in time",
    page: include_str!("../../../../docs/rules/wrong-source-phase.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let flow = scope.flow;
    let pipeline = flow.pipeline;
    for judged in scope.judged {
        let demand = judged.demand;
        let Some((field, _)) = demand.entry() else {
            continue;
        };
        let Some(source) = field.source_phase else {
            continue;
        };
        let Some(named) = pipeline.phase(source.value) else {
            continue;
        };
        let Some(fault) = source_fault(flow, demand.phase, named, demand.path) else {
            continue;
        };
        let (phase, path) = (demand.phase.name, demand.path);
        let message = match fault {
            SourceFault::Itself => {
                format!("`{phase}` names itself as the source of `{path}`")
            }
            SourceFault::Later => {
                format!(
                    "the source of `{path}` for `{phase}` is `{}`, which runs later",
                    named.name
                )
            }
            SourceFault::Apart => {
                format!(
                    "the source of `{path}` for `{phase}` is `{}`, which does not run before it",
                    named.name
                )
            }
            SourceFault::NotProducer => {
                format!(
                    "`{}` is named as the source of `{path}`, but does not produce it",
                    named.name
                )
            }
        };
        // Where nobody else produces the field either, this is the only word about its absence.
        let level = if judged.verdict == Verdict::WrongSource {
            words::level_of(flow, demand).max(Level::Warning)
        } else {
            Level::Warning
        };
        let mut finding = Finding::new(&RULE, level, pipeline.anchor(source.at), message)
            .label("not where it comes from")
            .about(phase, path)
            .why("whoever looks for a lost value looks in the wrong phase");
        let mut producers = judged.arrival.producers.iter().map(|index| &flow.producers[*index]);
        match producers.rfind(|producer| producer.phase().is_some()) {
            Some(producer) => {
                let by = producer.phase().map_or(named.name, |phase| phase.name);
                let intent = yaml::Intent::ReplaceScalar(source.at, by.as_str().to_owned());
                finding = finding
                    .related(producer.at, words::produced(producer))
                    .help(format!("name `{by}` (quick fix)"))
                    .fix(Fix::offered(
                        format!("name `{by}` as the source"),
                        vec![offers::in_contract(pipeline, intent)],
                    ));
            }
            None if fault == SourceFault::NotProducer => {
                finding = finding.help(format!("let `{}` produce `{path}`", named.name));
            }
            None => {
                finding = finding.help(format!(
                    "let a phase before `{phase}` produce `{path}`, and name that one"
                ));
            }
        }
        findings.push(finding);
    }
}
