//! A part of a tree, laid out for reading.

use text::span::Span;
use tree_sitter::TreeCursor;

use super::Tree;
use super::kind::{Field, Kind, TABLES, Tables};

/// Levels of a [`Cst`]. Readers may recurse over its nodes: this bounds how deep they go.
pub const MAX_DEPTH: usize = 160;

/// Nodes in the order of the text, parents before their children. Punctuation, keywords and
/// comments are left out; operators stay.
#[derive(Debug)]
pub struct Cst<'s> {
    source: &'s str,
    nodes: Vec<Data>,
}

#[derive(Debug)]
struct Data {
    kind: Kind,
    field: Field,
    broken: bool,
    span: Span,
    /// The index after the last node inside.
    after: u32,
}

/// A function that an [`Outline`] leaves closed.
#[derive(Clone, Copy, Debug)]
pub struct Closed<'t>(tree_sitter::Node<'t>);

impl Closed<'_> {
    /// Whether something in it does not parse.
    #[must_use]
    pub fn has_error(&self) -> bool {
        self.0.has_error()
    }

    /// Its text, decorators included.
    #[must_use]
    pub fn span(&self) -> Span {
        Span::new(self.0.start_byte(), self.0.end_byte())
    }
}

/// What stands outside functions. Each outermost function is a node without children, decorators
/// included, of kind [`Kind::FunctionDefinition`].
#[derive(Debug)]
pub struct Outline<'t> {
    /// The nodes; the root is the module.
    pub cst: Cst<'t>,
    /// The functions, in the order of the text.
    pub functions: Vec<Closed<'t>>,
}

impl<'t> Outline<'t> {
    /// The outline of a file; none where the text was over a budget.
    #[must_use]
    pub fn new(source: &'t str, tree: &'t Tree) -> Option<Outline<'t>> {
        let mut functions = Vec::new();
        let root = tree.raw()?.root_node();
        let cst = flatten(source, root, &mut |node, kind| {
            let closed = kind == Kind::FunctionDefinition
                || kind == Kind::DecoratedDefinition && is_function(node);
            if closed {
                functions.push(Closed(node));
            }
            closed
        });
        Some(Outline { cst, functions })
    }
}

fn is_function(decorated: tree_sitter::Node<'_>) -> bool {
    let definition = decorated.child_by_field_name("definition");
    definition.is_some_and(|node| node.kind() == "function_definition")
}

impl<'s> Cst<'s> {
    /// The nodes of a whole file; none where the text was over a budget.
    #[must_use]
    pub fn file(source: &'s str, tree: &Tree) -> Option<Cst<'s>> {
        Some(flatten(source, tree.raw()?.root_node(), &mut |_, _| false))
    }

    /// The nodes of a function.
    #[must_use]
    pub fn function(source: &'s str, function: Closed<'_>) -> Cst<'s> {
        flatten(source, function.0, &mut |_, _| false)
    }

    /// The outermost node.
    #[must_use]
    pub fn root(&self) -> Node<'_> {
        Node { cst: self, index: 0 }
    }

    /// The number of nodes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

/// Lays out everything under `root`. Where `closes` says so, a node's inside is left out, and an
/// error in there is its own.
fn flatten<'s, 't>(
    source: &'s str,
    root: tree_sitter::Node<'t>,
    closes: &mut dyn FnMut(tree_sitter::Node<'t>, Kind) -> bool,
) -> Cst<'s> {
    let tables = &*TABLES;
    let mut cursor = root.walk();
    let mut nodes: Vec<Data> = Vec::with_capacity(root.descendant_count() / 2);
    // The nodes that the cursor is inside of; none for one that was left out.
    let mut parents: Vec<u32> = Vec::new();
    loop {
        if enter(tables, &cursor, &mut nodes, parents.len(), closes) && cursor.goto_first_child() {
            parents.push(index_of_last(&nodes));
            continue;
        }
        while !cursor.goto_next_sibling() {
            let Some(parent) = parents.pop() else {
                return Cst { source, nodes };
            };
            cursor.goto_parent();
            close(&mut nodes, parent);
        }
    }
}

fn index_of_last(nodes: &[Data]) -> u32 {
    u32::try_from(nodes.len().saturating_sub(1)).unwrap_or(u32::MAX)
}

