//! What a handler's class says of itself: its phase, and what it declares in code.

use super::model::{Declared, Handler, Phase};
use super::page::{Block, Mark, Part};

/// The attributes of a handler's class.
pub(super) fn attributes(phase: &Phase) -> Block {
    let mut block = Block::default();
    let name = match &phase.handler {
        Handler::Of(other) => Some(other),
        // The name of the class says it as well.
        _ => phase.number.is_multiple_of(2).then_some(&phase.name),
    };
    if let Some(name) = name {
        block.line("");
        block.marked(format!("phase = \"{name}\""), Mark(phase.number, Part::InCode));
    }
    if let Some([requires, produces]) = &phase.in_code {
        let declared =
            [("requires", Part::Requires, requires), ("produces", Part::Produces, produces)];
        for (word, part, fields) in declared {
            block.line("");
            let opening = format!("context_{word} = ContextContract({{");
            block.marked(opening, Mark(phase.number, part));
            fields.iter().for_each(|field| declaration(&mut block, field));
            block.line("})");
        }
    }
    block
}

fn declaration(block: &mut Block, field: &Declared) {
    let is_critical = if field.severity.is_none() { "True" } else { "False" };
    let default = field.default.map_or_else(String::new, |default| format!(", default={default}"));
    let (name, kind) = (&field.field, field.kind.name);
    let line = format!("    \"{name}\": Field(type={kind}, critical={is_critical}{default}),");
    block.marked(line, Mark(field.number, Part::InCode));
}
