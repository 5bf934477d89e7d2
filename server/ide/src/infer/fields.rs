//! What stands at the boundaries of phases.

use contracts::path::FieldPath;
use contracts::propagation::Severity;
use contracts::value::Value;
use facts::python::declarations::Side;
use graph::flow::verdict::near_path;
use graph::summary::Write;
use text::name::Name;
use text::near::Nearness;

use super::line::Step;
use super::products::Products;
use super::told::Told;
use super::wishes::{self, Wish, nameable};

/// The boundaries of one phase.
#[derive(Default)]
pub(super) struct Boundaries {
    pub(super) required: Vec<Entry>,
    pub(super) enrichment: Vec<Entry>,
    pub(super) promised: Vec<Entry>,
    pub(super) optional: Vec<Entry>,
}

/// One field at a boundary.
pub(super) struct Entry {
    pub(super) path: FieldPath,
    pub(super) severity: Severity,
    pub(super) default: Option<Value>,
    /// The phase that produces it.
    pub(super) source: Option<Name>,
    /// The type that the code declares.
    pub(super) type_name: Option<Name>,
    /// Where it came from.
    pub(super) told: String,
}

/// The boundaries of all phases. `inputs` are the fields that settings say the caller gives.
pub(super) fn boundaries(steps: &[Step], inputs: &[FieldPath], told: &Told<'_>) -> Vec<Boundaries> {
    let products = Products::new(steps);
    let first = steps.first().map_or_else(Vec::new, |step| wishes::of(step, told));
    let first = first.iter().map(|wish| wish.path).collect();
    let world = World { steps, inputs, first, products };
    let mut given: Vec<Wish> = Vec::new();
    let mut phases: Vec<Boundaries> = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let mut phase = Boundaries::default();
        for wish in wishes::of(step, told) {
            match world.origin(index, &wish) {
                Origin::Own => continue,
                Origin::Before => {}
                Origin::Caller => given.push(Wish {
                    told: format!("nothing before `{}` writes it; {}", step.name, wish.told),
                    ..wish.clone()
                }),
            }
            let entry = world.entry(index, &wish);
            let list = if wish.hard { &mut phase.required } else { &mut phase.enrichment };
            list.push(entry);
        }
        world.add_exits(index, &mut phase, told);
        phases.push(phase);
    }
    if let Some(first) = phases.first_mut() {
        given.iter().for_each(|wish| add_input(first, wish));
    }
    phases
}

/// Where the value of a field comes from.
enum Origin {
    /// From phases before, or from where settings say; or nobody knows.
    Before,
    /// From whoever starts the pipeline, since nothing writes it before.
    Caller,
    /// From the phase itself.
    Own,
}

/// All phases.
struct World<'s> {
    steps: &'s [Step],
    /// Fields that settings name as inputs.
    inputs: &'s [FieldPath],
    /// Fields that the first phase takes.
    first: Vec<FieldPath>,
    products: Products,
}

