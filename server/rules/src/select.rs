//! One of several accesses to a field, where they share one cause.

use contracts::path::FieldPath;
use graph::flow::verdict::{Judged, Verdict};
use graph::summary::Write;
use rustc_hash::FxHashMap;

use crate::level::Level;
use crate::rule::PipelineScope;

/// Whether a demand that misses its field already points at `path` as the name that may be meant.
/// That the field itself has no reader is then the same mistake, seen from the other side.
pub(crate) fn is_namesake(scope: &PipelineScope<'_, '_>, path: FieldPath) -> bool {
    scope.judged.iter().any(|judged| {
        let (Verdict::Dangling(near) | Verdict::Shadowed(near)) = judged.verdict else {
            return false;
        };
        near.is_some_and(|index| scope.flow.producers[index].path == path)
    })
}

/// One judged demand for each field of each phase: the entry where there is one, else the first
/// read. Several reads of one lost field are one cause.
pub(crate) fn first_of_each_field<'a, 'f, 'p>(
    judged: &'a [Judged<'f, 'p>],
) -> impl Iterator<Item = &'a Judged<'f, 'p>> {
    judged.iter().enumerate().filter_map(move |(index, one)| {
        let before = judged[..index]
            .iter()
            .rev()
            .take_while(|other| other.demand.phase.index == one.demand.phase.index);
        let repeated = before.into_iter().any(|other| {
            other.demand.path == one.demand.path
                && std::mem::discriminant(&other.verdict) == std::mem::discriminant(&one.verdict)
        });
        (!repeated).then_some(one)
    })
}

/// One judged read in code for each field of each phase: the first that fails without it, else the
/// first.
pub(crate) fn gravest_read_of_each_field<'a, 'f, 'p>(
    judged: &'a [Judged<'f, 'p>],
) -> impl Iterator<Item = &'a Judged<'f, 'p>> {
    let rank = |one: &Judged<'_, '_>| {
        (!one.demand.is_hard(), one.demand.read().is_some_and(|(_, read)| read.chosen))
    };
    let field = |one: &Judged<'_, '_>| (one.demand.phase.index, one.demand.path);
    let mut gravest: FxHashMap<(usize, FieldPath), usize> = FxHashMap::default();
    let reads = move || judged.iter().enumerate().filter(|(_, one)| one.demand.read().is_some());
    for (index, one) in reads() {
        let held = gravest.entry(field(one)).or_insert(index);
        if rank(one) < rank(&judged[*held]) {
            *held = index;
        }
    }
    reads().filter(move |(index, one)| gravest[&field(one)] == *index).map(|(_, one)| one)
}

/// Findings in the making that share one cause, gravest first and else in their order: a helper that
/// several phases call makes the same mistake for each of them.
pub(crate) fn by_cause<T, C: PartialEq>(
    found: impl IntoIterator<Item = T>,
    cause: impl Fn(&T) -> C,
    level: impl Fn(&T) -> Level,
) -> Vec<(T, Vec<T>)> {
    let mut groups: Vec<(T, Vec<T>)> = Vec::new();
    for mut one in found {
        match groups.iter_mut().find(|(first, _)| cause(first) == cause(&one)) {
            Some((first, others)) => {
                if level(&one) > level(first) {
                    std::mem::swap(first, &mut one);
                }
                others.push(one);
            }
            None => groups.push((one, Vec::new())),
        }
    }
    groups
}

/// One write for each field: the first that is done on every path, else the first.
pub(crate) fn first_write_of_each_field<'a>(
    writes: impl Iterator<Item = &'a Write>,
) -> Vec<&'a Write> {
    let mut found: Vec<&Write> = Vec::new();
    for write in writes {
        match found.iter_mut().find(|other| other.path == write.path) {
            Some(other) if write.must && !other.must => *other = write,
            Some(_) => {}
            None => found.push(write),
        }
    }
    found
}
