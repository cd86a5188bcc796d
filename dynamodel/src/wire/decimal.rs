//! `rust_decimal`: conversions, and a module for `#[serde(with = "…")]` that stores a `Decimal` as N.

use super::number::{Number, NumberError};
use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

impl From<Decimal> for Number {
    fn from(value: Decimal) -> Self {
        // 96 bits and at most 28 places are at most 29 digits: always in range.
        value.to_string().parse().unwrap_or_default()
    }
}

/// A `Decimal` holds fewer digits than a [`Number`]: what does not fit exactly is refused, never rounded.
impl TryFrom<Number> for Decimal {
    type Error = NumberError;

    fn try_from(value: Number) -> Result<Self, NumberError> {
        let text = value.to_string();
        let decimal = if text.contains('E') { Self::from_scientific(&text) } else { Self::from_str_exact(&text) };
        // Parsing may round; only what comes back as the same number was held.
        match decimal {
            Ok(decimal) if Number::from(decimal) == value => Ok(decimal),
            _ => Err(NumberError::found("more digits than a `Decimal` holds")),
        }
    }
}

/// Writes a `Decimal` as a number.
///
/// # Errors
///
/// The serializer's.
pub fn serialize<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    Number::from(*value).serialize(serializer)
}

/// Reads a number as a `Decimal`.
///
/// # Errors
///
/// The deserializer's; and when the number has more digits than a `Decimal` holds.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    Number::deserialize(deserializer)?.try_into().map_err(D::Error::custom)
}
