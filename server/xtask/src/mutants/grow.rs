//! Clean pipelines: whatever is promised is left behind, whatever is left behind is used, and
//! whatever is asked for is there.

use super::model::{Chain, Declared, Handler, Layout, Model, Phase, TYPES, one_of};
use super::step::{Action, Around, Carrier, Key, Read, Step, Write};
use crate::random::Random;

const PHASES: &[&str] = &[
    "ingest",
    "classify",
    "outline",
    "scaffold",
    "design",
    "implement",
    "compile",
    "measure",
    "review",
    "publish",
    "deploy",
    "archive",
];

const FIRST: &[&str] = &[
    "account",
    "baseline",
    "campaign",
    "chapter",
    "dataset",
    "evidence",
    "feature",
    "glossary",
    "incident",
    "invoice",
    "ledger",
    "market",
    "migration",
    "patent",
    "portfolio",
    "question",
    "region",
    "sensor",
    "shipment",
    "supplier",
    "template",
    "traffic",
    "vehicle",
    "weather",
    "window",
    "zoning",
    "harvest",
    "journal",
    "kitchen",
    "library",
    "orchard",
    "pigment",
];

const SECOND: &[&str] = &[
    "totals", "digest", "forecast", "mapping", "routes", "verdict", "excerpt", "bundle", "notices",
    "layout", "outcome", "quotas", "snippet", "warrant", "archive", "balance", "cluster", "drafts",
    "effort", "figures", "gateway", "heading", "inquiry", "jacket", "kernel", "lattice", "margins",
    "numbers", "opinion", "picture", "quarter", "remarks",
];

/// A pipeline on which nothing is to be said.
pub(super) fn grown(random: &mut Random) -> Model {
    let count = 4 + random.below(3);
    let mut model = Model {
        id: format!("{}_flow", random.pick(FIRST)),
        phases: Vec::new(),
        chains: Vec::new(),
        layout: layout(random),
        spare: names(random),
        numbers: 0,
    };
    let first = random.below(PHASES.len() - count);
    for name in PHASES.iter().skip(first).take(count) {
        let number = model.number();
        model.phases.push(Phase {
            number,
            name: (*name).to_owned(),
            required: Vec::new(),
            enrichment: Vec::new(),
            exit: Vec::new(),
            optional: Vec::new(),
            steps: Vec::new(),
            handler: Handler::There,
            in_code: None,
        });
    }
    inputs(&mut model, random);
    for phase in 0..count {
        products(&mut model, phase, random);
    }
    // A phase reads before it writes; the order among the reads is as it comes.
    for phase in &mut model.phases {
        phase.steps.sort_by_key(|step| matches!(step.action, Action::Write(..)));
    }
    for _ in 0..2 {
        chain(&mut model, random);
    }
    model
}

fn layout(random: &mut Random) -> Layout {
    Layout {
        one_module: random.one_in(3),
        package: random.one_in(2),
        flow: random.one_in(6),
        quoted: random.one_in(6),
        ..Layout::default()
    }
}

fn names(random: &mut Random) -> Vec<String> {
    let (mut first, mut second) = (FIRST.to_vec(), SECOND.to_vec());
    let mut names = Vec::new();
    while !first.is_empty() && !second.is_empty() {
        let one = first.swap_remove(random.below(first.len()));
        let other = second.swap_remove(random.below(second.len()));
        names.push(format!("{one}_{other}"));
    }
    names
}

/// What the first phase asks for, and some later one perhaps.
fn inputs(model: &mut Model, random: &mut Random) {
    for _ in 0..=random.below(2) {
        let Some(field) = model.fresh() else { return };
        let kind = random.pick(TYPES);
        let mut readers = vec![0];
        if random.one_in(2) {
            readers.push(1 + random.below(model.phases.len() - 1));
        }
        for phase in readers {
            let number = model.number();
            let entry = Declared {
                number,
                field: field.clone(),
                kind,
                severity: None,
                default: None,
                source: None,
                extra: None,
            };
            model.phases[phase].required.push(entry);
            let read = Action::Read(*random.pick(Read::HARD));
            add_step(model, phase, &field, read, random);
        }
    }
}

/// What a phase leaves behind, with those that use it.
fn products(model: &mut Model, phase: usize, random: &mut Random) {
    let is_last = phase + 1 == model.phases.len();
    for _ in 0..=random.below(3) {
        let Some(field) = model.fresh() else { return };
        if is_last {
            produce(model, phase, &field, false, random);
        } else if random.one_in(5) {
            produce(model, phase, &field, true, random);
            enrich(model, phase, &field, random);
        } else {
            produce(model, phase, &field, false, random);
            require(model, phase, &field, random);
        }
    }
}

fn produce(model: &mut Model, phase: usize, field: &str, is_optional: bool, random: &mut Random) {
    let number = model.number();
    let severity = match (is_optional, random.one_in(3)) {
        (false, false) => None,
        (_, _) => Some("warning"),
    };
    let declared = Declared {
        number,
        field: field.to_owned(),
        kind: random.pick(TYPES),
        severity,
        default: None,
        source: None,
        extra: None,
    };
    let value = value(&declared, random);
    let around = if is_optional {
        *random.pick(Around::POSSIBLE)
    } else if random.one_in(3) {
        *random.pick(Around::CERTAIN)
    } else {
        Around::Plain
    };
    let exits = &mut model.phases[phase];
    if is_optional {
        exits.optional.push(declared);
    } else {
        exits.exit.push(declared);
    }
    let form = *random.pick(Write::ALL);
    add_step(model, phase, field, Action::Write(form, value), random);
    if let Some(step) = model.phases[phase].steps.last_mut() {
        step.around = around;
        settle(step);
    }
}

