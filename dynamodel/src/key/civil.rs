//! Dates and timestamps in text of one length.

use time::{Date, Month, OffsetDateTime, Time};

/// Reads `2026-11-22T05:31:14.000000000Z`.
pub(super) fn timestamp(text: &str) -> Option<OffsetDateTime> {
    let (date_text, time_text) = text.split_once('T')?;
    let mut parts = time_text.strip_suffix('Z')?.split([':', '.']);
    let hour = digits(parts.next()?, 2)?;
    let minute = digits(parts.next()?, 2)?;
    let second = digits(parts.next()?, 2)?;
    let nano = digits(parts.next()?, 9)?;
    if parts.next().is_some() || time_text.as_bytes().get(8) != Some(&b'.') {
        return None;
    }
    let small = |number: u32| u8::try_from(number).ok();
    let time = Time::from_hms_nano(small(hour)?, small(minute)?, small(second)?, nano).ok()?;
    Some(date(date_text)?.with_time(time).assume_utc())
}

/// Reads `2026-11-22`.
pub(super) fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let year = i32::try_from(digits(parts.next()?, 4)?).ok()?;
    let month = Month::try_from(u8::try_from(digits(parts.next()?, 2)?).ok()?).ok()?;
    let day = u8::try_from(digits(parts.next()?, 2)?).ok()?;
    if parts.next().is_some() {
        return None;
    }
    Date::from_calendar_date(year, month, day).ok()
}

/// A number of exactly so many digits.
fn digits(text: &str, count: usize) -> Option<u32> {
    let fits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}
