//! Tests of settings edits.

use proptest::prelude::*;
use text::edit::apply;
use toml_edit::DocumentMut;

use super::*;

fn added(text: &str, keys: &str, value: &str) -> String {
    let keys = keys.split('/').map(str::to_owned).collect();
    let edits = render(text, &Intent::AddToList(keys, value.to_owned())).unwrap();
    apply(text, &edits).0
}

fn inputs(text: &str) -> String {
    added(text, "pipelines/artisan/inputs", "seed")
}

#[test]
fn a_list_grows_in_its_style() {
    let table = "[pipelines.artisan]\n";
    let grown = |before: &str| inputs(&format!("{table}inputs = {before}\n"));
    let expect = |after: &str| format!("{table}inputs = {after}\n");
    assert_eq!(grown("[]"), expect("[\"seed\"]"));
    assert_eq!(grown("[ ]"), expect("[\"seed\" ]"));
    assert_eq!(grown("[\"a\"] # why"), expect("[\"a\", \"seed\"] # why"));
    assert_eq!(grown("[ \"a\" ]"), expect("[ \"a\", \"seed\" ]"));
    assert_eq!(grown("['a',]"), expect("['a', 'seed',]"));
    assert_eq!(grown("[\n  \"a\", # one\n]"), expect("[\n  \"a\", # one\n  \"seed\",\n]"));
    assert_eq!(grown("[\n\t\"a\"\n]"), expect("[\n\t\"a\",\n\t\"seed\"\n]"));
    assert_eq!(grown("[\n]"), expect("[\n    \"seed\",\n]"));
}

#[test]
fn what_is_there_already_changes_nothing() {
    let text = "pipelines.artisan.inputs = ['seed']\n";
    assert_eq!(inputs(text), text);
}

#[test]
fn tables_are_created_at_the_end() {
    assert_eq!(inputs(""), "[pipelines.artisan]\ninputs = [\"seed\"]\n");
    assert_eq!(
        inputs("include = [\"a\"]\n\n[rules]\ndead-write = \"off\"\n"),
        "include = [\"a\"]\n\n[rules]\ndead-write = \"off\"\n\n\
         [pipelines.artisan]\ninputs = [\"seed\"]\n"
    );
    assert_eq!(
        inputs("[rules]\na = 1\n# the end\n"),
        "[rules]\na = 1\n# the end\n\n[pipelines.artisan]\ninputs = [\"seed\"]\n"
    );
}

#[test]
fn tables_stand_with_their_family() {
    let before =
        "[project]\nname = \"x\"\n\n[tool.contextcore]\ninclude = [\"a\"]\n\n[tool.ruff]\n";
    assert_eq!(
        added(before, "tool/contextcore/pipelines/artisan/inputs", "seed"),
        "[project]\nname = \"x\"\n\n[tool.contextcore]\ninclude = [\"a\"]\n\n\
         [tool.contextcore.pipelines.artisan]\ninputs = [\"seed\"]\n\n[tool.ruff]\n"
    );
    let before = "[project]\nname = \"x\"\n\n[tool.ruff]\nline-length = 88 # wide\n";
    assert_eq!(
        added(before, "tool/contextcore/pipelines/artisan/inputs", "seed"),
        format!("{before}\n[tool.contextcore.pipelines.artisan]\ninputs = [\"seed\"]\n")
    );
}

#[test]
fn dotted_keys_and_inline_tables_stay_so() {
    assert_eq!(
        inputs("pipelines.artisan.outputs = [\"a\"]\n"),
        "pipelines.artisan.outputs = [\"a\"]\npipelines.artisan.inputs = [\"seed\"]\n"
    );
    assert_eq!(
        inputs("pipelines = { other = {} }\n"),
        "pipelines = { other = {} , artisan = { inputs = [\"seed\"] } }\n".replace("{} ,", "{},")
    );
}

#[test]
fn names_are_quoted_where_they_must_be() {
    assert_eq!(
        added("", "pipelines/my pipeline/inputs", "a\"b"),
        "[pipelines.\"my pipeline\"]\ninputs = ['a\"b']\n"
    );
}

