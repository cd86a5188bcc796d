//! Strings and integers in keys.

use super::escape::{escape, unescape};
use super::{KeyPart, KeySegment, KeyValue, SegmentFault, integer};
use crate::schema::{Form, KeyKind, Spec, TextForm};

impl KeyPart for str {
    fn text(&self, spec: Spec, out: &mut String) -> Result<bool, SegmentFault> {
        if spec.raw {
            out.push_str(self);
        } else {
            escape(self, out);
        }
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

    const FORM: Form = Form { kind: KeyKind::S, native: true, text: TextForm::Text, optional: false };

    fn parse(text: &str, spec: Spec) -> Result<Self, SegmentFault> {
        if spec.raw { Ok(text.to_owned()) } else { unescape(text) }
    }

    fn from_native(value: &KeyValue) -> Result<Self, SegmentFault> {
        match value {
            KeyValue::S(text) => Ok(text.clone()),
            other => Err(SegmentFault::wrong_kind(KeyKind::S, other)),
        }
    }
}

macro_rules! integers {
    ($($type:ty: $digits:literal, $signed:literal;)*) => {$(
        impl KeyPart for $type {
            fn text(&self, spec: Spec, out: &mut String) -> Result<bool, SegmentFault> {
                let mut buffer = itoa::Buffer::new();
                let digits = buffer.format(*self);
                if spec.raw {
                    out.push_str(digits);
                    return Ok(true);
                }
                let (negative, digits) = match digits.strip_prefix('-') {
                    Some(digits) => (true, digits),
                    None => (false, digits),
                };
                integer::render(negative, digits, $digits, spec, out)?;
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
                native: true,
                text: TextForm::Integer { digits: $digits, signed: $signed },
                optional: false,
            };

            fn parse(text: &str, spec: Spec) -> Result<Self, SegmentFault> {
                if spec.raw {
                    return text.parse().map_err(|_| SegmentFault::malformed(concat!("a number that fits ", stringify!($type)), text));
                }
                let number = integer::parse(text, $digits, spec)?;
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
    u8: 3, false; u16: 5, false; u32: 10, false; u64: 20, false; u128: 39, false;
    i8: 3, true; i16: 5, true; i32: 10, true; i64: 19, true; i128: 39, true;
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_integer_is_as_wide_as_its_largest_value() {
        macro_rules! widths {
            ($($type:ty)*) => {$(
                let crate::schema::TextForm::Integer { digits, .. } = <$type as super::KeySegment>::FORM.text else { panic!() };
                assert_eq!(usize::from(digits), <$type>::MAX.to_string().len(), stringify!($type));
            )*};
        }
        widths!(u8 u16 u32 u64 u128 i8 i16 i32 i64 i128);
    }
}
