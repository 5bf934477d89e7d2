//! The example pipelines that come with the repository.

use std::path::{Path, PathBuf};

use super::{graph, seats};

fn read_all(folder: &Path, root: &Path, files: &mut Vec<(String, String)>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            read_all(&path, root, files);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            let path = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.push((path, text));
        }
    }
}

pub(super) fn example(name: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(name);
    let mut files = Vec::new();
    read_all(&root, &root, &mut files);
    files
}

#[test]
fn every_phase_of_the_example_has_its_handler() {
    let files = example("artisan");
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let graph = graph(&files);
    expect_test::expect![[r#"
        artisan.plan: PlanPhaseHandler
        artisan.scaffold: ScaffoldPhaseHandler
        artisan.design: DesignPhaseHandler
        artisan.implement: ImplementPhaseHandler
        artisan.integrate: MergePhaseHandler
        artisan.test: TestPhaseHandler
        artisan.review: ReviewPhaseHandler
        artisan.finalize: FinalizePhaseHandler"#]]
    .assert_eq(&seats(&graph).join("\n"));
    assert_eq!(graph.ambiguous().count(), 0);
}
