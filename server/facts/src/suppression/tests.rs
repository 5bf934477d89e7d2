//! Tests of directives.

use super::*;

/// What the directives of a Python text say: scope, covered line, rules, reason.
fn check(text: &str, expected: &[&str]) {
    let mut places = Places::default();
    let found = read(text, &comments::of_python(text), &mut places);
    let lines = LineTable::new(text);
    let told: Vec<String> = found
        .iter()
        .map(|directive| {
            let span = places.span(directive.at).unwrap();
            let rules: Vec<&str> = directive
                .rules
                .iter()
                .map(|rule| {
                    assert_eq!(places.span(rule.at).unwrap().of(text), rule.name.as_str());
                    rule.name.as_str()
                })
                .collect();
            let line = covered_line(text, &lines, span);
            let line = line.map_or("none".to_owned(), |line| line.to_string());
            let reason = &directive.reason;
            format!("{:?} {line} [{}] {reason}", directive.scope, rules.join(" ")).trim().to_owned()
        })
        .collect();
    assert_eq!(told, expected, "{text}");
}

#[test]
fn a_directive_covers_its_own_line_or_the_next_that_holds_something() {
    check("x = 1  # contextcore: ignore[dead-write]", &["Line 0 [dead-write]"]);
    check("# contextcore: ignore[a]\n\n  # more\ny", &["Line 3 [a]"]);
    check("# contextcore: ignore[a]\n# contextcore: ignore[b]\ny", &["Line 2 [a]", "Line 2 [b]"]);
    check("x\r\n# contextcore: ignore[a]\r\n", &["Line none [a]"]);
    check("# why  # contextcore: ignore[a]\ny", &["Line 1 [a]"]);
}

#[test]
fn rules_and_reason_are_read_tolerantly() {
    check("x # contextcore: ignore[ a , b-c,] it is meant", &["Line 0 [a b-c] it is meant"]);
    check("x #contextcore:ignore [a]", &["Line 0 [a]"]);
    check("x # contextcore: ignore[a, b", &["Line 0 [a b]"]);
    check("x # contextcore: ignore", &["Line 0 []"]);
    check("x # contextcore: ignored[a]", &[]);
    check("x # see contextcore: ignore[a]", &[]);
}

#[test]
fn a_file_is_silenced_from_its_top_alone() {
    check("# contextcore: ignore-file[a]\nx", &["File 1 [a]"]);
    check("\u{feff}# comment\n\n# contextcore: ignore-file[a, b]\nx", &["File 3 [a b]"]);
    check("---\n# contextcore: ignore-file[a]\nx", &["File 2 [a]"]);
    check("x\n# contextcore: ignore-file[a]\n", &["Misplaced none [a]"]);
    check("x # contextcore: ignore-file[a]\n", &["Misplaced 0 [a]"]);
}

#[test]
fn strings_hold_no_comments() {
    check("x = '# contextcore: ignore[a]'", &[]);
    check("x = '''\n# contextcore: ignore[a]\n'''  # contextcore: ignore[b]", &["Line 2 [b]"]);
    check("x = 'it\\'s # contextcore: ignore[a]'", &[]);
    check("x = 'half-typed\ny # contextcore: ignore[a]", &["Line 1 [a]"]);
}
