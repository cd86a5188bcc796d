//! When an item expires: whole seconds since 1970, the one form that DynamoDB's time to live reads.

use crate::key::Timestamp;
use crate::path::{Ordered, Serde};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A time at which an item expires, in whole seconds since 1970-01-01T00:00:00Z, stored as a number (N).
///
/// The type of a `#[dynamo(ttl)]` field; `Option<Expiry>` where an item may live for ever. Reads treat an item as gone
/// from that second on, whether or not DynamoDB has deleted it yet (that may take days). Fractions are rounded up: an
/// item lives at least as long as was asked.
///
/// # Examples
/// ```
/// use dynamodel::Expiry;
/// use std::time::{Duration, UNIX_EPOCH};
///
/// let noon = Expiry::at(UNIX_EPOCH + Duration::from_millis(1_795_305_600_001))?;
/// assert_eq!(noon.epoch_seconds(), 1_795_305_601);
/// assert_eq!(noon.extend(Duration::from_secs(60))?.epoch_seconds(), 1_795_305_661);
/// # Ok::<(), dynamodel::errors::ExpiryError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Expiry(u64);

/// The last second of the year 9999. Milliseconds since 1970 passed it in 1978, so they cannot be taken for seconds.
const LAST: u64 = 253_402_300_799;

impl Expiry {
    /// So many seconds after 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// When the number is beyond the year 9999: milliseconds, most likely.
    pub const fn from_epoch_seconds(seconds: u64) -> Result<Self, ExpiryError> {
        if seconds > LAST { Err(ExpiryError::TooLate(seconds)) } else { Ok(Self(seconds)) }
    }

    /// At a time, rounded up to a whole second.
    ///
    /// # Errors
    /// When the time is before 1970 or after 9999.
    pub fn at(moment: SystemTime) -> Result<Self, ExpiryError> {
        let since = moment.duration_since(UNIX_EPOCH).map_err(|_| ExpiryError::BeforeEpoch)?;
        Self::from_epoch_seconds(since.as_secs() + u64::from(since.subsec_nanos() > 0))
    }

    /// At so many nanoseconds after 1970, rounded up to a whole second.
    pub(crate) fn at_epoch_nanos(nanos: i128) -> Result<Self, ExpiryError> {
        let nanos = u128::try_from(nanos).map_err(|_| ExpiryError::BeforeEpoch)?;
        Self::from_epoch_seconds(u64::try_from(nanos.div_ceil(1_000_000_000)).unwrap_or(u64::MAX))
    }

    /// So long from now by the system's clock, rounded up to a whole second.
    ///
    /// # Errors
    /// When that is after 9999.
    pub fn after(lifetime: Duration) -> Result<Self, ExpiryError> {
        Self::at(SystemTime::now().checked_add(lifetime).ok_or(ExpiryError::TooLate(u64::MAX))?)
    }

    /// So much later, rounded up to a whole second.
    ///
    /// # Errors
    /// When that is after 9999.
    pub fn extend(self, by: Duration) -> Result<Self, ExpiryError> {
        let seconds = by.as_secs().saturating_add(u64::from(by.subsec_nanos() > 0));
        Self::from_epoch_seconds(self.0.saturating_add(seconds))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub const fn epoch_seconds(self) -> u64 {
        self.0
    }

    /// The time.
    pub fn to_system_time(self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.0)
    }

    /// Whether the item is gone at `now`.
    pub fn is_past(self, now: SystemTime) -> bool {
        now.duration_since(UNIX_EPOCH).is_ok_and(|since| since.as_secs() >= self.0)
    }
}

impl fmt::Debug for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expiry({})", self.0)
    }
}

impl fmt::Display for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} s after 1970", self.0)
    }
}

/// Rounded up to a whole second.
impl TryFrom<Timestamp> for Expiry {
    type Error = ExpiryError;

    fn try_from(moment: Timestamp) -> Result<Self, ExpiryError> {
        Self::at_epoch_nanos(moment.epoch_nanos())
    }
}

impl TryFrom<SystemTime> for Expiry {
    type Error = ExpiryError;

    fn try_from(moment: SystemTime) -> Result<Self, ExpiryError> {
        Self::at(moment)
    }
}

impl From<Expiry> for SystemTime {
    fn from(expiry: Expiry) -> Self {
        expiry.to_system_time()
    }
}

impl<'de> Deserialize<'de> for Expiry {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_epoch_seconds(u64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl Ordered<Serde> for Expiry {}

/// Why a time cannot be an [`Expiry`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExpiryError {
    /// Before 1970.
    BeforeEpoch,
    /// After the year 9999.
    TooLate(u64),
}

impl fmt::Display for ExpiryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BeforeEpoch => f.write_str("an expiry is at or after 1970-01-01T00:00:00Z"),
            Self::TooLate(seconds) => write!(
                f,
                "an expiry is in whole seconds and at most {LAST} (the end of the year 9999), found {seconds}: are these milliseconds?"
            ),
        }
    }
}

impl std::error::Error for ExpiryError {}

/// A type that can be an entity's `#[dynamo(ttl)]`: `Expiry`, or `Option<Expiry>` where `None` lives for ever.
#[diagnostic::on_unimplemented(
    message = "DynamoDB cannot expire items by a `{Self}`",
    label = "not a type for `#[dynamo(ttl)]`",
    note = "time to live reads a number of seconds since 1970; date-time types are stored as text and would never expire: use `dynamodel::Expiry` or `Option<Expiry>`"
)]
pub trait TtlField {
    /// When the item expires.
    fn expiry(&self) -> Option<Expiry>;
}

impl TtlField for Expiry {
    fn expiry(&self) -> Option<Expiry> {
        Some(*self)
    }
}

impl TtlField for Option<Expiry> {
    fn expiry(&self) -> Option<Expiry> {
        *self
    }
}

/// An entity with a time to live: one that has a `#[dynamo(ttl)]` field. Implemented by `#[derive(Entity)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no time to live",
    label = "this sets when the item expires, and `{Self}` has no field for that",
    note = "add a field `#[dynamo(ttl)] expires_at: dynamodel::Expiry`, or `Option<Expiry>` where an item may live for ever"
)]
pub trait Expires {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_are_not_taken_for_seconds() {
        let now = 1_795_305_600_000;
        let error = Expiry::from_epoch_seconds(now).unwrap_err();
        assert_eq!(error, ExpiryError::TooLate(now));
        assert!(error.to_string().contains("milliseconds"));
    }

    #[test]
    fn an_item_is_gone_from_its_second_on() {
        let expiry = Expiry::from_epoch_seconds(100).unwrap();
        assert!(!expiry.is_past(UNIX_EPOCH + Duration::from_millis(99_999)));
        assert!(expiry.is_past(UNIX_EPOCH + Duration::from_secs(100)));
    }
}
