//! Pages that are made from the sources, and the test that they are fresh.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use contracts::json_schema;
use contracts::kinds::KINDS;
use contracts::schema::Kind;

use crate::report;
use crate::repository::{self, read};

mod kind_index;

/// How to generate.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Change nothing; fail where a page is stale.
    #[arg(long)]
    check: bool,
}

/// One generated page.
struct Page {
    path: String,
    text: String,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let root = repository::root();
    if arguments.check {
        return report::problems(&stale(&root));
    }
    let folder = root.join(SCHEMAS);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {SCHEMAS}"))?;
    for page in pages(&root)? {
        fs::write(root.join(&page.path), page.text)
            .with_context(|| format!("cannot write {}", page.path))?;
    }
    Ok(())
}

/// The pages that are not what they would be made now.
fn stale(root: &Path) -> Result<Vec<String>> {
    let pages = pages(root)?.into_iter();
    let mut wanted: Vec<String> = Vec::new();
    let mut problems = Vec::new();
    for page in pages {
        if read(root, &page.path).ok().as_ref() != Some(&page.text) {
            problems.push(format!("{}: stale, run `cargo xtask generate`", page.path));
        }
        wanted.push(page.path);
    }
    for path in repository::files(root, SCHEMAS) {
        if !wanted.contains(&path) {
            problems.push(format!("{path}: the schema of no kind"));
        }
    }
    Ok(problems)
}

fn pages(root: &Path) -> Result<Vec<Page>> {
    let rules = Page { path: "docs/rules/README.md".to_owned(), text: rule_index(root)? };
    let kinds = Page { path: "docs/contracts/README.md".to_owned(), text: kind_index::text(root)? };
    Ok([rules, kinds].into_iter().chain(KINDS.iter().map(|kind| schema(kind))).collect())
}

/// Where the JSON Schemas of all kinds stand.
const SCHEMAS: &str = "docs/reference/schemas";

fn schema(kind: &'static Kind) -> Page {
    let path = format!("{SCHEMAS}/{}.schema.json", kind.name);
    Page { path, text: json_schema::text_of(kind) }
}

const RULES_HEAD: &str = "# Rules

<!-- Made by `cargo xtask generate` from the rules' sources; edits are lost. -->

A rule's page is its manual; its examples are run as tests.
Levels can be set in `contextcore.toml`, for the project, for paths, and silenced for a line.
A fix marked *safe* keeps the meaning and is applied by `--fix`; the others are offered one by one.

| rule | level | reports | fix |
|---|---|---|---|
";

/// The table of all rules, in the order of the registry.
fn rule_index(root: &Path) -> Result<String> {
    let registry = read(root, "server/rules/src/rules.rs")?;
    let mut text = RULES_HEAD.to_owned();
    for module in registry.lines().filter_map(registered) {
        let source = read(root, &format!("server/rules/src/rules/{module}.rs"))?;
        text.push_str(&row(&source).with_context(|| format!("the rule {module}"))?);
    }
    Ok(text)
}

fn registered(line: &str) -> Option<&str> {
    line.trim().strip_prefix('&')?.strip_suffix("::RULE,")
}

fn row(source: &str) -> Result<String> {
    let declaration = source.split_once("RULE: Rule = Rule {").context("declares no rule")?.1;
    let name = quoted(declaration, "name: ").context("has no name")?;
    let summary = quoted(declaration, "summary: ").context("has no summary")?;
    let weight = after(declaration, "weight: ").context("has no weight")?;
    let code = source.split("#[cfg(test)]").next().unwrap_or(source);
    let has = |part: &str| code.contains(part);
    let fix = if has("Fix::safe(") {
        "safe"
    } else if has("safe: *") {
        "safe where certain"
    } else if has(".fix(") || has("Fix::offered(") {
        "yes"
    } else {
        ""
    };
    Ok(format!("| [`{name}`]({name}.md) | {} | {summary} | {fix} |\n", level(weight)?))
}

/// The words for a weight, as written in the source.
fn level(weight: &str) -> Result<String> {
    if weight.starts_with("Weight::BySeverity") {
        return Ok("by severity".to_owned());
    }
    let levels: Vec<String> = weight
        .split("Level::")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_alphabetic()).collect::<String>())
        .map(|word| word.to_lowercase())
        .collect();
    match levels.as_slice() {
        [one] => Ok(one.clone()),
        [from, to] => Ok(format!("{from} to {to}")),
        _ => bail!("`{weight}` is no weight"),
    }
}

/// What follows `key`, up to the end of the item.
fn after<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let value = text.split_once(key)?.1;
    Some(value.split(",\n").next().unwrap_or(value))
}

/// The string literal that follows `key`, continued lines joined.
fn quoted(text: &str, key: &str) -> Option<String> {
    let value = text.split_once(key)?.1.trim_start().strip_prefix('"')?;
    let literal = value.split("\",\n").next()?;
    let lines = literal.split("\\\n").map(str::trim_start);
    Some(lines.collect::<String>().replace("\\\"", "\"").replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_fresh() {
        let stale = stale(&repository::root()).unwrap();
        assert!(stale.is_empty(), "{}", stale.join("\n"));
    }

    #[test]
    fn a_row_is_read_from_the_source() {
        let source = "static RULE: Rule = Rule {\n    name: \"dead-write\",\n    weight: \
            Weight::Between(Level::Hint, Level::Warning),\n    summary: \"a \\\n        \
            \\\"b\\\"\",\n};\n finding.fix(x)\n";
        assert_eq!(
            row(source).unwrap(),
            "| [`dead-write`](dead-write.md) | hint to warning | a \"b\" | yes |\n"
        );
    }
}
