//! What can be kept under a key.

use super::Pair;
use dynamodel::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A value: bytes, or anything that serde knows.
#[derive(Debug, Clone, PartialEq)]
pub enum Payload {
    /// As they are.
    Bytes(Vec<u8>),
    /// Structs, texts, numbers.
    Value(Value),
}

impl Payload {
    /// Any value.
    ///
    /// # Errors
    /// When serde cannot make JSON of it: a map whose keys are no texts.
    pub fn of(value: &impl Serialize) -> serde_json::Result<Self> {
        serde_json::to_value(value).map(Self::Value)
    }

    pub(super) fn into_fields(self) -> (Option<Bytes>, Option<Value>) {
        match self {
            Self::Bytes(bytes) => (Some(bytes.into()), None),
            Self::Value(value) => (None, Some(value)),
        }
    }
}

impl Pair {
    /// The value as bytes; `None` if it is none.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        self.bytes.as_ref().map(|bytes| bytes.as_slice())
    }

    /// The value as a type of the caller's.
    ///
    /// # Errors
    /// When it is another one, or bytes.
    pub fn read<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_value(self.value.clone().unwrap_or_default())
    }
}
