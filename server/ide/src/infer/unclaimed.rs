//! Handlers that no contract speaks of yet.

use facts::places::FileId;
use graph::handler::Code;
use graph::sources::Sources;
use text::span::Span;

use super::known;
use crate::question::{FEW_PIPELINES, Question};

/// Whether a part of a file touches a handler that no contract speaks of, nor of those that belong
/// with it: whether there is a contract to be inferred for it.
#[must_use]
pub fn has_unclaimed(sources: &dyn Sources, file: FileId, part: Span) -> bool {
    let question = Question::new(sources, FEW_PIPELINES);
    let graph = question.graph();
    let handlers = graph.handlers_in(file).iter();
    let is_free = |code: Code| {
        let mut seats = graph.seats_of(code).iter();
        !seats.any(|(contract, _)| graph.propagation(*contract).is_some())
    };
    let touched = handlers.filter(|handler| is_free(handler.code)).filter(|handler| {
        let whole = question.definition(handler.at);
        whole.is_some_and(|whole| whole.start <= part.end && part.start <= whole.end)
    });
    let touched: Vec<Code> = touched.map(|handler| handler.code).collect();
    if touched.is_empty() {
        // Who belongs together takes a look at all handlers of the project.
        return false;
    }
    graph.workflows().iter().any(|workflow| {
        let mut members = workflow.members.iter();
        members.any(|member| touched.contains(&member.code))
            && known(graph, workflow).next().is_none()
    })
}
