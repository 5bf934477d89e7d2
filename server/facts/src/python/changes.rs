//! Augmented assignments and deletions.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};

use super::body::Body;
use super::held::{Alias, Held, Own};
use super::scope::merges;
use super::{Action, Root, Written};

impl<'c> Body<'_, 'c> {
    pub(super) fn augmented_assignment(&mut self, node: Node<'c>) {
        let (Some(left), Some(right)) = (node.child(Field::Left), node.child(Field::Right)) else {
            return;
        };
        let merges = merges(node);
        if left.kind() == Kind::Subscript {
            return self.augment_item(left, right);
        }
        let value = self.eval(left);
        match &value.held {
            Held::Part(alias) if merges => {
                let alias = alias.clone();
                let own = self.spread(right);
                self.write_all(&alias, own);
            }
            Held::Copy(copy) if merges => {
                let mut copy = copy.clone();
                let own = self.spread(right);
                copy.own.extend(own);
                self.rebind_copy(left, copy);
            }
            Held::Part(alias) => {
                let alias = alias.clone();
                let added = self.eval(right);
                self.read_whole(added);
                self.augment_part(left, &alias);
            }
            _ => {
                self.discard(value);
                let added = self.eval(right);
                let held = self.settle(added);
                self.hand_out(&held);
                if left.kind() == Kind::Identifier {
                    self.variables.set(left.text(), Held::Unknown);
                }
            }
        }
    }

    /// `name += value`, where the name is that of a place: a list is changed in place, a number
    /// gives a new one.
    fn augment_part(&mut self, left: Node<'c>, alias: &Alias) {
        match (left.kind(), alias.place.root) {
            (Kind::Attribute, Root::SelfAttribute(_)) if alias.is_whole() => {
                let place = alias.place.clone();
                self.access(place, Action::Write(Written::Unknown), left.span());
            }
            _ if !alias.is_whole() => {
                let place = alias.place.clone();
                self.access(place, Action::Escape, left.span());
            }
            _ => {}
        }
        if left.kind() == Kind::Identifier {
            self.variables.set(left.text(), Held::Unknown);
        }
    }

    /// `object[key] += value`
    fn augment_item(&mut self, left: Node<'c>, right: Node<'c>) {
        let parts = (left.child(Field::Value), left.child(Field::Subscript));
        let (Some(object), Some(key_node)) = parts else {
            return;
        };
        let value = self.eval(object);
        if key_node.kind() == Kind::Slice {
            self.discard(value);
            let added = self.eval(right);
            return self.read_whole(added);
        }
        let key = self.key(key_node);
        let span = key_node.span();
        let read = self.item(value.held.clone(), key.clone(), Action::ReadHard, span);
        if read.pending.is_none() {
            self.discard(value.clone());
        }
        self.discard(read);
        let added = self.eval(right);
        self.read_whole(added);
        match value.held {
            Held::Part(alias) => self.write(&alias, key, Written::Unknown, span),
            Held::Copy(mut copy) => {
                copy.own.push(Own { key, written: Written::Unknown, span });
                self.rebind_copy(object, copy);
            }
            _ => {}
        }
    }

    /// `del target`
    pub(super) fn delete(&mut self, target: Node<'c>) {
        match target.kind() {
            Kind::Identifier => self.variables.set(target.text(), Held::Unknown),
            Kind::Subscript => {
                let parts = (target.child(Field::Value), target.child(Field::Subscript));
                let (Some(object), Some(key_node)) = parts else {
                    return;
                };
                let value = self.eval(object);
                match &value.held {
                    Held::Part(alias) if key_node.kind() != Kind::Slice => {
                        let alias = alias.clone();
                        let key = self.key(key_node);
                        let place = alias.place.child(key);
                        self.change(&alias, place, Action::Drop, key_node.span());
                    }
                    Held::Copy(copy) => {
                        let mut copy = copy.clone();
                        let (key, span) = (self.key(key_node), key_node.span());
                        copy.own.push(Own { key, written: Written::Unknown, span });
                        self.rebind_copy(object, copy);
                    }
                    _ => {
                        self.discard(value);
                        let key = self.eval(key_node);
                        self.discard(key);
                    }
                }
            }
            Kind::Attribute => {
                if let Some(object) = target.child(Field::Object) {
                    let value = self.eval(object);
                    self.discard(value);
                }
                self.variables.unset(target.text());
            }
            _ => target.children().for_each(|inner| self.delete(inner)),
        }
    }
}
