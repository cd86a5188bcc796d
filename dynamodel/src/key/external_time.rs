//! What the time crates' types have in common in keys: timestamps as [`Timestamp`]'s text, dates as `2026-11-22`.

use super::{SegmentFault, Timestamp};
use std::fmt::Write as _;

/// A timestamp's text, by its nanoseconds since 1970.
pub(super) fn timestamp_text(nanos: i128, out: &mut String) -> Result<bool, SegmentFault> {
    let moment = Timestamp::from_epoch_nanos(nanos).map_err(|error| SegmentFault::new(error.to_string()))?;
    out.push_str(&moment.to_string());
    Ok(true)
}

/// A date's text.
pub(super) fn date_text(year: i32, month: u8, day: u8, out: &mut String) -> Result<bool, SegmentFault> {
    if !(0..=9999).contains(&year) {
        return Err(SegmentFault::new(format!("the year {year} is outside 0000 to 9999, which a key can hold")));
    }
    let written = write!(out, "{year:04}-{month:02}-{day:02}");
    written.map(|()| true).map_err(|error| SegmentFault::new(error.to_string()))
}

/// Implements the key traits for a timestamp and a date of one crate.
macro_rules! time_types {
    (
        $moment:ty { $to_nanos:expr, $from_nanos:expr }
        $date:ty { $to_date:expr, $from_date:expr, native: $native:literal }
    ) => {
        impl crate::key::KeyPart for $moment {
            fn text(&self, _: crate::schema::Spec, out: &mut String) -> Result<bool, crate::key::SegmentFault> {
                let to_nanos: fn(&$moment) -> i128 = $to_nanos;
                crate::key::external_time::timestamp_text(to_nanos(self), out)
            }

            fn native(&self) -> Option<crate::key::KeyValue> {
                let mut text = String::new();
                let written = self.text(crate::schema::Spec::PLAIN, &mut text);
                written.ok().map(|_| crate::key::KeyValue::S(text))
            }
        }

        impl crate::key::KeySegment for $moment {
            type Borrowed<'a> = Self;

            const FORM: crate::schema::Form = crate::schema::Form {
                kind: crate::schema::KeyKind::S,
                native: false,
                text: crate::schema::TextForm::Fixed(30),
                optional: false,
            };

            fn parse(text: &str, spec: crate::schema::Spec) -> Result<Self, crate::key::SegmentFault> {
                let from_nanos: fn(i128) -> Option<$moment> = $from_nanos;
                let moment = <crate::key::Timestamp as crate::key::KeySegment>::parse(text, spec)?;
                from_nanos(moment.epoch_nanos()).ok_or_else(|| crate::key::SegmentFault::malformed("a timestamp", text))
            }

            fn from_native(value: &crate::key::KeyValue) -> Result<Self, crate::key::SegmentFault> {
                crate::key::external_time::from_text(value)
            }
        }

        impl TryFrom<$moment> for crate::key::Timestamp {
            type Error = crate::key::TimestampError;

            fn try_from(moment: $moment) -> Result<Self, crate::key::TimestampError> {
                let to_nanos: fn(&$moment) -> i128 = $to_nanos;
                Self::from_epoch_nanos(to_nanos(&moment))
            }
        }

        impl TryFrom<crate::key::Timestamp> for $moment {
            type Error = crate::key::TimestampError;

            fn try_from(moment: crate::key::Timestamp) -> Result<Self, crate::key::TimestampError> {
                let from_nanos: fn(i128) -> Option<$moment> = $from_nanos;
                from_nanos(moment.epoch_nanos()).ok_or(crate::key::TimestampError::OutOfRange)
            }
        }

        impl crate::key::KeyPart for $date {
            fn text(&self, _: crate::schema::Spec, out: &mut String) -> Result<bool, crate::key::SegmentFault> {
                let to_date: fn(&$date) -> (i32, u8, u8) = $to_date;
                let (year, month, day) = to_date(self);
                crate::key::external_time::date_text(year, month, day, out)
            }

            fn native(&self) -> Option<crate::key::KeyValue> {
                let mut text = String::new();
                let written = self.text(crate::schema::Spec::PLAIN, &mut text);
                written.ok().map(|_| crate::key::KeyValue::S(text))
            }
        }

        impl crate::key::KeySegment for $date {
            type Borrowed<'a> = Self;

            const FORM: crate::schema::Form = crate::schema::Form {
                kind: crate::schema::KeyKind::S,
                native: $native,
                text: crate::schema::TextForm::Fixed(10),
                optional: false,
            };

            fn parse(text: &str, _: crate::schema::Spec) -> Result<Self, crate::key::SegmentFault> {
                let from_date: fn(i32, u8, u8) -> Option<$date> = $from_date;
                crate::key::civil::date(text)
                    .and_then(|date| from_date(date.year(), u8::from(date.month()), date.day()))
                    .ok_or_else(|| crate::key::SegmentFault::malformed("a date such as 2026-11-22", text))
            }

            fn from_native(value: &crate::key::KeyValue) -> Result<Self, crate::key::SegmentFault> {
                crate::key::external_time::from_text(value)
            }
        }
    };
}

pub(super) use time_types;

/// A value from a string attribute.
pub(super) fn from_text<T: super::KeySegment>(value: &super::KeyValue) -> Result<T, SegmentFault> {
    match value {
        super::KeyValue::S(text) => T::parse(text, crate::schema::Spec::PLAIN),
        other => Err(SegmentFault::wrong_kind(crate::schema::KeyKind::S, other)),
    }
}
