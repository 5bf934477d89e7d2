//! `dangling-read`: required where no earlier phase produces it.

use contracts::path::FieldPath;
use contracts::propagation::Boundary;
use graph::drawn::Drawing;
use graph::flow::Flow;
use graph::flow::demand::{Demand, Wanted};
use graph::flow::verdict::Verdict;
use graph::handler::Handler;
use graph::order::plan::{Ask, AskedBy};
use graph::summary::{Read, Strength};

use crate::finding::Finding;
use crate::level::Level;
use crate::offers;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "dangling-read",
    weight: Weight::BySeverity,
    summary: "a field is required where no earlier phase produces it",
    page: include_str!("../../../../docs/rules/dangling-read.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let mut told = Vec::new();
    for judged in scope.judged {
        // Several reads of one lost key are one cause.
        let cause = (judged.demand.phase.index, judged.demand.path.root());
        if judged.demand.read().is_some() && told.contains(&cause) {
            continue;
        }
        let near = match judged.verdict {
            Verdict::Dangling(near) => near,
            // Code that cannot be seen through may write it: a hint, and no more. Where a default
            // stands in besides, not even that.
            Verdict::Unseen if !judged.demand.has_default() => None,
            _ => continue,
        };
        if let Some(finding) = report(scope.flow, judged.demand, near, &judged.verdict) {
            findings.push(finding);
            told.push(cause);
        }
    }
}

fn report(
    flow: &Flow<'_>,
    demand: &Demand<'_>,
    near: Option<usize>,
    verdict: &Verdict,
) -> Option<Finding> {
    let (field, boundary) = match demand.by {
        Wanted::Entry(field, boundary) => (field, boundary),
        Wanted::Drawn(ask) => return drawn(flow, demand, ask, near, verdict),
        Wanted::Code(handler, read) => {
            // A read in code that no contract declares is the business of `undeclared-read`.
            let drawing = flow.pipeline.drawing.as_ref().filter(|_| *verdict != Verdict::Unseen)?;
            return Some(keyless(flow, drawing, demand, (handler, read)));
        }
    };
    let phase = demand.phase.name;
    let path = demand.path;
    let (verb, level) = match boundary {
        Boundary::EntryRequired => ("requires", Level::from(field.severity)),
        _ => ("is enriched with", Level::from(field.severity).min(Level::Warning)),
    };
    let level = if *verdict == Verdict::Unseen { Level::Hint } else { level };
    let what = if *verdict == Verdict::Unseen {
        format!("`{phase}` {verb} `{path}`, and no earlier phase is seen to produce it")
    } else {
        format!("`{phase}` {verb} `{path}`, but no earlier phase produces it")
    };
    let mut finding = Finding::new(&RULE, level, demand.at, what)
        .label(format!("{} here, severity {}", words::asked(boundary), field.severity.as_str()))
        .why(format!("nothing fails at run time; `{phase}` works without its `{path}`"))
        .about(demand.phase.name, path);
    let pipeline = flow.pipeline;
    match near.map(|index| &flow.producers[index]) {
        Some(producer) => {
            let near = producer.path;
            finding = finding
                .related(producer.at, words::near_namesake(producer))
                .help(format!("rename to `{near}`, if that is meant (quick fix)"))
                .fix(offers::rename_field(pipeline, field, near));
        }
        None => finding = finding.help(format!("let an earlier phase produce `{path}`")),
    }
    finding = elsewhere(flow, demand, finding);
    if let Some(before) = flow.before(demand.phase).filter(|_| near.is_none()) {
        finding = finding.fix(offers::add_promise(pipeline, before, path, field));
    }
    Some(
        finding
            .help(format!("or declare it as an input of pipeline `{}` (quick fix)", pipeline.name))
            .fix(offers::declare(pipeline, "input", path)),
    )
}

/// What code reads of a workflow's state though no schema declares it.
fn keyless(
    flow: &Flow<'_>,
    drawing: &Drawing,
    demand: &Demand<'_>,
    (handler, read): (&Handler, &Read),
) -> Finding {
    let (phase, key) = (demand.phase.name, demand.path.root());
    let path = FieldPath::from_segments(vec![key]);
    let message = format!("`{phase}` reads `{key}`, which no schema of its graph declares");
    let level = if read.strength == Strength::Hard { Level::Error } else { Level::Warning };
    let mut finding = Finding::new(&RULE, level, demand.at, message)
        .label(format!("read by `{}`, {}", handler.name, words::read_how(&read.strength)))
        .about(phase, path)
        .why(format!("{} keeps nothing under it: it is never there", drawing.framework.name()));
    for call in &read.site.through {
        finding = finding.related(*call, "through this call");
    }
    finding = words::dropped_writes(flow.pipeline, key, finding);
    finding = words::nearest_key(drawing, demand.at, (key, "read"), finding);
    finding.help(format!("declare `{key}` in {}", words::schema(drawing)))
}

/// What the topology asks for by itself.
fn drawn(
    flow: &Flow<'_>,
    demand: &Demand<'_>,
    ask: &Ask,
    near: Option<usize>,
    verdict: &Verdict,
) -> Option<Finding> {
    // Code that is not seen through may produce it; a drawing is not held against that.
    if *verdict == Verdict::Unseen {
        return None;
    }
    let (phase, path) = (demand.phase.name, demand.path);
    let message =
        format!("`{phase}` {} `{path}`, but no earlier phase produces it", words::asks(demand));
    let why = match ask.by {
        AskedBy::Node | AskedBy::NodeIfThere | AskedBy::Merge => {
            format!("nothing fails at run time; `{phase}` works without its `{path}`")
        }
        AskedBy::Loop(_) => "what a loop keeps is there before its first round".to_owned(),
        AskedBy::Edge(_) => "an edge preserves what is there, and makes nothing".to_owned(),
    };
    let mut finding = Finding::new(&RULE, words::level_of(flow, demand), demand.at, message)
        .label(words::asked_here(demand))
        .about(phase, path)
        .why(why);
    if let Some(producer) = near.map(|index| &flow.producers[index]) {
        finding = finding
            .related(producer.at, words::near_namesake(producer))
            .help(format!("name `{}`, if that is meant", producer.path));
    } else {
        finding = finding.help(format!("let an earlier phase produce `{path}`"));
    }
    let pipeline = flow.pipeline;
    Some(
        elsewhere(flow, demand, finding)
            .help(format!("or declare it as an input of pipeline `{}` (quick fix)", pipeline.name))
            .fix(offers::declare(pipeline, "input", path)),
    )
}

/// The finding with those that produce the field on another branch.
fn elsewhere(flow: &Flow<'_>, demand: &Demand<'_>, mut finding: Finding) -> Finding {
    if flow.pipeline.order.is_line() {
        return finding;
    }
    for index in flow.producers_of_path(demand.path) {
        let producer = &flow.producers[index];
        let other = producer.phase().filter(|phase| phase.index != demand.phase.index);
        if let Some(other) = other.filter(|_| producer.concerns(demand.path)) {
            let told = format!("`{}` produces it, and does not run before", other.name);
            finding = finding.related(producer.at, told);
        }
    }
    finding
}
