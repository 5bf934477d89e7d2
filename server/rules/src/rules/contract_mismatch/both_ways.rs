//! Edits that make code and contract agree: the contract's word into the code, or the code's into the
//! contract.

use contracts::propagation::{Boundary, Field, Located, Severity};
use contracts::value::Value;
use facts::places::Anchor;
use facts::python::declarations::Side;
use graph::code_contract::CodeField;
use syntax::edit::yaml;
use text::name::Name;

use super::{Both, Held, Mismatch};
use crate::fix::{Fix, Intent};
use crate::offers::{self, Entry};

/// The edits, those of the code first, since the contract is the source of truth.
pub(super) fn fixes(held: &Held<'_>, mismatch: &Mismatch<'_>) -> Vec<Fix> {
    let pair = match mismatch {
        Mismatch::OnlyInCode(code) => {
            [Some(remove_from_code(held, code)), Some(add_to_contract(held, code))]
        }
        Mismatch::OnlyInContract(field, boundary) => {
            [add_to_code(held, field), Some(remove_from_contract(held, field, *boundary))]
        }
        Mismatch::Type(_, contract, code) => types(held, *contract, *code),
        Mismatch::Critical(both, code) => severities(held, *both, *code),
        Mismatch::Default(both, contract, code) => defaults(held, *both, *contract, *code),
    };
    pair.into_iter().flatten().collect()
}

fn into_code(what: &str, intent: Intent) -> Fix {
    Fix::offered(format!("take the contract's {what} into the code"), vec![intent])
}

fn into_contract(held: &Held<'_>, what: &str, intent: yaml::Intent) -> Fix {
    let title = format!("take the code's {what} into the contract");
    Fix::offered(title, vec![Intent::Yaml(held.pipeline.file(), intent)])
}

fn remove_from_code(held: &Held<'_>, code: &CodeField) -> Fix {
    let title = format!("remove `{}` from {}", code.path, held.side.side.attribute());
    Fix::offered(title, vec![Intent::PythonRemoveItem(code.entry)])
}

fn add_to_code(held: &Held<'_>, field: &Field) -> Option<Fix> {
    let path = field.path.value;
    let entry = Entry {
        type_name: field.type_name.map(|named| named.value.as_str().to_owned()),
        default: field.default.as_ref().map(|default| default.value.clone()),
        ..Entry::of(path)
    };
    let item = entry.python(field.severity == Severity::Blocking)?;
    let title = format!("add `{path}` to {}", held.side.side.attribute());
    Some(Fix::offered(title, vec![Intent::PythonAddItems(held.side.dict?, vec![item])]))
}

fn add_to_contract(held: &Held<'_>, code: &CodeField) -> Fix {
    let is_critical = code.critical.is_none_or(|(critical, _)| critical);
    let boundary = match held.side.side {
        Side::Requires if code.default.is_some() || !is_critical => Boundary::EntryEnrichment,
        Side::Requires => Boundary::EntryRequired,
        Side::Produces if is_critical => Boundary::ExitRequired,
        Side::Produces => Boundary::ExitOptional,
    };
    let is_light = !is_critical || boundary == Boundary::EntryEnrichment;
    let entry = Entry {
        path: code.path,
        type_name: code.type_name.map(|(name, _)| Value::Text(name).to_yaml()),
        severity: is_light.then_some(Severity::Warning),
        default: code.default.as_ref().and_then(|(value, _)| value.clone()),
    };
    offers::add_item(held.pipeline, held.phase, boundary, &entry)
}

fn remove_from_contract(held: &Held<'_>, field: &Field, boundary: Boundary) -> Fix {
    let title = format!("remove `{}` from {}", field.path.value, boundary.as_str());
    let intent = yaml::Intent::RemoveItem(field.at);
    Fix::offered(title, vec![Intent::Yaml(held.pipeline.file(), intent)])
}

fn types(held: &Held<'_>, contract: Located<Name>, (code, at): (Name, Anchor)) -> [Option<Fix>; 2] {
    let replace = yaml::Intent::ReplaceScalar(contract.at, code.as_str().to_owned());
    [
        Some(into_code("type", Intent::PythonExpression(at, contract.value.as_str().to_owned()))),
        Some(into_contract(held, "type", replace)),
    ]
}

fn severities(held: &Held<'_>, both: Both<'_>, (critical, at): (bool, Anchor)) -> [Option<Fix>; 2] {
    let truth = if critical { "False" } else { "True" };
    let severity = if critical { "blocking" } else { "warning" }.to_owned();
    let say = match both.field.severity_at {
        Some(at) => yaml::Intent::ReplaceScalar(at, severity),
        None => yaml::Intent::InsertEntry(both.field.at, "severity".to_owned(), severity),
    };
    [
        Some(into_code("severity", Intent::PythonExpression(at, truth.to_owned()))),
        Some(into_contract(held, "severity", say)),
    ]
}

fn defaults(
    held: &Held<'_>,
    both: Both<'_>,
    contract: Option<&Value>,
    code: Option<&Value>,
) -> [Option<Fix>; 2] {
    let written = both.code.default.as_ref().map(|(_, at)| *at);
    let to_code = match (contract, written) {
        (Some(value), Some(at)) => offers::python_literal(value)
            .map(|literal| into_code("default", Intent::PythonExpression(at, literal))),
        (Some(value), None) => {
            both.code.call.zip(offers::python_literal(value)).map(|(call, literal)| {
                into_code(
                    "default",
                    Intent::PythonAddItems(call, vec![format!("default={literal}")]),
                )
            })
        }
        (None, _) => None,
    };
    let declared = both.field.default.as_ref().map(|default| default.at);
    let to_contract = code.map(|value| {
        let intent = match declared {
            Some(at) => yaml::Intent::ReplaceValue(at, value.to_yaml()),
            None => yaml::Intent::InsertEntry(both.field.at, "default".to_owned(), value.to_yaml()),
        };
        into_contract(held, "default", intent)
    });
    [to_code, to_contract]
}
