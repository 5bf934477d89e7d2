//! What a settings file names: rules, pipelines, and their fields.

use contracts::path::FieldPath;
use rules::rules::by_name;
use settings::spanned::Spanned;
use text::name::Name;

use super::{Symbol, Target};
use crate::place::Cursor;
use crate::question::Question;

/// What stands at the cursor in a settings file.
pub(super) fn find(question: &Question<'_>, cursor: Cursor) -> Option<Target> {
    let graph = question.graph();
    if graph.settings_file() != Some(cursor.file) {
        return None;
    }
    let settings = graph.settings();
    let is_here = |named: &&Spanned<String>| named.span.touches(cursor.offset);
    if let Some(rule) = settings.named_rules().find(is_here) {
        return Some(Target::one(rule.span, Symbol::Rule(by_name(&rule.value)?)));
    }
    settings.pipelines.iter().find_map(|pipeline| {
        let contracts = || graph.contracts_named(Name::new(&pipeline.name.value));
        let (span, symbols): (_, Vec<Symbol>) = if is_here(&&pipeline.name) {
            (pipeline.name.span, contracts().map(Symbol::Pipeline).collect())
        } else {
            let field = pipeline.inputs.iter().chain(&pipeline.outputs).find(is_here)?;
            let path = FieldPath::parse(&field.value);
            let of = |contract| Symbol::Field { pipeline: contract, path };
            (field.span, contracts().map(of).collect())
        };
        (!symbols.is_empty()).then(|| {
            let more = symbols.len().saturating_sub(question.most);
            let symbols = symbols.into_iter().take(question.most).collect();
            Target { span, symbols, more }
        })
    })
}
