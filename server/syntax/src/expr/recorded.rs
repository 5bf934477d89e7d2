//! Held against what CPython 3.11 makes of the same texts, as recorded.

use super::*;

const FOLDER: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/recorded/python-expressions");

/// The normal form that the recorder writes.
fn dump(expr: &Expr, inside: bool) -> String {
    let all = |items: &[Expr]| -> String {
        items.iter().map(|item| format!(" {}", dump(item, inside))).collect()
    };
    let one = |item: &Expr| format!(" {}", dump(item, inside));
    let maybe = |item: &Option<Box<Expr>>| match item {
        Some(item) => one(item),
        None => " _".to_owned(),
    };
    let (shape, parts) = match &expr.kind {
        Kind::Name(name) => ("name".to_owned(), format!(" {name}")),
        Kind::Constant(constant) => ("constant".into(), format!(" {}", show_constant(*constant))),
        Kind::Number(_) if inside => ("number".into(), String::new()),
        Kind::Number(written) => ("number".into(), format!(" {written}")),
        Kind::Text(text) => ("text".into(), format!(" {}", serde_json::to_string(text).unwrap())),
        Kind::Bytes(bytes) => {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            ("bytes".into(), format!(" {hex}"))
        }
        Kind::Formatted(fields) => {
            let shown = fields.iter().map(|field| format!(" {}", dump(field, true)));
            ("formatted".into(), shown.collect())
        }
        Kind::Attribute(base, name, _) => ("attribute".into(), format!("{} {name}", one(base))),
        Kind::Subscript(base, index) => ("subscript".into(), one(base) + &one(index)),
        Kind::Slice(start, stop, step) => {
            ("slice".into(), maybe(start) + &maybe(stop) + &maybe(step))
        }
        Kind::Call(callee, arguments) => {
            let shown = arguments.iter().map(|argument| {
                let stars = "*".repeat(argument.stars.into());
                let keyword = argument.keyword.as_ref().map(|name| format!("{name}="));
                format!(" {stars}{}{}", keyword.unwrap_or_default(), dump(&argument.value, inside))
            });
            ("call".into(), one(callee) + &shown.collect::<String>())
        }
        Kind::Unary(operator, operand) => (format!("unary {operator}"), one(operand)),
        Kind::Binary(operator, left, right) => {
            (format!("binary {operator}"), one(left) + &one(right))
        }
        Kind::Bool(operator, operands) => (format!("bool {operator}"), all(operands)),
        Kind::Compare(first, rest) => {
            let shown = rest.iter().map(|(operator, right)| format!(" {operator}{}", one(right)));
            ("compare".into(), one(first) + &shown.collect::<String>())
        }
        Kind::Conditional(test, chosen, otherwise) => {
            ("if".into(), one(test) + &one(chosen) + &one(otherwise))
        }
        Kind::Lambda(parameters, body) => {
            let names = parameters.iter().map(|parameter| parameter.name.as_str());
            let names = names.collect::<Vec<_>>().join(",");
            let defaults = parameters.iter().filter_map(|parameter| parameter.default.as_ref());
            (format!("lambda {names}"), defaults.map(one).collect::<String>() + &one(body))
        }
        Kind::Named(name, value) => (format!("named {name}"), one(value)),
        Kind::Tuple(items) => ("tuple".into(), all(items)),
        Kind::List(items) => ("list".into(), all(items)),
        Kind::Set(items) => ("set".into(), all(items)),
        Kind::Dict(entries) => {
            let shown = entries
                .iter()
                .map(|(key, value)| key.as_ref().map_or(" _".to_owned(), one) + &one(value));
            ("dict".into(), shown.collect())
        }
        Kind::Comprehension(brackets, element, clauses) => {
            let shape = format!("comprehension {brackets:?}").to_lowercase();
            let shown = clauses.iter().map(|clause| {
                let tests = clause.conditions.iter().map(|test| format!(" if{}", one(test)));
                let head = format!(" for{}{}", one(&clause.target), one(&clause.iter));
                head + &tests.collect::<String>()
            });
            (shape, all(element) + &shown.collect::<String>())
        }
        Kind::Starred(inner) => ("starred".into(), one(inner)),
        Kind::Await(inner) => ("await".into(), one(inner)),
        Kind::Yield(value) => ("yield".into(), value.as_deref().map(one).unwrap_or_default()),
        Kind::YieldFrom(value) => ("yield from".into(), one(value)),
    };
    let place =
        if inside { String::new() } else { format!("@{}-{}", expr.span.start, expr.span.end) };
    format!("({shape}{place}{parts})")
}

fn show_constant(constant: Constant) -> &'static str {
    match constant {
        Constant::None => "None",
        Constant::True => "True",
        Constant::False => "False",
        Constant::Ellipsis => "...",
    }
}

#[test]
fn texts_are_read_as_cpython_reads_them() {
    let recorded = std::fs::read_to_string(format!("{FOLDER}/expressions.json")).unwrap();
    let cases: Vec<(String, Option<String>)> = serde_json::from_str(&recorded).unwrap();
    assert!(cases.len() > 1500, "the recording is whole");
    let listed = std::fs::read_to_string(format!("{FOLDER}/differences.json")).unwrap();
    let listed: Vec<(String, String)> = serde_json::from_str(&listed).unwrap();
    let mut wrong = Vec::new();
    for (text, expected) in &cases {
        let read = parse(text);
        let shown = read.as_ref().ok().map(|expr| dump(expr, false));
        let known = listed.iter().any(|(different, _)| different == text);
        if (shown == *expected) == known {
            let error = read.err().map(|error| format!("{:?} {}", error.span, error.message));
            wrong.push(format!("{text:?}\n  CPython {expected:?}\n  here    {shown:?} {error:?}"));
        }
    }
    let shown: Vec<_> = wrong.iter().take(40).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), shown.join("\n"));
}
