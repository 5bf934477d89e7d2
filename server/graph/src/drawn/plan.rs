//! A drawing as phases in an order.

use facts::places::Anchor;
use text::name::Name;

use super::{Drawing, Point};
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
        let mut plan = Plan { is_whole: !self.open, ..Plan::default() };
        for way in &self.ways {
            plan.is_whole &= !matches!(way.to, Point::Unknown);
            plan.is_whole &= !way.from.contains(&Point::Unknown);
            let Some(to) = phase(&way.to) else { continue };
            for from in way.from.iter().filter_map(phase) {
                let taken = if way.is_choice { Taken::Sometimes } else { Taken::Always };
                let passage = Passage { taken, ..Passage::default() };
                plan.edges.push(Edge { from, to, passage });
            }
        }
        plan
    }
}
