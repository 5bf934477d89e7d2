//! The spans that code begins, and which of them a call is about.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::span::Span;

use super::sites::{Site, Target};
use super::uses::{Bound, Uses};
use super::{Carrier, Origin};
use crate::places::LocalAnchor;
use crate::python::scope::visit;

/// What a site sets attributes on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Of<'c> {
    /// The span that begins at the call with this name, and whether it becomes the current one.
    Started(Span, bool),
    /// Whichever span is current.
    Current,
    /// What this expression holds.
    Given(&'c str),
    /// An event, on the span that begins at this call.
    Event(Option<Span>),
    /// A link.
    Link,
    /// A measurement.
    Measurement,
    /// A resource.
    Resource,
    /// A log record.
    Log,
}

impl Of<'_> {
    /// Whether several calls may be about one of these.
    pub(super) fn is_shared(self) -> bool {
        matches!(self, Of::Started(..) | Of::Current | Of::Given(_))
    }

    /// The carrier, given the anchors of places.
    pub(super) fn carrier(self, anchor: &mut dyn FnMut(Span) -> LocalAnchor) -> Carrier {
        match self {
            Of::Started(_, false) => Carrier::Span(Origin::Started),
            Of::Started(_, true) => Carrier::Span(Origin::StartedCurrent),
            Of::Current => Carrier::Span(Origin::Current),
            Of::Given(_) => Carrier::Span(Origin::Given),
            Of::Event(span) => Carrier::Event(span.map(anchor)),
            Of::Link => Carrier::Link,
            Of::Measurement => Carrier::Measurement,
            Of::Resource => Carrier::Resource,
            Of::Log => Carrier::Log,
        }
    }
}

/// The spans that begin in a function.
pub(super) struct Spans<'c>(Vec<Started<'c>>);

/// A span that begins.
struct Started<'c> {
    /// The method's name in the call.
    at: Span,
    current: bool,
    is_plain: bool,
    /// The variable that holds it, and where it does.
    held: Option<(&'c str, Span)>,
    /// Whether nothing else gets hold of it by the call itself.
    in_with: bool,
}

impl<'c> Spans<'c> {
    /// The spans that begin at `sites`, with the variables of `block` that hold them.
    pub(super) fn of(block: Node<'c>, sites: &[Site<'c>], uses: &Uses<'_, 'c>) -> Spans<'c> {
        let mut started: Vec<(Span, Started<'c>)> = Vec::new();
        for site in sites {
            if let Target::NewSpan { current } = site.target {
                let (at, is_plain) = (site.at, site.is_plain);
                let span = Started { at, current, is_plain, held: None, in_with: false };
                started.push((site.call.span(), span));
            }
        }
        if started.is_empty() {
            return Spans(Vec::new());
        }
        visit(block, &mut |node| {
            for (call, name, region) in holders(node, block.span()) {
                let of_call = started.iter_mut().find(|(span, _)| *span == call);
                let Some((_, span)) = of_call else { continue };
                let is_with = node.kind() == Kind::WithStatement;
                span.in_with = is_with;
                // Only what `with` gives is a span; the call itself makes something to enter.
                let holds = is_with || (!span.current && uses.around.scope.binds_once(name));
                span.held = (holds && !name.is_empty()).then_some((name, region));
            }
        });
        Spans(started.into_iter().map(|(_, span)| span).collect())
    }

    /// What a site is about.
    pub(super) fn carrier(&self, site: &Site<'c>, uses: &Uses<'_, 'c>) -> Of<'c> {
        match site.target {
            Target::NewSpan { current } => Of::Started(site.at, current),
            Target::Receiver => self.receiver(site.receiver, uses),
            Target::Event => match self.receiver(site.receiver, uses) {
                Of::Started(at, _) => Of::Event(Some(at)),
                _ => Of::Event(None),
            },
            Target::Link => Of::Link,
            Target::Measurement => Of::Measurement,
            Target::Resource => Of::Resource,
            Target::Log => Of::Log,
        }
    }

    fn receiver(&self, receiver: Node<'c>, uses: &Uses<'_, 'c>) -> Of<'c> {
        let name = receiver.text();
        // The innermost of several that bind one name.
        let held = self.0.iter().filter(|span| {
            span.held.is_some_and(|(held, region)| held == name && region.contains(receiver.span()))
        });
        let length = |span: &&Started<'_>| span.held.map_or(0, |(_, of)| of.end - of.start);
        if let Some(span) = held.min_by_key(length) {
            return Of::Started(span.at, span.current);
        }
        let bound = match uses.bound_once(name) {
            Some(Bound::Value(value)) => value,
            _ => receiver,
        };
        if is_current(bound) { Of::Current } else { Of::Given(name) }
    }

    /// Whether it is about a span that is one by the name of who begins it.
    pub(super) fn is_plain(&self, of: Of<'_>) -> bool {
        let (Of::Started(begins, _) | Of::Event(Some(begins))) = of else {
            return false;
        };
        self.0.iter().any(|span| span.at == begins && span.is_plain)
    }

    /// Whether nobody but the code at hand may set attributes on what `of` is, the current span
    /// apart.
    pub(super) fn is_kept(&self, of: Of<'_>, uses: &Uses<'_, '_>) -> bool {
        let Of::Started(at, _) = of else {
            return true;
        };
        self.0.iter().find(|span| span.at == at).is_some_and(|span| match span.held {
            Some((name, region)) => uses.is_known(name, region),
            None => span.in_with,
        })
    }
}

/// The calls that `node` binds to a variable or enters, with the variable, empty for none, and where
/// it holds what they give.
fn holders<'c>(node: Node<'c>, block: Span) -> Vec<(Span, &'c str, Span)> {
    match node.kind() {
        Kind::Assignment => {
            let left = node.child(Field::Left).filter(|left| left.kind() == Kind::Identifier);
            let bound = left.zip(node.child(Field::Right));
            bound.map(|(left, right)| (right.span(), left.text(), block)).into_iter().collect()
        }
        Kind::WithStatement => {
            let body = node.child(Field::Body).map_or(node.span(), Node::span);
            let items = node.child_of_kind(Kind::WithClause).into_iter().flat_map(Node::children);
            let item = |item: Node<'c>| {
                let value = item.first()?;
                if value.kind() != Kind::AsPattern {
                    return Some((value.span(), "", body));
                }
                let target = value.child_of_kind(Kind::AsPatternTarget)?.first()?;
                let is_name = target.kind() == Kind::Identifier;
                is_name.then(|| Some((value.first()?.span(), target.text(), body)))?
            };
            items.filter_map(item).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether this gives the current span.
fn is_current(node: Node<'_>) -> bool {
    let function = node.child(Field::Function).filter(|_| node.kind() == Kind::Call);
    function.is_some_and(|function| {
        let last = function.child(Field::Attribute).unwrap_or(function);
        last.text() == "get_current_span"
    })
}
