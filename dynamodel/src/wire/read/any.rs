//! A number for a visitor that takes what comes: `Value` types, and serde's buffer behind `flatten` and tagged enums.

use super::super::error::CodecError;
use super::super::integer;
use super::super::numeral::{self, Fault, Numeral};
use super::super::payload::float;
use serde::de::Visitor;

/// Shows the number in the smallest type that holds it.
///
/// serde's buffer refuses 128-bit integers. A large whole number that `f64` holds digit for digit is therefore shown as
/// `f64`: it may have been one, and must be readable as one.
pub(super) fn number<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, CodecError> {
    if let Some((value, length)) = integer::leading(text.as_bytes())
        && length == text.len()
    {
        return match u64::try_from(value) {
            Ok(value) => visitor.visit_u64(value),
            Err(_) => visitor.visit_i64(value),
        };
    }
    match integer::wide(text) {
        Ok(Some((negative, magnitude))) => whole(negative, magnitude, visitor),
        Ok(None) | Err(Fault::Digits) => visitor.visit_f64(float(text, |value: &f64| value.is_finite())?),
        Err(Fault::Range) => Err(Fault::Range.into()),
        Err(Fault::Syntax) => Err(numeral::malformed()),
    }
}

fn whole<'de, V: Visitor<'de>>(negative: bool, magnitude: u128, visitor: V) -> Result<V::Value, CodecError> {
    if let Some(value) = integer::narrow::<u64>(negative, magnitude) {
        return visitor.visit_u64(value);
    }
    if let Some(value) = integer::narrow::<i64>(negative, magnitude) {
        return visitor.visit_i64(value);
    }
    if let Some(value) = exact_float(negative, magnitude) {
        return visitor.visit_f64(value);
    }
    if let Some(value) = integer::narrow::<u128>(negative, magnitude) {
        return visitor.visit_u128(value);
    }
    match integer::narrow::<i128>(negative, magnitude) {
        Some(value) => visitor.visit_i128(value),
        None => Err(integer::too_large::<i128>()),
    }
}

/// The float whose shortest text has just these digits.
fn exact_float(negative: bool, magnitude: u128) -> Option<f64> {
    let numeral = Numeral::from_integer(negative, magnitude).ok()?;
    let value: f64 = numeral.to_string().parse().ok()?;
    (Numeral::parse(zmij::Buffer::new().format(value)) == Ok(numeral)).then_some(value)
}
