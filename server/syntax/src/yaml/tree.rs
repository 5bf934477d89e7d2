//! Ways through the tree.

use text::name::Name;

use super::{Data, Entry, Node, NodeId, PathStep, Scalar, Value, Yaml};

impl Yaml {
    /// The node with the id `id`, which must come from this file.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The node that `id` stands for: itself, or what the alias leads to.
    #[must_use]
    pub fn resolve(&self, id: NodeId) -> NodeId {
        match self.node(id).data {
            // An alias never leads to another: anchors mark content alone.
            Data::Alias(target) => target,
            _ => id,
        }
    }

    /// The text of a scalar that the loader reads as text; aliases are followed.
    #[must_use]
    pub fn text_of(&self, id: NodeId) -> Option<Name> {
        match &self.node(self.resolve(id)).data {
            Data::Scalar(Scalar { value, .. }) => match value {
                Value::Text(name) => Some(*name),
                value => value.as_text().map(Name::new),
            },
            _ => None,
        }
    }

    /// The aliases that lead to `anchored`, in order of place.
    #[must_use]
    pub fn aliases_of(&self, anchored: NodeId) -> Vec<NodeId> {
        let leads_there = |data: &Data| matches!(data, Data::Alias(target) if *target == anchored);
        self.ids().filter(|id| leads_there(&self.node(*id).data)).collect()
    }

    /// The ids of all nodes, in order of place.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> {
        (0..self.nodes.len()).filter_map(|index| u32::try_from(index).ok().map(NodeId::new))
    }

    /// The collection that `id` stands in; none for a root.
    #[must_use]
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.way_down(id).into_iter().rev().nth(1)
    }

    /// The nodes from the root of its document down to `id`, both included.
    ///
    /// Nodes inside of one that could not be read are out of reach; their way ends at that one.
    #[must_use]
    pub fn way_down(&self, id: NodeId) -> Vec<NodeId> {
        let after = self.documents.partition_point(|root| *root <= id);
        let Some(root) = after.checked_sub(1).map(|index| self.documents[index]) else {
            return Vec::new();
        };
        let mut way = vec![root];
        let mut current = root;
        // Ids ascend in document order, so the child on the way is the last that is not behind.
        while current != id {
            let Some(child) = self.last_child(current, |child| child <= id) else {
                break;
            };
            way.push(child);
            current = child;
        }
        way
    }

    /// The last child, key or value or item, of those for which `before` holds; they come first.
    fn last_child(&self, id: NodeId, before: impl Fn(NodeId) -> bool) -> Option<NodeId> {
        match &self.node(id).data {
            Data::Sequence(items) => {
                let count = items.partition_point(|item| before(*item));
                count.checked_sub(1).map(|index| items[index])
            }
            Data::Mapping(entries) => {
                let count = entries.partition_point(|entry| before(entry.key));
                let entry = entries[count.checked_sub(1)?];
                Some(if before(entry.value) { entry.value } else { entry.key })
            }
            _ => None,
        }
    }

    /// The innermost node that `offset` lies in or touches.
    #[must_use]
    pub fn node_at(&self, offset: usize) -> Option<NodeId> {
        let touches = |id: NodeId| self.node(id).span.touches(offset);
        let begins = |id: NodeId| self.node(id).span.start as usize <= offset;
        let after = self.documents.partition_point(|root| begins(*root));
        let mut current = after.checked_sub(1).map(|index| self.documents[index])?;
        if !touches(current) {
            return None;
        }
        while let Some(child) = self.last_child(current, begins).filter(|child| touches(*child)) {
            current = child;
        }
        Some(current)
    }

    /// The keys and indexes that lead from the root of its document to `id`; for a key, those that
    /// lead to its value.
    #[must_use]
    pub fn key_path(&self, id: NodeId) -> Vec<PathStep> {
        let way = self.way_down(id);
        way.windows(2).filter_map(|pair| self.path_step(pair[0], pair[1])).collect()
    }

    fn path_step(&self, parent: NodeId, child: NodeId) -> Option<PathStep> {
        match &self.node(parent).data {
            Data::Sequence(items) => {
                let index = items.partition_point(|item| *item < child);
                Some(PathStep::Index(u32::try_from(index).unwrap_or(u32::MAX)))
            }
            Data::Mapping(entries) => {
                let count = entries.partition_point(|entry| entry.key <= child);
                let entry: &Entry = entries.get(count.checked_sub(1)?)?;
                Some(PathStep::Key(self.key_name(entry.key)))
            }
            _ => None,
        }
    }

    /// A key as a word for paths; what is no text is shown as its value.
    fn key_name(&self, key: NodeId) -> Name {
        let Data::Scalar(Scalar { value, .. }) = &self.node(self.resolve(key)).data else {
            return Name::new("?");
        };
        match value {
            Value::Text(text) => *text,
            Value::Prose(prose) => Name::new(prose),
            Value::Merge => Name::new("<<"),
            Value::Null => Name::new("null"),
            Value::Bool(bool) => Name::new(&bool.to_string()),
            Value::Int(number) => Name::new(&number.to_string()),
            Value::Float(number) => Name::new(&number.to_string()),
            Value::BigInt(text) | Value::Timestamp(text) => Name::new(text),
            Value::Binary(_) => Name::new("?"),
        }
    }
}
