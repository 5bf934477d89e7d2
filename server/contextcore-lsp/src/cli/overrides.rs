//! What the command line settles in place of the settings.

use anyhow::bail;
use rules::rule::Rule;
use settings::run::RunOverrides;
use text::near::nearest;

use super::arguments::CheckOptions;

/// The overrides that `options` ask for.
///
/// # Errors
/// If one of them names no rule.
pub(crate) fn overrides(options: &CheckOptions, rules: &[&Rule]) -> anyhow::Result<RunOverrides> {
    let named = options.select.iter().chain(&options.ignore);
    for name in named.chain(options.level.iter().map(|(name, _)| name)) {
        known(name, rules)?;
    }
    Ok(RunOverrides {
        select: options.select.clone(),
        ignore: options.ignore.clone(),
        levels: options.level.clone(),
    })
}

/// The rule of this name.
///
/// # Errors
/// If there is none; the nearest name is offered.
pub(crate) fn known<'a>(name: &str, rules: &[&'a Rule]) -> anyhow::Result<&'a Rule> {
    if let Some(rule) = rules.iter().find(|rule| rule.name == name) {
        return Ok(rule);
    }
    match nearest(name, rules.iter().map(|rule| rule.name)) {
        Some((near, _)) => bail!("`{name}` is no rule; the nearest is `{near}`"),
        None => bail!("`{name}` is no rule; `contextcore-lsp rules` lists them"),
    }
}
