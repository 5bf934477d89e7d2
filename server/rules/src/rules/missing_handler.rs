//! `missing-handler`: a phase without code, where the pipeline's other phases have it.

use graph::discovery::phase_of_class;
use graph::fold::ENTRY_POINTS;
use graph::handler::{Code, Handler};
use graph::pipeline::{Phase, Pipeline};
use syntax::edit::python::Stub;
use text::name::Name;

use crate::finding::Finding;
use crate::fix::{Fix, Intent};
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "missing-handler",
    weight: Weight::Always(Level::Information),
    summary: "a phase has no handler, though most others of its pipeline have one",
    page: include_str!("../../../../docs/rules/missing-handler.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let pipeline = scope.flow.pipeline;
    // A node that is not tied to code has some.
    if pipeline.drawing.is_some() {
        return;
    }
    let (with, without): (Vec<&Phase>, Vec<&Phase>) =
        pipeline.phases.iter().partition(|phase| !phase.handlers.is_empty());
    // Few handlers may be there by chance; and one without a phase may be the one that is missed.
    if with.len() > without.len() && pipeline.stray_handlers.is_empty() {
        findings.extend(without.iter().map(|phase| report(pipeline, phase, &with)));
    }
}

fn report(pipeline: &Pipeline, phase: &Phase, with: &[&Phase]) -> Finding {
    let name = phase.name;
    let at = pipeline.anchor(pipeline.declared(phase).name.at);
    let message = format!("no code carries out `{name}`");
    let mut finding = Finding::new(&RULE, Level::Information, at, message)
        .label("no handler was found")
        .why("what the contract says of the phase is held against nothing");
    finding.phase = Some(name);
    let finding =
        finding.help("write a handler for it, or bind the one that there is in the settings");
    let Some((neighbour, model)) = neighbour(phase, with) else { return finding };
    let stub = stub(phase, neighbour, model);
    let told = format!("`{}` carries out `{}`", model.name, neighbour.name);
    finding.related(model.at, told).fix(Fix::offered(
        format!("create `{}`", stub.class),
        vec![Intent::PythonStub(model.at, stub)],
    ))
}

/// The nearest phase that a class carries out, the one before rather than the one after.
fn neighbour<'p>(phase: &Phase, with: &[&'p Phase]) -> Option<(&'p Phase, &'p Handler)> {
    let class = |other: &&'p Phase| {
        let other: &'p Phase = other;
        let handler =
            other.handlers.iter().find(|handler| matches!(handler.code, Code::Class(_)))?;
        Some((other, handler))
    };
    let found = with.iter().filter_map(class);
    found.min_by_key(|(other, _)| (other.index.abs_diff(phase.index), other.index > phase.index))
}

/// A handler like `model`, for this phase.
fn stub(phase: &Phase, neighbour: &Phase, model: &Handler) -> Stub {
    let own = model.name.as_str();
    let ending = own.strip_prefix(camel_case(neighbour.name.as_str()).as_str());
    let ending = ending.filter(|rest| !rest.is_empty()).unwrap_or("PhaseHandler");
    let class = format!("{}{ending}", camel_case(phase.name.as_str()));
    let says_phase = phase_of_class(Name::new(&class), &[]) == phase.name;
    let named = (!says_phase).then(|| phase.name.as_str().to_owned());
    Stub { class, phase: named, methods: &ENTRY_POINTS }
}

/// `quality_check` as `QualityCheck`.
fn camel_case(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_alphanumeric());
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        first + letters.as_str()
    };
    words.map(capital).collect()
}
