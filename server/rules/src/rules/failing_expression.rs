//! `failing-expression`: a verification that loads, and tells nothing when it is evaluated.

use contracts::propagation::{Boundary, Chain, Contract, Endpoint};
use contracts::types::Type;
use contracts::verification;
use contracts::verification::failing::{Ends, Failing, Failure, failures};

use super::invalid_expression::part;
use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "failing-expression",
    weight: Weight::Between(Level::Information, Level::Warning),
    summary: "a verification that cannot succeed, or always does",
    page: include_str!("../../../../docs/rules/failing-expression.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for contract in &scope.facts.contracts {
        let Some(propagation) = contract.propagation() else { continue };
        for (index, chain) in propagation.chains.iter().enumerate() {
            let Some(written) = chain.verification else {
                continue;
            };
            let text = written.value.as_str();
            let checked = verification::checked(written.value);
            let Ok(expression) = &*checked else {
                continue;
            };
            let [source, dest] = types(propagation, chain);
            let ends = Ends { source: source.as_ref(), dest: dest.as_ref() };
            for failure in failures(expression, ends) {
                let (message, help) = words(&failure.kind, failure.span.of(text));
                let finding = part(&RULE, scope, (contract, index), failure.span, message);
                findings.extend(finding.map(|mut finding| {
                    if let Failing::HiddenVariable(_, true) = failure.kind {
                        finding.level = Level::Information;
                    }
                    finding.why(why(&failure)).help(help)
                }));
            }
        }
    }
}

const CORRECT_TYPE: &str =
    "compare with a value of the type that the field has, or correct the type of the field";

/// What follows.
fn why(failure: &Failure) -> &'static str {
    match failure.kind {
        Failing::NeverEqual { whole: false, .. } => "this part decides nothing",
        Failing::NeverEqual { truth: true, .. } => "the chain is never verified by it",
        Failing::NeverEqual { .. } | Failing::Constant(Some(false)) => {
            "the chain counts as broken in every run"
        }
        Failing::Constant(_) => "the chain is never verified by it",
        _ if failure.always => {
            "evaluation fails there, and the chain counts as broken whatever the value is"
        }
        _ => "evaluation fails wherever it comes to this part, and the chain counts as broken",
    }
}

fn words(kind: &Failing, part: &str) -> (String, String) {
    let before_the_dot = || part.rsplit_once('.').map_or(part, |(before, _)| before);
    match kind {
        Failing::MissingBuiltin(name) => (
            format!("`{name}` is not there when the verification is evaluated"),
            instead_of(name).to_owned(),
        ),
        Failing::UnknownName(name) => (
            format!("no variable has the name `{name}`"),
            "use `source`, `dest` and `context`; quote it, if text is meant".to_owned(),
        ),
        Failing::HiddenVariable(name, older) => (
            match older {
                true => format!("`{name}` is not seen inside a comprehension before Python 3.12"),
                false => format!("`{name}` is not seen inside a generator"),
            },
            "compare the values as a whole".to_owned(),
        ),
        Failing::Attribute(name) => (
            format!("`{part}` reads an attribute, and plain values have keys or methods"),
            format!("read a key with `{}.get('{name}')`", before_the_dot()),
        ),
        Failing::MissingMethod(name) => (
            format!("`{}` has no method `{name}` by its type", before_the_dot()),
            "compare the value itself, or correct the type of the field".to_owned(),
        ),
        Failing::NoItems => (
            format!("`{part}` asks for an item that the type does not have"),
            "compare the value itself, or correct the type of the field".to_owned(),
        ),
        Failing::Operands { operator, left, right } => {
            let message = match left {
                Some(left) => format!("`{operator}` does not go between `{left}` and `{right}`"),
                None => format!("`{operator}` does not take `{right}`"),
            };
            (message, CORRECT_TYPE.to_owned())
        }
        Failing::NeverEqual { left, right, truth, .. } => (
            format!("`{part}` is always {truth}: `{left}` never equals `{right}`"),
            CORRECT_TYPE.to_owned(),
        ),
        Failing::Suspends => {
            (format!("`{part}` may stand in functions alone"), "leave it out".to_owned())
        }
        Failing::Constant(truth) => (
            match truth {
                Some(true) => "the result is always true".to_owned(),
                Some(false) => "the result is always false".to_owned(),
                None => "the result is the same in every run".to_owned(),
            },
            "compare `dest` with `source`, or with what it must not be".to_owned(),
        ),
    }
}

fn instead_of(function: &str) -> &'static str {
    match function {
        "len" => "compare with an empty value: `dest not in (None, '', [], {})`",
        "bool" => "leave the call out: the value itself is true or false",
        "isinstance" => "compare values; the field's `type` says what it should be",
        _ => "compare with a value of the type that the field has",
    }
}

/// The types of `source` and `dest`. A field that is declared without a type has none here, and of
/// one that is not declared where the chain ends, anything is believed.
fn types(contract: &Contract, chain: &Chain) -> [Option<Type>; 2] {
    use Boundary::{EntryEnrichment, EntryRequired, ExitOptional, ExitRequired};
    let read = |end: &Option<Endpoint>, lists| match end
        .as_ref()
        .and_then(|end| declared_type(contract, end, lists))
    {
        Some(None) => None,
        Some(Some(written)) => Some(Type::parse(written).unwrap_or(Type::Any)),
        None => Some(Type::Any),
    };
    let source = [ExitRequired, ExitOptional, EntryRequired, EntryEnrichment];
    [read(&chain.source, source), read(&chain.destination, Boundary::ALL)]
}

/// The type that the endpoint's phase gives its field; none where it does not declare the field,
/// and none inside where it gives no type.
fn declared_type(
    contract: &Contract,
    endpoint: &Endpoint,
    lists: [Boundary; 4],
) -> Option<Option<&'static str>> {
    let (name, path) = (endpoint.phase?.value, endpoint.field?.value);
    let phase = contract.phases.iter().find(|phase| phase.name.value == name)?;
    let mut fields = lists.into_iter().flat_map(|list| phase.fields(list));
    let field = fields.find(|field| field.path.value == path)?;
    Some(field.type_name.map(|written| written.value.as_str()))
}
