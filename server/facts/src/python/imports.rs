//! Imports.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;
use text::span::Span;

use super::constants::dotted_name;
use super::{Dotted, Import};
use crate::places::LocalAnchor;

/// Reads the imports of one statement.
pub(super) fn read(
    node: Node<'_>,
    imports: &mut Vec<Import>,
    anchor: &mut dyn FnMut(Span) -> LocalAnchor,
) {
    match node.kind() {
        Kind::ImportStatement => {
            for item in items(node) {
                let Some(module) = item.module else { continue };
                let Some(first) = module.first().copied() else {
                    continue;
                };
                let at = anchor(item.span);
                let binding = item.alias.unwrap_or(first);
                imports.push(Import { binding, level: 0, module, item: None, at });
            }
        }
        Kind::ImportFromStatement => read_from(node, imports, anchor),
        _ => {}
    }
}

struct Item {
    module: Option<Dotted>,
    alias: Option<Name>,
    span: Span,
}

fn items<'c>(node: Node<'c>) -> impl Iterator<Item = Item> + 'c {
    node.children().filter(|item| item.field() == Field::Name).map(|item| {
        let alias = item.child(Field::Alias);
        let name = item.child(Field::Name).unwrap_or(item);
        Item {
            module: dotted_name(name),
            alias: alias.map(|alias| Name::new(alias.text())),
            span: alias.unwrap_or(item).span(),
        }
    })
}

fn read_from(
    node: Node<'_>,
    imports: &mut Vec<Import>,
    anchor: &mut dyn FnMut(Span) -> LocalAnchor,
) {
    let Some(from) = node.child(Field::ModuleName) else {
        return;
    };
    let (level, module) = match from.kind() {
        Kind::RelativeImport => {
            let dots = from.child_of_kind(Kind::ImportPrefix).map_or("", Node::text);
            let level = u32::try_from(dots.matches('.').count()).unwrap_or(u32::MAX);
            let name = from.child_of_kind(Kind::DottedName).and_then(dotted_name);
            (level, name.unwrap_or_else(|| Dotted::from(&[][..])))
        }
        _ => (0, dotted_name(from).unwrap_or_else(|| Dotted::from(&[][..]))),
    };
    if let Some(star) = node.child_of_kind(Kind::WildcardImport) {
        let binding = Name::new("*");
        let at = anchor(star.span());
        imports.push(Import { binding, level, module, item: Some(binding), at });
    }
    for item in items(node) {
        let Some(name) = item.module.and_then(|module| module.first().copied()) else {
            continue;
        };
        let at = anchor(item.span);
        let binding = item.alias.unwrap_or(name);
        imports.push(Import { binding, level, module, item: Some(name), at });
    }
}
