//! A number's text as an integer. DynamoDB may have normalised it: `5E0`, `1E2` and `5.0` are integers too.

use super::error::CodecError;
use super::kind::Kind;
use super::numeral::{Fault, Numeral};

/// The integer types of Rust.
pub(super) trait Integer: TryFrom<i64> + TryFrom<i128> + TryFrom<u128> {
    const NAME: &'static str;
}

macro_rules! integers {
    ($($ty:ident)*) => { $(impl Integer for $ty { const NAME: &'static str = stringify!($ty); })* };
}
integers!(i8 i16 i32 i64 i128 u8 u16 u32 u64 u128);

/// The most digits that never overflow an `i64`.
const SAFE_DIGITS: usize = 18;

/// The plain integer that the text begins with, and its length in bytes; `None` if there is none or it is a long one.
#[inline]
pub(super) fn leading(text: &[u8]) -> Option<(i64, usize)> {
    let (negative, digits) = match text.split_first() {
        Some((b'-', rest)) => (true, rest),
        _ => (false, text),
    };
    let (mut sum, mut length) = (0_i64, 0);
    for byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        if length == SAFE_DIGITS {
            return None;
        }
        sum = sum * 10 + i64::from(digit);
        length += 1;
    }
    if length == 0 {
        return None;
    }
    Some(if negative { (-sum, length + 1) } else { (sum, length) })
}

/// The whole text as an integer of this type.
pub(super) fn parse<T: Integer>(text: &str) -> Result<T, CodecError> {
    if let Some((value, length)) = leading(text.as_bytes())
        && length == text.len()
    {
        return T::try_from(value).map_err(|_| too_large::<T>());
    }
    let (negative, magnitude) = match wide(text) {
        Ok(Some(whole)) => whole,
        Ok(None) => return Err(CodecError::mismatch(wanted::<T>(), "a number with a fraction, or a larger one")),
        Err(Fault::Syntax) => return Err(CodecError::mismatch(wanted::<T>(), Fault::Syntax.words())),
        Err(_) => return Err(too_large::<T>()),
    };
    narrow(negative, magnitude).ok_or_else(too_large::<T>)
}

/// Sign and magnitude, or `None` where the text is a number but no integer of 128 bits.
pub(super) fn wide(text: &str) -> Result<Option<(bool, u128)>, Fault> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    // 39 digits, which no number in DynamoDB has, are still an integer of Rust.
    if digits.len() == 39 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(digits.parse().ok().map(|magnitude| (negative, magnitude)));
    }
    Numeral::parse(text).map(Numeral::to_integer)
}

/// Sign and magnitude as one integer.
pub(super) fn narrow<T: Integer>(negative: bool, magnitude: u128) -> Option<T> {
    if negative { T::try_from(0_i128.checked_sub_unsigned(magnitude)?).ok() } else { T::try_from(magnitude).ok() }
}

fn wanted<T: Integer>() -> String {
    format!("{} that fits {}", Kind::N.words(), T::NAME)
}

/// The error for a number outside the type's range.
#[cold]
pub(super) fn too_large<T: Integer>() -> CodecError {
    CodecError::mismatch(wanted::<T>(), "a number outside its range")
}
