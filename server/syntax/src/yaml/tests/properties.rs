//! What holds for any text.

use proptest::prelude::*;

use super::super::*;

const SEEDS: [&str; 5] = [
    "a: 1\nb: [x, 'y z', \"q\\n\"]\nc: {d: &e e, f: [1, *e]}\n",
    "text: |\n  one\n   two\n\nfold: >-\n  é\n  two\n\n  three\nend: 1\n",
    "%YAML 1.1\n---\nbase: &b {x: 1}\nsub:\n  <<: *b\nl:\n- a\n...\n",
    "? k\n: v\nq: 'it''s\n  so' # c\nd: \"\\u00e9\\\n  b\"\n",
    "- - a\n  -\n- !!str b: c\n  d: 2001-01-01\n",
];

fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "\n",
        "\n  ",
        "  ",
        " ",
        "- ",
        ": ",
        ":",
        "? ",
        "#",
        " #",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&a ",
        "*a",
        "!",
        "!!int ",
        "|",
        ">",
        "|2-\n",
        "'",
        "\"",
        "\\",
        "%",
        "@",
        "`",
        "~",
        "=",
        "<<: ",
        "---",
        "...",
        "\t",
        "\r",
        "\r\n",
        "a",
        "b",
        "1",
        "é",
        "𝄞",
        "\u{85}",
        "\u{2028}",
        "\u{FEFF}",
        "\0",
        "\u{7}",
        "0x_",
        "1:30",
        "\"\\u00e9\"",
        "key",
        "\n---\n",
    ];
    prop_oneof![8 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,3}"]
}

fn text() -> impl Strategy<Value = String> {
    let noise = prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat());
    let mutated =
        (prop::sample::select(SEEDS.to_vec()), any::<prop::sample::Index>(), piece(), 0..4_usize);
    let mutated = mutated.prop_map(|(seed, index, piece, removed)| {
        let mut characters: Vec<char> = seed.chars().collect();
        let at = index.index(characters.len());
        let end = (at + removed).min(characters.len());
        characters.splice(at..end, piece.chars());
        characters.into_iter().collect()
    });
    prop_oneof![noise, mutated]
}

fn fits(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} does not fit {text:?}");
}

fn children(yaml: &Yaml, id: NodeId) -> Vec<NodeId> {
    match &yaml.node(id).data {
        Data::Sequence(items) => items.to_vec(),
        Data::Mapping(entries) => {
            entries.iter().flat_map(|entry| [entry.key, entry.value]).collect()
        }
        _ => Vec::new(),
    }
}

/// The tree without places.
fn shape(yaml: &Yaml) -> Vec<(Data, bool)> {
    yaml.nodes.iter().map(|node| (node.data.clone(), node.anchored)).collect()
}

/// A list that seemed to begin behind its only item.
const NO_LINE_BREAK: &str = "%\u{feff}\n---\n#\u{85}- ";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn any_text_is_read(text in prop_oneof![20 => text(), 1 => Just(NO_LINE_BREAK.to_owned())]) {
        let yaml = parse(&text, &Limits::default());
        yaml.comments.iter().for_each(|span| fits(&text, *span));
        yaml.problems.iter().for_each(|problem| fits(&text, problem.span));
        prop_assert!(yaml.documents.is_sorted());
        for (index, node) in yaml.nodes.iter().enumerate() {
            let id = NodeId::new(u32::try_from(index).unwrap());
            fits(&text, node.span);
            let children = children(&yaml, id);
            prop_assert!(children.is_sorted() && children.iter().all(|child| *child > id));
            for child in children {
                let reached = yaml.way_down(child).last().copied().unwrap();
                let unreadable = yaml.node(reached).data == Data::Unreadable;
                prop_assert!(yaml.parent(child) == Some(id) || unreadable);
                prop_assert!(node.span.contains(yaml.node(child).span), "{:?}", text);
            }
            let _ = yaml.key_path(id);
            let _ = yaml.entries(id);
            let _ = yaml.duplicates(id);
            let _ = yaml.aliases_of(id);
            let decoded = yaml.text_of(id).map_or(0, |text| text.as_str().len());
            for offset in 0..decoded + 2 {
                let source = source_offset(&text, node, offset);
                prop_assert!(node.span.touches(source), "{offset} of {node:?} in {text:?}");
            }
        }
        for offset in 0..=text.len() {
            let _ = yaml.node_at(offset);
        }
    }

    #[test]
    fn ids_do_not_depend_on_blank_lines_and_comments(
        // Blocks of text and quotes would take the lines for their own.
        seed in prop::sample::select(vec![0, 2, 4]),
        inserted in prop::collection::vec((0..20_usize, prop::sample::select(vec!["", "   ", "# c", "  # ö"])), 0..6),
    ) {
        let text = SEEDS[seed];
        let mut lines: Vec<&str> = text.lines().collect();
        for (place, line) in inserted {
            lines.insert(place.min(lines.len()), line);
        }
        let changed = lines.join("\n") + "\n";
        let limits = Limits::default();
        prop_assert_eq!(shape(&parse(text, &limits)), shape(&parse(&changed, &limits)));
    }
}
