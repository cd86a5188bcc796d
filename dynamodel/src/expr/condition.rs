//! Conditions as trees.

use super::limits::{OPERATOR_LIMIT, too_many};
use super::{Operand, Place};
use crate::entity::Entity;
use crate::error::{Error, Result};
use crate::schema::EntitySchema;
use std::marker::PhantomData;
use std::ops::{BitAnd, BitOr, Not};

/// A condition on an item of the entity `E`.
///
/// Made from the paths of its fields (`s.hits.lt(100)`), joined with `&`, `|` and `!`. A condition that holds a value
/// which cannot be stored keeps that error until it is used; so does one of more than the 300 operators and functions that
/// DynamoDB takes: joining stops there, whatever the length of the list that is folded.
///
/// `Display` reads as it was written, without the values; `{:#}` shows them.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # fn main() -> dynamodel::Result<()> {
/// let s = Session::fields();
/// let busy = s.hits.ge(100) & !(s.user_id.eq("root") | s.token.begins_with("test-"));
/// assert_eq!(busy.to_string(), "hits >= ? AND NOT (user_id = ? OR begins_with(token, ?))");
/// assert_eq!(format!("{:#}", s.hits.ge(100)), "hits >= 100");
/// # Ok(()) }
/// ```
#[must_use = "a condition does nothing until an operation is given it"]
pub struct Condition<E> {
    pub(super) node: Result<Node>,
    /// Operators and functions of the tree: at most as many as DynamoDB takes, so that no tree is deeper than that.
    operators: usize,
    schema: &'static EntitySchema,
    entity: PhantomData<fn() -> E>,
}

/// A condition without its entity.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// Left, operator, right.
    Compare(Operand, &'static str, Operand),
    /// `operand BETWEEN low AND high`
    Between(Operand, Operand, Operand),
    /// `operand IN (..)`; never empty.
    In(Operand, Vec<Operand>),
    /// `function(place)` or `function(place, operand)`
    Function(&'static str, Place, Option<Operand>),
    /// False for every item. The place is any that the item may have: it makes the contradiction.
    Never(Place),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
}

impl Node {
    /// All of them.
    pub(crate) fn all(nodes: impl IntoIterator<Item = Node>) -> Option<Node> {
        nodes.into_iter().reduce(Self::and)
    }

    /// One of them at least.
    pub(crate) fn any(nodes: impl IntoIterator<Item = Node>) -> Option<Node> {
        nodes.into_iter().reduce(Self::or)
    }

    /// The contrary.
    pub(crate) fn negated(self) -> Node {
        match self {
            Node::Not(inner) => *inner,
            other => Node::Not(Box::new(other)),
        }
    }

    fn and(self, other: Node) -> Node {
        Node::And(join(self, other, |node| if let Node::And(nodes) = node { Ok(nodes) } else { Err(node) }))
    }

    fn or(self, other: Node) -> Node {
        Node::Or(join(self, other, |node| if let Node::Or(nodes) = node { Ok(nodes) } else { Err(node) }))
    }

    /// How many operators and functions its text has.
    fn operators(&self) -> usize {
        match self {
            Self::Compare(left, _, right) => 1 + left.operators() + right.operators(),
            Self::Between(value, low, high) => 1 + value.operators() + low.operators() + high.operators(),
            Self::In(value, _) => 1 + value.operators(),
            Self::Function(..) => 1,
            Self::Never(_) => 3,
            Self::And(nodes) | Self::Or(nodes) => {
                nodes.iter().map(Self::operators).sum::<usize>() + nodes.len().saturating_sub(1)
            }
            Self::Not(inner) => 1 + inner.operators(),
        }
    }

    /// Whether it looks at the attribute, or at something inside it.
    pub(crate) fn looks_at(&self, attribute: &str) -> bool {
        let operand = |operand: &Operand| operand.looks_at(attribute);
        match self {
            Self::Compare(left, _, right) => operand(left) || operand(right),
            Self::Between(value, low, high) => operand(value) || operand(low) || operand(high),
            Self::In(value, values) => operand(value) || values.iter().any(operand),
            Self::Function(_, place, more) => place.is_in(attribute) || more.as_ref().is_some_and(operand),
            Self::Never(place) => place.is_in(attribute),
            Self::And(nodes) | Self::Or(nodes) => nodes.iter().any(|node| node.looks_at(attribute)),
            Self::Not(node) => node.looks_at(attribute),
        }
    }

    pub(crate) fn exists(name: &'static str) -> Node {
        Node::Function("attribute_exists", Place::Field(name), None)
    }

    pub(crate) fn not_exists(name: &'static str) -> Node {
        Node::Function("attribute_not_exists", Place::Field(name), None)
    }

    /// An attribute against a value that is called something of its own.
    pub(crate) fn compare(name: &'static str, operator: &'static str, called: &'static str, value: Vec<u8>) -> Node {
        Node::Compare(Operand::Place(Place::Field(name)), operator, Operand::Named(called, value))
    }
}

/// Joins nodes, taking apart those that are joined the same way already: fewer brackets, one text for one meaning.
fn join(first: Node, second: Node, open: impl Fn(Node) -> Result<Vec<Node>, Node>) -> Vec<Node> {
    let mut nodes = open(first).unwrap_or_else(|node| vec![node]);
    match open(second) {
        Ok(more) => nodes.extend(more),
        Err(node) => nodes.push(node),
    }
    nodes
}

impl<E: Entity> Condition<E> {
    pub(crate) fn new(node: Result<Node>) -> Self {
        let operators = node.as_ref().map_or(0, Node::operators);
        let node = node.map_err(|error| error.of_entity(E::SCHEMA.name));
        Self { node, operators, schema: E::SCHEMA, entity: PhantomData }
    }
}

impl<E> Condition<E> {
    /// The tree, or why there is none.
    pub(crate) fn node(&self) -> Result<&Node> {
        self.node.as_ref().map_err(Error::clone_without_current)
    }

    /// The tree, if there is one.
    pub(crate) fn tree(&self) -> Option<&Node> {
        self.node.as_ref().ok()
    }

    fn join(self, other: Self, make: fn(Node, Node) -> Node) -> Self {
        // A condition that is joined with itself again and again doubles.
        let operators = self.operators.saturating_add(other.operators).saturating_add(1);
        let node = self.node.and_then(|node| {
            let other = other.node?;
            // What cannot be sent is not built either: its depth, its copies and its end would cost as much as it is large.
            if operators > OPERATOR_LIMIT {
                Err(too_many("condition").of_entity(self.schema.name))
            } else {
                Ok(make(node, other))
            }
        });
        Self { node, operators, ..self }
    }
}

impl<E> Clone for Condition<E> {
    fn clone(&self) -> Self {
        let node = match &self.node {
            Ok(node) => Ok(node.clone()),
            Err(error) => Err(error.clone_without_current()),
        };
        Self { node, ..*self }
    }
}

impl<E> BitAnd for Condition<E> {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.join(other, Node::and)
    }
}

impl<E> BitOr for Condition<E> {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.join(other, Node::or)
    }
}

impl<E> Not for Condition<E> {
    type Output = Self;

    fn not(self) -> Self {
        let twice = matches!(self.node, Ok(Node::Not(_)));
        let operators = if twice { self.operators.saturating_sub(1) } else { self.operators.saturating_add(1) };
        let node = self.node.and_then(|node| {
            if operators > OPERATOR_LIMIT {
                Err(too_many("condition").of_entity(self.schema.name))
            } else {
                Ok(node.negated())
            }
        });
        Self { node, operators, ..self }
    }
}
