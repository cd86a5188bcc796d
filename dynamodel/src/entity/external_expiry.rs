//! The time crates' timestamps as an expiry, and back.

use super::{Expiry, ExpiryError};

/// Both ways for a timestamp of one crate: its nanoseconds since 1970, and the timestamp so many seconds after it.
macro_rules! timestamps {
    ($moment:ty, $to_nanos:expr, $from_seconds:expr) => {
        /// Rounded up to a whole second: an item lives at least as long as was asked.
        impl TryFrom<$moment> for Expiry {
            type Error = ExpiryError;

            fn try_from(moment: $moment) -> Result<Self, ExpiryError> {
                let to_nanos: fn($moment) -> i128 = $to_nanos;
                Self::at_epoch_nanos(to_nanos(moment))
            }
        }

        /// The whole second. Fails only where the crate's type ends before the year 9999 does.
        impl TryFrom<Expiry> for $moment {
            type Error = ExpiryError;

            fn try_from(expiry: Expiry) -> Result<Self, ExpiryError> {
                let from_seconds: fn(i64) -> Option<$moment> = $from_seconds;
                let seconds = expiry.epoch_seconds();
                let moment = i64::try_from(seconds).ok().and_then(from_seconds);
                moment.ok_or(ExpiryError::TooLate(seconds))
            }
        }
    };
}

#[cfg(feature = "chrono")]
timestamps!(
    chrono::DateTime<chrono::Utc>,
    |moment| i128::from(moment.timestamp()) * 1_000_000_000 + i128::from(moment.timestamp_subsec_nanos()),
    |seconds| chrono::DateTime::from_timestamp(seconds, 0)
);

#[cfg(feature = "jiff")]
timestamps!(jiff::Timestamp, |moment| moment.as_nanosecond(), |seconds| jiff::Timestamp::from_second(seconds).ok());

#[cfg(feature = "time")]
timestamps!(time::OffsetDateTime, |moment| moment.unix_timestamp_nanos(), |seconds| {
    time::OffsetDateTime::from_unix_timestamp(seconds).ok()
});

#[cfg(all(test, feature = "chrono", feature = "jiff", feature = "time"))]
mod tests {
    use super::*;

    #[test]
    fn every_crate_gives_the_same_second_rounded_up() {
        let (seconds, nanos) = (1_795_305_600, 1_795_305_600_000_000_001);
        let chrono = chrono::DateTime::from_timestamp(seconds, 1).unwrap();
        let jiff = jiff::Timestamp::from_nanosecond(nanos).unwrap();
        let time = time::OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap();
        let expected = Expiry::from_epoch_seconds(1_795_305_601).unwrap();
        assert_eq!(Expiry::try_from(chrono), Ok(expected));
        assert_eq!(Expiry::try_from(jiff), Ok(expected));
        assert_eq!(Expiry::try_from(time), Ok(expected));
        assert_eq!(chrono::DateTime::try_from(expected).unwrap().timestamp(), seconds + 1);
        assert_eq!(jiff::Timestamp::try_from(expected).unwrap().as_second(), seconds + 1);
        assert_eq!(time::OffsetDateTime::try_from(expected).unwrap().unix_timestamp(), seconds + 1);
    }

    #[test]
    fn a_moment_before_1970_is_no_expiry_and_the_last_second_of_9999_is_beyond_jiff() {
        let before = time::OffsetDateTime::UNIX_EPOCH - time::Duration::NANOSECOND;
        assert_eq!(Expiry::try_from(before), Err(ExpiryError::BeforeEpoch));
        let last = Expiry::from_epoch_seconds(253_402_300_799).unwrap();
        assert!(jiff::Timestamp::try_from(last).is_err());
        assert!(time::OffsetDateTime::try_from(last).is_ok());
    }
}
