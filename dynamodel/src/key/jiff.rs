//! jiff's timestamps and dates in keys.

use jiff::Timestamp;
use jiff::civil::Date;

super::external_time::time_types! {
    Timestamp { |moment| moment.as_nanosecond(), |nanos| Timestamp::from_nanosecond(nanos).ok() }
    Date {
        |date| (i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs()),
        |year, month, day| {
            Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        },
        native: true
    }
}
