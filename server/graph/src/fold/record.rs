//! What a function was seen to do, and its result.

use contracts::path::FieldPath;
use facts::places::Anchor;
use rustc_hash::FxHashMap;

use super::state::{Path, Point, State, is_within, lies_in, lies_in_or_is};
use crate::summary::{Drop, OpenPart, Past, Read, Site, Strength, Summary, Write, WrittenValue};

/// How many accesses one function may have, its callees included.
const MOST_ACCESSES: usize = 8_192;

/// How many writes and drops that do not stand are kept: nothing follows from them.
const MOST_PAST: usize = 512;

/// What a function does with the object it was handed, or a part of it.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Folded {
    /// Reads; with no path, of the object itself.
    pub(super) reads: Vec<Reading>,
    /// Writes that may stand at the exit; with no path, of the object itself.
    pub(super) writes: Vec<Writing>,
    /// Drops that may stand at the exit; with no path, of all that it holds.
    pub(super) drops: Vec<Dropping>,
    /// Writes and drops of fields that do not stand at the exit.
    pub(super) past: Vec<Past>,
    /// Where more may be read.
    pub(super) open_reads: Option<Site>,
    /// Where more may be written or dropped.
    pub(super) open_writes: Option<Site>,
    /// Parts in which more may be read, written or dropped.
    pub(super) open_parts: Vec<(FieldPath, Site)>,
    /// Fields that are there at the exit, on every path.
    pub(super) ensured: Vec<FieldPath>,
    /// Whether there is a normal exit.
    pub(super) returns: bool,
}

/// A read.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Reading {
    pub(super) path: Path,
    pub(super) strength: Strength,
    pub(super) exposed: bool,
    pub(super) maybe_own: bool,
    pub(super) follows_own: bool,
    pub(super) chosen: bool,
    pub(super) conditional: bool,
    pub(super) aside: bool,
    pub(super) lacking: Vec<FieldPath>,
    pub(super) site: Site,
}

/// A write.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Writing {
    pub(super) path: Path,
    pub(super) must: bool,
    pub(super) onward: bool,
    pub(super) value: WrittenValue,
    pub(super) site: Site,
}

/// A drop.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Dropping {
    pub(super) path: Path,
    pub(super) must: bool,
    pub(super) site: Site,
}

/// What has been seen so far. One place in the code that does one thing is one entry, however often
/// and by whichever calls it is come by: the first way there is kept.
#[derive(Debug, Default)]
pub(super) struct Record {
    folded: Folded,
    reads: FxHashMap<(Anchor, Path, u8), usize>,
    writes: FxHashMap<(Anchor, Path), usize>,
    drops: FxHashMap<(Anchor, Path), usize>,
    /// Whether there were more accesses than are kept.
    overflown: bool,
}

impl Record {
    /// Notes a read.
    pub(super) fn read(&mut self, reading: Reading) {
        let key = (reading.site.at, reading.path, kind(&reading.strength));
        if let Some(known) = self.reads.get(&key) {
            if let Some(known) = self.folded.reads.get_mut(*known) {
                known.exposed |= reading.exposed;
                known.maybe_own &= reading.maybe_own;
                known.follows_own |= reading.follows_own;
                known.chosen &= reading.chosen;
                known.conditional &= reading.conditional;
                known.aside &= reading.aside;
                known.lacking.retain(|path| reading.lacking.contains(path));
            }
            return;
        }
        if self.is_full(&reading.site) {
            return;
        }
        self.reads.insert(key, self.folded.reads.len());
        self.folded.reads.push(reading);
    }

    /// Notes a write, and gives its number; [`Record::settle_write`] says what it does to the state.
    pub(super) fn write(&mut self, writing: Writing) -> Option<usize> {
        let key = (writing.site.at, writing.path);
        if let Some(known) = self.writes.get(&key) {
            return Some(*known);
        }
        if self.is_full(&writing.site) {
            return None;
        }
        let number = self.folded.writes.len();
        self.folded.writes.push(writing);
        self.writes.insert(key, number);
        Some(number)
    }

    /// Whether the field may have been put there by what was done before: by a write that may stand,
    /// or by code that cannot be seen.
    pub(super) fn may_have_written(&self, path: FieldPath, state: &State) -> bool {
        let writes = || self.folded.writes.iter().enumerate();
        self.folded.open_writes.is_some()
            || writes().any(|(number, known)| {
                state.writes.contains(number)
                    && known.path.is_some_and(|known| known.relation(path).is_some())
            })
    }

