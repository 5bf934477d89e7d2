//! Tests of lowering: small functions, and what they do with their parameters.

use expect_test::Expect;
use syntax::python::parse;

use super::{PythonFacts, dump, lower};

mod accesses;
mod attributes;
mod file;
mod handing;
mod paths;
mod properties;
mod reach;

fn facts(source: &str) -> PythonFacts {
    lower(source, &parse(source, None)).0
}

/// What a function with this body does with its parameter `context`; `other` is one more.
fn check(body: &str, expected: Expect) {
    let body = body.replace('\n', "\n    ");
    check_file(&format!("def f(context, other):\n    {body}\n"), expected);
}

/// The same for the method of a class.
fn check_method(body: &str, expected: Expect) {
    let body = body.replace('\n', "\n        ");
    check_file(
        &format!("class H(Base):\n    def execute(self, context):\n        {body}\n"),
        expected,
    );
}

/// What every function of a file does.
#[expect(clippy::needless_pass_by_value, reason = "written at every call")]
fn check_file(source: &str, expected: Expect) {
    let facts = facts(source);
    let lines: Vec<String> = facts
        .functions
        .iter()
        .map(|function| {
            let several = facts.functions.len() > 1;
            let name = if several { format!("{}: ", function.qualified) } else { String::new() };
            let open = if function.open { "OPEN " } else { "" };
            format!("{name}{open}{}", dump::function(function))
        })
        .collect();
    expected.assert_eq(&lines.join("\n"));
}
