//! Manual pages are executed: their code blocks are small workspaces, with the findings expected in
//! them. A page that says something untrue fails here.

use std::fs;

use crate::project::{hold, root};

#[test]
fn pages_of_rules_say_what_is_found() {
    run("docs/rules");
}

#[test]
fn pages_of_contracts_say_what_is_found() {
    run("docs/contracts");
}

#[test]
fn handlers_are_read_as_told() {
    run("tests/reading");
}

fn run(folder: &str) {
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
        for scenario in fixture::markdown::scenarios(&text) {
            let title = format!("{page}:{}: {}", scenario.line + 1, scenario.heading);
            let held = std::panic::catch_unwind(|| hold(&scenario.fixture, &title));
            failures.extend(held.err().map(|_| title));
        }
    }
    assert!(
        failures.is_empty(),
        "pages do not hold:\n{}",
        failures.join("\n")
    );
}
