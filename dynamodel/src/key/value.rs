//! The value of one key attribute.

use crate::error::{Error, ErrorKind, Result};
use crate::schema::{KeyKind, Position};
use crate::wire;
use std::fmt;

/// The value of one key attribute, in one of the three types that DynamoDB takes there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyValue {
    /// A string.
    S(String),
    /// A number, as text.
    N(String),
    /// Bytes.
    B(Vec<u8>),
}

impl KeyValue {
    /// Its type.
    pub fn kind(&self) -> KeyKind {
        match self {
            Self::S(_) => KeyKind::S,
            Self::N(_) => KeyKind::N,
            Self::B(_) => KeyKind::B,
        }
    }

    /// Appends it as DynamoDB JSON.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::S(text) => wire::write_s(out, text),
            Self::N(digits) => wire::write_n(out, digits),
            Self::B(bytes) => wire::write_b(out, bytes),
        }
    }

    /// Its length as DynamoDB's limits count it.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::S(text) => text.len(),
            // Any number that DynamoDB takes is shorter than the limits.
            Self::N(_) => 1,
            Self::B(bytes) => bytes.len(),
        }
    }
}

impl fmt::Display for KeyValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::S(text) | Self::N(text) => f.write_str(text),
            Self::B(bytes) => write!(f, "{} bytes", bytes.len()),
        }
    }
}

impl From<&str> for KeyValue {
    fn from(text: &str) -> Self {
        Self::S(text.to_owned())
    }
}

impl From<String> for KeyValue {
    fn from(text: String) -> Self {
        Self::S(text)
    }
}

impl From<Vec<u8>> for KeyValue {
    fn from(bytes: Vec<u8>) -> Self {
        Self::B(bytes)
    }
}

/// Not empty, and within DynamoDB's limits: 2,048 bytes for a partition key, 1,024 for a sort key.
pub(crate) fn check_limits(size: usize, attribute: &str, position: Position) -> Result<()> {
    let (limit, name) = match position {
        Position::Partition => (2048, "partition"),
        Position::Sort => (1024, "sort"),
    };
    match size {
        0 => Err(Error::new(
            ErrorKind::InvalidKey,
            "is empty: DynamoDB takes no empty key; give the field a value, or the template a literal",
        )
        .at_attribute(attribute)),
        _ if size > limit => Err(Error::new(
            ErrorKind::InvalidKey,
            format!("is {size} bytes long, and a {name} key is at most {limit} bytes; shorten its fields"),
        )
        .at_attribute(attribute)),
        _ => Ok(()),
    }
}
