//! What a server costs an editor, measured from the editor's side of the pipe.
//!
//! Edits come as in `xtask edits`: a change and its undoing, several in a row in one open file. An
//! edit lasts from its notification to the answer that holds the file's findings with it.

mod client;
mod document;
mod process;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::edits::{changed, folders, quantile};
use crate::random::Random;
use crate::report;
use client::Client;
use document::Document;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A corpus, as `xtask corpus` writes it.
    path: PathBuf,
    /// The program that is the server.
    #[arg(long)]
    server: PathBuf,
    /// How many edits.
    #[arg(long, default_value_t = 5000)]
    edits: usize,
    /// How many contracts, with what stands beside them, make the small workspace that the whole
    /// is compared with.
    #[arg(long, default_value_t = 100)]
    small: usize,
    /// How many questions of each sort.
    #[arg(long, default_value_t = 1000)]
    questions: usize,
    /// How often to start.
    #[arg(long, default_value_t = 10)]
    starts: usize,
    /// Seconds without work in which the processor's time is counted.
    #[arg(long, default_value_t = 60)]
    idle: u64,
    /// Wait for findings that are pushed, in place of asking for them.
    #[arg(long)]
    push: bool,
    /// Other edits for another seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// What `xtask edits` takes as well.
const IN_A_ROW: usize = 10;

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let files = files(&arguments.path)?;
    ensure!(!files.is_empty(), "{} is no corpus", arguments.path.display());
    starts(arguments, &files)?;
    let few = tempfile::tempdir()?;
    let small = copied(arguments, few.path())?;
    let few_edits = edits(arguments, few.path(), &small)?;
    let all_edits = edits(arguments, &arguments.path, &files)?;
    let ratio = quantile(&all_edits, 50).as_secs_f64() / quantile(&few_edits, 50).as_secs_f64();
    report::line(&format!("median edit of all over that of few: {ratio:.2}"));
    Ok(())
}

/// From nothing to all findings, against a check of the same files.
fn starts(arguments: &Arguments, files: &[PathBuf]) -> Result<()> {
    let (mut opened, mut all, mut checks) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..arguments.starts {
        let start = Instant::now();
        let mut client = begin(arguments, &arguments.path)?;
        let document = Document::open(&mut client, &files[files.len() / 2])?;
        findings(arguments, &mut client, &document)?;
        opened.push(start.elapsed());
        if !arguments.push {
            client.ask("workspace/diagnostic", &json!({"previousResultIds": []}))?;
        }
        all.push(start.elapsed());
        client.end()?;
        let start = Instant::now();
        let mut check = Command::new(&arguments.server);
        check.arg("check").arg(&arguments.path).args(["--output-format", "json"]);
        check.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        checks.push(start.elapsed());
    }
    for times in [&mut opened, &mut all, &mut checks] {
        times.sort_unstable();
    }
    let check = quantile(&checks, 50);
    line("start to findings of the open file", &opened);
    line("start to findings of all files", &all);
    line("check", &checks);
    let ratio = quantile(&all, 50).as_secs_f64() / check.as_secs_f64();
    report::line(&format!("all findings over check: {ratio:.2}"));
    Ok(())
}

/// A session of edits and questions; the times of the edits, sorted.
fn edits(arguments: &Arguments, root: &Path, files: &[PathBuf]) -> Result<Vec<Duration>> {
    let mut client = begin(arguments, root)?;
    let mut random = Random::new(arguments.seed);
    let mut times = Vec::with_capacity(arguments.edits);
    let mut memory = Vec::new();
    let mut total = 0;
    let most = arguments.edits.max(if arguments.edits < 1000 { 0 } else { 10_000 });
    while total < most {
        let file: &PathBuf = random.pick(files);
        let mut document = Document::open(&mut client, file)?;
        findings(arguments, &mut client, &document)?;
        let text = document.text().to_owned();
        for _ in 0..IN_A_ROW / 2 {
            let Some(changed) = changed(&text, &mut random) else { continue };
            for text in [&changed, &text] {
                client.forget();
                let start = Instant::now();
                document.edit(&mut client, text)?;
                findings(arguments, &mut client, &document)?;
                times.push(start.elapsed());
                total += 1;
                if matches!(total, 1_000 | 10_000) {
                    memory.push(process::resident(client.process())?);
                }
            }
        }
        document.close(&mut client)?;
    }
    times.truncate(arguments.edits);
    times.sort_unstable();
    line(&format!("{} files, {} edits", files.len(), times.len()), &times);
    if let [first, .., last] = memory.as_slice() {
        report::line(&format!("resident after 1,000 edits {first} KiB, after 10,000 {last} KiB"));
    }
    questions(arguments, &mut client, files, &mut random)?;
    idle(arguments, &client)?;
    client.end()?;
    Ok(times)
}

