//! What stands on disks: folders that are left out, odd names, links, and things that are no files.

use super::{Folder, SOUND};

/// A text that no loader takes.
const BROKEN: &str = "phases: [\n";

#[test]
fn what_others_made_is_left_out() {
    let folder =
        Folder::new([("a.contract.yaml", SOUND), (".gitignore", "drafts/\n*.old.contract.yaml\n")]);
    for left_out in [
        ".venv/x",
        ".hidden/x",
        "node_modules/x",
        "__pycache__/x",
        "site-packages/x",
        "drafts/x",
        "b.old",
    ] {
        folder.write(&format!("{left_out}.contract.yaml"), BROKEN.as_bytes());
    }
    folder.write("env/pyvenv.cfg", b"");
    folder.write("env/x.contract.yaml", BROKEN.as_bytes());
    let run = folder.check(&[]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
    let named = folder.run(&["check", "drafts/x.contract.yaml", "--output-format", "concise"]);
    assert_eq!(named.rules(), ["yaml-syntax"], "a file that is named is checked");
}

#[test]
fn settings_leave_out_and_nest() {
    let folder = Folder::new([
        ("contextcore.toml", "exclude = ['old']\n"),
        ("a.contract.yaml", SOUND),
        ("old/a.contract.yaml", BROKEN),
        ("inner/contextcore.toml", "[rules]\nyaml-syntax = 'off'\n"),
        ("inner/a.contract.yaml", BROKEN),
    ]);
    assert_eq!(folder.check(&[]).code, Some(0));
    let other = folder.check(&["--config", "inner/contextcore.toml"]);
    assert_eq!(other.code, Some(0), "{}", other.out);
}

#[test]
fn names_may_hold_anything_that_is_text() {
    let folder = Folder::new([("a b/größe 世界.contract.yaml", BROKEN)]);
    let run = folder.check(&[]);
    assert!(run.out.starts_with("a b/größe 世界.contract.yaml:"), "{}", run.out);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    use super::*;

    #[test]
    fn links_lead_nowhere_and_round() {
        let folder = Folder::new([("a.contract.yaml", SOUND)]);
        let links = [
            (".", "loop"),
            ("/", "root"),
            ("nowhere", "n.contract.yaml"),
            ("s.contract.yaml", "s.contract.yaml"),
            ("..", "u.contract.yaml"),
        ];
        for (target, link) in links {
            symlink(target, folder.path().join(link)).unwrap();
        }
        let run = folder.check(&[]);
        assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
        assert!(run.err.starts_with("Checked 1 pipeline"), "{}", run.err);
    }

    #[test]
    fn pipes_sockets_and_devices_are_not_read() {
        let folder = Folder::new([("a.contract.yaml", SOUND)]);
        for name in ["p.contract.yaml", "p.py", "pyproject.toml"] {
            let made = Command::new("mkfifo").arg(folder.path().join(name)).status().unwrap();
            assert!(made.success());
        }
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("s.py")).unwrap();
        symlink("/dev/zero", folder.path().join("z.contract.yaml")).unwrap();
        let run = folder.check(&[]);
        assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
    }

    #[test]
    fn what_may_not_be_read_is_trouble() {
        let folder = Folder::new([
            ("a.contract.yaml", SOUND),
            ("closed/b.contract.yaml", SOUND),
            ("c.contract.yaml", SOUND),
        ]);
        let closed = |path: &str, mode| {
            let path = folder.path().join(path);
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        };
        closed("closed", 0o000);
        closed("c.contract.yaml", 0o000);
        // Whoever may read everything cannot see what this is about.
        let may_read_all = std::fs::read(folder.path().join("c.contract.yaml")).is_ok();
        let run = folder.check(&[]);
        closed("closed", 0o755);
        if !may_read_all {
            assert_eq!(run.code, Some(2));
            assert_eq!(run.err.matches("Permission denied").count(), 2, "{}", run.err);
            assert!(run.err.contains("Checked 1 pipeline"), "{}", run.err);
        }
    }

    #[test]
    fn a_full_disk_is_trouble() {
        let full = std::path::Path::new("/dev/full");
        if full.exists() {
            let folder = Folder::new([("a.contract.yaml", BROKEN)]);
            let out = std::fs::OpenOptions::new().write(true).open(full).unwrap();
            let status = folder.command(&["check"]).stdout(out).output().unwrap().status;
            assert_eq!(status.code(), Some(2));
        }
    }
}
