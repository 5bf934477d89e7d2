//! House rules that no lint knows: headers, sizes, names, registration, clean pages.

use std::path::Path;

use anyhow::Result;

use crate::repository::{files, read, stem};

/// Lines that a file of sources may have.
const MOST_LINES: usize = 400;

/// Files that may be longer, each with its reason.
const LONG: &[(&str, &str)] = &[];

/// Names that say nothing about what is inside.
const EMPTY_NAMES: &[&str] = &["utils", "util", "helpers", "helper", "common", "misc"];

pub(crate) fn check(root: &Path) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    sources(root, &mut problems)?;
    pages(root, &mut problems)?;
    machine_paths(root, &mut problems)?;
    rules(root, &mut problems)?;
    kinds(root, &mut problems)?;
    Ok(problems)
}

fn sources(root: &Path, problems: &mut Vec<String>) -> Result<()> {
    for path in files(root, "server") {
        if EMPTY_NAMES.contains(&stem(&path)) {
            problems.push(format!("{path}: name it by what is inside"));
        }
        if !path.ends_with(".rs") {
            continue;
        }
        let text = read(root, &path)?;
        if !text.starts_with("//! ") {
            problems.push(format!("{path}: begins without a `//!` line that says what it is"));
        }
        let lines = text.lines().count();
        let excused = LONG.iter().any(|(long, _)| *long == path);
        if lines > MOST_LINES && !excused {
            problems.push(format!("{path}: {lines} lines, {MOST_LINES} are enough"));
        }
    }
    for (path, _) in LONG {
        if read(root, path).map_or(0, |text| text.lines().count()) <= MOST_LINES {
            problems.push(format!("{path}: needs no exception for its length any more"));
        }
    }
    Ok(())
}

fn pages(root: &Path, problems: &mut Vec<String>) -> Result<()> {
    let pages = files(root, "docs").into_iter().filter(|path| path.ends_with(".md"));
    for path in pages.chain(["README.md".to_owned()].into_iter().filter(|p| root.join(p).exists()))
    {
        let text = read(root, &path)?;
        for (number, line) in (1..).zip(text.lines()) {
            if line.ends_with([' ', '\t']) {
                problems.push(format!("{path}:{number}: blanks at the end of the line"));
            }
        }
        if !text.is_empty() && !text.ends_with('\n') {
            problems.push(format!("{path}: no line break at the end"));
        }
    }
    Ok(())
}

/// Nothing in the repository depends on where, or by whom, it is built.
fn machine_paths(root: &Path, problems: &mut Vec<String>) -> Result<()> {
    let home = std::env::var("HOME").ok().filter(|home| home.len() > 1);
    let here = [Some(root.display().to_string()), home];
    let starts: Vec<String> = here.into_iter().flatten().map(|path| format!("{path}/")).collect();
    for folder in ["server", "docs", "tests", "fixtures", "editors", "grammars"] {
        for path in files(root, folder) {
            // What is no text has no lines to look at.
            let Ok(text) = read(root, &path) else {
                continue;
            };
            for (number, line) in (1..).zip(text.lines()) {
                if starts.iter().any(|start| line.contains(start)) {
                    problems.push(format!("{path}:{number}: a path of this machine"));
                }
            }
        }
    }
    Ok(())
}

/// Every rule has its file, its line in the registry and its page.
fn rules(root: &Path, problems: &mut Vec<String>) -> Result<()> {
    let registry = read(root, "server/rules/src/rules.rs")?;
    let mut named = Vec::new();
    for (module, path) in modules(root, "server/rules/src/rules") {
        registered(&registry, &module, "RULE", &path, problems);
        let name = module.replace('_', "-");
        if !rule_source(root, &module)?.contains(&format!("name: \"{name}\"")) {
            problems.push(format!("{path}: the rule is not called `{name}`"));
        }
        if !root.join(format!("docs/rules/{name}.md")).exists() {
            problems.push(format!("{path}: no page docs/rules/{name}.md"));
        }
        named.push(name);
    }
    for path in files(root, "docs/rules") {
        let name = stem(&path);
        if name != "README" && !named.iter().any(|rule| rule == name) {
            problems.push(format!("{path}: no rule of this name"));
        }
    }
    Ok(())
}

fn rule_source(root: &Path, module: &str) -> Result<String> {
    read(root, &format!("server/rules/src/rules/{module}.rs"))
}

fn kinds(root: &Path, problems: &mut Vec<String>) -> Result<()> {
    let registry = read(root, "server/contracts/src/kinds.rs")?;
    for (module, path) in modules(root, "server/contracts/src/kinds") {
        registered(&registry, &module, "KIND", &path, problems);
    }
    Ok(())
}

fn registered(registry: &str, module: &str, item: &str, path: &str, problems: &mut Vec<String>) {
    let declared = registry.lines().any(|line| line.ends_with(&format!("mod {module};")));
    if !declared || !registry.contains(&format!("&{module}::{item}")) {
        problems.push(format!("{path}: not registered as `&{module}::{item}`"));
    }
}

/// The modules directly below `folder`, each with its path.
pub(crate) fn modules(root: &Path, folder: &str) -> Vec<(String, String)> {
    let direct = |path: &String| {
        path.strip_prefix(folder).is_some_and(|rest| rest.matches('/').count() == 1)
    };
    let sources = files(root, folder).into_iter().filter(direct);
    sources
        .filter(|path| path.ends_with(".rs"))
        .map(|path| (stem(&path).to_owned(), path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::root;

    #[test]
    fn the_house_is_tidy() {
        let problems = check(&root()).unwrap();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }

    #[test]
    fn registration_takes_both_lines() {
        let mut problems = Vec::new();
        registered("mod a;\n&a::RULE,", "a", "RULE", "a.rs", &mut problems);
        assert!(problems.is_empty());
        registered("mod a;", "a", "RULE", "a.rs", &mut problems);
        registered("&a::RULE", "a", "RULE", "a.rs", &mut problems);
        assert_eq!(problems.len(), 2);
    }
}
