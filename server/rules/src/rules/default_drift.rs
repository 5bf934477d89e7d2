//! `default-drift`: contract and code fall back to different values.

use contracts::path::Relation;
use contracts::propagation::Field;
use contracts::value::Value;
use facts::places::Anchor;
use graph::handler::Handler;
use graph::pipeline::{Phase, Pipeline};
use graph::summary::{Read, Strength};
use syntax::edit::yaml;

use crate::finding::Finding;
use crate::fix::{Fix, Intent};
use crate::level::Level;
use crate::offers;
use crate::rule::{Check, PipelineScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "default-drift",
    weight: Weight::Always(Level::Warning),
    summary: "contract and code fall back to different values",
    page: include_str!("../../../../docs/rules/default-drift.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let pipeline = scope.flow.pipeline;
    for phase in &pipeline.phases {
        for handler in &phase.handlers {
            let mut seen: Vec<(Anchor, &Value)> = Vec::new();
            for read in handler.summary.iter().flat_map(|summary| &summary.reads) {
                let Strength::Defaulted(Some(code)) = &read.strength else {
                    continue;
                };
                let Some((field, contract)) = declared(pipeline, phase, read) else {
                    continue;
                };
                if is_same(contract, code) || seen.contains(&(read.site.at, code)) {
                    continue;
                }
                seen.push((read.site.at, code));
                findings.push(report(pipeline, phase, handler, read, (field, contract, code)));
            }
        }
    }
}

/// The entry for exactly this field that has a default, and that default.
fn declared<'p>(
    pipeline: &'p Pipeline,
    phase: &Phase,
    read: &Read,
) -> Option<(&'p Field, &'p Value)> {
    pipeline.declared(phase).all_fields().find_map(|(boundary, field)| {
        let same = field.path.value.relation(read.path) == Some(Relation::Same);
        let default = field.default.as_ref()?;
        (boundary.is_entry() && same).then_some((field, &default.value))
    })
}

/// Whether the two are one value, as Python compares them. `None` is what `get` gives anyway, and no
/// fallback; of what is known by its text alone nothing is said.
fn is_same(contract: &Value, code: &Value) -> bool {
    match (contract, code) {
        (_, Value::Null | Value::Other(_)) | (Value::Other(_), _) => true,
        _ => contract.equals(code),
    }
}

fn report(
    pipeline: &Pipeline,
    phase: &Phase,
    handler: &Handler,
    read: &Read,
    (field, contract, code): (&Field, &Value, &Value),
) -> Finding {
    let (phase, path) = (phase.name, read.path);
    let message =
        format!("`{phase}` falls back to {code} for `{path}`, and its contract to {contract}");
    let default_at = field.default.as_ref().map_or(field.at, |default| default.at);
    let to_code = yaml::Intent::ReplaceValue(default_at, code.to_yaml());
    let mut finding = Finding::new(&RULE, Level::Warning, read.site.at, message)
        .label(format!("{code} in `{}`", handler.name))
        .about(phase, path)
        .related(pipeline.anchor(default_at), format!("{contract} in the contract"))
        .why("which value wins depends on who is asked first");
    for call in &read.site.through {
        finding = finding.related(*call, "through this call");
    }
    let finding = finding.help("take one of the two on both sides (quick fix)").fix(Fix::offered(
        format!("take the code's {code} into the contract"),
        vec![offers::in_contract(pipeline, to_code)],
    ));
    let Some(literal) = offers::python_literal(contract) else {
        return finding;
    };
    finding.fix(Fix::offered(
        format!("take the contract's {contract} into the code"),
        vec![Intent::PythonDefault(read.site.at, literal)],
    ))
}
