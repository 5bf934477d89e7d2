//! `--fix` and `--diff` on whole projects.

use std::path::Path;

use super::{Folder, Run};

/// A copy of the fixture full of mistakes.
fn broken_project() -> Folder {
    let folder = Folder::new([]);
    let from = crate::project::root().join("fixtures/artisan-broken");
    copy(from.as_std_path(), folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn text(folder: &Folder) -> String {
    std::fs::read_to_string(folder.path().join("contracts/artisan.contract.yaml")).unwrap()
}

fn fixable(run: &Run) -> bool {
    run.err.contains("can be fixed with --fix")
}

#[test]
fn fixing_once_is_enough() {
    let folder = broken_project();
    let before = folder.check(&[]);
    assert!(fixable(&before));
    let fixed = folder.check(&["--fix"]);
    assert!(!fixable(&fixed), "{}", fixed.err);
    assert!(fixed.rules().len() < before.rules().len());
    let once = text(&folder);
    let again = folder.check(&["--fix"]);
    assert_eq!((text(&folder), again.out), (once, fixed.out));
}

#[test]
fn a_diff_shows_what_a_fix_does_and_does_nothing() {
    let folder = broken_project();
    let before = text(&folder);
    let run = folder.check(&["--diff"]);
    assert_eq!((run.code, text(&folder)), (Some(1), before.clone()));
    assert!(run.out.contains("--- a/contracts/artisan.contract.yaml"), "{}", run.out);
    folder.check(&["--fix"]);
    let after = text(&folder);
    let lines = |text: &str, sign: char| -> Vec<String> {
        let body = text.lines().filter(|line| {
            line.starts_with(sign) && !line.starts_with("---") && !line.starts_with("+++")
        });
        body.map(|line| line[1..].to_owned()).collect()
    };
    for gone in lines(&run.out, '-') {
        assert!(before.lines().any(|line| line == gone), "{gone}");
    }
    for new in lines(&run.out, '+') {
        assert!(after.lines().any(|line| line == new), "{new}");
    }
    assert_eq!(folder.check(&["--diff"]).out, "", "nothing is left to be shown");
}

#[cfg(unix)]
#[test]
fn permissions_stay() {
    use std::os::unix::fs::PermissionsExt;
    let folder = broken_project();
    let path = folder.path().join("contracts/artisan.contract.yaml");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    let before = text(&folder);
    folder.check(&["--fix"]);
    assert_ne!(text(&folder), before);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}
