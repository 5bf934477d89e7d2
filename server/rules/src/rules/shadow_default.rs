//! `shadow-default`: a default that wins without anybody noticing.

use contracts::value::Value;
use graph::drawn::Drawing;
use graph::flow::Flow;
use graph::flow::demand::{Demand, Wanted};
use graph::flow::verdict::{Judged, Verdict, critical_by};
use graph::summary::Strength;
use syntax::edit::yaml;

use crate::declared;
use crate::finding::Finding;
use crate::fix::{Fix, Intent};
use crate::level::Level;
use crate::offers;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::select;
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "shadow-default",
    weight: Weight::Always(Level::Warning),
    summary: "a default wins, always or sometimes, without anybody noticing",
    page: include_str!("../../../../docs/rules/shadow-default.md"),
    check: Check::Pipeline(check),
};

/// What is said of a read whose default wins every time.
const ALWAYS: &str = "the default always wins";

/// Whether a finding says of a read that its default wins every time.
#[must_use]
pub fn is_certain(finding: &Finding) -> bool {
    finding.rule.name == RULE.name && finding.label == ALWAYS
}

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let mut keys = Vec::new();
    for judged in select::first_of_each_field(scope.judged) {
        // Of a key that no schema declares, every part is lost for that one reason.
        if scope.flow.pipeline.drawing.is_some() {
            let key = (judged.demand.phase.index, judged.demand.path.root());
            if keys.contains(&key) {
                continue;
            }
            keys.extend(matches!(judged.verdict, Verdict::Shadowed(_)).then_some(key));
        }
        match judged.verdict {
            Verdict::Shadowed(near) if is_known(scope.flow, judged.demand, near) => {
                findings.push(always(scope.flow, judged, near));
            }
            Verdict::SometimesShadowed => findings.push(sometimes(scope.flow, judged)),
            _ => {}
        }
    }
}

/// A key that the pipeline has never heard of, nor nearly, is a private option with a default: no
/// field of the pipeline is lost by it.
fn is_known(flow: &Flow<'_>, demand: &Demand<'_>, near: Option<usize>) -> bool {
    flow.pipeline.drawing.is_some()
        || demand.entry().is_some()
        || near.is_some()
        || words::is_known(flow, demand)
}

fn always(flow: &Flow<'_>, judged: &Judged<'_, '_>, near: Option<usize>) -> Finding {
    let demand = judged.demand;
    let (phase, path) = (demand.phase.name, demand.path);
    let message =
        format!("`{path}` always falls back to {} in `{phase}`", words::shown(default(demand)));
    let mut finding =
        Finding::new(&RULE, Level::Warning, demand.at, message).label(ALWAYS).about(phase, path);
    if flow.pipeline.drawing.is_none() {
        finding = finding.why(format!(
            "no phase before `{phase}` produces `{path}`, and the default hides that"
        ));
    }
    if let Some(drawing) = &flow.pipeline.drawing {
        return keyless(flow, drawing, demand, finding);
    }
    match near.map(|index| &flow.producers[index]) {
        Some(producer) => {
            finding = finding
                .related(producer.at, words::near_namesake(producer))
                .help(format!("rename to `{}`, if that is meant (quick fix)", producer.path));
            finding.fixes.extend(match demand.by {
                Wanted::Entry(field, _) => {
                    Some(offers::rename_field(flow.pipeline, field, producer.path))
                }
                Wanted::Code(..) => offers::rename_key(demand.at, path, producer.path),
                Wanted::Drawn(_) => None,
            });
        }
        None => finding = finding.help(format!("let an earlier phase produce `{path}`")),
    }
    finding = finding
        .help(format!("or declare it as an input of pipeline `{}` (quick fix)", flow.pipeline.name))
        .fix(offers::declare(flow.pipeline, "input", path));
    match demand.by {
        Wanted::Entry(field, _) => {
            for (at, read) in words::reads_in_code(flow, demand.phase, path) {
                finding = finding.related(at, format!("read here, {read}"));
            }
            finding.help("or remove the entry, if nobody is to produce it").fix(Fix::offered(
                format!("remove the entry `{path}`"),
                vec![offers::in_contract(flow.pipeline, yaml::Intent::RemoveItem(field.at))],
            ))
        }
        Wanted::Code(..) => finding
            .help("or use the value itself, if it is meant to be fixed")
            .help("or remove the default, so that the absence is seen (quick fix)")
            .fix(Fix::offered(
                format!("remove the default of `{path}`, so that its absence is seen"),
                vec![Intent::PythonNoDefault(demand.at)],
            )),
        Wanted::Drawn(_) => finding,
    }
}

/// A read of a key that no schema of a workflow declares.
fn keyless(flow: &Flow<'_>, drawing: &Drawing, demand: &Demand<'_>, finding: Finding) -> Finding {
    let key = demand.path.root();
    let mut finding = finding.why(format!(
        "no schema of the graph declares `{key}`: {} keeps nothing under it, and the default hides that",
        drawing.framework.name()
    ));
    finding = words::dropped_writes(flow.pipeline, key, finding);
    finding = words::nearest_key(drawing, demand.at, (key, "read"), finding);
    finding.help(format!("declare `{key}` in {}, and let a node write it", words::schema(drawing)))
}

fn sometimes(flow: &Flow<'_>, judged: &Judged<'_, '_>) -> Finding {
    let demand = judged.demand;
    let (phase, path) = (demand.phase.name, demand.path);
    let message = format!(
        "`{path}` is critical, is not always produced, and falls back to {} in `{phase}`",
        words::shown(default(demand))
    );
    let mut finding = Finding::new(&RULE, Level::Warning, demand.at, message)
        .label("the default sometimes wins")
        .about(phase, path)
        .why("on the paths without it, nobody sees that the default was used")
        .help(format!("produce `{path}` on every path"))
        .help("or lower its severity, if the default is as good");
    for index in &judged.arrival.producers {
        let producer = &flow.producers[*index];
        finding = finding.related(producer.at, words::produced(producer));
    }
    if let Some(at) = critical_by(flow, path) {
        finding = finding.related(at, format!("`{path}` is critical by this"));
    }
    let Wanted::Entry(field, _) = demand.by else {
        return finding;
    };
    let Some(default) = &field.default else {
        return finding;
    };
    let remove = yaml::Intent::RemoveEntry(declared::key_of(default.at));
    finding.fix(Fix::offered(
        format!("remove the default of `{path}`, so that its absence is seen"),
        vec![offers::in_contract(flow.pipeline, remove)],
    ))
}

fn default<'p>(demand: &Demand<'p>) -> Option<&'p Value> {
    match demand.by {
        Wanted::Entry(field, _) => field.default.as_ref().map(|default| &default.value),
        Wanted::Code(_, read) => match &read.strength {
            Strength::Defaulted(value) => value.as_ref(),
            _ => None,
        },
        Wanted::Drawn(_) => None,
    }
}
