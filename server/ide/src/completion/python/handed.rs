//! What functions around the cursor are handed, as the code that calls them has it.

use std::collections::BTreeSet;

use contracts::path::FieldPath;
use graph::handler::FunctionRef;
use text::name::Name;

use super::super::Request;
use super::seats::{MOST_PIPELINES, names};
use super::tokens::Words;

/// Knows what the functions around the cursor are handed.
pub(super) struct Handed<'r> {
    request: &'r Request<'r>,
    /// Their qualified names, innermost first.
    functions: Vec<String>,
}

impl<'r> Handed<'r> {
    pub(super) fn new(request: &'r Request<'r>, words: &Words<'_>) -> Handed<'r> {
        Handed { request, functions: names(words).1 }
    }

    /// The keys of the part that one of the functions gets as a parameter; none where it gets none,
    /// or several.
    pub(super) fn part(&self, function: usize, parameter: &str) -> Option<Vec<Name>> {
        let qualified = Name::new(self.functions.get(function)?);
        let (file, graph) = (self.request.file, self.request.sources.graph());
        let facts = graph.files().get(file)?.facts.as_ref()?;
        let functions = &facts.python.as_ref()?.functions;
        let index = functions.iter().rposition(|function| function.qualified == qualified)?;
        let function = &functions[index];
        let index = u32::try_from(index).ok()?;
        let parameters = &mut function.parameters.iter();
        let parameter = parameters.position(|known| known.name.as_str() == parameter)?;
        let (function, parameter) = (FunctionRef { file, index }, u32::try_from(parameter).ok()?);
        let (pipelines, _) = graph.pipelines_through(file, qualified, MOST_PIPELINES);
        let parts = pipelines.into_iter().map(|one| graph.ways(one).handed(function, parameter));
        let parts: BTreeSet<Option<FieldPath>> = parts.flatten().collect();
        let mut parts = parts.into_iter();
        let only = parts.next().filter(|_| parts.next().is_none())?;
        Some(only.map_or_else(Vec::new, |path| path.segments().to_vec()))
    }
}
