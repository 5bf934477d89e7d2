//! The attributes that code sets on spans, events and their like.
//!
//! Reading is per function and does not follow the order of statements: whatever a function may set
//! on a span counts as set. What a name stands for is followed where it is bound once.

use contracts::value::Value;
use rustc_hash::FxHashMap;
use syntax::python::cst::Node;
use text::exact::boxed;
use text::span::Span;

use super::{Import, Key};
use crate::places::LocalAnchor;

mod entries;
mod sites;
mod spans;
mod uses;

pub(super) use sites::is_site;
pub(super) use uses::Around;

use entries::Entry;
use sites::{Form, Site};
use spans::Spans;
use uses::Uses;

/// What one function, or the code outside functions, sets on one carrier.
#[derive(Clone, PartialEq, Debug)]
pub struct AttributeGroup {
    /// What carries the attributes.
    pub carrier: Carrier,
    /// The name of the span or event, where it has one.
    pub name: Key,
    /// What is set, in the order of the text. A key that is not known is left out.
    pub attributes: Box<[Attribute]>,
    /// Whether nothing else is set on the carrier as far as this code goes: all keys are known, and
    /// a span that begins here is handed to nobody.
    pub closed: bool,
    /// The call that begins or names the carrier, or the first that sets something on it.
    pub at: LocalAnchor,
    /// Whether this is telemetry only in a file that imports it.
    pub(super) is_guess: bool,
}

/// What carries attributes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Carrier {
    /// A span.
    Span(Origin),
    /// An event, on the span whose group stands at this anchor, if that span begins here as well.
    Event(Option<LocalAnchor>),
    /// A link to a span.
    Link,
    /// A measurement of a metric.
    Measurement,
    /// The resource that all telemetry of a process has in common.
    Resource,
    /// A log record.
    Log,
}

/// Where a span comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// It begins here.
    Started,
    /// It begins here and is the current one meanwhile, so that whatever is called may find it.
    StartedCurrent,
    /// It is whichever span is current.
    Current,
    /// It comes from elsewhere.
    Given,
}

/// One attribute that is set.
#[derive(Clone, PartialEq, Debug)]
pub struct Attribute {
    /// Its name. Never [`Key::Unknown`] or a pattern.
    pub key: Key,
    /// Where that is written: the literal, also where it reaches the call through a variable. One
    /// place has one anchor, also where several groups come by it.
    pub at: LocalAnchor,
    /// What it is set to.
    pub value: AttributeValue,
    /// Where that is written.
    pub value_at: LocalAnchor,
}

/// What an attribute is set to.
#[derive(Clone, PartialEq, Debug)]
pub enum AttributeValue {
    /// A text, or a name that may stand for one.
    Text(Key),
    /// Any other literal.
    Literal(Value),
    /// Not known.
    Unknown,
}

/// Reads what `calls`, which are sites and stand in `block`, set.
pub(super) fn read<'c>(
    block: Node<'c>,
    calls: &[Node<'c>],
    around: Around<'_, 'c>,
    anchor: &mut dyn FnMut(Span) -> LocalAnchor,
) -> Vec<AttributeGroup> {
    let mut uses = Uses::of(block, around);
    let sites: Vec<Site<'c>> = calls.iter().filter_map(|call| sites::read(*call)).collect();
    for site in &sites {
        uses.note_site(site);
    }
    let spans = Spans::of(block, &sites, &uses);
    let mut groups: Vec<Gathered<'c>> = Vec::new();
    for site in &sites {
        let carrier = spans.carrier(site, &uses);
        let known = groups.iter_mut().find(|group| group.of == carrier && carrier.is_shared());
        let group = match known {
            Some(group) => group,
            None => {
                groups.push(Gathered::new(carrier, site, &spans, &uses));
                let Some(last) = groups.last_mut() else { continue };
                last
            }
        };
        group.add(site, &uses);
    }
    anchored(groups, anchor)
}

/// Whether one of the imports makes telemetry likely.
pub(super) fn imports_telemetry(imports: &[Import]) -> bool {
    imports.iter().any(|import| {
        import.module.first().is_some_and(|package| package.as_str() == "opentelemetry")
    })
}

/// A group whose places are not anchored yet.
struct Gathered<'c> {
    of: spans::Of<'c>,
    at: Span,
    name: Key,
    entries: Vec<Entry>,
    closed: bool,
    is_guess: bool,
}

impl<'c> Gathered<'c> {
    fn new(of: spans::Of<'c>, site: &Site<'c>, spans: &Spans<'c>, uses: &Uses<'_, 'c>) -> Self {
        let name = site.name.map_or(Key::Unknown, |node| uses.key(node).0);
        Gathered {
            at: site.at,
            name,
            entries: Vec::new(),
            closed: spans.is_kept(of, uses),
            is_guess: !(site.is_plain || spans.is_plain(of)),
            of,
        }
    }

    fn add(&mut self, site: &Site<'c>, uses: &Uses<'_, 'c>) {
        let mut found = entries::Entries::default();
        match site.form {
            Form::One { key, value } => uses.pair(key, value, &mut found),
            Form::Several(Some(several)) => uses.several(several, &mut found),
            Form::Several(None) => {}
        }
        self.closed &= found.closed();
        self.is_guess &= !site.is_plain;
        for entry in found.into_entries() {
            if !self.entries.contains(&entry) {
                self.entries.push(entry);
            }
        }
    }
}

fn anchored(
    mut groups: Vec<Gathered<'_>>,
    anchor: &mut dyn FnMut(Span) -> LocalAnchor,
) -> Vec<AttributeGroup> {
    // One place in the text has one anchor, however many groups come by it.
    let mut known: FxHashMap<(u32, u32), LocalAnchor> = FxHashMap::default();
    let mut anchor =
        |span: Span| *known.entry((span.start, span.end)).or_insert_with(|| anchor(span));
    let mut found = Vec::with_capacity(groups.len());
    for group in &mut groups {
        group.entries.sort_by_key(|entry| entry.key_span.start);
        let attributes = std::mem::take(&mut group.entries).into_iter().map(|entry| Attribute {
            at: anchor(entry.key_span),
            value_at: anchor(entry.value_span),
            key: entry.key,
            value: entry.value,
        });
        found.push(AttributeGroup {
            attributes: boxed(attributes.collect()),
            carrier: group.of.carrier(&mut anchor),
            name: std::mem::replace(&mut group.name, Key::Unknown),
            closed: group.closed,
            at: anchor(group.at),
            is_guess: group.is_guess,
        });
    }
    found
}
