//! Manual pages are executed: their code blocks are small workspaces, with the findings expected in
//! them. A page that says something untrue fails here.

use std::fs;

use fixture::markdown::{Scenario, scenarios};

use crate::project::{hold, root};

#[test]
fn pages_of_rules_say_what_is_found() {
    run("docs/rules", scenarios);
}

#[test]
fn pages_of_contracts_say_what_is_found() {
    run("docs/contracts", scenarios);
}

#[test]
fn pages_of_frameworks_say_what_is_found() {
    run("docs/frameworks", scenarios);
}

#[test]
fn handlers_are_read_as_told() {
    run("tests/reading", with_shared_files);
}

/// The scenarios of a page whose files below the title belong to every section that has no file of
/// that name.
fn with_shared_files(page: &str) -> Vec<Scenario> {
    let mut sections = scenarios(page);
    let Some((shared, own)) = sections.split_first_mut().filter(|(first, _)| first.line == 0)
    else {
        return sections;
    };
    for section in own {
        let missing = shared
            .fixture
            .files
            .iter()
            .filter(|file| section.fixture.file(&file.path).is_none())
            .cloned()
            .collect::<Vec<_>>();
        section.fixture.files.extend(missing);
    }
    sections
}

fn run(folder: &str, scenarios: fn(&str) -> Vec<Scenario>) {
    let folder = root().join(folder);
    let mut pages: Vec<_> = folder
        .read_dir_utf8()
        .expect("the folder of pages is there")
        .map(|entry| entry.expect("its entries can be read").into_path())
        .filter(|path| path.extension() == Some("md") && path.file_name() != Some("README.md"))
        .collect();
    pages.sort();
    let mut failures = Vec::new();
    for page in pages {
        let text = fs::read_to_string(&page).expect("a page can be read");
        for scenario in scenarios(&text) {
            let title = format!("{page}:{}: {}", scenario.line + 1, scenario.heading);
            let held = std::panic::catch_unwind(|| hold(&scenario.fixture, &title));
            failures.extend(held.err().map(|_| title));
        }
    }
    assert!(failures.is_empty(), "pages do not hold:\n{}", failures.join("\n"));
}
