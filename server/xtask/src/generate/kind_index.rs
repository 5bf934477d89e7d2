//! The index of the pages about contracts: a table of all kinds, made from their declarations.

use std::path::Path;

use anyhow::{Result, bail};
use contracts::kinds::{KINDS, propagation};
use contracts::schema::words::one_line;
use contracts::schema::{Kind, Loader, Shape};

use crate::repository::{files, read, stem};

/// Where the pages are.
const FOLDER: &str = "docs/contracts";

/// The page of the kinds that are payloads.
const PAYLOADS: &str = "agent-payloads";

const HEAD: &str = "# Contracts

<!-- Made by `cargo xtask generate` from the kinds' declarations; edits are lost. -->

A file is known by its name, by what it says it is, or by its keys; settings may say what it is as well.
The word of a name may stand in that of a contract, too: `orders-budget.contract.yaml`.
Each page holds whole examples, which are run as tests.
The JSON Schemas of all kinds are under [reference/schemas](../reference/schemas).

| kind | files | what it is for |
|---|---|---|
";

/// The text of the index.
pub(super) fn text(root: &Path) -> Result<String> {
    let mut pages: Vec<String> =
        files(root, FOLDER).iter().map(|path| stem(path).to_owned()).collect();
    pages.retain(|page| page != "README");
    pages.sort();
    let mut text = HEAD.to_owned();
    let mut shown = Vec::new();
    for kind in KINDS {
        let Some(page) = page(kind, &pages) else { bail!("no page about {}", kind.name) };
        let (name, prose) = (kind.name, one_line(kind.prose).replace('|', "\\|"));
        text.push_str(&format!("| [`{name}`]({page}.md) | {} | {prose} |\n", names(kind)));
        shown.push(page.to_owned());
    }
    text.push_str("\n## What several kinds share\n\n");
    for page in pages.iter().filter(|page| !shown.contains(page)) {
        let body = read(root, &format!("{FOLDER}/{page}.md"))?;
        let title = body.lines().next().unwrap_or_default().trim_start_matches("# ");
        text.push_str(&format!("- [{title}]({page}.md)\n"));
    }
    Ok(text)
}

/// The page about a kind: that of its name, or of the kind whose older form it is.
fn page<'p>(kind: &Kind, pages: &'p [String]) -> Option<&'p str> {
    let is_it = |page: &&String| match kind.loader {
        Loader::Payload => *page == PAYLOADS,
        _ => kind.name.strip_prefix(page.as_str()).is_some_and(|rest| {
            rest.is_empty()
                || rest.strip_prefix("-v").is_some_and(|rest| rest.parse::<u32>().is_ok())
        }),
    };
    pages.iter().find(is_it).map(String::as_str)
}

/// The names that files of a kind have.
fn names(kind: &'static Kind) -> String {
    let signs = &kind.signs;
    // A kind is found under the names of those that give way to it.
    let gives_way =
        |other: &&&Kind| other.signs.gives_way.as_ref().is_some_and(|way| way.to == kind);
    let givers = KINDS.iter().filter(gives_way).flat_map(|other| other.signs.file_names);
    let whole = signs.file_names.iter().chain(givers).map(|name| format!("`{name}.yaml`"));
    let mut names: Vec<String> = whole.collect();
    names.extend(signs.words.iter().map(|word| match kind.loader {
        Loader::Payload => format!("`*.{word}.json`"),
        // A word with hyphens stands in the name of a contract.
        _ if word.contains('-') => format!("`{word}.contract.yaml`"),
        _ => format!("`*.{word}.yaml`"),
    }));
    if *kind == propagation::KIND {
        names.push("`*.contract.yaml`".to_owned());
    }
    if let Some((key, words)) = signs.says {
        // Some are known and then refused.
        let is_taken = |word: &&&str| match kind.root.key(key).map(|key| &key.shape) {
            Some(Shape::OneOf(set)) => set.values.iter().any(|(taken, _)| *taken == **word),
            _ => true,
        };
        names.extend(words.iter().filter(is_taken).map(|word| format!("`{key}: {word}`")));
    }
    names.join(", ")
}
