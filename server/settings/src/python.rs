//! What a project says about its Python code.

use crate::patterns::NamePattern;
use crate::spanned::Spanned;

/// How handlers and contexts are recognised, beyond what is built in.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct PythonSettings {
    /// Classes whose subclasses are handlers: a name, or with its module before it.
    pub handler_bases: Vec<Spanned<String>>,
    /// Decorators that make a function or class a handler: a name, or with its module before it.
    pub handler_decorators: Vec<Spanned<String>>,
    /// Functions that are handlers, by name.
    pub handler_functions: Vec<Spanned<NamePattern>>,
    /// Methods by which handlers are started, all that a class has and in this order.
    pub entry_points: Vec<Spanned<String>>,
    /// Names of parameters that carry the context.
    pub context_parameters: Vec<Spanned<String>>,
    /// Whether tests are looked at too.
    pub check_tests: bool,
}
