//! Strings and integers in keys.

use super::escape::{escape, unescape};
use super::{KeyPart, KeySegment, KeyValue, SegmentFault, integer};
use crate::schema::{Form, KeyKind, Spec, TextForm};

impl KeyPart for str {
    fn text(&self, _: Spec, out: &mut String) -> Result<bool, SegmentFault> {
        escape(self, out);
        Ok(true)
    }

    fn native(&self) -> Option<KeyValue> {
        Some(KeyValue::S(self.to_owned()))
    }
}

impl KeyPart for String {
    fn text(&self, spec: Spec, out: &mut String) -> Result<bool, SegmentFault> {
        self.as_str().text(spec, out)
    }

    fn native(&self) -> Option<KeyValue> {
        self.as_str().native()
    }
}

impl KeySegment for String {
    type Borrowed<'a> = &'a str;

    const FORM: Form = Form { kind: KeyKind::S, text: TextForm::Text, optional: false };

    fn parse(text: &str, _: Spec) -> Result<Self, SegmentFault> {
        unescape(text)
    }

    fn from_native(value: &KeyValue) -> Result<Self, SegmentFault> {
        match value {
            KeyValue::S(text) => Ok(text.clone()),
            other => Err(SegmentFault::wrong_kind(KeyKind::S, other)),
        }
    }
}

macro_rules! integers {
    ($($type:ty: $signed:literal;)*) => {$(
        impl KeyPart for $type {
            fn text(&self, spec: Spec, out: &mut String) -> Result<bool, SegmentFault> {
                let mut buffer = itoa::Buffer::new();
                let digits = buffer.format(*self);
                let (negative, digits) = match digits.strip_prefix('-') {
                    Some(digits) => (true, digits),
                    None => (false, digits),
                };
                integer::render(negative, digits, digits_of(<$type>::MAX as u128), spec, out)?;
                Ok(true)
            }

            fn native(&self) -> Option<KeyValue> {
                Some(KeyValue::N(itoa::Buffer::new().format(*self).to_owned()))
            }
        }

        impl KeySegment for $type {
            type Borrowed<'a> = Self;

            const FORM: Form = Form {
                kind: KeyKind::N,
                text: TextForm::Integer { digits: digits_of(<$type>::MAX as u128), signed: $signed },
                optional: false,
            };

            fn parse(text: &str, spec: Spec) -> Result<Self, SegmentFault> {
                let number = integer::parse(text, digits_of(<$type>::MAX as u128), spec)?;
                // Zero has one text: `-` and nines is none that rendering writes.
                if number.starts_with('-') && number.bytes().skip(1).all(|byte| byte == b'0') {
                    return Err(SegmentFault::malformed("a number", text));
                }
                number.parse().map_err(|_| SegmentFault::malformed(concat!("a number that fits ", stringify!($type)), text))
            }

            fn from_native(value: &KeyValue) -> Result<Self, SegmentFault> {
                match value {
                    KeyValue::N(digits) => digits
                        .parse()
                        .map_err(|_| SegmentFault::malformed(concat!("a number that fits ", stringify!($type)), digits)),
                    other => Err(SegmentFault::wrong_kind(KeyKind::N, other)),
                }
            }
        }
    )*};
}

integers! {
    u8: false; u16: false; u32: false; u64: false; u128: false;
    i8: true; i16: true; i32: true; i64: true; i128: true;
}

/// How many decimal digits a number has.
const fn digits_of(value: u128) -> u8 {
    let (mut digits, mut rest) = (1, value / 10);
    while rest > 0 {
        digits += 1;
        rest /= 10;
    }
    digits
}
