//! Integers in the text of a key: fixed width, so that the order of the text is the order of the numbers.
//!
//! | | not negative | negative |
//! |---|---|---|
//! | ascending | digits, zero-padded | `-`, then each digit of the magnitude taken from 9 |
//! | descending | each digit taken from 9 | `n`, then the digits of the magnitude |
//!
//! `-` is below the digits and `n` above them, so the sign decides first.

use super::SegmentFault;
use crate::schema::Spec;

/// Appends a number given as sign and decimal digits.
pub(super) fn render(negative: bool, digits: &str, most: u8, spec: Spec, out: &mut String) -> Result<(), SegmentFault> {
    let width = usize::from(spec.width.unwrap_or(most));
    let Some(padding) = width.checked_sub(digits.len()) else {
        let sign = if negative { "-" } else { "" };
        return Err(SegmentFault::new(format!(
            "{sign}{digits} has {} digits, and the key template gives it {width}: widen the template (existing items must be rewritten)",
            digits.len()
        )));
    };
    if negative {
        out.push(if spec.descending { 'n' } else { '-' });
    }
    let complement = negative != spec.descending;
    for digit in std::iter::repeat_n(b'0', padding).chain(digits.bytes()) {
        out.push(char::from(if complement { b'0' + (b'9' - digit) } else { digit }));
    }
    Ok(())
}

/// The number as sign and digits.
pub(super) fn parse(text: &str, most: u8, spec: Spec) -> Result<String, SegmentFault> {
    let sign = if spec.descending { 'n' } else { '-' };
    let (negative, digits) = match text.strip_prefix(sign) {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let width = usize::from(spec.width.unwrap_or(most));
    if digits.len() != width || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(SegmentFault::malformed(&format!("a number of {width} digits"), text));
    }
    let complement = negative != spec.descending;
    let mut out = String::with_capacity(width + 1);
    if negative {
        out.push('-');
    }
    out.extend(digits.bytes().map(|digit| char::from(if complement { b'0' + (b'9' - digit) } else { digit })));
    Ok(out)
}
