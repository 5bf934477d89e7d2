//! Who may bring a key to a node.

use contracts::path::FieldPath;
use facts::frameworks::Merging;
use text::name::Name;

use super::Drawing;

/// Who may bring a key to a node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Supply {
    /// Nobody: no schema declares it, so that whatever is written to it is dropped.
    Nobody,
    /// The nodes before it, and they alone.
    Nodes,
    /// The caller, the framework, whoever sends something to the node; or it cannot be told.
    Elsewhere,
}

impl Drawing {
    /// Who may bring the key that a path begins with to the node of this name.
    pub(crate) fn supply(&self, node: Name, path: FieldPath) -> Supply {
        let key = path.root();
        let mut nodes = self.nodes.iter().filter(|one| one.name == node);
        // A name of which a part is not known may be that of any key.
        let is_pattern = key.as_str().contains('*');
        if is_pattern || !self.knows_its_keys() || nodes.any(|node| node.is_sent_to) {
            return Supply::Elsewhere;
        }
        let Some(channel) = self.state.channel(key) else { return Supply::Nobody };
        let is_given = self.input.open || self.input.channel(key).is_some();
        // A list begins empty, and a model with its defaults.
        if is_given || channel.has_default || channel.merging != Merging::Last {
            return Supply::Elsewhere;
        }
        Supply::Nodes
    }

    /// Whether what a node gives back under this key is dropped without a word.
    #[must_use]
    pub fn drops(&self, key: Name) -> bool {
        self.knows_its_keys() && self.state.channel(key).is_none()
    }
}
