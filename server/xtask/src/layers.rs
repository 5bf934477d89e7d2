//! The table of docs/architecture.md against what the crates really use.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::repository::{files, read};

const PAGE: &str = "docs/architecture.md";
const SHELL: &str = "contextcore-lsp";

/// Crates that see texts alone: no disk, no environment, no processes, no network.
const CORE: &[&str] =
    &["text", "settings", "syntax", "contracts", "runtime", "facts", "graph", "rules", "ide"];

/// Parts of the standard library that reach out of the process.
const OUTSIDE: &[&str] = &["std::fs", "std::env", "std::process", "std::net"];

/// Ways to write to the disk.
const WRITES: &[&str] = &[
    "fs::write",
    "fs::remove_",
    "fs::rename",
    "fs::copy",
    "fs::create_dir",
    "File::create",
    "OpenOptions",
];

/// Ways to read from the disk.
const READS: &[&str] = &["fs::read", "File::open", "fs::metadata", "fs::canonicalize"];

/// Packages that the shell alone may know.
const SHELL_ONLY: &[&str] =
    &["tower-lsp", "tower_lsp", "lsp-types", "lsp_types", "ls-types", "clap"];

/// What each crate may use; `None` for all, in development as well.
type Table = BTreeMap<String, Option<BTreeSet<String>>>;

pub(crate) fn check(root: &Path) -> Result<Vec<String>> {
    let table = table(&read(root, PAGE)?)?;
    let folders = crates(root);
    let mut problems = Vec::new();
    for folder in &folders {
        match table.get(folder) {
            None => problems.push(format!("{PAGE}: no row for server/{folder}")),
            Some(known) => {
                let manifest = read(root, &format!("server/{folder}/Cargo.toml"))?;
                dependencies(folder, &manifest, known.as_ref(), &folders, &mut problems);
            }
        }
        sources(root, folder, &mut problems)?;
    }
    for row in table.keys().filter(|row| !folders.contains(*row)) {
        problems.push(format!("{PAGE}: a row for `{row}`, and no server/{row}"));
    }
    Ok(problems)
}

fn crates(root: &Path) -> BTreeSet<String> {
    let manifests = files(root, "server").into_iter();
    let name =
        |path: String| Some(path.strip_prefix("server/")?.strip_suffix("/Cargo.toml")?.to_owned());
    manifests.filter_map(name).filter(|name| !name.contains('/')).collect()
}

/// The rows of `| crate | knows | purpose |`; whoever knows a crate knows what that one knows.
fn table(page: &str) -> Result<Table> {
    let (_, section) = page.split_once("## Layers").context("no section `Layers`")?;
    let section = section.split("\n## ").next().unwrap_or(section);
    let mut table = Table::new();
    for line in section.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [names, knows, ..] = cells.as_slice() else {
            continue;
        };
        let listed: Vec<String> = words(knows);
        let known = if matches!(*knows, "all" | "dev only") {
            None
        } else {
            let mut known: BTreeSet<String> = listed.iter().cloned().collect();
            for name in &listed {
                let row = table.get(name).with_context(|| format!("`{name}` has no row above"))?;
                known.extend(row.iter().flatten().cloned());
            }
            Some(known)
        };
        words(names).into_iter().for_each(|name| {
            table.insert(name, known.clone());
        });
    }
    ensure!(!table.is_empty(), "the section `Layers` has no table");
    Ok(table)
}

/// The names of a cell: `` `a`, `b` `` or `a, b`; a dash is none.
fn words(cell: &str) -> Vec<String> {
    cell.split(',')
        .map(|word| word.trim().trim_matches('`').to_owned())
        .filter(|word| !word.is_empty() && word != "-")
        .collect()
}

fn dependencies(
    name: &str,
    manifest: &str,
    known: Option<&BTreeSet<String>>,
    crates: &BTreeSet<String>,
    problems: &mut Vec<String>,
) {
    let mut section = "";
    for line in manifest.lines() {
        if let Some(header) = line.strip_prefix('[') {
            section = header.trim_end_matches(']');
            continue;
        }
        let package = line.split(['.', ' ', '=']).next().unwrap_or("");
        if package.is_empty() || !matches!(section, "dependencies" | "dev-dependencies") {
            continue;
        }
        let dev = section == "dev-dependencies";
        if SHELL_ONLY.contains(&package) && !matches!(name, SHELL | "xtask") {
            problems.push(format!("server/{name}: `{package}` is for {SHELL} alone"));
        }
        // What helps to write tests may be used in all tests and in chores, and nowhere else.
        let is_tool = matches!(package, "fixture" | "xtask");
        let is_chore = name == "xtask";
        let allowed = if is_tool {
            dev || is_chore
        } else {
            known.is_none_or(|known| known.contains(package))
        };
        if crates.contains(package) && !allowed {
            problems.push(format!("server/{name}: may not know `{package}`, says {PAGE}"));
        }
    }
}

