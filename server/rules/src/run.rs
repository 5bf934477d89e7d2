//! Every rule, run over a file or a pipeline.

use graph::flow::Flow;
use graph::flow::verdict;
use graph::pipeline::Pipeline;

use crate::finding::Finding;
use crate::rule::{Check, ContractScope, FileScope, PipelineScope};
use crate::rules;

/// The findings of every rule about one file by itself, in the order of the rules.
#[must_use]
pub fn file(scope: &FileScope<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in rules::ALL {
        if let Check::File(check) = rule.check {
            check(scope, &mut findings);
        }
    }
    findings
}

/// The findings of every rule about one contract of another kind than propagation, in the order of
/// the rules.
#[must_use]
pub fn contract(scope: &ContractScope<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in rules::ALL {
        if let Check::Contract(check) = rule.check {
            check(scope, &mut findings);
        }
    }
    findings
}

/// The findings of every rule about one pipeline, in the order of the rules.
#[must_use]
pub fn pipeline(pipeline: &Pipeline) -> Vec<Finding> {
    let flow = Flow::new(pipeline);
    let judged = verdict::judge(&flow);
    let scope = PipelineScope { flow: &flow, judged: &judged };
    let mut findings = Vec::new();
    for rule in rules::ALL {
        if let Check::Pipeline(check) = rule.check {
            check(&scope, &mut findings);
        }
    }
    for finding in &mut findings {
        finding.pipeline = Some(pipeline.name);
    }
    findings
}
