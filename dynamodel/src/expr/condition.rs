//! Conditions as trees.

use super::{Operand, Place};
use crate::entity::Entity;
use crate::error::{Error, Result};
use std::marker::PhantomData;
use std::ops::{BitAnd, BitOr, Not};

/// A condition on an item of the entity `E`.
///
/// Made from the paths of its fields (`s.hits.lt(100)`), joined with `&`, `|` and `!`. A condition that holds a value
/// which cannot be stored keeps that error until it is used.
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
        join(nodes, |node| if let Node::And(nodes) = node { Ok(nodes) } else { Err(node) }, Node::And)
    }

    /// One of them at least.
    pub(crate) fn any(nodes: impl IntoIterator<Item = Node>) -> Option<Node> {
        join(nodes, |node| if let Node::Or(nodes) = node { Ok(nodes) } else { Err(node) }, Node::Or)
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
fn join(
    nodes: impl IntoIterator<Item = Node>,
    open: impl Fn(Node) -> Result<Vec<Node>, Node>,
    make: fn(Vec<Node>) -> Node,
) -> Option<Node> {
    let mut flat = Vec::new();
    for node in nodes {
        match open(node) {
            Ok(nodes) => flat.extend(nodes),
            Err(node) => flat.push(node),
        }
    }
    if flat.len() > 1 { Some(make(flat)) } else { flat.pop() }
}

impl<E: Entity> Condition<E> {
    pub(super) fn new(node: Result<Node>) -> Self {
        Self { node: node.map_err(|error| error.of_entity(E::SCHEMA.name)), entity: PhantomData }
    }
}

impl<E> Condition<E> {
    /// The tree, or why there is none.
    pub(crate) fn node(&self) -> Result<&Node> {
        self.node.as_ref().map_err(Error::again)
    }

    fn join(self, other: Self, make: fn(Vec<Node>) -> Option<Node>) -> Self {
        let node = match (self.node, other.node) {
            (Ok(a), Ok(b)) => {
                let fallback = a.clone();
                Ok(make(vec![a, b]).unwrap_or(fallback))
            }
            (Err(error), _) | (_, Err(error)) => Err(error),
        };
        Self { node, entity: PhantomData }
    }
}

impl<E> Clone for Condition<E> {
    fn clone(&self) -> Self {
        let node = match &self.node {
            Ok(node) => Ok(node.clone()),
            Err(error) => Err(error.again()),
        };
        Self { node, entity: PhantomData }
    }
}

impl<E> BitAnd for Condition<E> {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.join(other, |nodes| Node::all(nodes))
    }
}

impl<E> BitOr for Condition<E> {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.join(other, |nodes| Node::any(nodes))
    }
}

impl<E> Not for Condition<E> {
    type Output = Self;

    fn not(self) -> Self {
        let node = self.node.map(|node| match node {
            Node::Not(inner) => *inner,
            other => Node::Not(Box::new(other)),
        });
        Self { node, entity: PhantomData }
    }
}
