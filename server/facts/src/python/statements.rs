//! Statements to effects.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::exact::boxed;

use super::Effect;
use super::body::{Body, nothing};
use super::failures::Caught;
use super::held::Held;
use super::{ExceptClause, Made};

impl<'c> Body<'_, 'c> {
    /// Reads a block, up to the point that cannot be passed.
    pub(super) fn block(&mut self, block: Node<'c>) {
        for statement in block.children() {
            if self.dead {
                return;
            }
            self.statement(statement);
        }
    }

    /// What is left of statements that do not parse. A key by itself may be one that was about to be
    /// written, so that it says nothing.
    fn pieces(&mut self, error: Node<'c>) {
        for piece in error.children() {
            let is_target = matches!(
                piece.kind(),
                Kind::Subscript
                    | Kind::PatternList
                    | Kind::ExpressionList
                    | Kind::Tuple
                    | Kind::List
            );
            if self.dead {
                return;
            }
            if !is_target {
                self.statement(piece);
            }
        }
    }

    pub(super) fn statement(&mut self, node: Node<'c>) {
        match node.kind() {
            Kind::ExpressionStatement => self.expression_statement(node),
            Kind::IfStatement => self.if_statement(node),
            Kind::ForStatement => self.for_statement(node),
            Kind::WhileStatement => self.while_statement(node),
            Kind::TryStatement => self.try_statement(node),
            Kind::WithStatement => self.with_statement(node),
            Kind::MatchStatement => self.match_statement(node),
            Kind::ReturnStatement => self.return_statement(node),
            Kind::RaiseStatement => {
                node.children().for_each(|child| {
                    let value = self.eval(child);
                    self.discard(value);
                });
                self.end(Effect::Raise);
            }
            Kind::BreakStatement => self.end(Effect::Break),
            Kind::ContinueStatement => self.end(Effect::Continue),
            Kind::AssertStatement => self.assert_statement(node),
            Kind::DeleteStatement => node.children().for_each(|child| self.delete(child)),
            Kind::FunctionDefinition => self.nested_definition(node, node),
            Kind::ClassDefinition => self.nested_class(node),
            Kind::DecoratedDefinition => {
                let Some(inner) = node.child(Field::Definition) else {
                    return;
                };
                for decorator in node.children().filter(|child| child.kind() == Kind::Decorator) {
                    self.discard_children(decorator);
                }
                match inner.kind() {
                    Kind::FunctionDefinition => self.nested_definition(node, inner),
                    _ => self.nested_class(inner),
                }
            }
            Kind::Error => self.pieces(node),
            Kind::Block | Kind::Module => self.block(node),
            Kind::Other
            | Kind::ImportStatement
            | Kind::ImportFromStatement
            | Kind::FutureImportStatement
            | Kind::GlobalStatement
            | Kind::NonlocalStatement
            | Kind::PassStatement => {}
            _ => {
                let value = self.eval(node);
                self.discard(value);
            }
        }
    }

    fn expression_statement(&mut self, node: Node<'c>) {
        for child in node.children() {
            match child.kind() {
                Kind::Assignment => {
                    self.assignment(child);
                }
                Kind::AugmentedAssignment => self.augmented_assignment(child),
                // Docstrings, and other remarks.
                Kind::String | Kind::ConcatenatedString if child.descendants().count() < 5 => {}
                _ => {
                    let value = self.eval(child);
                    self.discard(value);
                    if ends_the_process(child) {
                        self.end(Effect::Raise);
                    }
                }
            }
        }
    }

    fn if_statement(&mut self, node: Node<'c>) {
        let clauses: Vec<Node<'c>> =
            node.children().filter(|child| child.field() == Field::Alternative).collect();
        self.if_clause(node, &clauses);
    }

    /// One `if` or `elif` with what follows it.
    fn if_clause(&mut self, node: Node<'c>, alternatives: &[Node<'c>]) {
        let mut node = node;
        let mut alternatives = alternatives;
        let mut open_forks = Vec::new();
        // A long chain of `elif` is no deep nesting, so it is unrolled here.
        while let Some(condition) = node.child(Field::Condition) {
            if matches!(condition.kind(), Kind::True) {
                node.child(Field::Consequence).into_iter().for_each(|block| self.block(block));
                break;
            }
            // What is there for type checkers alone never runs.
            if !is_type_checking(condition) {
                let test = self.condition_of(node, condition);
                let mut fork = self.fork();
                self.assume(&test.when_true);
                if test.is_choice() {
                    self.emit(Effect::Choose);
                }
                if let Some(block) = node.child(Field::Consequence) {
                    self.block(block);
                }
                self.end_arm(&mut fork);
                self.assume(&test.when_false);
                if !alternatives.is_empty() {
                    test.found.into_iter().for_each(|field| self.emit(Effect::Lack(field)));
                }
                open_forks.push(fork);
            }
            match alternatives.split_first() {
                Some((next, rest)) if next.kind() == Kind::ElifClause => {
                    node = *next;
                    alternatives = rest;
                }
                Some((next, _)) => {
                    if let Some(block) = next.child(Field::Body) {
                        self.block(block);
                    }
                    break;
                }
                None => break,
            }
        }
        while let Some(mut fork) = open_forks.pop() {
            self.end_arm(&mut fork);
            self.join(fork);
        }
    }

    fn try_statement(&mut self, node: Node<'c>) {
        let Some(block) = node.child(Field::Body) else {
            return;
        };
        let unsteady = self.unsteady(block);
        let mut fork = self.fork();
        let body = self.capture(|body| body.block(block));
        let otherwise = match node.child_of_kind(Kind::ElseClause) {
            Some(clause) if !self.dead => self.capture(|body| {
                clause.child(Field::Body).into_iter().for_each(|block| body.block(block));
            }),
            _ => nothing(),
        };
        self.end_arm(&mut fork);
        let mut handlers = Vec::new();
        for clause in node.children().filter(|child| child.kind() == Kind::ExceptClause) {
            for name in &unsteady {
                self.variables.set(name, Held::Unknown);
            }
            let effect = self.capture(|body| body.except_clause(clause));
            self.end_arm(&mut fork);
            handlers
                .push(ExceptClause { catches_missing_key: catches_missing_key(clause), effect });
        }
        self.close(fork);
        let dead = self.dead;
        let finally = node.child_of_kind(Kind::FinallyClause).map_or_else(nothing, |clause| {
            self.dead = false;
            self.capture(|body| {
                clause.children().for_each(|block| body.block(block));
            })
        });
        let ends = self.dead;
        self.dead = false;
        self.emit_try(body, handlers, otherwise, finally);
        self.dead = dead || ends;
    }

    /// Adds a `try`, or what is left of it.
    pub(super) fn emit_try(
        &mut self,
        body: Effect,
        handlers: Vec<ExceptClause>,
        otherwise: Effect,
        finally: Effect,
    ) {
        let is_nothing = super::body::is_nothing;
        if is_nothing(&body) && is_nothing(&otherwise) {
            let handled = handlers.into_iter().map(|clause| clause.effect);
            let mut arms: Vec<Effect> = handled.filter(|effect| !is_nothing(effect)).collect();
            if !arms.is_empty() {
                // What fails cannot be seen, so each clause may be what happens.
                arms.push(nothing());
                self.emit(Effect::Branch(boxed(arms)));
            }
            return self.emit(finally);
        }
        let (body, otherwise) = (Box::new(body), Box::new(otherwise));
        let handlers = boxed(handlers);
        self.emit(Effect::Try { body, handlers, otherwise, finally: Box::new(finally) });
    }

    fn except_clause(&mut self, clause: Node<'c>) {
        let around = std::mem::replace(&mut self.caught, Caught::by(clause));
        for child in clause.children() {
            match (child.kind(), child.field()) {
                (Kind::Block, _) => self.block(child),
                (Kind::AsPattern, _) => self.bind_as(child),
                (_, Field::Alias) => self.bind(child, Held::Unknown.into()),
                _ => {
                    let value = self.eval(child);
                    self.discard(value);
                }
            }
        }
        self.caught = around;
    }

    fn with_statement(&mut self, node: Node<'c>) {
        let clause = node.child_of_kind(Kind::WithClause);
        let items = clause.into_iter().flat_map(Node::children);
        let mut suppressed = None;
        let mut entered = Vec::new();
        for item in items {
            let Some(value) = item.first() else { continue };
            suppressed = suppressed.max(suppresses(value));
            match value.kind() {
                Kind::AsPattern => match self.entered(value) {
                    Some(made) => entered.push((value, made)),
                    None => self.bind_as(value),
                },
                _ => {
                    let value = self.eval(value);
                    self.discard(value);
                }
            }
        }
        let Some(block) = node.child(Field::Body) else {
            return;
        };
        let Some(catches_missing_key) = suppressed else {
            self.block(block);
            for (node, made) in entered.into_iter().rev() {
                self.use_member(node, made, "__exit__", true);
            }
            return;
        };
        let unsteady = self.unsteady(block);
        let mut fork = self.fork();
        let body = self.capture(|body| body.block(block));
        self.end_arm(&mut fork);
        for name in unsteady {
            self.variables.set(name, Held::Unknown);
        }
        self.end_arm(&mut fork);
        self.close(fork);
        let clause = ExceptClause { catches_missing_key, effect: nothing() };
        self.emit_try(body, vec![clause], nothing(), nothing());
    }

    /// `Tool(context) as tool`, where the object stays here.
    fn entered(&mut self, node: Node<'c>) -> Option<Made> {
        let mut children = node.children();
        let (value, target) = (children.next()?, children.next()?.first()?);
        let is_alone = value.kind() == Kind::Call && children.next().is_none();
        if !is_alone || !self.made_for(target, value, true) {
            return None;
        }
        self.variables.set(target.text(), Held::Unknown);
        let made = self.objects.get(target.text()).cloned()?;
        self.use_member(node, made.clone(), "__enter__", true);
        Some(made)
    }

    /// `value as target`
    fn bind_as(&mut self, node: Node<'c>) {
        let mut children = node.children();
        let Some(value) = children.next() else { return };
        let value = self.eval(value);
        self.discard(value);
        for target in children.flat_map(Node::children) {
            self.bind(target, Held::Unknown.into());
        }
    }

    fn assert_statement(&mut self, node: Node<'c>) {
        let mut children = node.children();
        let Some(condition) = children.next() else {
            return;
        };
        let test = self.condition(condition);
        if condition.kind() == Kind::False {
            return self.end(Effect::Raise);
        }
        for message in children {
            let read = self.capture(|body| {
                let value = body.eval(message);
                body.discard(value);
            });
            self.maybe(read);
        }
        self.assume(&test.when_true);
    }
}