impl World<'_> {
    fn origin(&self, step: usize, wish: &Wish) -> Origin {
        let path = wish.path;
        let is_written = self.products.of(path).any(|(by, _)| by < step);
        let may_be = self.steps[..step].iter().any(Step::is_open_for_writes);
        if step == 0 || is_written || may_be || is_among(self.inputs, path) {
            Origin::Before
        } else if is_among(&self.first, path) {
            Origin::Caller
        } else if !wish.hard && self.products.has(step, path) {
            // A cache, a counter: the first round finds nothing there, by design.
            Origin::Own
        } else if !wish.hard && self.namesake(step, path).is_some() {
            // It may be a slip: a check says so, as long as nobody claims that the caller gives it.
            Origin::Before
        } else {
            Origin::Caller
        }
    }

    /// A field that an earlier phase writes under a name that is a slip of the finger away.
    fn namesake(&self, step: usize, path: FieldPath) -> Option<FieldPath> {
        let before = self.products.before(step).into_iter().map(|(_, written)| written);
        let is_slip = |written: FieldPath| {
            near_path(path, written).is_some_and(|near| near != Nearness::Words)
        };
        before.filter(|written| is_slip(*written)).min()
    }

    fn entry(&self, step: usize, wish: &Wish) -> Entry {
        let removed = self.removed_by(step, wish.path);
        let is_written = self.products.of(wish.path).any(|(by, _)| by < step);
        let is_known =
            is_written || is_among(self.inputs, wish.path) || is_among(&self.first, wish.path);
        let near = if is_known { None } else { self.namesake(step, wish.path) };
        let mut told = wish.told.clone();
        if let Some(phase) = removed {
            told = format!("{told}, though `{phase}` removes it");
        } else if let Some(near) = near {
            told = format!("{told}; `{near}` is written before: is that meant?");
        }
        let source = self.products.source(step, wish.path).map(|by| self.steps[by].name);
        let is_critical = wish.hard && removed.is_none();
        entry(wish, is_critical, source, told)
    }

    /// The phase before that removes a field after it was written last.
    fn removed_by(&self, step: usize, path: FieldPath) -> Option<Name> {
        let removes = |done: &graph::summary::Summary| {
            let mut drops = done.drops.iter();
            drops.any(|drop| drop.path.is_none_or(|gone| gone.relation(path).is_some()))
        };
        let mut before = (0..step).rev();
        let last = before
            .find(|by| self.products.has(*by, path) || self.steps[*by].summaries().any(removes))?;
        let step = &self.steps[last];
        step.summaries().any(removes).then_some(step.name)
    }

    /// Adds what a phase leaves behind, in the order in which it writes.
    fn add_exits(&self, step: usize, phase: &mut Boundaries, told: &Told<'_>) {
        let doers = &self.steps[step].doers;
        let is_ensured = |path: FieldPath| {
            let mut summaries = doers.iter().map(|doer| doer.summary.as_ref());
            summaries.all(|done| done.is_some_and(|done| done.ensured.contains(&path)))
        };
        let writes: Vec<&Write> =
            self.steps[step].summaries().flat_map(|done| &done.writes).collect();
        for write in &writes {
            let Some(path) = nameable(write.path) else { continue };
            let is_part = path != write.path;
            let holds = |other: &Write| self.holds(other.path, path);
            if phase.exits().any(|known| known.path == path)
                || writes.iter().any(|other| holds(other))
                || (is_part && phase.takes(path))
            {
                continue;
            }
            let always = !is_part && is_ensured(path);
            let how = if always { "written on every path" } else { "written on some paths" };
            let exit = exit(path, always, format!("{}: {how}", told.site(&write.site)));
            if always { &mut phase.promised } else { &mut phase.optional }.push(exit);
        }
        self.add_declared_exits(step, phase, told);
    }

    /// Whether `whole` is a field that a contract can name, and holds `part`.
    fn holds(&self, whole: FieldPath, part: FieldPath) -> bool {
        let names = whole.segments();
        names.len() < part.segments().len()
            && part.segments().starts_with(names)
            && nameable(whole) == Some(whole)
    }

    /// What the code declares of its products has the last word about severities and types.
    fn add_declared_exits(&self, step: usize, phase: &mut Boundaries, told: &Told<'_>) {
        let sides = self.steps[step].doers.iter();
        for side in sides.filter_map(|doer| doer.declares.side(Side::Produces)) {
            for field in &side.fields {
                let critical = field.critical.is_none_or(|(critical, _)| critical);
                let severity = if critical { Severity::Blocking } else { Severity::Warning };
                let type_name = field.type_name.map(|(name, _)| name);
                let mut known = phase.promised.iter_mut().chain(&mut phase.optional);
                if let Some(known) = known.find(|exit| exit.path == field.path) {
                    known.severity = severity;
                    known.type_name = type_name;
                    continue;
                }
                let told = format!("{}: declared in code", told.place(field.at));
                let exit = Entry { severity, type_name, ..exit(field.path, critical, told) };
                // What its code is not seen to write cannot be held against it.
                let unseen = self.steps[step].is_open_for_writes();
                if unseen { &mut phase.promised } else { &mut phase.optional }.push(exit);
            }
        }
    }
}

impl Boundaries {
    fn exits(&self) -> impl Iterator<Item = &Entry> {
        self.promised.iter().chain(&self.optional)
    }

    /// Whether the phase takes the field, or what holds it.
    fn takes(&self, path: FieldPath) -> bool {
        let mut entries = self.required.iter().chain(&self.enrichment);
        entries.any(|entry| path.segments().starts_with(entry.path.segments()))
    }
}

/// Whether one of the fields is `path`, holds it or is part of it.
fn is_among(fields: &[FieldPath], path: FieldPath) -> bool {
    fields.iter().any(|field| field.relation(path).is_some())
}

fn entry(wish: &Wish, is_critical: bool, source: Option<Name>, told: String) -> Entry {
    let declared = wish.declared.as_ref();
    let critical = declared.and_then(|field| field.critical).map(|(critical, _)| critical);
    let is_blocking = critical.unwrap_or(is_critical);
    Entry {
        path: wish.path,
        severity: if is_blocking { Severity::Blocking } else { Severity::Warning },
        // A default that is never used is worth writing only where the code declares it.
        default: wish.default.clone().filter(|_| !wish.hard || declared.is_some()),
        source,
        type_name: declared.and_then(|field| field.type_name).map(|(name, _)| name),
        told,
    }
}

fn exit(path: FieldPath, always: bool, told: String) -> Entry {
    let severity = if always { Severity::Blocking } else { Severity::Warning };
    Entry { path, severity, default: None, source: None, type_name: None, told }
}

/// Adds what the caller has to give, or may give, to what the first phase takes.
fn add_input(first: &mut Boundaries, wish: &Wish) {
    let path = wish.path;
    let covers = |entry: &Entry| path.segments().starts_with(entry.path.segments());
    if first.required.iter().any(covers) {
        return;
    }
    match first.enrichment.iter().position(|entry| entry.path == path) {
        None if wish.hard => first.required.push(entry(wish, true, None, wish.told.clone())),
        None if first.enrichment.iter().any(covers) => {}
        None => first.enrichment.push(entry(wish, false, None, wish.told.clone())),
        Some(known) if wish.hard => {
            first.enrichment.remove(known);
            first.required.push(entry(wish, true, None, wish.told.clone()));
        }
        Some(known) => {
            // Two defaults are none that the caller's value could be given.
            let known = &mut first.enrichment[known];
            known.default =
                known.default.take().filter(|value| Some(value) == wish.default.as_ref());
        }
    }
}
