//! Tests of what expressions do once they are loaded.

use super::failing::{Ends, Failing, Failure, failures};
use super::sentinels::excluded_sentinels;
use super::*;
use crate::types::Type;

fn failing_with(text: &str, ends: Ends<'_>) -> Vec<Failure> {
    let expression = check(text).unwrap_or_else(|refused| panic!("{text} loads: {refused:?}"));
    let found = failures(&expression, ends);
    let spots = spots(text);
    assert!(found.iter().all(|failure| spots.contains(&failure.span)), "{text}: {found:?}");
    found
}

fn failing(text: &str) -> Vec<(&str, Failing, bool)> {
    let found = failing_with(text, Ends::default());
    found.into_iter().map(|found| (found.span.of(text), found.kind, found.always)).collect()
}

#[test]
fn expressions_that_can_succeed_do_not_fail() {
    for text in [
        "dest not in (None, '', 'unknown')",
        "source == dest",
        "context.get('a') == 1",
        "source['x'] == 1",
        "'%s' % context",
        "dest.startswith('ab') and source.upper() == 'ABC'",
        "1 <= dest < 10 and dest % 2 == 1",
        "dest[0] == 1 and dest[-1] == 2 and source[1:] == 'bc'",
        "[x for x in dest if x != 1] == []",
        "(y := dest) and y != 2",
        "context.__class__ == dest.__class__",
        "dest",
        "dest or source",
        "{**context}",
        "[*dest]",
    ] {
        assert_eq!(failing(text), [], "{text}");
    }
}

#[test]
fn names_that_are_not_there_fail() {
    let builtin = |name: &str| Failing::MissingBuiltin(name.into());
    let unknown = |name: &str| Failing::UnknownName(name.into());
    assert_eq!(failing("len(dest) > 0"), [("len", builtin("len"), true)]);
    assert_eq!(
        failing("isinstance(dest, str)"),
        [("isinstance", builtin("isinstance"), true), ("str", builtin("str"), true)]
    );
    assert_eq!(failing("foo == 1"), [("foo", unknown("foo"), true)]);
    assert_eq!(failing("dest == 1 or foo"), [("foo", unknown("foo"), false)]);
    assert_eq!(
        failing("secret_name_nobody_defined"),
        [("secret_name_nobody_defined", unknown("secret_name_nobody_defined"), true)]
    );
    let hidden = |older| Failing::HiddenVariable("source".into(), older);
    let inside = "[v for v in dest if v == source] == []";
    assert_eq!(failing(inside), [("source", hidden(true), false)]);
    let generator = "dest in (v for v in context if v == source)";
    assert_eq!(failing(generator), [("source", hidden(false), false)]);
}

