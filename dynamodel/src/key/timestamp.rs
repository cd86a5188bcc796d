//! A timestamp whose text sorts as time does.

use super::{KeyPart, KeySegment, KeyValue, SegmentFault, civil};
use crate::schema::{Form, KeyKind, Spec, TextForm};
use ::time::OffsetDateTime;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A timestamp between the years 0000 and 9999, to the nanosecond, stored as text of one length in UTC:
/// `2026-11-22T05:31:14.000000000Z`.
///
/// The texts that serde writes of other time types leave trailing zeros out, and then `…:00Z` sorts behind `…:00.5Z`.
/// These do not: their order is the order of time, in keys, in ranges and in comparisons. For a time to live use
/// [`Expiry`](crate::Expiry), which is a number.
///
/// # Examples
/// ```
/// use dynamodel::Timestamp;
/// use std::time::{Duration, UNIX_EPOCH};
///
/// let moment = Timestamp::try_from(UNIX_EPOCH + Duration::from_millis(1_500))?;
/// assert_eq!(moment.to_string(), "1970-01-01T00:00:01.500000000Z");
/// assert_eq!("1970-01-01T00:00:01.500000000Z".parse::<Timestamp>()?, moment);
/// # Ok::<(), dynamodel::errors::TimestampError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(OffsetDateTime);

impl Default for Timestamp {
    /// [`EPOCH`](Timestamp::EPOCH).
    fn default() -> Self {
        Self::EPOCH
    }
}

impl Timestamp {
    /// The first instant of 1970: what stands in a `#[dynamo(created_at)]` or `#[dynamo(updated_at)]` field until a
    /// write sets it.
    pub const EPOCH: Self = Self(OffsetDateTime::UNIX_EPOCH);

    /// Now, by the system's clock.
    ///
    /// # Errors
    /// When the clock is outside the years 0000 to 9999.
    pub fn now() -> Result<Self, TimestampError> {
        Self::try_from(SystemTime::now())
    }

    /// So many milliseconds after 1970-01-01T00:00:00Z, or before it.
    ///
    /// # Errors
    /// When that is outside the years 0000 to 9999.
    pub fn from_epoch_millis(millis: i64) -> Result<Self, TimestampError> {
        Self::from_epoch_nanos(i128::from(millis) * 1_000_000)
    }

    pub(super) fn from_epoch_nanos(nanos: i128) -> Result<Self, TimestampError> {
        let moment = OffsetDateTime::from_unix_timestamp_nanos(nanos).map_err(|_| TimestampError::OutOfRange)?;
        if (0..=9999).contains(&moment.year()) { Ok(Self(moment)) } else { Err(TimestampError::OutOfRange) }
    }

    /// Nanoseconds since 1970-01-01T00:00:00Z.
    pub fn epoch_nanos(self) -> i128 {
        self.0.unix_timestamp_nanos()
    }

    /// Milliseconds since 1970-01-01T00:00:00Z, rounded towards the past.
    pub fn epoch_millis(self) -> i64 {
        // The years 0000 to 9999 fit by far.
        i64::try_from(self.epoch_nanos().div_euclid(1_000_000)).unwrap_or_default()
    }

    /// The time.
    pub fn to_system_time(self) -> SystemTime {
        let nanos = self.epoch_nanos();
        let (seconds, rest) = (nanos.unsigned_abs() / 1_000_000_000, nanos.unsigned_abs() % 1_000_000_000);
        let since = Duration::new(u64::try_from(seconds).unwrap_or_default(), u32::try_from(rest).unwrap_or_default());
        if nanos < 0 { UNIX_EPOCH - since } else { UNIX_EPOCH + since }
    }
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = TimestampError;

    fn try_from(moment: SystemTime) -> Result<Self, TimestampError> {
        let nanos = |since: Duration| i128::try_from(since.as_nanos()).map_err(|_| TimestampError::OutOfRange);
        Self::from_epoch_nanos(match moment.duration_since(UNIX_EPOCH) {
            Ok(since) => nanos(since)?,
            Err(before) => -nanos(before.duration())?,
        })
    }
}

impl From<Timestamp> for SystemTime {
    fn from(moment: Timestamp) -> Self {
        moment.to_system_time()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, time) = (self.0.date(), self.0.time());
        let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
        let (hour, minute, second, nano) = time.as_hms_nano();
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{nano:09}Z")
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timestamp({self})")
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    /// Reads the one form that is written.
    fn from_str(text: &str) -> Result<Self, TimestampError> {
        civil::timestamp(text).map(Self).ok_or_else(|| TimestampError::Malformed(text.chars().take(64).collect()))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Why something is no [`Timestamp`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimestampError {
    /// Outside the years 0000 to 9999.
    OutOfRange,
    /// Text of another form.
    Malformed(String),
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfRange => f.write_str("a timestamp is between the years 0000 and 9999"),
            Self::Malformed(text) => {
                write!(f, "a timestamp has the form `2026-11-22T05:31:14.000000000Z`, found {text:?}")
            }
        }
    }
}

impl std::error::Error for TimestampError {}

impl KeyPart for Timestamp {
    fn text(&self, _: Spec, out: &mut String) -> Result<bool, SegmentFault> {
        out.push_str(&self.to_string());
        Ok(true)
    }

    fn native(&self) -> Option<KeyValue> {
        Some(KeyValue::S(self.to_string()))
    }
}

impl KeySegment for Timestamp {
    type Borrowed<'a> = Self;

    const FORM: Form = Form { kind: KeyKind::S, native: true, text: TextForm::Fixed(30), optional: false };

    fn parse(text: &str, _: Spec) -> Result<Self, SegmentFault> {
        text.parse().map_err(|error: TimestampError| SegmentFault::new(error.to_string()))
    }

    fn from_native(value: &KeyValue) -> Result<Self, SegmentFault> {
        match value {
            KeyValue::S(text) => Self::parse(text, Spec::PLAIN),
            other => Err(SegmentFault::wrong_kind(KeyKind::S, other)),
        }
    }
}
