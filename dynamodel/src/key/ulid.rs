//! ULIDs in keys: 26 letters and digits whose order is the order of time.

use super::{KeyPart, KeySegment, KeyValue, SegmentFault};
use crate::schema::{Form, KeyKind, Spec, TextForm};
use ulid::Ulid;

impl KeyPart for Ulid {
    fn text(&self, _: Spec, out: &mut String) -> Result<bool, SegmentFault> {
        out.push_str(self.array_to_str(&mut [0; ulid::ULID_LEN]));
        Ok(true)
    }

    fn native(&self) -> Option<KeyValue> {
        Some(KeyValue::S(self.to_string()))
    }
}

impl KeySegment for Ulid {
    type Borrowed<'a> = Self;

    const FORM: Form = Form { kind: KeyKind::S, native: true, text: TextForm::Fixed(26), optional: false };

    fn parse(text: &str, _: Spec) -> Result<Self, SegmentFault> {
        let value = Self::from_string(text).map_err(|_| SegmentFault::malformed("a ULID", text))?;
        // Lower case and the letters that stand for digits are read, but never written: a key has one text.
        if value.to_string() == text { Ok(value) } else { Err(SegmentFault::malformed("a ULID in capitals", text)) }
    }

    fn from_native(value: &KeyValue) -> Result<Self, SegmentFault> {
        match value {
            KeyValue::S(text) => Self::parse(text, Spec::PLAIN),
            other => Err(SegmentFault::wrong_kind(KeyKind::S, other)),
        }
    }
}
