//! `unknown-handler-phase`: code carries out a phase that its pipeline does not have.

use graph::handler::{Code, Handler};
use graph::pipeline::Pipeline;
use text::near::nearest;

use crate::finding::Finding;
use crate::fix::{Fix, Intent};
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::words;

pub(crate) static RULE: Rule = Rule {
    name: "unknown-handler-phase",
    weight: Weight::Always(Level::Warning),
    summary: "code names a phase that its pipeline does not have",
    page: include_str!("../../../../docs/rules/unknown-handler-phase.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let pipeline = scope.flow.pipeline;
    // A contract without readable phases has its own finding; everything would be unknown here.
    if !pipeline.phases.is_empty() {
        findings.extend(pipeline.stray_handlers.iter().map(|handler| report(pipeline, handler)));
    }
}

fn report(pipeline: &Pipeline, handler: &Handler) -> Finding {
    let phase = handler.phase;
    let message = format!(
        "`{}` carries out `{phase}`, but pipeline `{}` has no such phase",
        handler.name, pipeline.name
    );
    let mut finding = Finding::new(&RULE, Level::Warning, handler.phase_at, message)
        .label("no phase has this name")
        .why("nothing holds the handler against a contract: what it loses goes unnoticed");
    finding.phase = Some(phase);
    if handler.phase_at != handler.at && matches!(handler.code, Code::Class(_)) {
        finding = finding.related(handler.at, format!("`{}` is the handler", handler.name));
    }
    let known = pipeline.phases.iter().map(|phase| phase.name.as_str());
    let Some((near, _)) = nearest(phase.as_str(), known.clone()) else {
        let known = words::listed(&known.collect::<Vec<_>>(), '`');
        return finding
            .help(format!("the phases are {known}"))
            .help("or declare the phase in the contract");
    };
    if let Some(meant) = pipeline.phases.iter().find(|phase| phase.name.as_str() == near) {
        let at = pipeline.anchor(pipeline.declared(meant).name.at);
        finding = finding.related(at, format!("`{near}` is declared here"));
    }
    finding.help(format!("name `{near}`, if that is meant (quick fix)")).fix(Fix::offered(
        format!("name `{near}`"),
        vec![Intent::PythonString(handler.phase_at, near.to_owned())],
    ))
}
