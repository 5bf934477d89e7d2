//! `check`: findings, and what fixes would do about them.

use std::io::Write;
use std::time::Instant;

use anyhow::{Context, anyhow};
use camino::{Utf8Path, Utf8PathBuf};
use rules::level::Level;
use workspace::located::LocatedFinding;

use super::arguments::{CheckOptions, Gate};
use super::engine::{Engine, Outcome, Request, engine};
use super::exit::Exit;
use super::report::{self, Report};
use super::summary::{Tally, summary};
use super::{fix, output, overrides};

/// Checks what `options` ask for, and reports it.
pub(crate) fn run(options: &CheckOptions) -> anyhow::Result<Exit> {
    run_with(&engine(), options)
}

fn run_with(engine: &impl Engine, options: &CheckOptions) -> anyhow::Result<Exit> {
    let started = Instant::now();
    let request = request(engine, options)?;
    if options.diff {
        return show_diff(engine, &request, options);
    }
    let unwritten = if options.fix { fix::apply(engine.fix(&request)).err() } else { None };
    let mut outcome = engine.check(&request);
    // A disk that refuses fixes is no reason to hide findings.
    outcome.trouble.extend(unwritten.map(|error| error.to_string()));
    note_emptiness(&mut outcome, options);
    print_findings(engine, &request, options, &outcome)?;
    complain_and_sum_up(&outcome, &request.working_directory, Some(started));
    Ok(verdict(&outcome, options.fail_on))
}

fn request(engine: &impl Engine, options: &CheckOptions) -> anyhow::Result<Request> {
    let folder = std::env::current_dir().context("cannot tell the working directory")?;
    let working_directory = Utf8PathBuf::from_path_buf(folder)
        .map_err(|folder| anyhow!("the working directory `{}` is no text", folder.display()))?;
    Ok(Request {
        paths: options.paths.iter().map(Into::into).collect(),
        config: options.config.as_ref().map(Into::into),
        overrides: overrides::overrides(options, engine.rules())?,
        working_directory,
    })
}

/// A run that read nothing most likely had the wrong path: it must not look like a clean one.
fn note_emptiness(outcome: &mut Outcome, options: &CheckOptions) {
    if outcome.coverage.readable == 0 && outcome.trouble.is_empty() && !options.allow_empty {
        outcome.trouble.push(format!(
            "no YAML, Python or settings file under {}; --allow-empty makes that no error",
            options.paths.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ")
        ));
    }
}

fn print_findings(
    engine: &impl Engine,
    request: &Request,
    options: &CheckOptions,
    outcome: &Outcome,
) -> anyhow::Result<()> {
    let report = Report {
        findings: &outcome.findings,
        coverage: &outcome.coverage,
        trouble: &outcome.trouble,
        rules: engine.rules(),
        here: &request.working_directory,
    };
    let colors = output::colors(options.color);
    output::print(|out| report::write(options.output_format, &report, colors, out))
}

fn complain_and_sum_up(outcome: &Outcome, here: &Utf8Path, started: Option<Instant>) {
    for trouble in &outcome.trouble {
        output::complain(trouble);
    }
    let time = started.filter(|_| output::is_watched()).map(|started| started.elapsed());
    if outcome.coverage.readable > 0 {
        output::remark(&summary(&outcome.coverage, Tally::of(&outcome.findings), here, time));
    }
}

/// Shows what `--fix` would do. A run that would change something is not clean.
fn show_diff(
    engine: &impl Engine,
    request: &Request,
    options: &CheckOptions,
) -> anyhow::Result<Exit> {
    let mut outcome = engine.check(request);
    note_emptiness(&mut outcome, options);
    let texts = engine.fix(request);
    output::print(|out: &mut dyn Write| fix::diff(&texts, &request.working_directory, out))?;
    complain_and_sum_up(&outcome, &request.working_directory, None);
    Ok(match verdict(&outcome, options.fail_on) {
        Exit::Clean if !texts.is_empty() => Exit::Findings,
        exit => exit,
    })
}

fn verdict(outcome: &Outcome, gate: Gate) -> Exit {
    if !outcome.trouble.is_empty() {
        return Exit::Trouble;
    }
    let lightest = match gate {
        Gate::Error => Level::Error,
        Gate::Warning => Level::Warning,
        Gate::Information => Level::Information,
        Gate::Hint => Level::Hint,
    };
    let grave = |finding: &LocatedFinding| finding.level >= lightest;
    if outcome.findings.iter().any(grave) { Exit::Findings } else { Exit::Clean }
}

#[cfg(test)]
mod tests;
