//! `explain RULE`: the manual page of a rule.

use super::engine::{Engine, engine};
use super::exit::Exit;
use super::{output, overrides};

/// Shows the page of the rule with this name.
pub(crate) fn run(name: &str) -> anyhow::Result<Exit> {
    let rule = overrides::known(name, engine().rules())?;
    output::print(|out| writeln!(out, "{}", rule.page.trim_end()))?;
    Ok(Exit::Clean)
}
