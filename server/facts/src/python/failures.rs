//! Results that say that something failed: what an `except` makes of an exception, for its caller to
//! look at.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};

use super::body::Body;

/// Words at either end of the name of what makes such a result.
const FAILING: [&str; 4] = ["fail", "failed", "failure", "error"];

/// Keys that say that all went well.
const GOING_WELL: [&str; 5] = ["success", "succeeded", "successful", "ok", "is_ok"];

/// Keys of what went wrong.
const WRONG: [&str; 4] = ["error", "errors", "error_message", "exception"];

/// What is being caught around a point.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Caught {
    /// Nothing.
    #[default]
    Nothing,
    /// Exceptions of some classes.
    Some,
    /// Any exception.
    Any,
}

impl Caught {
    /// What an `except` clause catches.
    pub(super) fn by(clause: Node<'_>) -> Caught {
        let mut classes = clause.children().filter(|child| child.kind() != Kind::Block).peekable();
        if classes.peek().is_none() || classes.any(is_broad) { Caught::Any } else { Caught::Some }
    }
}

fn is_broad(class: Node<'_>) -> bool {
    match class.kind() {
        Kind::Identifier => matches!(class.text(), "Exception" | "BaseException"),
        Kind::Tuple | Kind::ParenthesizedExpression | Kind::ExpressionList => {
            class.children().any(is_broad)
        }
        Kind::AsPattern => class.first().is_some_and(is_broad),
        _ => false,
    }
}

impl<'c> Body<'_, 'c> {
    /// Whether a `return` tells the caller that something failed, as a `raise` would. Nothing at all
    /// does so where other ways give something.
    pub(super) fn returns_failure(&self, statement: Node<'c>) -> bool {
        match (self.caught, statement.first()) {
            (Caught::Nothing, _) => false,
            (Caught::Any, None) => self.scope.gives(),
            (Caught::Some, None) => false,
            (Caught::Any, Some(value)) if gives_nothing(value) => self.scope.gives(),
            (_, Some(value)) => says_failure(value),
        }
    }
}

/// `None` or `False`, by itself or before what went wrong.
pub(super) fn gives_nothing(value: Node<'_>) -> bool {
    match value.kind() {
        Kind::None | Kind::False => true,
        Kind::Tuple | Kind::ExpressionList | Kind::ParenthesizedExpression => {
            value.first().is_some_and(gives_nothing)
        }
        _ => false,
    }
}

/// Whether a value says that something failed. What carries other things along (`{**context, ...}`)
/// goes on as if nothing had happened.
fn says_failure(value: Node<'_>) -> bool {
    match value.kind() {
        Kind::Await | Kind::ParenthesizedExpression => value.first().is_some_and(says_failure),
        Kind::Call => {
            let mut arguments = value.child(Field::Arguments).into_iter().flat_map(Node::children);
            is_called_failure(value) || arguments.any(is_sign)
        }
        Kind::Dictionary => {
            let is_pair = |item: Node<'_>| item.kind() == Kind::Pair;
            value.children().all(is_pair) && value.children().any(is_sign)
        }
        _ => false,
    }
}

/// `StepResult.failure(...)`, `error_result(...)`.
fn is_called_failure(call: Node<'_>) -> bool {
    let name = call.child(Field::Function).map_or("", Node::text);
    let name = name.rsplit('.').next().unwrap_or("").trim_start_matches('_').to_lowercase();
    FAILING.iter().any(|word| name.starts_with(word) || name.ends_with(word))
}

/// `success=False`, `"error": str(exc)`, `status="failed"`.
fn is_sign(item: Node<'_>) -> bool {
    let key = item.child(Field::Name).or_else(|| item.child(Field::Key));
    let (Some(key), Some(value)) = (key, item.child(Field::Value)) else { return false };
    let key = bare(key);
    let says_wrong = WRONG.contains(&key) && !matches!(value.kind(), Kind::None | Kind::False);
    let says_not_well = GOING_WELL.contains(&key) && value.kind() == Kind::False;
    says_wrong || says_not_well || key == "status" && is_failing_status(value)
}

/// `"failed"`, `Status.FAILED`.
fn is_failing_status(value: Node<'_>) -> bool {
    let name = bare(value).rsplit('.').next().unwrap_or("").to_lowercase();
    matches!(value.kind(), Kind::String | Kind::Attribute) && FAILING.contains(&name.as_str())
}

/// A name, or a plain text without its quotes.
fn bare(node: Node<'_>) -> &str {
    node.text().trim_matches(['"', '\''])
}
