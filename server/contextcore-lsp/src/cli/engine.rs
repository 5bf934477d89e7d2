//! What the command line asks of the engine.

use std::path::PathBuf;

use camino::Utf8PathBuf;
use rules::rule::Rule;
use settings::run::RunOverrides;
use workspace::check::CheckRequest;
use workspace::located::{Coverage, LocatedFinding};
use workspace::walk::normal;

/// What to check.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// The files and folders to report on, as given.
    pub(crate) paths: Vec<PathBuf>,
    /// The settings file to use in place of those that would be found.
    pub(crate) config: Option<PathBuf>,
    /// What this run settles for itself.
    pub(crate) overrides: RunOverrides,
    /// The folder that paths are relative to, absolute.
    pub(crate) working_directory: Utf8PathBuf,
}

/// What a check found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    /// Findings, ordered by path, place and rule.
    pub(crate) findings: Vec<LocatedFinding>,
    /// What was looked at.
    pub(crate) coverage: Coverage,
    /// What stood in the way: the disk, or settings.
    pub(crate) trouble: Vec<String>,
}

/// The text that a file would have with all safe fixes applied.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct FixedText {
    /// The file, absolute.
    pub(crate) path: Utf8PathBuf,
    /// Its text now; none for a file to be made.
    pub(crate) before: Option<String>,
    /// Its text then.
    pub(crate) after: String,
}

/// The engine, as the commands see it.
pub(crate) trait Engine {
    /// All rules.
    fn rules(&self) -> &'static [&'static Rule];
    /// Checks what is asked for.
    fn check(&self, request: &Request) -> Outcome;
    /// The texts of all files that safe fixes change, applied until nothing changes any more.
    fn fix(&self, request: &Request) -> Vec<FixedText>;
}

/// The engine that this program is built with.
pub(crate) fn engine() -> impl Engine {
    OnDisk
}

/// The workspace's engine, over the files of the disk.
struct OnDisk;

impl Engine for OnDisk {
    fn rules(&self) -> &'static [&'static Rule] {
        rules::rules::ALL
    }

    fn check(&self, request: &Request) -> Outcome {
        let (check_request, mut trouble) = checkable(request);
        let result = workspace::check::check(&check_request);
        trouble.extend(result.trouble);
        Outcome { findings: result.findings, coverage: result.coverage, trouble }
    }

    fn fix(&self, request: &Request) -> Vec<FixedText> {
        let fixed = workspace::fixing::fixed_texts(&checkable(request).0);
        fixed
            .into_iter()
            .map(|text| FixedText {
                path: text.path,
                before: Some(text.before.to_string()),
                after: text.after.to_string(),
            })
            .collect()
    }
}

/// The request with absolute paths, and the paths that are none.
fn checkable(request: &Request) -> (CheckRequest, Vec<String>) {
    let mut trouble = Vec::new();
    let mut absolute = |path: &PathBuf| match Utf8PathBuf::from_path_buf(path.clone()) {
        Ok(path) => Some(normal(&request.working_directory.join(path))),
        Err(path) => {
            trouble.push(format!("`{}`: the path is no text", path.display()));
            None
        }
    };
    let paths = request.paths.iter().filter_map(&mut absolute).collect();
    let config = request.config.as_ref().and_then(absolute);
    (CheckRequest { paths, config, overrides: request.overrides.clone() }, trouble)
}