#[test]
fn what_the_type_lacks_fails() {
    let dict = Type::parse("dict").unwrap();
    let number = Type::parse("int").unwrap();
    let plan = Type::parse("Plan").unwrap();
    let maybe = Type::parse("str | None").unwrap();
    let kinds = |text, dest| {
        let found = failing_with(text, Ends { source: None, dest: Some(dest) });
        found.into_iter().map(|failure| failure.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds("dest.lower() == 'a'", &dict), [Failing::MissingMethod("lower".into())]);
    assert_eq!(kinds("dest.lower() == 'a'", &maybe), []);
    assert_eq!(kinds("dest.get('a')", &maybe), [Failing::MissingMethod("get".into())]);
    assert_eq!(kinds("dest.lower() == 'a'", &plan), []);
    assert_eq!(kinds("dest.domain == 'a'", &plan), []);
    assert_eq!(kinds("dest.domain == 'a'", &dict), [Failing::Attribute("domain".into())]);
    assert_eq!(kinds("dest.real == 1", &number), []);
    assert_eq!(kinds("dest['a'] == 1", &number), [Failing::NoItems]);
    assert_eq!(kinds("dest['a'] == 1", &maybe), [Failing::NoItems]);
    assert_eq!(kinds("dest['a'] == 1", &dict), []);
    let attribute = |name: &str| Failing::Attribute(name.into());
    assert_eq!(failing("dest.domain"), [("dest.domain", attribute("domain"), true)]);
    assert_eq!(failing("context.a == 1"), [("context.a", attribute("a"), true)]);
    let upper = Failing::MissingMethod("upper".into());
    assert_eq!(failing("context.upper() == 1"), [("context.upper", upper, true)]);
}

fn typed(text: &str, source: &str, dest: &str) -> Vec<String> {
    let [source, dest] = [source, dest].map(|text| Type::parse(text).unwrap());
    let found = failing_with(text, Ends { source: Some(&source), dest: Some(&dest) });
    let shown = |failure: Failure| {
        let part = failure.span.of(text);
        match failure.kind {
            Failing::Operands { operator, left: Some(left), right } => {
                format!("{part}: {left} {operator} {right}")
            }
            Failing::Operands { operator, left: None, right } => {
                format!("{part}: {operator} {right}")
            }
            Failing::NeverEqual { left, right, truth, .. } => {
                format!("{part}: {left}, {right}, {truth}")
            }
            other => format!("{part}: {other:?}"),
        }
    };
    found.into_iter().map(shown).collect()
}

#[test]
fn operators_that_the_types_refuse_fail() {
    for (text, source, dest, expected) in [
        ("dest > 0", "int", "str", "dest > 0: str > int"),
        ("0 < dest < 'b'", "int", "str", "0 < dest < 'b': int < str"),
        ("source + 1 == dest", "list[int]", "list", "source + 1: list[int] + int"),
        ("'a' in dest", "int", "int", "'a' in dest: str in int"),
        ("1 in dest", "int", "str", "1 in dest: int in str"),
        ("-dest == 1", "int", "str", "-dest: - str"),
        ("source < dest", "dict", "dict", "source < dest: dict < dict"),
        ("dest.lower() > 1", "int", "str", "dest.lower() > 1: str > int"),
        ("dest['a'] + 'x' == ''", "int", "dict[str, int]", "dest['a'] + 'x': int + str"),
        ("dest[0] < 1", "int", "list[str]", "dest[0] < 1: str < int"),
        ("dest[1:] + 1 == []", "int", "list[str]", "dest[1:] + 1: list[str] + int"),
        ("dest.get('a') - 1 > 0", "int", "dict[str, str]", "dest.get('a') - 1: str | None - int"),
        ("context > 1 or dest", "int", "str", "context > 1: dict > int"),
        ("dest - source", "int | float", "str | None", "dest - source: str | None - int | float"),
        ("dest.keys()[0] == 1", "int", "dict", "dest.keys()[0]: NoItems"),
        ("dest['a']['b'] == 1", "int", "dict[str, int]", "dest['a']['b']: NoItems"),
        ("[1] in dest", "int", "dict", "[1] in dest: list in dict"),
    ] {
        assert_eq!(typed(text, source, dest), [expected], "{text}");
    }
}

#[test]
fn operators_that_may_succeed_do_not_fail() {
    for (text, source, dest) in [
        ("dest > 0", "int", "float"),
        ("dest > 0", "int", "str | int"),
        ("dest > 0", "int", "Plan"),
        ("dest > 0", "int", "Any"),
        ("dest + source", "Counter", "Counter"),
        ("dest < source", "Decimal", "float"),
        ("dest * 2 == source", "str", "list"),
        ("dest % source == 'a'", "int", "str"),
        ("'%s' % dest == source", "str", "dict"),
        ("dest.keys() - source", "list", "dict"),
        ("dest.keys() == source.keys()", "dict", "dict"),
        ("dest | source", "dict", "dict"),
        ("dest['a'] > 1", "int", "dict[str, Any]"),
        ("dest['a'] > 1", "int", "dict[str, int] | None"),
        ("dest[0] > 1", "int", "tuple[str, int]"),
        ("dest.get('a', 0) > 1", "int", "dict[str, str]"),
        ("1 in dest", "int", "bytes"),
        ("dest not in (None, '', 'unknown', [], {})", "int", "int"),
        ("dest != None and dest != '' and dest == source", "int", "int"),
        ("dest == True", "int", "float"),
        ("dest == 'a'", "int", "Literal['b']"),
        ("dest == source", "Mapping", "dict"),
        ("dest in source", "list", "int"),
        ("dest in ('a', source)", "int", "int"),
        ("dest == [*source]", "tuple", "list"),
    ] {
        assert_eq!(typed(text, source, dest), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn types_that_never_equal_are_told() {
    for (text, source, dest, expected) in [
        ("dest == 1", "int", "str", "dest == 1: str, int, false"),
        ("dest != 1", "int", "str | None", "dest != 1: str | None, int, true"),
        ("dest in ('a', 'b')", "int", "int", "dest in ('a', 'b'): int, str, false"),
        (
            "dest not in ['a', 2.5]",
            "int",
            "list",
            "dest not in ['a', 2.5]: list, str` or `float, true",
        ),
        ("dest == source", "str", "int", "dest == source: int, str, false"),
        ("dest.upper() == 5", "str", "str", "dest.upper() == 5: str, int, false"),
        ("dest['n'] == '1'", "str", "dict[str, int]", "dest['n'] == '1': int, str, false"),
        ("source and dest == (1, 2)", "str", "list", "dest == (1, 2): list, tuple, false"),
    ] {
        assert_eq!(typed(text, source, dest), [expected], "{text}");
    }
}

#[test]
fn results_that_never_change_say_nothing() {
    for (text, truth) in [
        ("True", Some(true)),
        ("1 == 1", Some(true)),
        ("9 ** 9 ** 9 ** 9 > 0", None),
        ("None is None and True and not False", None),
        ("dest == 1 or True", Some(true)),
        ("False and dest", Some(false)),
        ("(dest == 1,)", Some(true)),
        ("lambda: dest == 1", Some(true)),
        ("dest == dest", Some(true)),
        ("''", Some(false)),
        ("(v for v in dest)", Some(true)),
        ("'a' if dest else 'b'", Some(true)),
    ] {
        let found = failing_with(text, Ends::default());
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].kind, Failing::Constant(truth), "{text}");
    }
    assert_eq!(failing("(await dest)"), [("await dest", Failing::Suspends, true)]);
}

#[test]
fn odd_expressions_that_load_are_told_apart() {
    // One is as good as any, one is constant, one has an unknown name.
    assert_eq!(failing("context.__class__ == dest.__class__"), []);
    assert!(matches!(failing("9 ** 9 ** 9 ** 9 > 0")[..], [(_, Failing::Constant(_), true)]));
    assert!(matches!(failing("secret")[..], [(_, Failing::UnknownName(_), true)]));
}

#[test]
fn sentinels_are_excluded_by_any_form() {
    let excluded = |text: &str| {
        let expression = check(text).unwrap_or_else(|refused| panic!("{text} loads: {refused:?}"));
        let shown =
            excluded_sentinels(&expression).iter().map(ToString::to_string).collect::<Vec<_>>();
        shown.join(" ")
    };
    for (text, expected) in [
        ("dest not in (None, '', 'unknown')", "None \"\" \"unknown\""),
        ("dest not in (None, '', source)", "None \"\""),
        ("dest not in [None]", "None"),
        ("dest not in {None, ''}", "None \"\" [] {}"),
        ("dest != ''", "\"\""),
        ("'' != dest", "\"\""),
        ("dest is not None", "None"),
        ("not dest is None", "None"),
        ("dest", "None \"\" [] {}"),
        ("dest and dest != 'unknown'", "None \"\" \"unknown\" [] {}"),
        ("source and dest", "None \"\" [] {}"),
        ("source or dest", ""),
        ("source == dest", ""),
        ("dest != 'unknown' and source == dest", "\"unknown\""),
        ("dest.lower() != 'unknown'", "None \"unknown\" [] {}"),
        ("dest.strip()", "None \"\" [] {}"),
        ("dest > 0", "None \"\" \"unknown\" [] {}"),
        ("dest['a'] == 1", "None \"\" \"unknown\" [] {}"),
        ("dest in ('a', 'b')", "None \"\" \"unknown\" [] {}"),
        ("True if source else dest", ""),
        ("dest if source else None", "None \"\" [] {}"),
        ("len(dest) > 0", ""),
        ("True", ""),
    ] {
        assert_eq!(excluded(text), expected, "{text}");
    }
}