fn is_type_checking(condition: Node<'_>) -> bool {
    matches!(condition.text(), "TYPE_CHECKING" | "typing.TYPE_CHECKING" | "False")
}

fn ends_the_process(node: Node<'_>) -> bool {
    let function = node.child(Field::Function).filter(|_| node.kind() == Kind::Call);
    let name = function.map_or("", Node::text);
    matches!(name, "sys.exit" | "exit" | "quit" | "os._exit" | "os.abort")
}

fn catches_missing_key(clause: Node<'_>) -> bool {
    let mut classes = clause.children().filter(|child| child.kind() != Kind::Block).peekable();
    classes.peek().is_none() || classes.any(names_missing_key)
}

fn names_missing_key(node: Node<'_>) -> bool {
    match node.kind() {
        Kind::Identifier => {
            matches!(node.text(), "KeyError" | "LookupError" | "Exception" | "BaseException")
        }
        Kind::Attribute => node.child(Field::Attribute).is_some_and(names_missing_key),
        Kind::Tuple | Kind::ParenthesizedExpression | Kind::ExpressionList => {
            node.children().any(names_missing_key)
        }
        Kind::AsPattern => node.first().is_some_and(names_missing_key),
        _ => false,
    }
}

/// Whether an item of `with` suppresses a missing key; none where it suppresses nothing.
fn suppresses(node: Node<'_>) -> Option<bool> {
    let function = node.child(Field::Function).filter(|_| node.kind() == Kind::Call);
    let is_suppress = function
        .is_some_and(|function| matches!(function.text(), "suppress" | "contextlib.suppress"));
    let arguments = node.child(Field::Arguments);
    is_suppress
        .then(|| arguments.is_some_and(|arguments| arguments.children().any(names_missing_key)))
}
