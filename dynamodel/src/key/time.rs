//! The timestamps and dates of the crate `time` in keys.

use time::{Date, Month, OffsetDateTime};

super::external_time::time_types! {
    OffsetDateTime { |moment| moment.unix_timestamp_nanos(), |nanos| OffsetDateTime::from_unix_timestamp_nanos(nanos).ok() }
    // Which form serde gives a date depends on the features of `time`.
    Date {
        |date| (date.year(), u8::from(date.month()), date.day()),
        |year, month, day| Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok(),
        native: false
    }
}
