//! The command line as a user and a CI job meet it: the real program in a folder of its own.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::project::{SOUND, root};

mod disk;
mod fixing;
mod inferring;

/// A folder that goes away with its value.
struct Folder(TempDir);

/// What a run said.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Folder {
    fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        for (path, text) in files {
            folder.write(path, text.as_bytes());
        }
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_contextcore-lsp"));
        command.args(arguments).current_dir(self.path()).env_remove("NO_COLOR");
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        Run::of(&self.command(arguments).output().unwrap())
    }

    /// A check of everything, one line a finding.
    fn check(&self, arguments: &[&str]) -> Run {
        self.run(&[&["--check", ".", "--output-format", "concise"], arguments].concat())
    }
}

impl Run {
    fn of(output: &Output) -> Run {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Run { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// The rules of the findings, in order.
    fn rules(&self) -> Vec<&str> {
        let rule = |line: &'_ str| -> Option<(usize, usize)> {
            Some((line.find('[')? + 1, line.find(']')?))
        };
        self.out
            .lines()
            .filter_map(|line| rule(line).map(|(start, end)| &line[start..end]))
            .collect()
    }
}

/// A contract with one finding of each of these levels: error, warning, information.
fn three_findings() -> Folder {
    let item = "        - {name: domain, type: str}\n";
    let unread = format!("{item}        - {{name: unread}}\n");
    let text = format!(
        "{}  last:
    entry:
      required:
        - {{name: missing}}
      enrichment:
        - {{name: domain, severity: blocking}}
",
        SOUND.replacen(item, &unread, 1)
    );
    Folder::new([("a.contract.yaml", text.as_str())])
}

#[test]
fn a_sound_project_is_clean() {
    let run = Folder::new([("a.contract.yaml", SOUND)]).check(&[]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
    assert_eq!(run.err, "Checked 1 pipeline, 2 phases, 1 field in 1 file.\nNo findings.\n");
}

#[test]
fn findings_go_out_and_the_summary_beside() {
    let run = three_findings().check(&[]);
    assert_eq!(run.code, Some(1));
    assert_eq!(run.rules(), ["dead-write", "dangling-read", "blocking-enrichment"]);
    assert!(run.err.ends_with("\n1 error, 1 warning, 1 information.\n"), "{}", run.err);
}

#[test]
fn the_gate_decides_the_exit_code_alone() {
    let folder = three_findings();
    let off = ["--ignore", "dangling-read"];
    for (gate, code) in [("error", 0), ("warning", 1), ("information", 1), ("hint", 1)] {
        let run = folder.check(&[off[0], off[1], "--fail-on", gate]);
        assert_eq!((run.code, run.rules().len()), (Some(code), 2), "{gate}");
    }
}

#[test]
fn rules_are_chosen_for_one_run() {
    let folder = three_findings();
    let rules = |arguments: &[&str]| -> Vec<String> {
        folder.check(arguments).rules().into_iter().map(str::to_owned).collect()
    };
    assert_eq!(rules(&["--select", "dead-write"]), ["dead-write"]);
    assert_eq!(rules(&["--select", "dead-write", "--ignore", "dead-write"]), [""; 0]);
    assert_eq!(rules(&["--ignore", "dead-write,dangling-read"]), ["blocking-enrichment"]);
    let heavy = folder.check(&["--select", "dead-write", "--level", "dead-write=error"]);
    assert_eq!(heavy.code, Some(1));
    assert!(heavy.out.contains(": error[dead-write]"), "{}", heavy.out);
    assert_eq!(rules(&["--level", "dead-write=off"]).len(), 2);
}

#[test]
fn wrong_command_lines_say_what_is_wrong() {
    let folder = three_findings();
    let wrong: [(&[&str], &str); 10] = [
        (&["check", "nowhere"], "no such file or folder"),
        (&["check", "--select", "dead-wrote"], "`dead-wrote` is no rule"),
        (&["check", "--level", "dead-write=loud"], "`loud` is no level"),
        (
            &["check", "--output-format", "xml"],
            "possible values: full, concise, json, github, sarif",
        ),
        (&["check", "--config", "nowhere.toml"], "cannot read settings"),
        (&["explain", "dead-wrote"], "`dead-wrote` is no rule"),
        (&["explain"], "RULE"),
        (&["schema", "propagatoin"], "the nearest is `propagation`"),
        (&["schema", "zebra"], "`contextcore-lsp schema` lists them"),
        (&["check", "--nothing"], "--nothing"),
    ];
    for (arguments, said) in wrong {
        let run = folder.run(arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(run.err.contains(said), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn nothing_to_read_is_no_success() {
    let folder = Folder::new([("notes.txt", "")]);
    let run = folder.check(&[]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("--allow-empty"), "{}", run.err);
    assert_eq!(folder.check(&["--allow-empty"]).code, Some(0));
    folder.write("a.py", b"");
    let run = folder.check(&[]);
    assert_eq!(run.code, Some(0));
    assert!(run.err.starts_with("No pipeline among 1 file"), "{}", run.err);
}

#[test]
fn broken_settings_are_trouble_and_findings_are_still_shown() {
    for (file, text) in [
        ("contextcore.toml", "[rules\n"),
        ("contextcore.toml", "rules = 3\n"),
        ("pyproject.toml", "[tool.contextcore]\nincluded = []\n"),
    ] {
        let folder = three_findings();
        folder.write(file, text.as_bytes());
        let run = folder.check(&[]);
        assert_eq!(run.code, Some(2), "{text}");
        assert!(run.rules().contains(&"invalid-settings"), "{}", run.out);
        assert!(run.rules().contains(&"dangling-read"), "{}", run.out);
    }
}

#[test]
fn machine_formats_can_be_read_whatever_was_found() {
    for folder in [
        three_findings(),
        Folder::new([("notes.txt", "")]),
        Folder::new([("a.contract.yaml", "\0")]),
    ] {
        for format in ["json", "sarif"] {
            let run = folder.run(&["check", "--output-format", format]);
            let read: Result<serde_json::Value, _> = serde_json::from_str(&run.out);
            assert!(read.is_ok(), "{format}: {}", run.out);
        }
    }
}

#[test]
fn colors_are_asked_for() {
    let folder = three_findings();
    let colored = |arguments: &[&str], no_color: bool| {
        let mut command = folder.command(&[&["check"], arguments].concat());
        if no_color {
            command.env("NO_COLOR", "1");
        }
        Run::of(&command.output().unwrap()).out.contains('\u{1b}')
    };
    assert!(!colored(&[], false), "a pipe is no terminal");
    assert!(colored(&["--color", "always"], false));
    assert!(colored(&["--color", "always"], true), "who asks gets");
    assert!(!colored(&["--color", "auto"], true));
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let keys: String = (0..20_000).map(|key| format!("key_{key}: 1\n")).collect();
    let folder = Folder::new([("a.contract.yaml", format!("{SOUND}{keys}").as_str())]);
    let mut command = folder.command(&["check"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let run = Run::of(&child.wait_with_output().unwrap());
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(!run.err.contains("error:"), "{}", run.err);
}

#[test]
fn rules_and_pages_are_listed() {
    let folder = Folder::new([]);
    let rules = folder.run(&["rules"]);
    assert_eq!(rules.code, Some(0));
    assert!(rules.out.contains("dangling-read"), "{}", rules.out);
    let page = folder.run(&["explain", "dangling-read"]);
    assert!(page.out.starts_with("# "), "{}", page.out);
    assert!(folder.run(&["--version"]).out.starts_with("contextcore-lsp "));
}

#[test]
fn kinds_and_schemas_are_listed() {
    let folder = Folder::new([]);
    let kinds = folder.run(&["schema"]);
    assert_eq!(kinds.code, Some(0));
    let names = kinds.out.lines().filter_map(|line| line.split_whitespace().next());
    let names: Vec<&str> = names.collect();
    assert!(names.contains(&"propagation"), "{}", kinds.out);
    for name in names {
        let schema = folder.run(&["schema", name]).out;
        let page = root().join(format!("docs/reference/schemas/{name}.schema.json"));
        assert_eq!(schema, std::fs::read_to_string(page).unwrap(), "{name}");
    }
}

#[test]
fn equal_files_give_equal_output() {
    let files = [
        ("a.contract.yaml", SOUND.to_owned()),
        ("b/b.contract.yaml", SOUND.replace("domain", "topic").replace("one", "two")),
        ("plan.py", "class PlanPhaseHandler(B):\n    def execute(self, context):\n        context['domian'] = context['x']\n".to_owned()),
        ("b/plan.py", "from plan import PlanPhaseHandler as P\nclass PlanPhaseHandler(P):\n    def run(self, ctx):\n        ctx['y'] = 1\n".to_owned()),
        ("b/build.py", "class BuildPhaseHandler(B):\n    def run(self, ctx):\n        return ctx.get('topic', 'z')\n".to_owned()),
    ];
    let forwards = Folder::new(files.iter().map(|(path, text)| (*path, text.as_str())));
    let backwards = Folder::new(files.iter().rev().map(|(path, text)| (*path, text.as_str())));
    for format in ["full", "concise", "json", "github", "sarif"] {
        let shown = |folder: &Folder, threads: &str| {
            let mut command = folder.command(&["check", "--output-format", format]);
            Run::of(&command.env("RAYON_NUM_THREADS", threads).output().unwrap()).out
        };
        let first = shown(&forwards, "1");
        assert!(first.contains("unfulfilled-exit"), "{first}");
        for (folder, threads) in
            [(&forwards, "1"), (&forwards, "2"), (&backwards, "1"), (&backwards, "2")]
        {
            assert_eq!(shown(folder, threads), first, "{format}, {threads}");
        }
    }
}
