//! Tests of types.

use super::*;

fn parse(text: &str) -> Type {
    Type::parse(text).unwrap_or_else(|| panic!("{text} is no type"))
}

#[test]
fn spellings_of_one_type_are_one() {
    for (one, other) in [
        ("Optional[str]", "str | None"),
        ("typing.Optional[str]", "Union[None, str, str]"),
        ("List[str]", "list[str]"),
        ("Dict[str, Any]", "dict[str, typing.Any]"),
        ("'list[int]'", "list[int]"),
        ("Annotated[int, Gt(0)]", "int"),
        ("datetime.datetime", "datetime"),
        ("Text", "  str "),
    ] {
        let (one, other) = (parse(one), parse(other));
        assert!(!one.conflicts(&other) && !other.conflicts(&one));
        match (&one, &other) {
            (Type::Union(left), Type::Union(right)) => {
                assert!(left.iter().all(|member| right.contains(member)));
            }
            _ => assert_eq!(one, other),
        }
    }
}

#[test]
fn what_is_no_type_is_none() {
    for text in ["", "str[", "1", "f(x)", "str or None", "list of str", "a + b", "[str]"] {
        assert_eq!(Type::parse(text), None, "{text}");
    }
}

#[test]
fn names_of_python_are_known() {
    for text in [
        "str",
        "list[dict[str, Any]]",
        "Optional[Path]",
        "Literal['a', Nope]",
        "datetime",
        "None",
        "Callable[[int], str]",
        "tuple[int, ...]",
        "ValueError",
        "uuid.UUID",
        "Sequence[Decimal]",
        "collections.abc.Mapping[str, object]",
        "Enum",
        "dict[str, any]",
    ] {
        assert_eq!(parse(text).unknown_names(), [], "{text}");
    }
    let unknown = |text| parse(text).unknown_names();
    assert_eq!(unknown("banana"), [Name::new("banana")]);
    assert_eq!(
        unknown("dict[Key, list[models.Plan | Key]]"),
        [Name::new("Key"), Name::new("models.Plan")]
    );
    assert_eq!(unknown("string"), [Name::new("string")]);
    assert_eq!(unknown("ListError"), [Name::new("ListError")]);
}

#[test]
fn only_certain_conflicts_are_conflicts() {
    for (producer, consumer) in [
        ("str", "list"),
        ("str", "int"),
        ("list[str]", "list[int]"),
        ("dict", "list"),
        ("None", "str"),
        ("Optional[int]", "str"),
        ("dict[str, int]", "dict[str, str]"),
        ("str", "Mapping"),
        ("int", "Iterable[int]"),
        ("datetime", "str"),
        ("set", "list"),
        ("Literal['a']", "Literal['b']"),
        ("Literal['a']", "int"),
        ("list[str]", "Sequence[int]"),
        ("str", "bytes"),
        ("int | float", "str | None"),
        ("Literal[1]", "str"),
    ] {
        assert!(conflicts(Name::new(producer), Name::new(consumer)), "{producer} and {consumer}");
        assert!(conflicts(Name::new(consumer), Name::new(producer)), "{consumer} and {producer}");
    }
    for (producer, consumer) in [
        ("list", "list[str]"),
        ("Any", "str"),
        ("int", "float"),
        ("bool", "int"),
        ("str", "Plan"),
        ("Plan", "Other"),
        ("Optional[str]", "str"),
        ("str | int", "int | list"),
        ("dict", "Mapping"),
        ("str", "Sequence[str]"),
        ("Optional[int]", "Optional[str]"),
        ("dict", "TypedDict"),
        ("str", "Enum"),
        ("Literal['a', 'b']", "Literal['b']"),
        ("Literal['a']", "str"),
        ("list[Plan]", "list[str]"),
        ("date", "datetime"),
        ("Decimal", "float"),
        ("object", "None"),
        ("not a type", "int"),
        ("dict", "Iterable[str]"),
        ("tuple[int, str]", "tuple[str, int]"),
        ("T", "U"),
        ("str", "Callable"),
    ] {
        assert!(!conflicts(Name::new(producer), Name::new(consumer)), "{producer} and {consumer}");
        assert!(!conflicts(Name::new(consumer), Name::new(producer)), "{consumer} and {producer}");
    }
}

#[test]
fn defaults_fit_or_do_not() {
    let text = |text| Value::Text(Name::new(text));
    let list = |items: &[Value]| Value::List(items.to_vec());
    let map = Value::Map(vec![(text("k"), Value::Int(1))]);
    for (wanted, value) in [
        ("float", Value::Int(1)),
        ("str", text("a")),
        ("str", Value::Null),
        ("int", Value::Null),
        ("Optional[int]", Value::Int(1)),
        ("Plan", text("a")),
        ("Any", map.clone()),
        ("list[str]", list(&[text("a")])),
        ("list", list(&[])),
        ("tuple", list(&[])),
        ("dict[str, int]", map.clone()),
        ("Mapping", map.clone()),
        ("Path", text("/tmp")),
        ("Literal['a']", text("a")),
        ("str", Value::Other(Name::new("2024-01-01"))),
        ("dict[str, list]", Value::Map(vec![])),
        ("Sequence[str]", list(&[])),
    ] {
        assert!(parse(wanted).accepts(&value), "{wanted} takes {value}");
    }
    for (wanted, value) in [
        ("str", Value::Bool(true)),
        ("str", Value::Int(1)),
        ("int", text("1")),
        ("int", Value::Float(0.5)),
        ("bool", Value::Int(0)),
        ("list", Value::Map(vec![])),
        ("dict", list(&[])),
        ("list[str]", list(&[Value::Int(1)])),
        ("list[int]", list(&[Value::Null])),
        ("dict[str, str]", map),
        ("Literal['a']", text("b")),
        ("str | int", list(&[])),
        ("float", text("unknown")),
    ] {
        assert!(!parse(wanted).accepts(&value), "{wanted} refuses {value}");
    }
}
