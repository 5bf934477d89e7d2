//! What the reader promises.

mod properties;
mod recorded;

use super::*;

fn read(text: &str) -> Yaml {
    parse(text, &Limits::default())
}

fn root(yaml: &Yaml) -> NodeId {
    yaml.documents[0]
}

/// The value of `key` in the first document.
fn value(yaml: &Yaml, key: &str) -> NodeId {
    yaml.get(root(yaml), key).unwrap().value
}

fn messages(yaml: &Yaml, text: &str) -> Vec<String> {
    yaml.problems
        .iter()
        .map(|problem| format!("{:?}: {:?}", problem.span.of(text), problem.kind))
        .collect()
}

#[test]
fn spans_are_those_of_the_text_alone() {
    let text = "key: &a [x, 'y' ] # c\nlist:\n- - d\n-\nblock: |- # é\n\n  é\n\n  y\n\nnull_one:\nt: !!str 5\n";
    let yaml = read(text);
    assert_eq!(yaml.problems, []);
    let texts: Vec<&str> = yaml.nodes[1..].iter().map(|node| node.span.of(text)).collect();
    let expected = [
        "key",
        "[x, 'y' ]",
        "x",
        "'y'",
        "list",
        "- - d\n-",
        "- d",
        "d",
        "",
        "block",
        "|- # é\n\n  é\n\n  y",
        "null_one",
        "",
        "t",
        "5",
    ];
    assert_eq!(texts, expected);
    let comments: Vec<&str> = yaml.comments.iter().map(|span| span.of(text)).collect();
    assert_eq!(comments, ["# c", "# é"]);
}

#[test]
fn a_hash_in_text_is_no_comment() {
    let text = "a: b#c\nd: '# e'\nf: |\n  # g\nh: \"#\" #i\n#j";
    let yaml = read(text);
    let comments: Vec<&str> = yaml.comments.iter().map(|span| span.of(text)).collect();
    assert_eq!(comments, ["#i", "#j"]);
}

#[test]
fn a_value_left_out_stands_behind_its_indicator() {
    let text = "a:   # c\nb:\n-\n";
    let yaml = read(text);
    assert_eq!(yaml.node(value(&yaml, "a")).span, Span::empty(2));
    let Data::Sequence(items) = &yaml.node(value(&yaml, "b")).data else { panic!() };
    assert_eq!(yaml.node(items[0]).span, Span::empty(13));
}

#[test]
fn a_half_typed_key_costs_one_line() {
    let text = "phases:\n  plan:\n    entry:\n      a: 1\n      requ\n    exit: 1\n  test:\n    entry: 2\n";
    let yaml = read(text);
    assert_eq!(
        messages(&yaml, text),
        ["\"requ\": Syntax(\"a key without `:`; write `key: value`\")"]
    );
    let phases = value(&yaml, "phases");
    let plan = yaml.get(phases, "plan").unwrap().value;
    assert!(yaml.get(plan, "exit").is_some());
    assert!(yaml.get(phases, "test").is_some());
}

#[test]
fn the_line_at_fault_may_stand_before_the_error() {
    let text = "a: [b, c\nd: e\nf: g\n";
    let yaml = read(text);
    assert_eq!(yaml.problems.len(), 1);
    assert!(yaml.get(root(&yaml), "d").is_some() && yaml.get(root(&yaml), "f").is_some());
}

#[test]
fn recovery_is_bounded() {
    let limits = Limits { recoveries: 3, ..Limits::default() };
    let yaml = parse(&"a: b: c\n".repeat(20), &limits);
    let last = &yaml.problems.last().unwrap().kind;
    let expected = "after 3 broken lines, the rest of the file was not read";
    assert_eq!(*last, ProblemKind::OverBudget(expected.to_owned()));
}

#[test]
fn depth_is_bounded_and_costs_no_stack() {
    for open in ["- ", "[", "{a: ", "? "] {
        let yaml = read(&open.repeat(100_000));
        let over = |problem: &&Problem| matches!(problem.kind, ProblemKind::OverBudget(_));
        assert_eq!(yaml.problems.iter().filter(over).count(), 1, "{open}");
    }
}

#[test]
fn size_is_bounded() {
    let yaml = parse("abc", &Limits { bytes: 2, ..Limits::default() });
    assert!(yaml.nodes.is_empty());
    assert!(matches!(yaml.problems[0].kind, ProblemKind::OverBudget(_)));
}

