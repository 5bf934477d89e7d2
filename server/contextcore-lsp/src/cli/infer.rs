//! `infer`: contracts from handlers alone.

mod target;

use std::io::Write;

use anyhow::{Context, anyhow, bail};
use camino::{Utf8Path, Utf8PathBuf};
use ide::infer::{self, Inferred};
use settings::run::RunOverrides;
use workspace::check::{CheckRequest, Disk, Opened, open};
use workspace::walk::normal;

use super::arguments::InferOptions;
use super::exit::Exit;
use super::output;
use super::paths::relative;
use target::{Target, replacement};

/// A contract that was inferred, with what is around it.
struct Draft {
    contract: Inferred,
    /// Where it would stand, absolute.
    path: Utf8PathBuf,
    /// The files of the contracts that speak of its handlers already, absolute.
    known: Vec<Utf8PathBuf>,
}

/// Infers what `options` ask for, and shows or writes it.
pub(crate) fn run(options: &InferOptions) -> anyhow::Result<Exit> {
    let here = working_directory()?;
    let (drafts, trouble) = drafts(options, &here);
    for trouble in &trouble {
        output::complain(trouble);
    }
    let includes_known = options.all || !options.paths.is_empty();
    let (drafts, passed): (Vec<Draft>, Vec<Draft>) =
        drafts.into_iter().partition(|draft| includes_known || draft.known.is_empty());
    for draft in &passed {
        say_passed(draft, &here);
    }
    if drafts.is_empty() {
        // Troubles are told already, and so is who was passed over.
        if trouble.is_empty() && passed.is_empty() {
            bail!("no handlers under {}", asked(options));
        }
        return Ok(if trouble.is_empty() { Exit::Clean } else { Exit::Trouble });
    }
    for draft in drafts.iter().filter(|draft| draft.contract.is_order_guessed) {
        let pipeline = &draft.contract.pipeline;
        output::remark(&format!(
            "note: nothing says in which order all phases of `{pipeline}` run; their order is a guess"
        ));
    }
    match &options.output {
        None if !options.write => print(&drafts, &here)?,
        None => write(&drafts, None, options.force, &here)?,
        Some(file) => write(&drafts, Some(&here.join(file)), options.force, &here)?,
    }
    Ok(if trouble.is_empty() { Exit::Clean } else { Exit::Trouble })
}

fn working_directory() -> anyhow::Result<Utf8PathBuf> {
    let folder = std::env::current_dir().context("cannot tell the working directory")?;
    Utf8PathBuf::from_path_buf(folder)
        .map_err(|folder| anyhow!("the working directory `{}` is no text", folder.display()))
}

fn asked(options: &InferOptions) -> String {
    let paths = if options.paths.is_empty() { &[".".to_owned()][..] } else { &options.paths };
    paths.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ")
}

/// What can be inferred of the handlers under the paths, and what stood in the way.
fn drafts(options: &InferOptions, here: &Utf8Path) -> (Vec<Draft>, Vec<String>) {
    let absolute = |path: &String| normal(&here.join(path));
    let mut paths: Vec<Utf8PathBuf> = options.paths.iter().map(absolute).collect();
    if paths.is_empty() {
        paths.push(here.to_owned());
    }
    let config = options.config.as_ref().map(absolute);
    let (opened, mut trouble) =
        open(&CheckRequest { paths, config, overrides: RunOverrides::default() });
    let mut drafts = Vec::new();
    for mut project in opened {
        project.engine.follow_workflows(&Disk { root: project.engine.root.clone() });
        trouble.append(&mut project.trouble);
        drafts.extend(drafts_of(&project));
    }
    (drafts, trouble)
}

fn drafts_of(project: &Opened) -> Vec<Draft> {
    let engine = &project.engine;
    let files = engine.graph().files();
    let contracts = infer::contracts(engine, engine.project_name());
    let mut drafts = Vec::new();
    for contract in contracts {
        if !contract.files.iter().any(|file| project.is_asked(files.path(*file))) {
            continue;
        }
        let known = contract.known.iter().map(|known| engine.root.join(files.path(known.file)));
        let known = known.collect();
        drafts.push(Draft { path: engine.root.join(&contract.path), known, contract });
    }
    drafts
}

fn say_passed(draft: &Draft, here: &Utf8Path) {
    let known: Vec<String> =
        draft.known.iter().map(|path| format!("`{}`", relative(path, here))).collect();
    output::remark(&format!(
        "note: the handlers of `{}` have a contract, {}; --all includes them",
        draft.contract.pipeline,
        known.join(", ")
    ));
}

/// Shows the contracts, one document each.
fn print(drafts: &[Draft], here: &Utf8Path) -> anyhow::Result<()> {
    if drafts.len() > 1 {
        output::remark(&format!(
            "note: these are {} contracts, and a loader takes one from a file; --write gives each \
             a file of its own",
            drafts.len()
        ));
    }
    output::print(|out: &mut dyn Write| {
        for draft in drafts {
            if drafts.len() > 1 {
                writeln!(out, "--- # {}", relative(&draft.path, here))?;
            }
            write!(out, "{}", draft.contract.text)?;
        }
        Ok(())
    })
}

/// Writes all contracts, or none: to `file`, or each to its own.
fn write(
    drafts: &[Draft],
    file: Option<&Utf8Path>,
    force: bool,
    here: &Utf8Path,
) -> anyhow::Result<()> {
    if let (Some(file), [_, _, ..]) = (file, drafts) {
        let pipelines: Vec<String> =
            drafts.iter().map(|draft| format!("`{}`", draft.contract.pipeline)).collect();
        bail!(
            "`{}` takes one contract, and these are {}: {}; name the handlers of one, or use --write",
            relative(&normal(file), here),
            drafts.len(),
            pipelines.join(", ")
        );
    }
    let mut replacements = Vec::new();
    for draft in drafts {
        let target = Target { path: file.map_or(&*draft.path, |file| file), force, here };
        // A second contract beside one that is there would leave it open which of them counts.
        if file.is_none() && !draft.known.is_empty() && !draft.known.contains(&draft.path) {
            bail!(
                "the handlers of `{}` have a contract, `{}`; --output says where another one goes",
                draft.contract.pipeline,
                relative(&draft.known[0], here)
            );
        }
        replacements.push(replacement(&target, &draft.contract.text)?);
    }
    outputs::replace::replace_all(&replacements)?;
    for (draft, written) in drafts.iter().zip(&replacements) {
        let path = Utf8Path::from_path(&written.path).unwrap_or(&draft.path);
        let path = relative(&normal(path), here);
        let phases = match draft.contract.phases {
            1 => "1 phase".to_owned(),
            count => format!("{count} phases"),
        };
        output::remark(&format!("Wrote `{}`, {phases}, to {path}.", draft.contract.pipeline));
    }
    Ok(())
}