/// Adds the cursor's node, and says whether to go into it.
fn enter<'t>(
    tables: &Tables,
    cursor: &TreeCursor<'t>,
    nodes: &mut Vec<Data>,
    depth: usize,
    closes: &mut dyn FnMut(tree_sitter::Node<'t>, Kind) -> bool,
) -> bool {
    let node = cursor.node();
    let at_fault = node.is_missing() || node.is_error();
    if !at_fault && (!node.is_named() || node.is_extra()) {
        let field = tables.field(cursor.field_id());
        if matches!(field, Field::Operator | Field::Operators) {
            push(nodes, node, Kind::Operator, field, false);
        }
        return false;
    }
    let kind = tables.kind(node.kind_id());
    let field = tables.field(cursor.field_id());
    if depth > 0 && closes(node, kind) {
        push(nodes, node, Kind::FunctionDefinition, field, false);
        return false;
    }
    if depth >= MAX_DEPTH && node.child_count() > 0 {
        push(nodes, node, Kind::TooDeep, field, true);
        return false;
    }
    let empty = kind == Kind::Block && node.child_count() == 0;
    push(nodes, node, kind, field, at_fault || empty);
    true
}

fn push(
    nodes: &mut Vec<Data>,
    node: tree_sitter::Node<'_>,
    kind: Kind,
    field: Field,
    broken: bool,
) {
    let span = Span::new(node.start_byte(), node.end_byte());
    let after = u32::try_from(nodes.len() + 1).unwrap_or(u32::MAX);
    nodes.push(Data { kind, field, broken, span, after });
}

/// Ends the node at `index`, now that all that is in it has been added.
fn close(nodes: &mut [Data], index: u32) {
    let index = index as usize;
    let mut broken = nodes[index].broken;
    // The grammar lets a `try` stand alone, and a block of remarks, as they do while somebody types;
    // Python does not.
    let is_last = index + 1 == nodes.len();
    let mut unfinished = match nodes[index].kind {
        Kind::TryStatement => true,
        Kind::Block => is_last,
        _ => false,
    };
    let mut child = index + 1;
    while let Some(data) = nodes.get(child) {
        broken |= data.broken;
        unfinished &= !matches!(data.kind, Kind::ExceptClause | Kind::FinallyClause);
        child = data.after as usize;
    }
    nodes[index].broken = broken || unfinished;
    nodes[index].after = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
}

/// A node of a [`Cst`].
#[derive(Clone, Copy)]
pub struct Node<'c> {
    cst: &'c Cst<'c>,
    index: u32,
}

impl<'c> Node<'c> {
    /// What it is.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.data().kind
    }

    /// What it is to the node around it.
    #[must_use]
    pub fn field(self) -> Field {
        self.data().field
    }

    /// Its place in the file.
    #[must_use]
    pub fn span(self) -> Span {
        self.data().span
    }

    /// Its text.
    #[must_use]
    pub fn text(self) -> &'c str {
        self.data().span.of(self.cst.source)
    }

    /// Whether something in it does not parse, or was left out for its depth.
    #[must_use]
    pub fn is_broken(self) -> bool {
        self.data().broken
    }

    /// The number of nodes in it, itself included.
    #[must_use]
    pub fn size(self) -> usize {
        (self.data().after - self.index) as usize
    }

    /// The nodes right below it, operators included.
    #[must_use]
    pub fn children(self) -> Children<'c> {
        Children { cst: self.cst, next: self.index + 1, after: self.data().after }
    }

    /// Every node in it, itself first, in the order of the text.
    pub fn descendants(self) -> impl Iterator<Item = Node<'c>> {
        let cst = self.cst;
        (self.index..self.data().after).map(move |index| Node { cst, index })
    }

    /// The first child.
    #[must_use]
    pub fn first(self) -> Option<Node<'c>> {
        self.children().next()
    }

    /// The child that is this to it; the first of several.
    #[must_use]
    pub fn child(self, field: Field) -> Option<Node<'c>> {
        self.children().find(|child| child.field() == field)
    }

    /// The first child of this kind.
    #[must_use]
    pub fn child_of_kind(self, kind: Kind) -> Option<Node<'c>> {
        self.children().find(|child| child.kind() == kind)
    }

    fn data(self) -> &'c Data {
        &self.cst.nodes[self.index as usize]
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.cst, other.cst) && self.index == other.index
    }
}

impl Eq for Node<'_> {}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?}", self.kind(), self.span())
    }
}

/// The nodes right below another.
#[derive(Clone, Debug)]
pub struct Children<'c> {
    cst: &'c Cst<'c>,
    next: u32,
    after: u32,
}

impl<'c> Iterator for Children<'c> {
    type Item = Node<'c>;

    fn next(&mut self) -> Option<Node<'c>> {
        if self.next >= self.after {
            return None;
        }
        let node = Node { cst: self.cst, index: self.next };
        self.next = node.data().after;
        Some(node)
    }
}