fn sources(root: &Path, name: &str, problems: &mut Vec<String>) -> Result<()> {
    if matches!(name, "xtask" | "fixture") {
        return Ok(());
    }
    let mut sources = Vec::new();
    for path in files(root, &format!("server/{name}/src")) {
        if path.ends_with(".rs") {
            let text = read(root, &path)?;
            sources.push((path, text));
        }
    }
    let tests: Vec<String> =
        sources.iter().flat_map(|(path, text)| test_modules(path, text)).collect();
    for (path, text) in &sources {
        let module = path.trim_end_matches(".rs");
        let in_tests = |test: &String| module == test || path.starts_with(&format!("{test}/"));
        if tests.iter().any(in_tests) {
            continue;
        }
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
        for (number, line) in (1..).zip(code.lines()) {
            let line = line.trim_start();
            if let Some(why) = (!line.starts_with("//")).then(|| forbidden(name, line)).flatten() {
                problems.push(format!("{path}:{number}: {why}"));
            }
        }
    }
    Ok(())
}

/// The modules in files of their own that the file at `path` declares for tests alone, as paths
/// without the extension. Tests may read what is recorded for them.
fn test_modules(path: &str, text: &str) -> Vec<String> {
    let folder = match path.strip_suffix("/lib.rs").or_else(|| path.strip_suffix("/main.rs")) {
        Some(folder) => folder,
        None => path.trim_end_matches(".rs"),
    };
    let declared = text.split("#[cfg(test)]\nmod ").skip(1);
    declared
        .filter_map(|rest| rest.lines().next()?.strip_suffix(';'))
        .map(|name| format!("{folder}/{name}"))
        .collect()
}

fn forbidden(name: &str, line: &str) -> Option<String> {
    let outside = format!("`{name}` sees texts alone");
    let bans: [(bool, &[&str], &str); 4] = [
        (CORE.contains(&name), OUTSIDE, &outside),
        (name != "outputs", WRITES, "only `outputs` writes the disk"),
        (!matches!(name, "workspace" | "outputs"), READS, "only `workspace` reads the disk"),
        (name != SHELL, &["tower_lsp", "lsp_types", "clap::"], "for the shell alone"),
    ];
    bans.iter().filter(|(holds, ..)| *holds).find_map(|(_, words, why)| {
        let word = words.iter().find(|word| line.contains(**word))?;
        Some(format!("`{word}`: {why}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::root;

    #[test]
    fn the_layers_hold() {
        let problems = check(&root()).unwrap();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }

    const PAGE: &str = "# X\n\n## Layers\n\n| crate | knows | purpose |\n|---|---|---|\n\
        | `low` | - | x |\n| `mid` | low | x |\n| `high` | mid | x |\n| `fixture`, `xtask` | dev only | x |\n\n\
        ## Y\n\n| `other` | none | x |\n";

    #[test]
    fn knowing_is_transitive() {
        let table = table(PAGE).unwrap();
        let names = |name: &str| table[name].as_ref().map(|known| known.iter().cloned().collect());
        assert_eq!(names("high"), Some(vec!["low".to_owned(), "mid".to_owned()]));
        assert_eq!(names("low"), Some(vec![]));
        assert_eq!(names("xtask"), None::<Vec<String>>);
        assert_eq!(table.len(), 5);
    }

    #[test]
    fn arrows_that_the_table_lacks_are_seen() {
        let table = table(PAGE).unwrap();
        let crates = table.keys().cloned().collect();
        let manifest = "[dependencies]\nmid.workspace = true\nlow.workspace = true\n\
            clap = \"4\"\nfixture.workspace = true\n[dev-dependencies]\nfixture.workspace = true\n";
        let mut problems = Vec::new();
        dependencies("low", manifest, table["low"].as_ref(), &crates, &mut problems);
        assert_eq!(problems.len(), 4, "{problems:?}");
    }

    #[test]
    fn modules_for_tests_are_known() {
        let text = "mod a;\n#[cfg(test)]\nmod b;\n#[cfg(test)]\nmod tests {\n";
        assert_eq!(test_modules("x/src/lib.rs", text), ["x/src/b"]);
        assert_eq!(test_modules("x/src/y.rs", text), ["x/src/y/b"]);
    }

    #[test]
    fn the_core_sees_texts_alone() {
        assert!(forbidden("facts", "use std::fs;").is_some());
        assert!(forbidden("workspace", "std::fs::write(a, b)").is_some());
        assert!(forbidden("workspace", "std::fs::read(a)").is_none());
        assert!(forbidden("outputs", "std::fs::write(a, b)").is_none());
        assert!(forbidden("workspace", "use clap::Parser;").is_some());
    }
}
