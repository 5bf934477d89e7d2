//! The phase that a class's name stands for.

use settings::spanned::Spanned;
use text::name::Name;

/// Endings that say that a class is a handler, and nothing of its phase.
const ENDINGS: [&str; 3] = ["PhaseHandler", "Handler", "Phase"];

/// The phase that a class of this name would carry out: the name without its ending, in snake case.
/// `bases` are the handler bases that settings name.
#[must_use]
pub fn phase_of_class(name: Name, bases: &[Spanned<String>]) -> Name {
    let name = name.as_str().rsplit('.').next().unwrap_or("");
    let bare = |ending: &str| name.strip_suffix(ending).filter(|rest| !rest.is_empty());
    let stripped = ENDINGS.into_iter().find_map(bare).or_else(|| {
        // A base of the project's own gives its endings to what inherits from it: `BaseStep` to
        // `PlanStep`.
        bases.iter().find_map(|base| bare(last_word(&base.value)))
    });
    Name::new(&snake_case(stripped.unwrap_or(name)))
}

/// The phase that a class would carry out whose name is that of the phase as it is, in snake case.
pub(super) fn whole_name(name: Name) -> Name {
    let name = name.as_str().rsplit('.').next().unwrap_or("");
    Name::new(&snake_case(name))
}

/// The last word of a name in camel case.
fn last_word(name: &str) -> &str {
    let start = name.rfind(|c: char| c.is_uppercase() || c == '.').unwrap_or(0);
    &name[start..]
}

/// `HTMLExport2` as `html_export2`.
fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::with_capacity(name.len() + 4);
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(index + 1);
        let starts_word = letter.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_numeric()
                    || (before.is_uppercase() && after.is_some_and(|after| after.is_lowercase()))
            });
        if starts_word {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use text::span::Span;

    use super::*;

    fn phase(name: &str) -> &'static str {
        let bases = [Spanned::new("sdk.BaseStep".to_owned(), Span::empty(0))];
        phase_of_class(Name::new(name), &bases).as_str()
    }

    #[test]
    fn a_class_is_called_after_its_phase() {
        assert_eq!(phase("ImplementPhaseHandler"), "implement");
        assert_eq!(phase("HTMLExportHandler"), "html_export");
        assert_eq!(phase("Outer.PlanSeedPhase"), "plan_seed");
        assert_eq!(phase("Stage2PhaseHandler"), "stage2");
        assert_eq!(phase("PlanStep"), "plan");
        assert_eq!(phase("PhaseHandler"), "phase");
        assert_eq!(phase("Handler"), "handler");
    }
}
