//! How much of the workflows that code draws is tied to code.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result};
use camino::Utf8PathBuf;
use facts::places::Anchor;
use graph::drawn::{Drawing, Runs};
use graph::sources::Sources;
use workspace::engine::Engine;
use workspace::opening::open_project;
use workspace::project::{Project, ProjectSettings};

use crate::report;

/// Where to look.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folders; each is taken for one project.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

/// Nodes and routers, and those that are tied.
#[derive(Default)]
struct Count {
    drawings: usize,
    known: usize,
    nodes: usize,
    tied: usize,
    routers: usize,
    tied_routers: usize,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    for path in &arguments.paths {
        let root = path.canonicalize().with_context(|| format!("no folder {}", path.display()))?;
        let root = Utf8PathBuf::from_path_buf(root).ok().context("the path is no text")?;
        let project = Project { root: root.clone(), settings_file: None };
        let engine =
            open_project(&project, ProjectSettings::default(), &[], &BTreeMap::new()).engine;
        report::line(&format!("{root}"));
        let mut count = Count::default();
        for pipeline in engine.graph().drawn_pipelines() {
            let Some(built) = engine.graph().build(pipeline) else { continue };
            let Some(drawing) = &built.pipeline.drawing else { continue };
            tell(&engine, drawing, &mut count);
        }
        let Count { drawings, known, nodes, tied, routers, tied_routers } = count;
        report::line(&format!(
            "  {drawings} drawings, of {known} all keys known; {tied} of {nodes} nodes tied, \
             {tied_routers} of {routers} routers"
        ));
    }
    Ok(())
}

fn tell(engine: &Engine, drawing: &Drawing, count: &mut Count) {
    let knows = drawing.knows_its_keys();
    count.drawings += 1;
    count.known += usize::from(knows);
    let why = [(drawing.open, "more may be drawn"), (drawing.state.open, "a schema is not known")];
    let why: Vec<&str> = why.iter().filter(|(is, _)| *is).map(|(_, why)| *why).collect();
    report::line(&format!(
        "  {}: {} nodes, {} keys{} {}",
        place(engine, drawing.at),
        drawing.nodes.len(),
        drawing.state.channels.len(),
        if knows { "" } else { ", open:" },
        why.join(", ")
    ));
    for node in &drawing.nodes {
        count.nodes += 1;
        match node.runs {
            Runs::Unknown => {
                report::line(&format!(
                    "    {} `{}` is not tied",
                    place(engine, node.at),
                    node.name
                ));
            }
            _ => count.tied += 1,
        }
    }
    for choice in &drawing.choices {
        count.routers += 1;
        match choice.runs {
            Runs::Unknown => {
                report::line(&format!("    a router after {:?} is not tied", choice.from));
            }
            _ => count.tied_routers += 1,
        }
    }
}

fn place(engine: &Engine, at: Anchor) -> String {
    let text = engine.text(at.file);
    let line = engine.span(at).map_or(0, |span| {
        let before = text.get(..span.start as usize).unwrap_or("");
        before.bytes().filter(|byte| *byte == b'\n').count() + 1
    });
    format!("{}:{line}", engine.path(at.file))
}