#[test]
fn merges_come_first_and_own_keys_win() {
    let text = "b: &b {x: 1, y: 2}\nc: &c {x: 3, z: 4}\ns: {y: 5, <<: [*b, *c], w: 6}\n";
    let yaml = read(text);
    let entries = yaml.entries(value(&yaml, "s"));
    let shown: Vec<String> = entries
        .iter()
        .map(|entry| {
            format!(
                "{} {}",
                yaml.node(entry.key).span.of(text),
                yaml.node(entry.value).span.of(text)
            )
        })
        .collect();
    assert_eq!(shown, ["x 1", "z 4", "y 5", "w 6"]);
    let merged = yaml.get(value(&yaml, "s"), "z").unwrap();
    assert_eq!(yaml.node(merged.value).span.of(text), "4");
}

#[test]
fn merging_is_bounded() {
    let mut text = String::from("a0: &a0 {x: 1}\n");
    for level in 1..60 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} {{<<: [{aliases}], k{level}: 1}}\n"));
    }
    let yaml = read(&text);
    assert_eq!(yaml.problems, []);
    assert!(yaml.entries(value(&yaml, "a59")).len() <= 60);
}

#[test]
fn repeated_keys_come_in_pairs() {
    let text = "a: 1\nb: 2\na: 3\n'a': 4\n";
    let yaml = read(text);
    let places: Vec<(&str, &str)> = yaml
        .duplicates(root(&yaml))
        .iter()
        .map(|(one, other)| {
            (yaml.node(one.value).span.of(text), yaml.node(other.value).span.of(text))
        })
        .collect();
    assert_eq!(places, [("1", "3"), ("3", "4")]);
}

#[test]
fn nodes_know_the_way_to_them() {
    let text = "a:\n- b: {c: d}\n- &e 1\n5: *e\n";
    let yaml = read(text);
    let at = |part: &str| yaml.node_at(text.find(part).unwrap()).unwrap();
    let key = |name: &str| PathStep::Key(Name::new(name));
    assert_eq!(yaml.key_path(at("d}")), [key("a"), PathStep::Index(0), key("b"), key("c")]);
    assert_eq!(yaml.key_path(at("c:")), yaml.key_path(at("d}")));
    assert_eq!(yaml.key_path(at("*e")), [key("5")]);
    assert_eq!(yaml.aliases_of(at("1\n")), [at("*e")]);
    assert_eq!(yaml.resolve(at("*e")), at("1\n"));
    assert_eq!(yaml.parent(at("c:")), Some(at("{")));
    assert_eq!(yaml.parent(root(&yaml)), None);
}

/// For each character of the decoded text, the source from its place on begins with it.
#[test]
fn decoded_text_leads_back_to_its_source() {
    let text = "a: plain\n  text é\nb: 'it''s'\nc: \"x\\u00e9\\\n  y\\tz\"\nd: >-\n  one\n  two\n\n  é\ne: |2\n   in\n\n  to\n";
    let yaml = read(text);
    assert_eq!(yaml.problems, []);
    for key in ["a", "b", "c", "d", "e"] {
        let node = value(&yaml, key);
        let decoded = yaml.text_of(node).unwrap().as_str();
        for (offset, character) in decoded.char_indices().filter(|(_, c)| c.is_alphabetic()) {
            let source = &text[source_offset(text, yaml.node(node), offset)..];
            let escaped = character == 'é' && source.starts_with("\\u00e9");
            assert!(source.starts_with(character) || escaped, "{key}: {offset} of {decoded:?}");
        }
    }
}

#[test]
fn places_survive_a_respelled_copy() {
    let text = "a: [\nb, 'c'#d\n]\ne: x\u{2028} y\nf: {g:[h]}\n";
    let yaml = read(text);
    assert_eq!(yaml.problems, []);
    let texts: Vec<&str> = yaml.nodes[1..].iter().map(|node| node.span.of(text)).collect();
    let expected =
        ["a", "[\nb, 'c'#d\n]", "b", "'c'", "e", "x\u{2028} y", "f", "{g:[h]}", "g", "[h]", "h"];
    assert_eq!(texts, expected);
    assert_eq!(yaml.text_of(value(&yaml, "e")).unwrap().as_str(), "x\u{2028}y");
    assert_eq!(yaml.comments.len(), 1);
}

#[test]
fn problems_name_their_place() {
    let text = "a: *b\nc: !d e\n<<: f\n[g]: h\ni: &j k\nl: &j m\n---\nn\n";
    let yaml = read(text);
    let places: Vec<&str> = yaml.problems.iter().map(|problem| problem.span.of(text)).collect();
    assert_eq!(places, ["*b", "e", "f", "[g]", "&j", "---"]);
    assert_eq!(yaml.problems[0].kind, ProblemKind::UndefinedAlias(Name::new("b")));
    assert_eq!(yaml.problems[2].kind, ProblemKind::BadMerge);
    assert_eq!(yaml.problems[5].kind, ProblemKind::SecondDocument);
}
