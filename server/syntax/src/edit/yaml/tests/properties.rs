//! Any intent, against any file: what comes back is never more than was asked for.

use proptest::prelude::*;

use super::*;

/// Files as people write them, in many habits.
fn file() -> impl Strategy<Value = String> {
    let step = prop::sample::select(vec![2_usize, 4]);
    let habits = (step, any::<bool>(), any::<bool>(), any::<bool>());
    let phases = prop::collection::vec(phase(), 1..4);
    (habits, phases, 0..3_usize).prop_map(|((step, indented, crlf, end), phases, blanks)| {
        let mut text = String::from("# A contract.\nschema_version: \"0.1.0\"\nphases:\n");
        let pad = " ".repeat(step);
        for (index, phase) in phases.iter().enumerate() {
            let gap = if index > 0 { "\n".repeat(blanks) } else { String::new() };
            text.push_str(&format!("{gap}{pad}# Phase {index}.\n{pad}phase_{index}:\n"));
            for line in phase.lines() {
                let depth = line.len() - line.trim_start_matches('\t').len();
                let line = line.trim_start_matches('\t');
                let dashes = if line.starts_with('-') && !indented { depth - 1 } else { depth };
                let in_item = line.starts_with("  ") && !indented;
                let depth = if in_item { depth - 1 } else { dashes };
                // An anchor may be given once in a file.
                let line = line.replace('@', &text.len().to_string());
                let indent = if line.is_empty() { String::new() } else { pad.repeat(depth + 2) };
                text.push_str(&format!("{indent}{line}\n"));
            }
        }
        if end {
            text.push_str("chains: [{id: c, list: [1, 'two']}, \"x\"] # end\n");
        } else {
            text.truncate(text.trim_end().len());
        }
        if crlf { text.replace('\n', "\r\n") } else { text }
    })
}

/// A phase; tabs stand for levels.
fn phase() -> impl Strategy<Value = String> {
    let field = prop::sample::select(vec![
        "\t\t- name: domain\n\t\t  type: str # text\n",
        "\t\t# why\n\t\t- name: 'tasks.*.mode'\n\t\t  default: []\n\n",
        "\t\t- {name: seed, severity: warning}\n",
        "\t\t-   name: \"x\"\n",
        "\t\t- word\n",
        "\t\t- >-\n\t\t  folded\n\t\t  text\n",
    ]);
    let list = prop::collection::vec(field, 1..4).prop_map(|fields| fields.concat());
    let plain = prop::sample::select(vec![
        "description: plain text # c\n",
        "entry: {}\n",
        "exit: {required: [], optional: [{name: a}]} # flow\n",
        "empty:\n",
        "anchored: &a@ one\n",
        "number: 010\n",
    ]);
    let blocks = prop::collection::vec((prop::bool::ANY, plain, list), 1..4);
    blocks.prop_map(|blocks| {
        let write = |(index, (is_list, plain, list)): (usize, (bool, &str, String))| {
            if is_list {
                format!("list_{index}:\n{}", list.replace("\t\t", "\t"))
            } else {
                plain.to_owned()
            }
        };
        blocks.into_iter().enumerate().map(write).collect()
    })
}

pub(super) fn intent(yaml: &Yaml, choice: usize, node: usize, other: usize, word: &str) -> Intent {
    let id = |index: usize| NodeId::new(u32::try_from(index % yaml.nodes.len()).unwrap());
    let (node, other, word) = (id(node), id(other), word.to_owned());
    let pairs = vec![("name".to_owned(), "x".to_owned()), ("default".to_owned(), "{}".to_owned())];
    match choice % 13 {
        0 => Intent::ReplaceScalar(node, word),
        1 => Intent::ReplaceValue(node, "[1, {a: b}]".into()),
        2 => Intent::Quote(node),
        3 => Intent::RemoveEntry(node),
        4 => Intent::RemoveItem(node),
        5 => Intent::InsertEntry(node, format!("new {word}"), "0.5".into()),
        6 => Intent::AppendItem(node, vec!["entry".into(), "required".into()], pairs),
        7 => Intent::MoveEntryBefore(node, other),
        8 => Intent::CommentOut(node),
        9 => Intent::MapToList(node, ["name".into(), word]),
        10 => Intent::LiftEntry(node, "name".into(), word),
        11 => Intent::All(Arc::from([Intent::CommentOut(node), Intent::CommentOut(other)])),
        _ => {
            let lists = ["entry.required", "entry.optional", "exit.required", "entry.required"];
            let append = |(index, list): (usize, &str)| {
                let at = if index < 3 { node } else { other };
                Intent::AppendItem(at, list.split('.').map(str::to_owned).collect(), pairs.clone())
            };
            Intent::All(lists.into_iter().enumerate().map(append).collect())
        }
    }
}

