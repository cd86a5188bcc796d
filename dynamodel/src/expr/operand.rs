//! What stands on either side of an operator.

use crate::path::Segment;

/// A place in the item. A field at the top, by far the most frequent one, needs no memory of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    Field(&'static str),
    Deep(Vec<Segment>),
}

impl Place {
    pub(crate) fn new(mut segments: Vec<Segment>) -> Self {
        match (segments.len(), segments.pop()) {
            (1, Some(Segment::Field(name))) => Self::Field(name),
            (_, last) => {
                segments.extend(last);
                Self::Deep(segments)
            }
        }
    }

    /// Whether it counts positions: an element that is removed or appended moves what lies behind it.
    pub(crate) fn counts(&self) -> bool {
        matches!(self, Self::Deep(segments) if segments.iter().any(|segment| matches!(segment, Segment::Index(_))))
    }

    /// Whether it is the attribute, or lies inside it.
    pub(crate) fn is_in(&self, attribute: &str) -> bool {
        match self {
            Self::Field(name) => *name == attribute,
            Self::Deep(segments) => matches!(segments.first(), Some(Segment::Field(name)) if *name == attribute),
        }
    }

    /// Whether it names a map's empty key, which DynamoDB refuses wherever it stands.
    pub(crate) fn has_empty_key(&self) -> bool {
        matches!(self, Self::Deep(segments) if segments.iter().any(|segment| matches!(segment, Segment::Key(key) if key.is_empty())))
    }

    /// The attribute of the item that it is, or lies in.
    pub(crate) fn attribute(&self) -> &str {
        match self {
            Self::Field(name) => name,
            Self::Deep(segments) => match segments.first() {
                Some(Segment::Field(name)) => name,
                _ => "",
            },
        }
    }

    /// What values that are compared with it are called after.
    pub(crate) fn hint(&self) -> &str {
        match self {
            Self::Field(name) => name,
            Self::Deep(segments) => segments
                .iter()
                .rev()
                .find_map(|segment| match segment {
                    Segment::Field(name) => Some(*name),
                    Segment::Key(key) => Some(key.as_str()),
                    Segment::Index(_) => None,
                })
                .unwrap_or("value"),
        }
    }
}

/// An operand: a place, a value, or what a function makes of them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    Place(Place),
    /// DynamoDB JSON.
    Value(Vec<u8>),
    /// A value with a name of its own: `:now`.
    Named(&'static str, Vec<u8>),
    /// `size(place)`
    Size(Place),
    /// `if_not_exists(place, operand)`
    IfNotExists(Place, Box<Operand>),
    /// `list_append(operand, operand)`
    ListAppend(Box<Operand>, Box<Operand>),
    /// `operand + operand`, `operand - operand`: one operator, DynamoDB takes no more.
    Arithmetic(Box<Operand>, char, Box<Operand>),
}

impl Operand {
    /// How many operators and functions its text has.
    pub(super) fn operators(&self) -> usize {
        match self {
            Self::Place(_) | Self::Value(_) | Self::Named(..) => 0,
            Self::Size(_) => 1,
            Self::IfNotExists(_, other) => 1 + other.operators(),
            Self::ListAppend(left, right) | Self::Arithmetic(left, _, right) => {
                1 + left.operators() + right.operators()
            }
        }
    }

    /// Whether it looks at the attribute, or at something inside it.
    pub(crate) fn looks_at(&self, attribute: &str) -> bool {
        match self {
            Self::Place(place) | Self::Size(place) => place.is_in(attribute),
            Self::Value(_) | Self::Named(..) => false,
            Self::IfNotExists(place, other) => place.is_in(attribute) || other.looks_at(attribute),
            Self::ListAppend(left, right) | Self::Arithmetic(left, _, right) => {
                left.looks_at(attribute) || right.looks_at(attribute)
            }
        }
    }

    /// Whether it has the same value after it was assigned to `target`: a value has, an attribute that is counted up has not.
    pub(crate) fn is_repeatable(&self, target: &Place) -> bool {
        match self {
            Self::Value(_) | Self::Named(..) => true,
            // What another attribute is may have been changed by the first time.
            Self::IfNotExists(place, otherwise) => place == target && otherwise.is_repeatable(target),
            Self::Place(_) | Self::Size(_) | Self::ListAppend(..) | Self::Arithmetic(..) => false,
        }
    }
}
