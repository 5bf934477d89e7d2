//! Literals to values.

use contracts::value::Value;
use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;

/// Longer text is no key and no default that a contract could name; it is not worth a name.
const LONGEST_TEXT: usize = 4 * 1024;

/// The value of a literal. Tuples and sets are [`Value::Other`].
pub(super) fn literal(node: Node<'_>) -> Option<Value> {
    match node.kind() {
        Kind::ParenthesizedExpression => literal(node.first()?),
        Kind::Tuple | Kind::Set => {
            node.children().all(|item| literal(item).is_some()).then(|| other(node))
        }
        Kind::List => Some(Value::List(node.children().map(literal).collect::<Option<_>>()?)),
        Kind::Dictionary => {
            let entry = |pair: Node<'_>| {
                let (key, value) = (pair.child(Field::Key)?, pair.child(Field::Value)?);
                Some((literal(key)?, literal(value)?))
            };
            Some(Value::Map(node.children().map(entry).collect::<Option<_>>()?))
        }
        _ => scalar(node),
    }
}

fn other(node: Node<'_>) -> Value {
    Value::Other(Name::new(node.text()))
}

/// The value of a literal without parts.
pub(super) fn scalar(node: Node<'_>) -> Option<Value> {
    Some(match node.kind() {
        Kind::None => Value::Null,
        Kind::True => Value::Bool(true),
        Kind::False => Value::Bool(false),
        Kind::Integer => integer(node.text()),
        Kind::Float => {
            node.text().replace('_', "").parse().map_or_else(|_| other(node), Value::Float)
        }
        Kind::String | Kind::ConcatenatedString => match text(node) {
            Some(text) => Value::Text(text),
            None if is_bytes(node) => other(node),
            None => return None,
        },
        Kind::UnaryOperator => {
            let (operator, argument) = (node.child(Field::Operator)?, node.child(Field::Argument)?);
            match (operator.text(), scalar(argument)?) {
                ("-", Value::Int(number)) => Value::Int(number.checked_neg()?),
                ("-", Value::Float(number)) => Value::Float(-number),
                ("+", value @ (Value::Int(_) | Value::Float(_))) => value,
                _ => return None,
            }
        }
        _ => return None,
    })
}

fn integer(text: &str) -> Value {
    let digits = text.replace('_', "").to_ascii_lowercase();
    let parsed = match digits.get(..2) {
        Some("0x") => i64::from_str_radix(&digits[2..], 16),
        Some("0o") => i64::from_str_radix(&digits[2..], 8),
        Some("0b") => i64::from_str_radix(&digits[2..], 2),
        _ => digits.parse(),
    };
    parsed.map_or_else(|_| Value::Other(Name::new(text)), Value::Int)
}

/// Whether it is a literal of bytes.
pub(super) fn is_bytes(node: Node<'_>) -> bool {
    prefix(node).is_some_and(|prefix| prefix.contains(['b', 'B']))
}

/// The letters and the quote that a text begins with.
fn prefix(node: Node<'_>) -> Option<&str> {
    let string = if node.kind() == Kind::ConcatenatedString { node.first()? } else { node };
    let start = string.first().filter(|first| first.kind() == Kind::StringStart)?;
    Some(start.text())
}

/// The text of a literal without parts to compute.
pub(super) fn text(node: Node<'_>) -> Option<Name> {
    // Most keys: one word in plain quotes.
    if node.kind() == Kind::String
        && let [_, content, _] = three(node)?
        && content.kind() == Kind::StringContent
        && content.first().is_none()
        && matches!(prefix(node), Some("\"" | "'"))
        && content.text().len() <= LONGEST_TEXT
        && !content.text().contains('\r')
    {
        return Some(Name::new(content.text()));
    }
    let mut whole = String::new();
    append(node, &mut whole)?;
    (whole.len() <= LONGEST_TEXT).then(|| Name::new(&whole))
}

fn three(node: Node<'_>) -> Option<[Node<'_>; 3]> {
    let mut children = node.children();
    let first = children.next()?;
    let second = children.next()?;
    // Without content there are quotes alone.
    Some([first, second, children.next().unwrap_or(second)])
}

fn append(node: Node<'_>, whole: &mut String) -> Option<()> {
    match node.kind() {
        Kind::ConcatenatedString => node.children().try_for_each(|part| append(part, whole)),
        Kind::ParenthesizedExpression => append(node.first()?, whole),
        Kind::String => {
            for part in parts(node)? {
                match part {
                    Piece::Text(text) => whole.push_str(&text),
                    Piece::Computed(_) => return None,
                }
            }
            Some(())
        }
        _ => None,
    }
}

/// A part of a text.
pub(super) enum Piece<'c> {
    /// Text as decoded.
    Text(String),
    /// What stands between braces.
    Computed(Node<'c>),
}

/// The parts of one string; none for bytes.
pub(super) fn parts(node: Node<'_>) -> Option<Vec<Piece<'_>>> {
    let prefix = prefix(node)?;
    if prefix.contains(['b', 'B']) {
        return None;
    }
    let raw = prefix.contains(['r', 'R']);
    let mut pieces = Vec::new();
    for part in node.children() {
        match part.kind() {
            Kind::StringContent => pieces.push(Piece::Text(decode(part, raw))),
            Kind::Interpolation => pieces.push(Piece::Computed(part)),
            _ => {}
        }
    }
    Some(pieces)
}

fn decode(content: Node<'_>, raw: bool) -> String {
    let text = content.text();
    let mut decoded = String::with_capacity(text.len());
    let mut done = 0;
    let start = content.span().start as usize;
    for part in content.children() {
        let (from, to) = (part.span().start as usize - start, part.span().end as usize - start);
        decoded.push_str(text.get(done..from).unwrap_or(""));
        match part.kind() {
            Kind::EscapeSequence if !raw => unescape(part.text(), &mut decoded),
            // `{{` and `}}`
            Kind::EscapeInterpolation => decoded.push_str(part.text().get(..1).unwrap_or("")),
            _ => decoded.push_str(part.text()),
        }
        done = to;
    }
    decoded.push_str(text.get(done..).unwrap_or(""));
    if decoded.contains('\r') { decoded.replace("\r\n", "\n").replace('\r', "\n") } else { decoded }
}

fn unescape(escape: &str, decoded: &mut String) {
    let rest = escape.get(1..).unwrap_or("");
    let simple = match rest {
        "\n" | "\r\n" => return,
        "a" => '\u{7}',
        "b" => '\u{8}',
        "f" => '\u{c}',
        "n" => '\n',
        "r" => '\r',
        "t" => '\t',
        "v" => '\u{b}',
        "\\" | "'" | "\"" => rest.chars().next().unwrap_or('\\'),
        _ => match code(rest).and_then(char::from_u32) {
            Some(character) => character,
            // A named character, or half of a pair: kept as written.
            None => return decoded.push_str(escape),
        },
    };
    decoded.push(simple);
}

fn code(escape: &str) -> Option<u32> {
    match escape.as_bytes().first()? {
        b'x' | b'u' | b'U' => u32::from_str_radix(escape.get(1..)?, 16).ok(),
        b'0'..=b'7' => u32::from_str_radix(escape, 8).ok(),
        _ => None,
    }
}
