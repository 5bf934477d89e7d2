//! A rule: what its page says, without the examples.

use rules::rule::Rule;

/// Sections of a page that are told in brief.
const TOLD: [&str; 2] = ["Why it matters", "What to do"];

pub(super) fn tell(rule: &Rule) -> String {
    let mut parts = vec![format!("`{}`: {}", rule.name, rule.summary)];
    for section in rule.page.split("\n## ").skip(1) {
        let (title, body) = section.split_once('\n').unwrap_or((section, ""));
        if TOLD.contains(&title.trim()) {
            parts.push(without_examples(body));
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn without_examples(body: &str) -> String {
    let pieces = body.split("\n```").step_by(2);
    let pieces = pieces.map(|piece| piece.trim()).filter(|piece| !piece.is_empty());
    pieces.collect::<Vec<_>>().join("\n\n")
}
