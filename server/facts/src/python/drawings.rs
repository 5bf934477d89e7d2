//! Workflows that code outside functions draws.

use syntax::python::cst::Node;
use text::span::Span;

use super::PythonFacts;
use crate::frameworks::langgraph;
use crate::places::Places;

/// Reads what a module's own code draws, now that its functions are known.
pub(super) fn of_module(root: Node<'_>, facts: &mut PythonFacts, places: &mut Places) {
    let starts: Vec<u32> = places.functions.iter().map(|function| function.span.start).collect();
    let functions = &facts.functions;
    let function_at = |span: Span| {
        let index = starts.iter().position(|start| *start == span.start)?;
        Some((u32::try_from(index).ok()?, functions.get(index)?.name.as_str()))
    };
    let code = langgraph::Code {
        function: None,
        is_method: false,
        parameters: &[],
        function_at: &function_at,
    };
    let found = langgraph::read(root, &code, &mut |span| places.append(span));
    facts.builders.extend(found);
}
