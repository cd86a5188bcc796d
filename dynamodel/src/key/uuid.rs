//! UUIDs in keys: 36 lower-case characters whose order is the order of the bytes (time, for version 7).

use super::{KeyPart, KeySegment, KeyValue, SegmentFault};
use crate::schema::{Form, KeyKind, Spec, TextForm};
use uuid::Uuid;

impl KeyPart for Uuid {
    fn text(&self, _: Spec, out: &mut String) -> Result<bool, SegmentFault> {
        out.push_str(self.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
        Ok(true)
    }

    fn native(&self) -> Option<KeyValue> {
        Some(KeyValue::S(self.to_string()))
    }
}

impl KeySegment for Uuid {
    type Borrowed<'a> = Self;

    const FORM: Form = Form { kind: KeyKind::S, native: true, text: TextForm::Fixed(36), optional: false };

    fn parse(text: &str, _: Spec) -> Result<Self, SegmentFault> {
        let value = Self::try_parse(text).map_err(|_| SegmentFault::malformed("a UUID", text))?;
        // Other spellings are read by `Uuid`, but never written: a key has one text.
        if value.to_string() == text {
            Ok(value)
        } else {
            Err(SegmentFault::malformed("a UUID in lower case with hyphens", text))
        }
    }

    fn from_native(value: &KeyValue) -> Result<Self, SegmentFault> {
        match value {
            KeyValue::S(text) => Self::parse(text, Spec::PLAIN),
            other => Err(SegmentFault::wrong_kind(KeyKind::S, other)),
        }
    }
}