/// Whether the tree allows the intent at all, anchors aside.
fn is_possible(yaml: &Yaml, intent: &Intent) -> bool {
    let data = |id: &NodeId| &yaml.node(*id).data;
    let is_key = |key: &NodeId, mapping: NodeId| matches!(data(&mapping), Data::Mapping(entries) if entries.iter().any(|e| e.key == *key));
    let parent_is = |id: &NodeId, test: &dyn Fn(NodeId) -> bool| yaml.parent(*id).is_some_and(test);
    match intent {
        Intent::ReplaceScalar(id, _) | Intent::Quote(id) => matches!(data(id), Data::Scalar(_)),
        Intent::ReplaceValue(id, _) => !parent_is(id, &|mapping| is_key(id, mapping)),
        Intent::RemoveEntry(id) => parent_is(id, &|mapping| is_key(id, mapping)),
        Intent::RemoveItem(id) => parent_is(id, &|list| matches!(data(&list), Data::Sequence(_))),
        Intent::InsertEntry(id, ..) => matches!(data(id), Data::Mapping(_)),
        Intent::AppendItem(id, ..) => {
            // `exit` and the like may hold `entry` already; those cases are tried by hand.
            matches!(data(id), Data::Mapping(entries) if entries.iter().all(|entry| {
                yaml.text_of(entry.key).is_some_and(|key| key.as_str() != "entry")
            }))
        }
        Intent::MoveEntryBefore(from, to) => {
            let Some(mapping) = yaml.parent(*from) else {
                return false;
            };
            let on_a_dash = |yaml: &Yaml| {
                yaml.parent(mapping).is_some_and(|up| matches!(data(&up), Data::Sequence(_)))
            };
            yaml.parent(*to) == Some(mapping)
                && is_key(from, mapping)
                && is_key(to, mapping)
                && !on_a_dash(yaml)
        }
        Intent::CommentOut(key) => {
            parent_is(key, &|mapping| is_key(key, mapping) && yaml.written(mapping).len() > 1)
        }
        Intent::MapToList(id, _) => matches!(data(id), Data::Mapping(entries) if entries
            .iter()
            .all(|entry| is_one_line(data(&entry.value)))),
        Intent::LiftEntry(key, inner, _) => {
            let value = |mapping: NodeId| {
                let entry = yaml.written(mapping).iter().find(|entry| entry.key == *key)?;
                yaml.get(entry.value, inner)
            };
            parent_is(key, &|mapping| {
                value(mapping).is_some_and(|held| is_one_line(data(&held.value)))
            })
        }
        // Whether two may go together depends on where they stand.
        Intent::All(_) => false,
    }
}

fn is_one_line(data: &Data) -> bool {
    let Data::Scalar(scalar) = data else { return false };
    let is_block = matches!(scalar.style, crate::yaml::Style::Literal | crate::yaml::Style::Folded);
    !is_block && scalar.value != crate::yaml::Value::Null
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    /// `render` reads its own result again: that an edit comes back at all says that it does what
    /// was intended and nothing else. Here it must come back wherever the tree allows it.
    #[test]
    fn every_possible_intent_is_rendered(
        text in file(), choice in 0..13_usize, node: usize, other: usize,
        word in prop::sample::select(vec!["plain", "on", "1:30", "it's", "a: b", "", "ä \"q\"", "x,y"]),
    ) {
        let yaml = parse(&text, &Limits::default());
        prop_assert!(yaml.problems.is_empty(), "{}\n{:?}", text, yaml.problems);
        let intent = intent(&yaml, choice, node, other, word);
        let rendered = render(&text, &yaml, &intent);
        if is_possible(&yaml, &intent) {
            prop_assert!(rendered.is_ok(), "{:?}: {:?}\n{}", rendered, intent, text);
        }
        let Ok(edits) = rendered else { return Ok(()) };
        let after = apply(&text, &edits).0;
        let lone = |text: &str| text.replace("\r\n", "").contains('\n');
        if !lone(&text) && text.contains('\n') {
            prop_assert!(!lone(&after), "{:?}", after);
        }
        let trailing = |text: &str| text.lines().any(|line| line.ends_with(' '));
        prop_assert!(!trailing(&after), "{:?}\n{}", intent, after);
    }

    #[test]
    fn no_text_breaks_the_renderer(
        text in "([ab]: |- |[ab]|'|\"|\\[|\\]|\\{|\\}|,|#| |&a |\\*a|\\|\n|\n|\r\n|\\? |--- ){0,24}",
        choice in 0..13_usize, node: usize, other: usize,
    ) {
        let yaml = parse(&text, &Limits::default());
        if !yaml.nodes.is_empty() {
            let _ = render(&text, &yaml, &intent(&yaml, choice, node, other, "x"));
        }
    }
}
