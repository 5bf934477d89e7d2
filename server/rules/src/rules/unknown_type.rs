//! `unknown-type`: a type that neither Python nor the workspace knows.

use contracts::propagation::{Field, Located};
use contracts::types::Type;
use facts::contract::ContractFacts;
use syntax::edit::yaml;
use text::name::Name;
use text::near::nearest;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "unknown-type",
    weight: Weight::Always(Level::Information),
    summary: "a type that is neither Python's nor a class of the workspace",
    page: include_str!("../../../../docs/rules/unknown-type.md"),
    check: Check::File(check),
};

/// Names that other languages have for types of Python.
const FOREIGN: [(&str, &str); 12] = [
    ("string", "str"),
    ("text", "str"),
    ("integer", "int"),
    ("number", "float"),
    ("double", "float"),
    ("decimal", "Decimal"),
    ("boolean", "bool"),
    ("array", "list"),
    ("dictionary", "dict"),
    ("mapping", "dict"),
    ("path", "Path"),
    ("null", "None"),
];

/// The types that people write most, to tell slips from.
const COMMON: [&str; 16] = [
    "str",
    "int",
    "float",
    "bool",
    "bytes",
    "list",
    "dict",
    "tuple",
    "set",
    "frozenset",
    "object",
    "Any",
    "Optional",
    "Path",
    "datetime",
    "Literal",
];

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for contract in &scope.facts.contracts {
        for (phase, _, field) in declared::fields(contract) {
            let found = of_field(scope, contract, field).into_iter();
            findings.extend(found.map(|finding| finding.about(phase, field.path.value)));
        }
    }
}

fn of_field(scope: &FileScope<'_>, contract: &ContractFacts, field: &Field) -> Vec<Finding> {
    let Some(written) = field.type_name else {
        return Vec::new();
    };
    let say = |message: String| {
        declared::finding(&RULE, scope, contract, written.at, message).why(
            "nothing checks the type when the workflow runs, and nothing can be compared with it",
        )
    };
    let Some(read) = Type::named(written.value) else {
        let message = format!("`{}` is no type as Python writes one", written.value);
        return vec![say(message).help("write it as an annotation: `list[str]`, `str | None`")];
    };
    let unknown = read.unknown_names().into_iter().filter(|name| !is_class(scope, *name));
    unknown
        .map(|name| {
            let finding = say(format!("`{name}` is neither a type of Python nor a class here"));
            match meant(name.as_str()) {
                Some(meant) => offer(scope, finding, written, (name.as_str(), meant)),
                None => finding.help("name a class of the workspace, or a type of Python"),
            }
        })
        .collect()
}

/// A class is known by its last name: contracts may write the module before it, or not.
fn is_class(scope: &FileScope<'_>, name: Name) -> bool {
    let name = name.as_str();
    scope.classes.has_class(name.rsplit('.').next().unwrap_or(name))
}

fn meant(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let foreign = FOREIGN.iter().find(|(foreign, _)| *foreign == lower).map(|(_, ours)| *ours);
    foreign.or_else(|| nearest(name, COMMON).map(|(near, _)| near).and_then(common))
}

fn common(near: &str) -> Option<&'static str> {
    COMMON.into_iter().find(|name| *name == near)
}

fn offer(
    scope: &FileScope<'_>,
    finding: Finding,
    written: Located<Name>,
    (name, meant): (&str, &str),
) -> Finding {
    let intent =
        yaml::Intent::ReplaceScalar(written.at, with_word(written.value.as_str(), name, meant));
    finding
        .help(format!("write `{meant}`, if that is meant (quick fix)"))
        .fix(Fix::offered(format!("change to `{meant}`"), declared::edit(scope, intent)))
}

/// `text` with the whole word `name` replaced.
fn with_word(text: &str, name: &str, by: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let mut result = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        let (before, after) = (&rest[..at], &rest[at + name.len()..]);
        let whole = !before.ends_with(is_part) && !after.starts_with(is_part);
        result.push_str(before);
        result.push_str(if whole { by } else { name });
        rest = after;
    }
    result + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_replaced() {
        assert_eq!(with_word("dict[string, substring]", "string", "str"), "dict[str, substring]");
        assert_eq!(meant("Boolean"), Some("bool"));
        assert_eq!(meant("strr"), Some("str"));
        assert_eq!(meant("filepath"), None);
    }
}