fn value(declared: &Declared, random: &mut Random) -> String {
    if random.one_in(2) { declared.kind.value.to_owned() } else { "make()".to_owned() }
}

/// One or two later phases that cannot do without, or have a default though it always comes.
fn require(model: &mut Model, producer: usize, field: &str, random: &mut Random) {
    let Some(exit) = model.phases[producer].exit.iter().find(|exit| exit.field == field) else {
        return;
    };
    let exit = exit.clone();
    for phase in later(model, producer, random) {
        let is_enriched = random.one_in(3);
        let number = model.number();
        let source = random.one_in(2).then(|| model.phases[producer].name.clone());
        let entry = Declared { number, source, ..exit.clone() };
        if is_enriched {
            let default = Some(entry.kind.default.0);
            let entry = Declared { severity: Some("warning"), default, ..entry };
            let read = defaulted(&entry, random);
            model.phases[phase].enrichment.push(entry);
            add_step(model, phase, field, Action::Read(read), random);
        } else {
            model.phases[phase].required.push(entry);
            let forms = match random.below(8) {
                0 => Read::SOFT,
                1 => Read::GUARDED,
                _ => Read::HARD,
            };
            let read = *random.pick(forms);
            add_step(model, phase, field, Action::Read(read), random);
        }
    }
}

/// Later phases that are enriched with what is there sometimes.
fn enrich(model: &mut Model, producer: usize, field: &str, random: &mut Random) {
    let Some(exit) = model.phases[producer].optional.iter().find(|exit| exit.field == field) else {
        return;
    };
    let exit = exit.clone();
    for phase in later(model, producer, random) {
        let number = model.number();
        let source = random.one_in(2).then(|| model.phases[producer].name.clone());
        let default = random.one_in(2).then_some(exit.kind.default.0);
        let entry = Declared { number, source, default, ..exit.clone() };
        let read = if default.is_some() {
            defaulted(&entry, random)
        } else {
            let forms = if random.one_in(3) { Read::SOFT } else { Read::GUARDED };
            *random.pick(forms)
        };
        model.phases[phase].enrichment.push(entry);
        add_step(model, phase, field, Action::Read(read), random);
    }
}

fn defaulted(entry: &Declared, random: &mut Random) -> Read {
    let default = entry.kind.default.1;
    if random.one_in(2) { Read::GetOr(default) } else { Read::GetDefault(default) }
}

fn later(model: &Model, phase: usize, random: &mut Random) -> Vec<usize> {
    let after = phase + 1..model.phases.len();
    let mut chosen: Vec<usize> = after.clone().filter(|_| random.one_in(3)).collect();
    if chosen.is_empty() {
        chosen.extend(one_of(random, after));
    }
    chosen.truncate(2);
    chosen
}

/// Lets the handler do something, in words that come as they come.
pub(super) fn add_step(
    model: &mut Model,
    phase: usize,
    field: &str,
    action: Action,
    random: &mut Random,
) {
    let number = model.number();
    let mut step = Step {
        number,
        field: field.to_owned(),
        action,
        by: Carrier::Direct,
        key: Key::Literal,
        around: Around::Plain,
    };
    dress(&mut step, random);
    model.phases[phase].steps.push(step);
}

/// Has a step done another way, to the same effect.
pub(super) fn dress(step: &mut Step, random: &mut Random) {
    step.by = *random.pick(Carrier::ALL);
    step.key = *random.pick(Key::ALL);
    settle(step);
}

/// Takes out what Python would not run: names that would be bound in the wrong function.
pub(super) fn settle(step: &mut Step) {
    if step.around == Around::EarlyReturn && !step.by.has_function() {
        step.by = Carrier::Method;
    }
    if let Action::Write(form, _) = &mut step.action {
        // What is put there only where it is missing may be there on the other paths.
        if *form == Write::SetDefault && Around::POSSIBLE.contains(&step.around) {
            *form = Write::Subscript;
        }
        if *form == Write::UpdateKeyword {
            step.key = Key::Literal;
        }
        // `|=` binds the name anew, which is of the outer function there.
        if *form == Write::Merge && step.by == Carrier::Nested {
            *form = Write::Update;
        }
    }
}

/// A chain along one requirement, if there is any.
fn chain(model: &mut Model, random: &mut Random) {
    let mut links = Vec::new();
    for phase in &model.phases {
        for entry in &phase.required {
            if let Some(producer) = model.producer(&entry.field)
                && !model.is_chained(&entry.field)
            {
                links.push((producer, phase.name.clone(), entry.field.clone()));
            }
        }
    }
    let Some((producer, reader, field)) = one_of(random, links.into_iter()) else { return };
    let number = model.number();
    let source = (model.phases[producer].name.clone(), field.clone());
    let destination = (reader, field);
    model.chains.push(Chain { number, source, waypoints: Vec::new(), destination });
}
