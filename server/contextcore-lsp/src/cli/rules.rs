//! `rules`: all rules, one a line.

use std::io::{self, Write};

use rules::rule::{Rule, Weight};

use super::engine::{Engine, engine};
use super::exit::Exit;
use super::output;

/// Lists all rules.
pub(crate) fn run() -> anyhow::Result<Exit> {
    output::print(|out| list(engine().rules(), out))?;
    Ok(Exit::Clean)
}

fn list(rules: &[&Rule], out: &mut dyn Write) -> io::Result<()> {
    let mut rules: Vec<&Rule> = rules.to_vec();
    rules.sort_by_key(|rule| rule.name);
    let rows: Vec<(&str, String, &str)> =
        rules.iter().map(|rule| (rule.name, weight(rule.weight), rule.summary)).collect();
    let name_width = rows.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
    let weight_width = rows.iter().map(|(_, weight, _)| weight.len()).max().unwrap_or(0);
    for (name, weight, summary) in rows {
        writeln!(out, "{name:name_width$}  {weight:weight_width$}  {summary}")?;
    }
    Ok(())
}

fn weight(weight: Weight) -> String {
    match weight {
        Weight::Always(level) => level.as_str().to_owned(),
        Weight::BySeverity => "by severity".to_owned(),
        Weight::Between(from, to) => format!("{} to {}", from.as_str(), to.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use rules::level::Level;
    use rules::rule::Check;

    use super::*;

    #[test]
    fn rules_stand_in_columns() {
        let rule = |name, weight| Rule {
            name,
            weight,
            summary: "what it reports",
            page: "",
            check: Check::Elsewhere,
        };
        let rules = [
            rule("shadow-default", Weight::Between(Level::Information, Level::Error)),
            rule("dead-write", Weight::Always(Level::Hint)),
            rule("dangling-read", Weight::BySeverity),
        ];
        let mut out = Vec::new();
        list(&rules.iter().collect::<Vec<_>>(), &mut out).unwrap();
        expect![[r"
            dangling-read   by severity           what it reports
            dead-write      hint                  what it reports
            shadow-default  information to error  what it reports
        "]]
        .assert_eq(&String::from_utf8(out).unwrap());
    }
}
