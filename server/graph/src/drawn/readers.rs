//! Who reads the state of a workflow.

use text::name::Name;

use super::{Point, Schema};
use crate::pipeline::Pipeline;
use crate::summary::Summary;

/// A node or a router.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'p> {
    /// The node's name, or that of the router's function.
    pub name: Name,
    /// What it is given of the state.
    pub schema: &'p Schema,
    /// Whether something else than the state may be sent to it.
    pub is_sent_to: bool,
    /// What it does with the state.
    pub summary: &'p Summary,
}

impl Pipeline {
    /// The nodes and routers that are tied to code; none where no code draws the workflow.
    #[must_use]
    pub fn readers(&self) -> Vec<Reader<'_>> {
        let Some(drawing) = &self.drawing else { return Vec::new() };
        let mut readers = Vec::new();
        for node in &drawing.nodes {
            let handlers = self.phase(node.name).map_or(&[][..], |phase| &phase.handlers);
            let own = handlers.iter().find(|handler| handler.phase_at == node.at);
            readers.extend(own.and_then(|handler| handler.summary.as_ref()).map(|summary| {
                Reader {
                    name: node.name,
                    schema: drawing.input_of(node),
                    is_sent_to: node.is_sent_to,
                    summary,
                }
            }));
        }
        for choice in &drawing.choices {
            let Some((name, summary)) = &choice.router else { continue };
            let source = match choice.from {
                Point::Node(node) => drawing.nodes.get(node),
                _ => None,
            };
            let schema = match (&choice.input, source) {
                (Some(own), _) => own,
                (None, Some(node)) => drawing.input_of(node),
                (None, None) => &drawing.state,
            };
            readers.push(Reader { name: *name, schema, is_sent_to: false, summary });
        }
        readers
    }
}
