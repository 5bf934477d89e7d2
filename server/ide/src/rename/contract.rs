//! Names in contracts.

use std::collections::{BTreeMap, BTreeSet};

use facts::file::parsed;
use facts::places::FileId;
use graph::handler::ContractRef;
use syntax::edit::yaml::{Intent, render};
use syntax::yaml::NodeId;

use super::Refusal;
use super::draft::Draft;
use crate::named::{self, Use};
use crate::place::Place;
use crate::target::contracts_of;

/// What a name is to read instead, if anything; or why it cannot follow.
pub(super) type Renamed<'r> = dyn Fn(&Use<'_>) -> Result<Option<String>, String> + 'r;

/// Writes other names in these contracts.
pub(super) fn rename(
    draft: &mut Draft<'_, '_>,
    contracts: &[ContractRef],
    renamed: &Renamed<'_>,
) -> Result<(), Refusal> {
    let files: BTreeSet<FileId> = contracts.iter().map(|contract| contract.file).collect();
    for file in files {
        let names = Names::of(draft, file, contracts, renamed)?;
        names.write(draft, file)?;
    }
    Ok(())
}

/// The scalars of one file that hold names, as they are written: aliases are not followed.
#[derive(Default)]
struct Names {
    /// Those that are to read something else.
    wanted: BTreeMap<NodeId, String>,
    /// Those that name something else, or something elsewhere.
    others: BTreeSet<NodeId>,
}

impl Names {
    fn of(
        draft: &Draft<'_, '_>,
        file: FileId,
        contracts: &[ContractRef],
        renamed: &Renamed<'_>,
    ) -> Result<Names, Refusal> {
        let mut names = Names::default();
        let mut refusal = None;
        for (contract, facts) in contracts_of(draft.question.sources, file) {
            let is_within = contracts.contains(&contract);
            named::each(facts, &mut |named| {
                let found = Use { contract, facts, named };
                let new = if is_within { renamed(&found) } else { Ok(None) };
                let why = match new.map(|new| names.add(named.at, new)) {
                    Ok(true) => return,
                    Ok(false) => "would get two names".to_owned(),
                    Err(why) => why,
                };
                refusal.get_or_insert_with(|| draft.refused_at(found.at(), &why));
            });
        }
        refusal.map_or(Ok(names), Err)
    }

    /// Whether the node is not to read two things.
    fn add(&mut self, at: NodeId, new: Option<String>) -> bool {
        match new {
            Some(new) => self.wanted.insert(at, new.clone()).is_none_or(|known| known == new),
            None => {
                self.others.insert(at);
                true
            }
        }
    }

    fn write(self, draft: &mut Draft<'_, '_>, file: FileId) -> Result<(), Refusal> {
        if self.wanted.is_empty() {
            return Ok(());
        }
        let text = draft.question.text(file);
        let yaml = parsed(draft.question.sources.path(file).as_str(), &text);
        let place = |node: NodeId| Place { file, span: yaml.node(node).span };
        let mut targets: BTreeMap<NodeId, &String> = BTreeMap::new();
        for (at, new) in &self.wanted {
            let known = targets.insert(yaml.resolve(*at), new);
            if known.is_some_and(|known| known != new) {
                return Err(draft.refused(place(*at), "would get two names"));
            }
        }
        for at in &self.others {
            if targets.contains_key(&yaml.resolve(*at)) {
                return Err(draft.refused(place(*at), "names something else with the same text"));
            }
        }
        for target in targets.keys().filter(|target| yaml.node(**target).anchored) {
            let stray = |alias: &NodeId| !self.wanted.contains_key(alias);
            if let Some(alias) = yaml.aliases_of(*target).into_iter().find(stray) {
                return Err(draft.refused(place(alias), "takes the name for something else"));
            }
        }
        for (target, new) in targets {
            let intent = Intent::ReplaceScalar(target, new.clone());
            let edits = render(&text, &yaml, &intent).map_err(|_| {
                draft.refused(place(target), "is written in a way that cannot be changed safely")
            })?;
            for edit in edits {
                draft.put(file, edit)?;
            }
        }
        Ok(())
    }
}
