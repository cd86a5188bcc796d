//! A decimal number as DynamoDB holds it: at most 38 significant digits, between 1E-130 and 9.99…E+125 in magnitude.

use super::error::CodecError;

/// How many significant digits DynamoDB keeps.
pub(super) const MAX_DIGITS: usize = 38;
/// Where the decimal point may stand: DynamoDB's range is 1E-130 to 9.99…E+125, here 0.1E-129 to 0.99…E+126.
const POINTS: std::ops::RangeInclusive<i64> = -129..=126;

/// 0.d₁d₂…dₙ × 10^point, with neither a leading nor a trailing zero among the digits; zero has no digits.
///
/// Equal numbers are equal field by field, since unused digits are 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Numeral {
    pub(super) negative: bool,
    pub(super) point: i16,
    pub(super) length: u8,
    pub(super) digits: Digits,
}

/// Digits, and zeros after them. (Arrays of this length have no `Default`.)
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Digits(pub(super) [u8; MAX_DIGITS]);

impl Default for Digits {
    fn default() -> Self {
        Self([0; MAX_DIGITS])
    }
}

/// Why a text is not a number that DynamoDB holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Syntax,
    Digits,
    Range,
}

impl Fault {
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Syntax => "text that is not a number",
            Self::Digits => "more than 38 significant digits",
            Self::Range => "a number beyond DynamoDB's range (1E-130 to 9.99E+125)",
        }
    }
}

impl From<Fault> for CodecError {
    #[cold]
    fn from(fault: Fault) -> Self {
        Self::mismatch("a number (N)", fault.words())
    }
}

/// The error for a number value that holds no number.
#[cold]
pub(super) fn malformed() -> CodecError {
    Fault::Syntax.into()
}

/// Digits as they come in, most significant first.
#[derive(Default)]
struct Gather {
    numeral: Numeral,
    /// Zeros after the last digit kept: part of the number only if another digit follows.
    zeros: usize,
    overflow: bool,
}

impl Gather {
    fn push(&mut self, digit: u8) {
        if digit == 0 {
            self.zeros += usize::from(self.numeral.length > 0);
            return;
        }
        let at = usize::from(self.numeral.length) + self.zeros;
        match self.numeral.digits.0.get_mut(at) {
            Some(slot) => *slot = digit,
            None => self.overflow = true,
        }
        self.numeral.length = u8::try_from(at + 1).unwrap_or(u8::MAX);
        self.zeros = 0;
    }
}

impl Numeral {
    /// Reads `[+-]digits[.digits][E[+-]digits]`; on either side of the point the digits may be missing, not on both.
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        let bytes = text.as_bytes();
        let (negative, mut bytes) = match bytes.split_first() {
            Some((b'-', rest)) => (true, rest),
            Some((b'+', rest)) => (false, rest),
            _ => (false, bytes),
        };
        let mut gather = Gather::default();
        let (mut any, mut fraction, mut point) = (false, false, 0_i64);
        while let Some((&byte, rest)) = bytes.split_first() {
            match byte {
                b'0'..=b'9' => {
                    any = true;
                    gather.push(byte - b'0');
                    // The point moves right with every whole digit from the first significant one on, and left with
                    // every zero of the fraction before it.
                    let significant = gather.numeral.length > 0;
                    point += i64::from(!fraction && significant) - i64::from(fraction && !significant);
                }
                b'.' if !fraction => fraction = true,
                b'e' | b'E' => break,
                _ => return Err(Fault::Syntax),
            }
            bytes = rest;
        }
        if let Some((_, exponent)) = bytes.split_first() {
            point = point.saturating_add(parse_exponent(exponent)?);
        }
        if !any {
            return Err(Fault::Syntax);
        }
        gather.finish(negative, point)
    }

    /// An integer of any width.
    pub(super) fn from_integer(negative: bool, magnitude: u128) -> Result<Self, Fault> {
        let mut gather = Gather::default();
        let mut buffer = itoa::Buffer::new();
        let text = buffer.format(magnitude);
        text.bytes().for_each(|digit| gather.push(digit - b'0'));
        gather.finish(negative, i64::try_from(text.len()).unwrap_or(0))
    }

    /// The magnitude if this is a whole number of at most 128 bits.
    pub(super) fn to_integer(self) -> Option<(bool, u128)> {
        let whole = u8::try_from(self.point).ok().filter(|point| *point >= self.length);
        let zeros = match whole {
            Some(point) => point - self.length,
            None if self.length == 0 => 0,
            None => return None,
        };
        let digits = self.digits().iter().try_fold(0_u128, |sum, digit| push_digit(sum, *digit))?;
        let magnitude = (0..zeros).try_fold(digits, |sum, _| push_digit(sum, 0))?;
        Some((self.negative, magnitude))
    }

    /// How many significant digits it has.
    pub(super) fn digit_count(self) -> usize {
        usize::from(self.length)
    }

    pub(super) fn digits(&self) -> &[u8] {
        self.digits.0.get(..usize::from(self.length)).unwrap_or_default()
    }
}

impl Gather {
    fn finish(self, negative: bool, point: i64) -> Result<Numeral, Fault> {
        if self.numeral.length == 0 {
            return Ok(Numeral::default());
        }
        if !POINTS.contains(&point) {
            return Err(Fault::Range);
        }
        if self.overflow {
            return Err(Fault::Digits);
        }
        Ok(Numeral { negative, point: i16::try_from(point).map_err(|_| Fault::Range)?, ..self.numeral })
    }
}

fn push_digit(sum: u128, digit: u8) -> Option<u128> {
    sum.checked_mul(10)?.checked_add(u128::from(digit))
}

fn parse_exponent(bytes: &[u8]) -> Result<i64, Fault> {
    let (sign, digits) = match bytes.split_first() {
        Some((b'-', rest)) => (-1, rest),
        Some((b'+', rest)) => (1, rest),
        _ => (1, bytes),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Fault::Syntax);
    }
    let size = digits.iter().fold(0_i64, |sum, digit| sum.saturating_mul(10).saturating_add(i64::from(digit - b'0')));
    Ok(sign * size.min(i64::MAX / 4))
}
