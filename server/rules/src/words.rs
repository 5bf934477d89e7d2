//! Words and edits that several rules share.

use contracts::path::FieldPath;
use contracts::propagation::{Boundary, Field};
use graph::flow::producer::{By, Producer};
use graph::pipeline::Pipeline;
use syntax::edit::yaml;

use crate::fix::{Fix, Intent};

/// What an entry does, in a word or two.
pub(crate) fn asked(boundary: Boundary) -> &'static str {
    match boundary {
        Boundary::EntryRequired => "required",
        Boundary::EntryEnrichment => "enriched",
        Boundary::ExitRequired => "promised",
        Boundary::ExitOptional => "optional",
    }
}

/// What a producer does, as the other side of a story.
pub(crate) fn produced(producer: &Producer<'_>) -> String {
    match &producer.by {
        By::Caller(..) => format!("`{}` is given to the pipeline here", producer.path),
        By::Settings => format!("settings name `{}` as an input", producer.path),
        By::Exit(phase, _, boundary) => {
            format!("`{}` produces `{}`, {}", phase.name, producer.path, boundary.as_str())
        }
        By::Code(phase, _, write) if write.must => {
            format!("`{}` writes `{}`", phase.name, producer.path)
        }
        By::Code(phase, ..) => {
            format!("`{}` writes `{}` on some paths only", phase.name, producer.path)
        }
    }
}

/// What a producer of a near name does.
pub(crate) fn near_namesake(producer: &Producer<'_>) -> String {
    match &producer.by {
        By::Caller(..) | By::Settings => format!("`{}` is an input of the pipeline", producer.path),
        By::Exit(phase, ..) => {
            format!("`{}` produces a near namesake, `{}`", phase.name, producer.path)
        }
        By::Code(phase, ..) => {
            format!("`{}` writes a near namesake, `{}`", phase.name, producer.path)
        }
    }
}

/// The fix that gives an entry of the contract another name.
pub(crate) fn rename_field(pipeline: &Pipeline, field: &Field, to: FieldPath) -> Fix {
    let intent = yaml::Intent::ReplaceScalar(field.path.at, to.as_str().to_owned());
    Fix::offered(format!("rename to `{to}`"), vec![Intent::Yaml(pipeline.file(), intent)])
}
