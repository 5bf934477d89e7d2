//! Tests of expressions that need no recording.

use super::*;

fn refused(text: &str) -> SyntaxError {
    parse(text).expect_err(text)
}

#[test]
fn deep_and_long_texts_end_well() {
    let many = 100_000;
    for text in [
        "(".repeat(many),
        "[".repeat(500) + &"]".repeat(500),
        "not ".repeat(many / 4) + "a",
        "-".repeat(many) + "1",
        "lambda:".repeat(many / 7) + "1",
        "a if b else ".repeat(many / 12) + "c",
        "a**".repeat(many / 3) + "a",
        "a".to_owned() + &".b".repeat(many / 2),
        "a".to_owned() + &"()".repeat(many / 2),
        "a+".repeat(many / 2) + "a)",
        "a[".repeat(many / 2),
        "f'{".repeat(many / 3),
    ] {
        refused(&text);
    }
    for text in ["a,".repeat(many / 2), "a and ".repeat(many / 6) + "a", "'a'".repeat(many / 3)] {
        assert!(parse(&text).is_ok());
    }
}

#[test]
fn what_500_characters_can_nest_is_read() {
    for text in [
        "(".repeat(200) + "1" + &")".repeat(200),
        "[".repeat(200) + &"]".repeat(200),
        "a(".repeat(166) + &")".repeat(166),
        "-".repeat(499) + "1",
        "not ".repeat(124) + "a",
        "lambda:".repeat(71) + "1",
        "0if 0else ".repeat(49) + "1",
        "a+".repeat(249) + "a",
        "a".to_owned() + &"()".repeat(249),
        "(lambda:".repeat(55) + "1" + &")".repeat(55),
        "{0:".repeat(120) + "1" + &"}".repeat(120),
    ] {
        let read = parse(&text).unwrap_or_else(|error| panic!("{text}: {}", error.message));
        assert_eq!(read.clone(), read);
        assert!(read.walk().count() >= 50 || read.height() < 3, "{text}");
    }
}

#[test]
fn any_text_ends_in_a_tree_or_an_error_inside_it() {
    let seeds = ["f'{a!r:>{b}}' 'c'", "[x for (a, *b) in c if d]", "lambda a, /, *b, c=1: {**d}"];
    for seed in seeds {
        for (start, _) in seed.char_indices() {
            for (end, _) in seed.char_indices().chain([(seed.len(), ' ')]) {
                let text = seed.get(start..end.max(start)).unwrap();
                match parse(text) {
                    Ok(expr) => assert!(expr.span.end as usize <= text.len()),
                    Err(error) => {
                        assert!(error.span.end as usize <= text.len(), "{text} {error:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn errors_say_where_and_what() {
    let said = |text| {
        let error = refused(text);
        (error.span.of(text).to_owned(), error.message)
    };
    assert_eq!(said("dest =! 1").0, "=");
    assert_eq!(said("dest ="), ("=".into(), "expected the end instead of `=`".into()));
    assert_eq!(said("dest =="), (String::new(), "expected a value where the text ends".into()));
    assert_eq!(said("(dest"), ("(".into(), "`(` is never closed".into()));
    assert_eq!(said("'a").0, "'a");
    assert_eq!(said("a && b").0, "&");
}

#[test]
fn a_walk_meets_every_part_once_in_order() {
    let expr = parse("a if b(c, *d) else [e for f in g if h] + f'{i}'").unwrap();
    let names: Vec<&str> = expr
        .walk()
        .filter_map(|part| match &part.kind {
            Kind::Name(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(names, ["a", "b", "c", "d", "e", "f", "g", "h", "i"]);
}
