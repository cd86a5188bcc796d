//! Numbers with all the digits that DynamoDB keeps.

use super::numeral::{Fault, Numeral};
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// The newtype name by which the codec knows a [`Number`].
pub(super) const NEWTYPE: &str = "\u{37E}dynamodel::Number";

/// How many digits any decimal number keeps on its way through an `f64`.
const FLOAT_DIGITS: usize = 15;

/// Any number that DynamoDB can hold: 38 significant digits, up to 9.99E+125 in magnitude. It is stored as N.
///
/// Numbers compare by value, and each has one text. To formats other than DynamoDB's it is that text.
///
/// ```
/// # fn main() -> Result<(), dynamodel::wire::NumberError> {
/// use dynamodel::wire::Number;
///
/// let price: Number = "19.90".parse()?;
/// assert_eq!(price.to_string(), "19.9");
/// assert_eq!(price, "1990E-2".parse()?);
/// assert!(price < Number::from(20));
/// assert!("1E126".parse::<Number>().is_err());
/// # Ok(()) }
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Number(Numeral);

impl Number {
    /// The number as an integer, if it is one of at most 128 bits.
    #[must_use]
    pub fn to_i128(self) -> Option<i128> {
        let (negative, magnitude) = self.0.to_integer()?;
        super::integer::narrow(negative, magnitude)
    }

    /// The nearest float.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }
}

impl FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        Numeral::parse(text).map(Self).map_err(Into::into)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Number({})", self.0)
    }
}

macro_rules! from_integers {
    ($($ty:ident)*) => { $(
        impl From<$ty> for Number {
            fn from(value: $ty) -> Self {
                let wide = i128::from(value);
                // 64 bits are at most 20 digits: always in range.
                Self(Numeral::from_integer(wide.is_negative(), wide.unsigned_abs()).unwrap_or_default())
            }
        }
    )* };
}
from_integers!(i8 i16 i32 i64 u8 u16 u32 u64);

impl TryFrom<i128> for Number {
    type Error = NumberError;

    fn try_from(value: i128) -> Result<Self, NumberError> {
        Numeral::from_integer(value.is_negative(), value.unsigned_abs()).map(Self).map_err(Into::into)
    }
}

impl TryFrom<u128> for Number {
    type Error = NumberError;

    fn try_from(value: u128) -> Result<Self, NumberError> {
        Numeral::from_integer(false, value).map(Self).map_err(Into::into)
    }
}

/// The number that the float's shortest text shows; NaN, infinities and floats beyond DynamoDB's range are none.
impl TryFrom<f64> for Number {
    type Error = NumberError;

    fn try_from(value: f64) -> Result<Self, NumberError> {
        zmij::Buffer::new().format(value).parse()
    }
}

/// Why a text or a value is not a number that DynamoDB, or another type, can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberError {
    found: &'static str,
}

impl NumberError {
    /// The error for this in place of a number.
    pub(super) const fn found(found: &'static str) -> Self {
        Self { found }
    }
}

impl From<Fault> for NumberError {
    fn from(fault: Fault) -> Self {
        Self::found(fault.words())
    }
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected a number (N), found {}", self.found)
    }
}

impl std::error::Error for NumberError {}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NEWTYPE, &Text(self.0))
    }
}

/// A number's text, for the codec to put into N and for other formats as it is.
struct Text(Numeral);

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NEWTYPE, NumberVisitor)
    }
}

struct NumberVisitor;

impl<'de> Visitor<'de> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(super::kind::Kind::N.words())
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Number, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(self)
        } else {
            deserializer.deserialize_str(self)
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Number, E> {
        text.parse().map_err(invalid)
    }

    fn visit_u64<E>(self, value: u64) -> Result<Number, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Number, E> {
        Ok(value.into())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Number, E> {
        value.try_into().map_err(invalid)
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Number, E> {
        value.try_into().map_err(invalid)
    }

    // A number that serde buffered as a float: of more digits than these some may have been lost on the way.
    fn visit_f64<E: Error>(self, value: f64) -> Result<Number, E> {
        let number = Number::try_from(value).map_err(invalid)?;
        if number.0.digit_count() > FLOAT_DIGITS {
            return Err(invalid(NumberError::found(
                "one of more than 15 digits in serde's buffer (`flatten`, tagged and untagged enums)",
            )));
        }
        Ok(number)
    }
}

/// The error for what is not a number, in the words of the format at hand.
#[cold]
fn invalid<E: Error>(error: NumberError) -> E {
    E::invalid_value(Unexpected::Other(error.found), &NumberVisitor)
}
