//! `value-conflict`: code writes a value that cannot be of the declared type.

use contracts::propagation::{Field, Located};
use contracts::types::Type;
use contracts::value::Value;
use graph::pipeline::{Phase, Pipeline};
use graph::summary::{Write, WrittenValue};
use syntax::edit::yaml;
use text::name::Name;

use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::offers;
use crate::rule::{Check, PipelineScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "value-conflict",
    weight: Weight::Always(Level::Warning),
    summary: "code writes a value that does not fit the declared type",
    page: include_str!("../../../../docs/rules/value-conflict.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let pipeline = scope.flow.pipeline;
    for phase in &pipeline.phases {
        for handler in &phase.handlers {
            for write in handler.summary.iter().flat_map(|summary| &summary.writes) {
                let Some((field, declared)) = declared(pipeline, phase, write) else { continue };
                if let Some(given) = misfit(&write.value, declared.value) {
                    findings.push(report(pipeline, phase, write, (field, declared), &given));
                }
            }
        }
    }
}

/// The exit for exactly this field, or else an entry for it, whose type is written.
fn declared<'p>(
    pipeline: &'p Pipeline,
    phase: &Phase,
    write: &Write,
) -> Option<(&'p Field, Located<Name>)> {
    let same = |field: &Field| field.path.value == write.path;
    let fields = || pipeline.declared(phase).all_fields().filter(|(_, field)| same(field));
    let exit = fields().find(|(boundary, _)| !boundary.is_entry());
    let (_, field) = exit.or_else(|| fields().next())?;
    Some((field, field.type_name?))
}

/// What the written value is, where it certainly is of another type. `None` stands for a value that
/// is still to come.
fn misfit(value: &WrittenValue, declared: Name) -> Option<String> {
    let wanted = Type::named(declared)?;
    match value {
        WrittenValue::Literal(Value::Null) => None,
        WrittenValue::Literal(value) => (!wanted.accepts(value)).then(|| value.to_string()),
        made => {
            let name = made.type_name()?;
            let conflicts = Type::named(Name::new(name))?.conflicts(wanted);
            conflicts.then(|| format!("a value of type {name}"))
        }
    }
}

fn report(
    pipeline: &Pipeline,
    phase: &Phase,
    write: &Write,
    (field, declared): (&Field, Located<Name>),
    given: &str,
) -> Finding {
    let path = write.path;
    let wanted = declared.value;
    let message = format!("`{}` writes {given} to `{path}`, declared as {wanted}", phase.name);
    let mut finding = Finding::new(&RULE, Level::Warning, write.site.at, message)
        .label(format!("{given} here"))
        .about(phase.name, path)
        .related(pipeline.anchor(declared.at), format!("{wanted} in the contract"))
        .why("types are not checked at run time: whoever reads it works on a value it does not expect");
    for call in &write.site.through {
        finding = finding.related(*call, "through this call");
    }
    let finding =
        finding.help(format!("write a {wanted}, or declare the type that is really written"));
    // A default of the old type would conflict with the new one.
    let Some(real) = offers::written_type(&write.value).filter(|_| field.default.is_none()) else {
        return finding;
    };
    let intent = yaml::Intent::ReplaceScalar(declared.at, real.to_owned());
    finding.fix(Fix::offered(
        format!("declare `{path}` as {real}"),
        vec![offers::in_contract(pipeline, intent)],
    ))
}
