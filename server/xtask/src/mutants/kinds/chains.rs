//! Chains that cannot hold.

use std::ops::Range;

use super::super::model::{Chain, Model};
use super::super::page::{Mark, Part};
use super::super::sites::slip;
use super::{Expected, Kind};
use crate::random::Random;

pub(super) const KINDS: &[Kind] = &[
    Kind { name: "slip-in-chain-source", make: slip_in_source },
    Kind { name: "slip-in-chain-destination", make: slip_in_destination },
    Kind { name: "slip-in-chain-field", make: slip_in_field },
    Kind { name: "chain-from-nowhere", make: from_nowhere },
    Kind { name: "chain-to-nowhere", make: to_nowhere },
    Kind { name: "waypoint-out-of-order", make: out_of_order },
];

fn slip_in_source(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let chain = model.chains.first_mut()?;
    chain.source.0 = slip(&chain.source.0, random)?;
    Expected::of("unknown-phase", Mark(chain.number, Part::Source))
}

fn slip_in_destination(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let chain = model.chains.first_mut()?;
    chain.destination.0 = slip(&chain.destination.0, random)?;
    Expected::of("unknown-phase", Mark(chain.number, Part::Destination))
}

fn slip_in_field(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let chain = model.chains.first_mut()?;
    chain.destination.1 = slip(&chain.destination.1, random)?;
    Expected::of("unknown-field", Mark(chain.number, Part::Destination))
}

/// The source is a phase that does not produce the field: one after the producer.
fn from_nowhere(model: &mut Model, _: &mut Random) -> Option<Expected> {
    changed(model, Part::Source, |model, chain| {
        let (producer, destination) = ends(model, chain)?;
        let name = stranger(model, chain, producer + 1..destination)?;
        Some(Chain { source: (name, chain.source.1.clone()), ..chain.clone() })
    })
}

/// The destination is a phase that does not ask for the field.
fn to_nowhere(model: &mut Model, _: &mut Random) -> Option<Expected> {
    changed(model, Part::Destination, |model, chain| {
        let (producer, _) = ends(model, chain)?;
        let name = stranger(model, chain, producer + 1..model.phases.len())?;
        Some(Chain { destination: (name, chain.source.1.clone()), ..chain.clone() })
    })
}

/// A waypoint that runs before the source.
fn out_of_order(model: &mut Model, _: &mut Random) -> Option<Expected> {
    changed(model, Part::Waypoint(0), |model, chain| {
        let (producer, _) = ends(model, chain)?;
        let before = &model.phases[producer.checked_sub(1)?];
        let waypoints = vec![(before.name.clone(), chain.source.1.clone())];
        Some(Chain { waypoints, ..chain.clone() })
    })
}

/// Where a chain begins and ends.
fn ends(model: &Model, chain: &Chain) -> Option<(usize, usize)> {
    Some((model.index(&chain.source.0)?, model.index(&chain.destination.0)?))
}

/// A phase that does not ask for the chain's field.
fn stranger(model: &Model, chain: &Chain, mut among: Range<usize>) -> Option<String> {
    let asks = |index: usize| model.phases[index].entries().any(|e| e.field == chain.source.1);
    let stranger = among.find(|index| !asks(*index))?;
    Some(model.phases[stranger].name.clone())
}

/// Breaks the first chain for which there is a way to do so.
fn changed(
    model: &mut Model,
    part: Part,
    change: impl Fn(&Model, &Chain) -> Option<Chain>,
) -> Option<Expected> {
    let broken = |chain| change(model, chain);
    let (index, chain) =
        model.chains.iter().enumerate().find_map(|(index, chain)| Some((index, broken(chain)?)))?;
    let mark = Mark(chain.number, part);
    model.chains[index] = chain;
    Expected::of("broken-chain", mark)
}
