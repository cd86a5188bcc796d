//! Writing the text of numbers: one text per number, whatever type it comes from.

use super::error::CodecError;
use super::numeral::{Fault, MAX_DIGITS, Numeral};

/// Writes an integer of at most 64 bits.
#[inline]
pub(super) fn integer(out: &mut Vec<u8>, value: impl itoa::Integer) {
    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}

/// Writes an integer of 128 bits.
pub(super) fn wide(out: &mut Vec<u8>, negative: bool, magnitude: u128) -> Result<(), CodecError> {
    let mut buffer = itoa::Buffer::new();
    let text = buffer.format(magnitude);
    if text.len() > MAX_DIGITS {
        // Still a number that DynamoDB holds, if the last digits are zeros.
        Numeral::from_integer(negative, magnitude)?;
    }
    if negative {
        out.push(b'-');
    }
    out.extend_from_slice(text.as_bytes());
    Ok(())
}

/// Writes a float in its shortest text that reads back as the same float.
#[inline]
pub(super) fn float(out: &mut Vec<u8>, value: impl zmij::Float) -> Result<(), CodecError> {
    let mut buffer = zmij::Buffer::new();
    let text = buffer.format(value);
    let plain = match text.strip_suffix(".0") {
        Some("-0") => "0",
        Some(whole) => whole,
        None => text,
    };
    // Digits, point and sign lie below the letters, which are an exponent's or those of `NaN` and `inf`.
    if plain.bytes().fold(0, |all, byte| all | byte) < b'@' {
        out.extend_from_slice(plain.as_bytes());
        return Ok(());
    }
    exponent(out, plain)
}

/// The floats that are written with an exponent, and those that are not numbers.
#[cold]
fn exponent(out: &mut Vec<u8>, text: &str) -> Result<(), CodecError> {
    let numeral = Numeral::parse(text).map_err(|fault| match fault {
        Fault::Syntax => CodecError::mismatch("a finite number", text),
        fault => fault.into(),
    })?;
    out.extend_from_slice(numeral.to_string().as_bytes());
    Ok(())
}
