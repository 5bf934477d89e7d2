//! The parser's reasons in plain words.

/// What people are told of a reason that the parser gives: what is wrong, and what to do.
pub(super) fn of(reason: &str) -> String {
    let known = KNOWN.iter().find(|(part, _)| reason.contains(part));
    known.map_or_else(
        || reason.trim_end_matches('.').to_owned(),
        |(_, message)| (*message).to_owned(),
    )
}

/// Parts of reasons, the more special ones first, and what is said instead.
const KNOWN: &[(&str, &str)] = &[
    ("simple key expect", "a key without `:`; write `key: value`"),
    (
        "mapping values are not allowed",
        "a second `: ` on one line; quote the text, or break the line",
    ),
    ("illegal placement of ':'", "a key and its `:` stand on one line; join the lines"),
    ("invalid indentation", "this line is indented like no line above; align it with its siblings"),
    ("wrongly indented line in block", "block text is indented less than its first line; align it"),
    (
        "did not find expected key",
        "this does not continue the mapping above; check the indentation",
    ),
    ("did not find expected '-'", "this does not continue the list above; check the indentation"),
    ("did not find expected ',' or '}'", "a `{` is not closed; add `,` or `}`"),
    ("expected ',' or ']'", "a `[` is not closed; add `,` or `]`"),
    ("misplaced bracket", "this bracket closes nothing; remove it, or quote the text"),
    ("unexpected end of stream", "this quote is not closed; add the closing quote"),
    ("unexpected document indicator", "this quote is not closed; add the closing quote"),
    ("invalid trailing content", "text after the closing quote; quote the whole value"),
    ("unknown escape character", "this backslash escapes nothing; double it, or use single quotes"),
    ("expected hexadecimal number", "this escape lacks hexadecimal digits; complete it"),
    ("invalid Unicode character", "this escape stands for no character; correct its digits"),
    ("unexpected character", "a value cannot begin with this character; quote the value"),
    ("a tab", "a tab cannot indent; use spaces"),
    ("tabs disallowed", "a tab cannot indent; use spaces"),
    ("must be followed by a valid YAML whitespace", "a tab separates nothing in YAML; use spaces"),
    (
        "sequence entries are not allowed",
        "a list item cannot begin here; put it on a line of its own",
    ),
    ("\"-\" is only valid", "a `- ` cannot stand between brackets; separate items by `,`"),
    ("mapping keys are not allowed", "a `? ` cannot stand here; put it on a line of its own"),
    ("did not find expected node content", "a value is missing here; write it, or `null`"),
    ("unexpected end of plain scalar", "a value is missing here; write it, or `null`"),
    ("plain scalar cannot start with '-'", "a value is missing behind `-`; quote a dash"),
    ("comment intercepting", "a comment interrupts this text; move it behind the last line"),
    ("expected <document start>", "text after the end of a document; start the next with `---`"),
    ("invalid content after document end", "text after `...`; put it on a line of its own"),
    ("anchor or alias", "a `&` or `*` lacks its name; quote the text if it is none"),
    (
        "indentation indicator equal to 0",
        "block text cannot be indented by 0; name a digit from 1 to 9",
    ),
    (
        "block scalar, did not find expected comment",
        "text behind `|` or `>`; put it on the next line",
    ),
    ("byte order mark", "a byte-order mark inside of the text; remove this invisible character"),
    ("handle wasn't declared", "the handle of this tag is not declared; remove the tag"),
    ("scanning a tag", "this tag is incomplete; complete it, or quote the text"),
    ("parsing a tag", "this tag is incomplete; complete it, or quote the text"),
    ("directive", "a line that begins with `%` is a directive, and this is none; quote the text"),
    ("simple key expected", "a key without `:`; write `key: value`"),
    ("unprintable", "a character that may not stand in YAML; remove it"),
];
