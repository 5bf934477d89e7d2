//! What functions return.

use syntax::python::cst::Node;
use syntax::python::kind::Kind;

use super::body::Body;
use super::held::{Alias, Held};
use super::{Effect, Gives, Place, Root};

impl<'c> Body<'_, 'c> {
    pub(super) fn return_statement(&mut self, node: Node<'c>) {
        for child in node.children() {
            if matches!(child.kind(), Kind::ExpressionList | Kind::Tuple) {
                child.children().for_each(|part| self.returned(part, true));
            } else {
                self.returned(child, false);
            }
        }
        let fails = self.returns_failure(node);
        self.end(if fails { Effect::Fail } else { Effect::Return });
    }

    fn returned(&mut self, node: Node<'c>, among_others: bool) {
        if node.kind() == Kind::ListSplat {
            return self.store(node);
        }
        let value = self.eval(node);
        let value = self.next_state(node, value);
        let held = self.settle(value);
        match &held {
            Held::Part(Alias { place: Place { root: Root::SelfAttribute(_), keys }, .. })
                if keys.is_empty() =>
            {
                self.gives = Gives::Held;
            }
            Held::SelfObject if self.gives != Gives::Held => self.gives = Gives::Itself,
            Held::Expression(_)
                if node.kind() == Kind::Call && self.scope.returns_once() && !among_others =>
            {
                self.gives = Gives::Call;
            }
            _ => {}
        }
        self.current = node.span();
        match held {
            Held::Part(_) if !among_others => {}
            // `return result, state.update(x=1)`
            Held::Part(alias) if alias.is_whole() && node.kind() == Kind::Call => {}
            held => self.hand_out(&held),
        }
    }
}
