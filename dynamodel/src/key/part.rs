//! What a type must be able to do to stand in a key.

use super::parse::Part;
use super::{KeyValue, Parts, SegmentFault};
use crate::error::Error;
use crate::schema::{Form, Spec};

/// A value in a key, by reference and without its type: what rendering needs.
///
/// Implemented together with [`KeySegment`]; see there.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of a key",
    label = "not a type for keys",
    note = "keys take strings, integers, UUIDs and ULIDs; floats, maps, lists and sets have no text whose order is theirs"
)]
pub trait KeyPart {
    /// Appends the value's text. An absent value (`None`) appends nothing and gives `false`.
    ///
    /// # Errors
    /// When the value has no such text, for example an integer with more digits than the template's width.
    fn text(&self, spec: Spec, out: &mut String) -> Result<bool, SegmentFault>;

    /// The value as a key attribute of its own type; `None` when it is absent.
    fn native(&self) -> Option<KeyValue>;
}

/// A type that may stand in a key, as a segment of a template or as a key attribute of its own.
///
/// Given for `String`, the integers, `Option` of them (in index keys), `uuid::Uuid` and `ulid::Ulid` (features of
/// those names).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of a key",
    label = "not a type for keys",
    note = "keys take strings, integers, UUIDs and ULIDs; floats, maps, lists and sets have no text whose order is theirs"
)]
pub trait KeySegment: KeyPart + Sized {
    /// What key constructors take: `&str` for `String`, the value itself for small types.
    type Borrowed<'a>: KeyPart;

    /// What the type is in keys.
    const FORM: Form;

    /// The value without its type.
    #[doc(hidden)]
    fn part(&self) -> &dyn KeyPart {
        self
    }

    /// The value without its type, by itself.
    #[doc(hidden)]
    fn boxed(self) -> Box<dyn KeyPart>
    where
        Self: 'static,
    {
        Box::new(self)
    }

    /// The value of a field in a key that was taken apart.
    #[doc(hidden)]
    fn of_key(parts: &Parts<'_>, name: &str) -> Result<Option<Self>, Error> {
        parts.field(name)
    }

    /// The value whose text this is.
    ///
    /// # Errors
    /// When no value has this text.
    fn parse(text: &str, spec: Spec) -> Result<Self, SegmentFault>;

    /// The value from a key attribute of its own type.
    ///
    /// # Errors
    /// When the attribute is of another type, or no value is written so.
    fn from_native(value: &KeyValue) -> Result<Self, SegmentFault>;
}

/// A type whose values in a key can be asked for by their beginning, given as a `T`.
///
/// Given for `String`, with `&str` and `&String`, and by `#[derive(KeySegment)]` for newtypes of it.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` in a key cannot be asked for by such a beginning",
    label = "`begins_with` is for text: it takes a `&str`",
    note = "for numbers and times say a range: `.._between(low, high)`, `.._from(low)`"
)]
pub trait KeyText<T> {
    /// The beginning without its type.
    #[doc(hidden)]
    fn beginning(part: &T) -> &dyn KeyPart;
}

impl<'a> KeyText<&'a str> for String {
    fn beginning<'p>(part: &'p &'a str) -> &'p dyn KeyPart {
        part
    }
}

impl<'a> KeyText<&'a Self> for String {
    fn beginning<'p>(part: &'p &'a Self) -> &'p dyn KeyPart {
        part
    }
}

impl<T, S: KeyText<T>> KeyText<T> for Option<S> {
    fn beginning(part: &T) -> &dyn KeyPart {
        S::beginning(part)
    }
}

impl<T: KeyPart + ?Sized> KeyPart for &T {
    fn text(&self, spec: Spec, out: &mut String) -> Result<bool, SegmentFault> {
        (**self).text(spec, out)
    }

    fn native(&self) -> Option<KeyValue> {
        (**self).native()
    }
}

impl<T: KeyPart> KeyPart for Option<T> {
    fn text(&self, spec: Spec, out: &mut String) -> Result<bool, SegmentFault> {
        self.as_ref().map_or(Ok(false), |value| value.text(spec, out))
    }

    fn native(&self) -> Option<KeyValue> {
        self.as_ref().and_then(KeyPart::native)
    }
}

impl<T: KeySegment> KeySegment for Option<T> {
    type Borrowed<'a> = T::Borrowed<'a>;

    const FORM: Form = Form { optional: true, ..T::FORM };

    fn parse(text: &str, spec: Spec) -> Result<Self, SegmentFault> {
        T::parse(text, spec).map(Some)
    }

    fn from_native(value: &KeyValue) -> Result<Self, SegmentFault> {
        T::from_native(value).map(Some)
    }
}

impl Parts<'_> {
    /// The value of a field; `None` when the template does not name it.
    ///
    /// # Errors
    /// When the text in its place is not a value of its type.
    pub fn field<T: KeySegment>(&self, name: &str) -> Result<Option<T>, Error> {
        let value = match self.find(name) {
            Some(Part::Native(value)) => T::from_native(value).map(Some),
            Some(Part::Text(text, spec)) => T::parse(text, spec).map(Some),
            None => Ok(None),
        };
        value.map_err(|fault| self.unreadable(fault))
    }
}
