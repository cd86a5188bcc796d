//! Why a value and a text in a key do not belong to each other.

use super::KeyValue;
use crate::schema::KeyKind;
use std::fmt;

/// Why a value has no text in a key, or a text no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentFault {
    message: String,
}

impl SegmentFault {
    /// A fault in words: rule and remedy, lower case, no full stop.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }

    pub(super) fn malformed(expected: &str, found: &str) -> Self {
        Self::new(format!("expected {expected}, found {found:?}"))
    }

    pub(super) fn wrong_kind(expected: KeyKind, found: &KeyValue) -> Self {
        Self::new(format!("expected a {}, found a {}", expected.word(), found.kind().word()))
    }
}

impl fmt::Display for SegmentFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for SegmentFault {}
