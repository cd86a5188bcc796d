//! chrono's timestamps and dates in keys.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

super::external_time::time_types! {
    DateTime<Utc> {
        |moment| i128::from(moment.timestamp()) * 1_000_000_000 + i128::from(moment.timestamp_subsec_nanos()),
        |nanos| {
            let seconds = i64::try_from(nanos.div_euclid(1_000_000_000)).ok()?;
            DateTime::from_timestamp(seconds, u32::try_from(nanos.rem_euclid(1_000_000_000)).ok()?)
        }
    }
    NaiveDate {
        |date| (date.year(), u8::try_from(date.month()).unwrap_or_default(), u8::try_from(date.day()).unwrap_or_default()),
        |year, month, day| NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day)),
        native: true
    }
}
