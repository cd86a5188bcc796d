//! Conditions on the size of an attribute.

use super::{Condition, Node, Operand};
use crate::entity::Entity;
use crate::path::{Field, Location, Path};
use crate::wire;

/// The size of an attribute, to be compared with a number.
#[must_use = "a size does nothing until it is compared"]
#[derive(Debug)]
pub struct Size<E, F: Field, L: Location>(pub(super) Path<E, F, L>);

impl<E: Entity, F: Field, L: Location> Size<E, F, L> {
    fn compare(self, operator: &'static str, size: usize) -> Condition<E> {
        let mut wire = Vec::with_capacity(24);
        wire::write_n(&mut wire, itoa::Buffer::new().format(size));
        Condition::new(Ok(Node::Compare(Operand::Size(self.0.place()), operator, Operand::Value(wire))))
    }

    /// `size(attribute) = size`
    pub fn eq(self, size: usize) -> Condition<E> {
        self.compare("=", size)
    }

    /// `size(attribute) <> size`
    pub fn ne(self, size: usize) -> Condition<E> {
        self.compare("<>", size)
    }

    /// `size(attribute) < size`
    pub fn lt(self, size: usize) -> Condition<E> {
        self.compare("<", size)
    }

    /// `size(attribute) <= size`
    pub fn le(self, size: usize) -> Condition<E> {
        self.compare("<=", size)
    }

    /// `size(attribute) > size`
    pub fn gt(self, size: usize) -> Condition<E> {
        self.compare(">", size)
    }

    /// `size(attribute) >= size`
    pub fn ge(self, size: usize) -> Condition<E> {
        self.compare(">=", size)
    }
}