#[test]
fn line_breaks_and_the_byte_order_mark_stay() {
    assert_eq!(
        inputs("\u{feff}# ä\r\n[rules]\r\na = 1\r\n"),
        "\u{feff}# ä\r\n[rules]\r\na = 1\r\n\r\n[pipelines.artisan]\r\ninputs = [\"seed\"]\r\n"
    );
    assert_eq!(
        inputs("[pipelines.artisan]\r\ninputs = [\r\n  'ä',\r\n]\r\nx = 1\r\n"),
        "[pipelines.artisan]\r\ninputs = [\r\n  'ä',\r\n  'seed',\r\n]\r\nx = 1\r\n"
    );
}

#[test]
fn what_is_no_list_is_refused() {
    let intent = Intent::AddToList(vec!["a".into(), "b".into()], "c".into());
    for text in ["a = 1\n", "[a]\nb = \"x\"\n", "[[a]]\n"] {
        assert_eq!(render(text, &intent), Err(CannotEdit::Layout), "{text}");
    }
    assert_eq!(render("a = [", &intent), Err(CannotEdit::ChangesMore));
    assert_eq!(render("", &Intent::AddToList(vec![], "c".into())), Err(CannotEdit::NotThere));
}

#[test]
fn the_edit_is_small() {
    let text = "a = 1\npipelines.artisan.inputs = [\"x\"] # c\nb = 2\n";
    let keys = ["pipelines", "artisan", "inputs"].map(str::to_owned).to_vec();
    let edits = render(text, &Intent::AddToList(keys, "seed".into())).unwrap();
    assert!(edits[0].span.len() <= 1 && edits[0].new_text.len() <= 8, "{edits:?}");
}

fn lines() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(
        prop::sample::select(vec![
            "# comment ä",
            "",
            "top = 1",
            "[pipelines]",
            "[pipelines.artisan]",
            "inputs = [\"a\", 'b'] # why",
            "inputs = [\n  \"a\", # one\n  # two\n]",
            "inputs = [ # open\n]",
            "artisan = { inputs = [] }",
            "artisan.inputs = ['x']",
            "[rules]",
            "[[other]]",
            "[pipelines.second]",
            "outputs = [\"z\"]",
        ]),
        0..9,
    )
}

proptest! {
    #[test]
    fn the_list_grows_and_nothing_else_changes(lines in lines(), crlf: bool, end: bool) {
        let mut text = lines.join("\n");
        if end { text.push('\n'); }
        if crlf { text = text.replace('\n', "\r\n"); }
        let Ok(before) = text.parse::<DocumentMut>() else { return Ok(()) };
        let keys = ["pipelines", "artisan", "inputs"].map(str::to_owned).to_vec();
        let Ok(edits) = render(&text, &Intent::AddToList(keys, "new".into())) else { return Ok(()) };
        let edited = apply(&text, &edits).0;
        let after: DocumentMut = edited.parse().unwrap();
        let comments = |text: &str| text.matches('#').count();
        prop_assert_eq!(comments(&text), comments(&edited));
        prop_assert_eq!(crlf && end, crlf && end && !edited.replace("\r\n", "").contains('\n'));
        prop_assert_eq!(with_item(values(before.as_item())), values(after.as_item()), "{}", edited);
    }
}

/// All leaves with the keys that lead to them; tables without content do not count.
fn values(item: &Item) -> Vec<String> {
    fn walk(item: &Item, path: &str, found: &mut Vec<String>) {
        if let Some(tables) = item.as_array_of_tables() {
            for (index, table) in tables.iter().enumerate() {
                table
                    .iter()
                    .for_each(|(key, item)| walk(item, &format!("{path}/{index}/{key}"), found));
            }
        } else if let Some(list) = item.as_array() {
            let items: Vec<_> = list.iter().map(|item| item.as_str().unwrap_or("?")).collect();
            found.push(format!("{path} = {items:?}"));
        } else if let Some(table) = item.as_table_like() {
            table.iter().for_each(|(key, item)| walk(item, &format!("{path}/{key}"), found));
        } else {
            found.push(format!("{path} = {}", item.to_string().trim()));
        }
    }
    let mut found = Vec::new();
    walk(item, "", &mut found);
    found.sort();
    found
}

fn with_item(mut values: Vec<String>) -> Vec<String> {
    let prefix = "/pipelines/artisan/inputs = [";
    match values.iter_mut().find(|value| value.starts_with(prefix)) {
        Some(list) if list.ends_with("[]") => list.insert_str(list.len() - 1, "\"new\""),
        Some(list) => list.insert_str(list.len() - 1, ", \"new\""),
        None => values.push(format!("{prefix}\"new\"]")),
    }
    values.sort();
    values
}
