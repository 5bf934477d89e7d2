//! What the reader promises.

mod recorded;

use super::*;

fn read(text: &str) -> Yaml {
    parse(text, &Limits::default())
}

#[test]
fn spans_are_those_of_the_text_alone() {
    let text = "key: &a [x, 'y' ] # c\nlist:\n- - d\n-\nblock: |- # é\n\n  é\n\n  y\n\nnull_one:\nt: !!str 5\n";
    let yaml = read(text);
    assert_eq!(yaml.problems, []);
    let texts: Vec<&str> = yaml.nodes[1..]
        .iter()
        .map(|node| node.span.of(text))
        .collect();
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
