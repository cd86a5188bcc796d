//! Where an attribute lies: at the top of the item, inside another one, at an index, under a key.

use std::fmt;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// A field of a struct: its name is known to the schema.
    Field(&'static str),
    /// A key of a map.
    Key(String),
    /// An index of a list.
    Index(u32),
}

/// The way to an attribute, without its last name.
pub trait Location: Copy + Send + Sync {
    /// Hands over the steps, outermost first.
    fn steps(&self, take: &mut dyn FnMut(Segment));
}

/// The top of the item.
#[derive(Debug, Clone, Copy)]
pub struct Root;

/// Inside the field of that name.
#[derive(Debug, Clone, Copy)]
pub struct Inside<L>(pub(crate) L, pub(crate) &'static str);

/// At an index of the list.
#[derive(Debug, Clone, Copy)]
pub struct AtIndex<L>(pub(crate) L, pub(crate) u32);

/// Under a key of the map.
#[derive(Debug, Clone, Copy)]
pub struct AtKey<'k, L>(pub(crate) L, pub(crate) &'k str);

impl Location for Root {
    fn steps(&self, _: &mut dyn FnMut(Segment)) {}
}

impl<L: Location> Location for Inside<L> {
    fn steps(&self, take: &mut dyn FnMut(Segment)) {
        self.0.steps(take);
        if !self.1.is_empty() {
            take(Segment::Field(self.1));
        }
    }
}

impl<L: Location> Location for AtIndex<L> {
    fn steps(&self, take: &mut dyn FnMut(Segment)) {
        self.0.steps(take);
        take(Segment::Index(self.1));
    }
}

impl<L: Location> Location for AtKey<'_, L> {
    fn steps(&self, take: &mut dyn FnMut(Segment)) {
        self.0.steps(take);
        take(Segment::Key(self.1.to_owned()));
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(name) => f.write_str(name),
            Self::Key(key) => f.write_str(key),
            Self::Index(index) => write!(f, "[{index}]"),
        }
    }
}
