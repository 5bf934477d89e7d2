//! Files on a disk of their own.

use super::*;

fn change(path: PathBuf, before: &str, after: &str) -> Replacement {
    Replacement { path, before: Some(before.to_owned()), after: after.to_owned() }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn files_get_their_new_texts_and_nothing_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("a"), folder.path().join("b"));
    fs::write(&first, "old").unwrap();
    let made = Replacement { path: second.clone(), before: None, after: "made".to_owned() };
    replace_all(&[change(first.clone(), "old", "new"), made]).unwrap();
    assert_eq!(fs::read_to_string(first).unwrap(), "new");
    assert_eq!(fs::read_to_string(second).unwrap(), "made");
    assert_eq!(names(folder.path()), ["a", "b"]);
}

#[test]
fn a_file_that_was_changed_meanwhile_is_left_alone_and_so_are_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("a"), folder.path().join("b"));
    fs::write(&first, "old").unwrap();
    fs::write(&second, "somebody's").unwrap();
    let error =
        replace_all(&[change(first.clone(), "old", "new"), change(second.clone(), "old", "new")])
            .unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("`{}` was changed meanwhile; nothing was written", second.display())
    );
    assert_eq!(fs::read_to_string(first).unwrap(), "old");
    assert_eq!(names(folder.path()), ["a", "b"]);
}

#[test]
fn what_was_replaced_before_the_trouble_gets_its_text_back() {
    let folder = tempfile::tempdir().unwrap();
    let (first, twice) = (folder.path().join("a"), folder.path().join("b"));
    fs::write(&first, "old").unwrap();
    let make = Replacement { path: twice, before: None, after: "made".to_owned() };
    // The second making of one file fails only when the first has happened.
    let error =
        replace_all(&[change(first.clone(), "old", "new"), make.clone(), make]).unwrap_err();
    assert!(matches!(error.reason, Reason::Exists));
    assert!(error.not_restored.is_empty());
    assert_eq!(fs::read_to_string(first).unwrap(), "old");
    assert_eq!(names(folder.path()), ["a"]);
}

#[test]
fn a_file_in_utf_16_stays_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    fs::write(&path, [0xFF, 0xFE, b'a', 0]).unwrap();
    replace_all(&[change(path.clone(), "a", "b")]).unwrap();
    assert_eq!(fs::read(path).unwrap(), [0xFF, 0xFE, b'b', 0]);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let (path, link) = (folder.path().join("a"), folder.path().join("link"));
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o751)).unwrap();
    symlink(&path, &link).unwrap();
    replace_all(&[change(link.clone(), "old", "new")]).unwrap();
    assert!(link.is_symlink());
    assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o751);
    fs::set_permissions(&path, Permissions::from_mode(0o444)).unwrap();
    let error = replace_all(&[change(path, "new", "newer")]).unwrap_err();
    assert!(matches!(error.reason, Reason::ReadOnly));
}

#[test]
fn a_missing_file_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let error = replace_all(&[change(folder.path().join("a"), "", "x")]).unwrap_err();
    assert!(error.to_string().starts_with("cannot write `"), "{error}");
}