    /// The same, without writes that only went on from what was there.
    pub(super) fn may_have_brought(&self, path: FieldPath, state: &State) -> bool {
        let mut writes = self.folded.writes.iter().enumerate();
        self.folded.open_writes.is_some()
            || writes.any(|(number, known)| {
                state.writes.contains(number)
                    && !known.onward
                    && known.path.is_some_and(|known| known.relation(path).is_some())
            })
    }

    /// What a write does to what was known and stood before. Of a function with too many accesses
    /// nothing certain is said any more, and so nothing that would grow with each.
    pub(super) fn settle_write(&self, path: FieldPath, must: bool, state: &mut State) {
        if !must || self.overflown {
            return state.may_write(path);
        }
        state.write(path);
        self.kill(path, state);
    }

    /// Earlier writes and drops of the field, and of what is in it, no longer stand.
    fn kill(&self, path: FieldPath, state: &mut State) {
        if path.has_wildcard() {
            return;
        }
        for (number, known) in self.folded.writes.iter().enumerate() {
            if known.path.is_some_and(|known| is_within(known, path)) {
                state.writes.remove(number);
            }
        }
        for (number, known) in self.folded.drops.iter().enumerate() {
            if known.path.is_some_and(|known| is_within(known, path)) {
                state.drops.remove(number);
            }
        }
    }

    /// Notes a drop.
    pub(super) fn drop(&mut self, dropping: Dropping, state: &mut State) {
        if dropping.must {
            for (number, known) in self.folded.writes.iter().enumerate() {
                let gone = match (known.path, dropping.path) {
                    (_, None) => true,
                    (Some(known), Some(path)) => is_within(known, path),
                    (None, Some(_)) => false,
                };
                if gone {
                    state.writes.remove(number);
                }
            }
            state.drop(dropping.path);
        } else {
            state.may_drop(dropping.path);
        }
        let key = (dropping.site.at, dropping.path);
        if let Some(known) = self.drops.get(&key) {
            return state.drops.add(*known);
        }
        if !self.is_full(&dropping.site) {
            let number = self.folded.drops.len();
            self.folded.drops.push(dropping);
            self.drops.insert(key, number);
            state.drops.add(number);
        }
    }

    /// Notes a write or a drop of a callee that did not stand there.
    pub(super) fn past(&mut self, path: Path, site: &Site) {
        note_past(&mut self.folded.past, path, site);
    }

    /// Notes that more may be read.
    pub(super) fn open_reads(&mut self, site: &Site) {
        self.folded.open_reads.get_or_insert_with(|| site.clone());
    }

    /// Notes that more may be written.
    pub(super) fn open_writes(&mut self, site: &Site) {
        self.folded.open_writes.get_or_insert_with(|| site.clone());
    }

    /// Notes that more may be done in a part.
    pub(super) fn open_part(&mut self, path: FieldPath, site: &Site) {
        for writing in &mut self.folded.writes {
            let concerned = writing
                .path
                .is_some_and(|written| lies_in_or_is(written, path) || lies_in(path, written));
            if concerned {
                writing.value = loosened(&writing.value);
            }
        }
        let parts = &mut self.folded.open_parts;
        let known = parts.iter().any(|(known, at)| *known == path && at.at == site.at);
        if !known && parts.len() < MOST_ACCESSES {
            parts.push((path, site.clone()));
        }
    }

    fn is_full(&mut self, site: &Site) -> bool {
        let folded = &self.folded;
        let full = folded.reads.len() + folded.writes.len() + folded.drops.len() >= MOST_ACCESSES;
        if full {
            self.overflown = true;
            self.open_reads(site);
            self.open_writes(site);
        }
        full
    }