fn questions(
    arguments: &Arguments,
    client: &mut Client,
    files: &[PathBuf],
    random: &mut Random,
) -> Result<()> {
    for method in ["hover", "definition", "completion"] {
        let mut times = Vec::with_capacity(arguments.questions);
        let mut answered = 0;
        while times.len() < arguments.questions {
            let file: &PathBuf = random.pick(files);
            let document = Document::open(client, file)?;
            findings(arguments, client, &document)?;
            for _ in 0..IN_A_ROW {
                let Some(offset) = name(document.text(), random) else { continue };
                let place = document.place(offset);
                let start = Instant::now();
                let answer = client.ask(&format!("textDocument/{method}"), &place)?;
                times.push(start.elapsed());
                answered += usize::from(!is_empty(&answer));
            }
            document.close(client)?;
        }
        times.sort_unstable();
        line(&format!("{method}, {answered} of {} answered", times.len()), &times);
    }
    Ok(())
}

fn idle(arguments: &Arguments, client: &Client) -> Result<()> {
    let before = process::busy(client.process())?;
    std::thread::sleep(Duration::from_secs(arguments.idle));
    let used = process::busy(client.process())?.saturating_sub(before);
    let seconds = arguments.idle;
    report::line(&format!("{} ms of processor in {seconds} idle seconds", used.as_millis()));
    Ok(())
}

/// A server that was greeted.
fn begin(arguments: &Arguments, root: &Path) -> Result<Client> {
    let mut client = Client::start(&arguments.server)?;
    let pull = json!({"textDocument": {"diagnostic": {}, "publishDiagnostics": {"versionSupport": true}},
        "workspace": {"diagnostics": {"refreshSupport": true}, "configuration": true,
            "didChangeWatchedFiles": {"dynamicRegistration": true}}});
    let push = json!({"textDocument": {"publishDiagnostics": {"versionSupport": true}},
        "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}});
    let folder = json!([{"uri": document::uri(root)?, "name": "corpus"}]);
    client.ask(
        "initialize",
        &json!({
            "processId": std::process::id(),
            "capabilities": if arguments.push { push } else { pull },
            "workspaceFolders": folder,
        }),
    )?;
    client.notify("initialized", &json!({}))?;
    Ok(client)
}

/// Waits for the findings of a file as it is now.
fn findings(arguments: &Arguments, client: &mut Client, document: &Document) -> Result<()> {
    if arguments.push {
        client.wait(|message| document.is_answered(message))?;
    } else {
        client.ask("textDocument/diagnostic", &document.name())?;
    }
    Ok(())
}

fn is_empty(answer: &Value) -> bool {
    match answer {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(object) => {
            object.get("items").and_then(Value::as_array).is_some_and(Vec::is_empty)
        }
        _ => false,
    }
}

/// An offset inside the name of a field.
fn name(text: &str, random: &mut Random) -> Option<usize> {
    let marks = ["- name: ", "context[\"", "context.get(\""];
    let from = random.below(text.len());
    let found = marks.into_iter().filter_map(|mark| Some(text[from..].find(mark)? + mark.len()));
    Some(from + found.min()? + 1)
}

/// The files of a corpus, in order.
fn files(corpus: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in folders(corpus)? {
        for entry in std::fs::read_dir(folder)? {
            files.push(entry?.path());
        }
    }
    files.sort();
    Ok(files)
}

/// The first folders of the corpus, copied to `to`.
fn copied(arguments: &Arguments, to: &Path) -> Result<Vec<PathBuf>> {
    for folder in folders(&arguments.path)?.into_iter().take(arguments.small) {
        let target = to.join(folder.file_name().context("a folder without a name")?);
        std::fs::create_dir(&target)?;
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            std::fs::copy(entry.path(), target.join(entry.file_name()))?;
        }
    }
    files(to)
}

fn line(what: &str, times: &[Duration]) {
    let milliseconds = |percent| quantile(times, percent).as_secs_f64() * 1000.0;
    report::line(&format!(
        "{what}: median {:.3} ms, 99th percentile {:.3} ms, longest {:.3} ms",
        milliseconds(50),
        milliseconds(99),
        milliseconds(100),
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_behind_a_place() {
        let mut random = Random::new(1);
        let text = "x\n- name: plan\n";
        let found: Vec<_> = (0..40).filter_map(|_| name(text, &mut random)).collect();
        assert!(!found.is_empty() && found.iter().all(|offset| text[*offset..].starts_with("lan")));
    }
}
