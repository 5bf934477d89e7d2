//! A drawing as phases in an order.

use facts::places::Anchor;
use text::name::Name;

use super::{Drawing, DrawnNode, Point, Runs};
use crate::order::plan::{Edge, Passage, Plan, Taken};

impl Drawing {
    /// The nodes as phases, each name once, and where each is added.
    pub(crate) fn phases(&self) -> Vec<(Name, Anchor)> {
        let mut phases: Vec<(Name, Anchor)> = Vec::new();
        for node in &self.nodes {
            if phases.iter().all(|(known, _)| *known != node.name) {
                phases.push((node.name, node.at));
            }
        }
        phases
    }

    /// The ways as the order of phases.
    pub(crate) fn plan(&self) -> Plan {
        let phases = self.phases();
        let phase = |point: &Point| match point {
            Point::Node(node) => {
                let name = self.nodes.get(*node)?.name;
                phases.iter().position(|(known, _)| *known == name)
            }
            _ => None,
        };
        let mut plan = Plan { is_whole: self.knows_its_ways(), ..Plan::default() };
        let mut starts = Vec::new();
        for way in &self.ways {
            plan.is_whole &= !matches!(way.to, Point::Unknown);
            plan.is_whole &= !way.from.contains(&Point::Unknown);
            let Some(to) = phase(&way.to) else { continue };
            if way.from.contains(&Point::Start) {
                starts.push(to);
            }
            for from in way.from.iter().filter_map(phase) {
                let taken = if way.is_choice { Taken::Sometimes } else { Taken::Always };
                let passage = Passage { taken, ..Passage::default() };
                plan.edges.push(Edge { from, to, passage });
            }
        }
        starts.sort_unstable();
        starts.dedup();
        plan.starts = (!starts.is_empty()).then_some(starts);
        plan
    }

    /// Whether no node can go where no way is seen: by a `goto` in what cannot be read.
    fn knows_its_ways(&self) -> bool {
        let is_seen = |node: &DrawnNode| node.runs != Runs::Unknown && node.given.open.is_none();
        !self.open && self.nodes.iter().all(is_seen)
    }
}