    /// What is left at the exit; none where there is no normal one. Where the caller is told that
    /// something failed, more may stand, and nothing can be relied on but what failed ways leave
    /// if there are no others.
    pub(super) fn finish(self, exit: Point, failed: Point) -> Folded {
        let mut folded = self.folded;
        folded.returns = exit.is_some() || failed.is_some();
        let exit = match (exit, failed) {
            (Some(mut exit), Some(failed)) => {
                exit.stand(&failed);
                exit
            }
            (exit, failed) => exit.or(failed).unwrap_or_default(),
        };
        let past = &mut folded.past;
        folded.writes = standing(
            folded.writes,
            |number| exit.writes.contains(number),
            |write| note_past(past, write.path, &write.site),
        );
        for writing in &mut folded.writes {
            writing.must = writing.path.is_some_and(|path| exit.written.contains(&path));
        }
        folded.drops = standing(
            folded.drops,
            |number| exit.drops.contains(number),
            |drop| note_past(past, drop.path, &drop.site),
        );
        for dropping in &mut folded.drops {
            dropping.must = exit.dropped.contains(&dropping.path);
        }
        folded.ensured = exit.known.iter().copied().collect();
        folded.ensured.sort_unstable();
        folded
    }
}

/// The items that stand; the others are told to `lose`.
fn standing<T>(items: Vec<T>, stands: impl Fn(usize) -> bool, mut lose: impl FnMut(&T)) -> Vec<T> {
    let mut left = Vec::with_capacity(items.len());
    for (number, item) in items.into_iter().enumerate() {
        if stands(number) {
            left.push(item);
        } else {
            lose(&item);
        }
    }
    left
}

fn note_past(past: &mut Vec<Past>, path: Path, site: &Site) {
    let Some(path) = path else { return };
    let known = past.iter().any(|other| other.path == path && other.site.at == site.at);
    if !known && past.len() < MOST_PAST {
        past.push(Past { path, site: site.clone() });
    }
}

fn kind(strength: &Strength) -> u8 {
    match strength {
        Strength::Hard => 0,
        Strength::Soft => 1,
        Strength::Defaulted(_) => 2,
    }
}

/// What remains known of a value that somebody may have changed in place.
fn loosened(value: &WrittenValue) -> WrittenValue {
    use contracts::value::Value;
    match value {
        WrittenValue::Literal(Value::Map(entries)) => {
            let names = entries.iter().filter_map(|(key, _)| match key {
                Value::Text(name) => Some(*name),
                _ => None,
            });
            WrittenValue::Dict(names.collect(), true)
        }
        WrittenValue::Literal(Value::List(_)) => WrittenValue::Builtin("list"),
        WrittenValue::Dict(names, _) => WrittenValue::Dict(names.clone(), true),
        other => other.clone(),
    }
}

impl Folded {
    /// Code of which nothing is known.
    pub(super) fn open(site: &Site) -> Folded {
        Folded {
            open_reads: Some(site.clone()),
            open_writes: Some(site.clone()),
            returns: true,
            ..Folded::default()
        }
    }

    /// The same, as one example of what may happen.
    pub(super) fn opened(&self, site: &Site) -> Folded {
        let mut folded = self.clone();
        folded.writes.iter_mut().for_each(|write| write.must = false);
        folded.drops.iter_mut().for_each(|drop| drop.must = false);
        folded.ensured.clear();
        folded.open_reads.get_or_insert_with(|| site.clone());
        folded.open_writes.get_or_insert_with(|| site.clone());
        folded.returns = true;
        folded
    }

    /// The summary of a function that was handed a whole context.
    pub(super) fn summary(&self) -> Summary {
        let reads = self.reads.iter().filter_map(|read| {
            let (path, strength) = (read.path?, read.strength.clone());
            Some(Read {
                path,
                strength,
                exposed: read.exposed,
                maybe_own: read.maybe_own,
                follows_own: read.follows_own,
                chosen: read.chosen,
                conditional: read.conditional,
                aside: read.aside,
                lacking: read.lacking.clone(),
                site: read.site.clone(),
            })
        });
        let writes = self.writes.iter().filter_map(|write| {
            let (path, value) = (write.path?, write.value.clone());
            let Writing { must, onward, .. } = *write;
            Some(Write { path, must, onward, value, site: write.site.clone() })
        });
        let drops = self.drops.iter().map(|drop| Drop {
            path: drop.path,
            must: drop.must,
            site: drop.site.clone(),
        });
        let parts =
            self.open_parts.iter().map(|(path, site)| OpenPart { path: *path, site: site.clone() });
        Summary {
            reads: reads.collect(),
            writes: writes.collect(),
            drops: drops.collect(),
            past: self.past.clone(),
            open_reads: self.open_reads.clone(),
            open_writes: self.open_writes.clone(),
            open_parts: parts.collect(),
            ensured: self.ensured.iter().copied().filter(|path| !path.has_wildcard()).collect(),
        }
    }
}
