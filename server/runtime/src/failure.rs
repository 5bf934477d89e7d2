//! Why an expression has no value.

use text::span::Span;

/// Why an expression has no value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// The part at fault, in the expression's text.
    pub span: Span,
    /// Whose decision it was.
    pub cause: Cause,
    /// For people: lower case, names in backticks, no final stop.
    pub message: String,
}

/// Whose decision it was that there is no value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// Python raises this.
    Raised(Exception),
    /// It takes more than is granted here, whatever Python would do.
    Limit(Limit),
    /// Python has a value, or may have one, that is not known here.
    Unsupported,
}

/// What was used up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// The number of steps.
    Steps,
    /// How deep evaluations or values lie in one another.
    Depth,
    /// The size of one value.
    Size,
}

/// The exceptions that expressions raise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "they are Python's own names")]
pub enum Exception {
    AttributeError,
    IndexError,
    KeyError,
    NameError,
    OverflowError,
    SyntaxError,
    TypeError,
    UnboundLocalError,
    ValueError,
    ZeroDivisionError,
}

impl Exception {
    /// The name of its class.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Exception::AttributeError => "AttributeError",
            Exception::IndexError => "IndexError",
            Exception::KeyError => "KeyError",
            Exception::NameError => "NameError",
            Exception::OverflowError => "OverflowError",
            Exception::SyntaxError => "SyntaxError",
            Exception::TypeError => "TypeError",
            Exception::UnboundLocalError => "UnboundLocalError",
            Exception::ValueError => "ValueError",
            Exception::ZeroDivisionError => "ZeroDivisionError",
        }
    }
}

/// A failure on its way to the part that it is blamed on. Boxed, since every level hands it on.
#[derive(Debug)]
pub(crate) struct Fault(Box<Raised>);

#[derive(Debug)]
struct Raised {
    span: Option<Span>,
    cause: Cause,
    message: String,
}

/// What evaluating a part gives.
pub(crate) type Outcome<T = crate::value::Value> = Result<T, Fault>;

impl Fault {
    fn new(cause: Cause, message: String) -> Fault {
        Fault(Box::new(Raised { span: None, cause, message }))
    }

    /// Blames the part on `span`, unless a smaller one is blamed already.
    pub(crate) fn at(mut self, span: Span) -> Fault {
        self.0.span.get_or_insert(span);
        self
    }

    pub(crate) fn cause(&self) -> Cause {
        self.0.cause
    }

    /// What is told; `whole` is blamed where no part is.
    pub(crate) fn told(self, whole: Span) -> Failure {
        let Raised { span, cause, message } = *self.0;
        Failure { span: span.unwrap_or(whole), cause, message }
    }
}

/// What Python raises.
pub(crate) fn raised(exception: Exception, message: impl Into<String>) -> Fault {
    Fault::new(Cause::Raised(exception), message.into())
}

/// What most faults are.
pub(crate) fn type_error(message: impl Into<String>) -> Fault {
    raised(Exception::TypeError, message)
}

pub(crate) fn value_error(message: impl Into<String>) -> Fault {
    raised(Exception::ValueError, message)
}

/// What is not known here.
pub(crate) fn unsupported(message: impl Into<String>) -> Fault {
    Fault::new(Cause::Unsupported, message.into())
}

pub(crate) fn over(limit: Limit, message: impl Into<String>) -> Fault {
    Fault::new(Cause::Limit(limit), message.into())
}
