//! `severity-conflict`: a blocking requirement that only weak promises feed.

use contracts::propagation::{Boundary, Severity};
use graph::flow::producer::By;

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "severity-conflict",
    weight: Weight::Always(Level::Information),
    summary: "only an optional or advisory product feeds a blocking requirement",
    page: include_str!("../../../../docs/rules/severity-conflict.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    for judged in scope.judged {
        let demand = judged.demand;
        let Some((field, Boundary::EntryRequired)) = demand.entry() else { continue };
        if field.severity != Severity::Blocking {
            continue;
        }
        // Two sides of the contract are compared; what the code does besides is no promise.
        let arriving = judged.arrival.producers.iter().map(|index| &scope.flow.producers[*index]);
        let promises: Vec<_> =
            arriving.filter(|producer| !matches!(producer.by, By::Code(..))).collect();
        let weak = promises.iter().all(|promise| promise.is_weak());
        let Some(promise) = promises.first().filter(|_| weak) else { continue };
        let (phase, path) = (demand.phase.name, demand.path);
        let how = match promise.exit() {
            Some((_, Boundary::ExitOptional)) => "optional",
            _ => "advisory",
        };
        let message =
            format!("`{phase}` cannot do without `{path}`, whose producer calls it {how}");
        let mut finding = Finding::new(&RULE, Level::Information, demand.at, message)
            .label("required here, severity blocking")
            .about(phase, path)
            .why("one side of the contract promises less than the other relies on")
            .help("promise it in exit.required with severity blocking")
            .help("or lower the requirement");
        for promise in promises {
            finding = finding.related(promise.at, words::produced(promise));
        }
        findings.push(finding);
    }
}
