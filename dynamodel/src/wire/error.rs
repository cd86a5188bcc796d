//! The one error of this room.

use super::messages;
use serde::{de, ser};
use std::fmt;

/// Why a value could not be written to, or read from, DynamoDB's wire form.
///
/// It says where in the item ([`path`](Self::path)), what was [`expected`](Self::expected) and what was
/// [`found`](Self::found). It is one word wide. Names are repeated in it (of attributes, and of the keys of maps in the path),
/// values never, except by the message of a type whose own `Deserialize` or `Serialize` repeats one.
///
/// ```
/// use dynamodel::wire::{Reader, read_item};
/// use std::collections::BTreeMap;
///
/// let mut reader = Reader::from_str(r#"{"lines":{"L":[{"N":"1"},{"S":"2"}]}}"#);
/// let error = read_item::<BTreeMap<String, Vec<u32>>>(&mut reader, &Default::default()).unwrap_err();
/// assert_eq!(error.path(), "lines[1]");
/// assert_eq!(error.expected(), Some("a number (N)"));
/// assert_eq!(error.found(), Some("a string (S)"));
/// assert_eq!(error.to_string(), "`lines[1]`: expected a number (N), found a string (S)");
/// ```
pub struct CodecError(Box<Inner>);

struct Inner {
    path: String,
    expected: Option<String>,
    found: Option<String>,
    message: String,
    /// Whether the sentence is not this library's: it may repeat a value.
    foreign: bool,
}

impl CodecError {
    /// The attribute path, as in `lines[3].qty`. Empty: the item or the value as a whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What should have stood there, in DynamoDB's words.
    #[must_use]
    pub fn expected(&self) -> Option<&str> {
        self.0.expected.as_deref()
    }

    /// What stood there, in DynamoDB's words.
    #[must_use]
    pub fn found(&self) -> Option<&str> {
        self.0.found.as_deref()
    }

    /// What went wrong, without the path.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// An error with nothing but a sentence.
    #[cold]
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            path: String::new(),
            expected: None,
            found: None,
            message: message.into(),
            foreign: false,
        }))
    }

    /// An error about one thing found in place of another.
    #[cold]
    pub(super) fn mismatch(expected: impl Into<String>, found: impl Into<String>) -> Self {
        let (expected, found) = (expected.into(), found.into());
        let message = format!("expected {expected}, found {found}");
        Self(Box::new(Inner {
            path: String::new(),
            expected: Some(expected),
            found: Some(found),
            message,
            foreign: false,
        }))
    }

    /// A sentence of another crate.
    #[cold]
    fn foreign(message: impl fmt::Display) -> Self {
        let mut error = Self::new(message.to_string());
        error.0.foreign = true;
        error
    }

    /// The same error, where its sentence is not this library's with other words in place of what `hide` finds in it.
    #[cold]
    pub(crate) fn concealed(mut self, hide: impl FnOnce(String) -> String) -> Self {
        if self.0.foreign {
            self.0.message = hide(self.0.message);
        }
        self
    }

    /// The same error, seen from the struct or map around it.
    #[cold]
    pub(crate) fn in_field(mut self, name: &str) -> Self {
        let inner = &mut self.0;
        let dot = if inner.path.is_empty() || inner.path.starts_with('[') { "" } else { "." };
        inner.path = format!("{name}{dot}{}", inner.path);
        self
    }

    /// The same error, seen from the list around it.
    #[cold]
    pub(super) fn in_element(mut self, index: usize) -> Self {
        let inner = &mut self.0;
        let dot = if inner.path.is_empty() || inner.path.starts_with('[') { "" } else { "." };
        inner.path = format!("[{index}]{dot}{}", inner.path);
        self
    }
}

impl fmt::Display for CodecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "`{}`: ", self.0.path)?;
        }
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for CodecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CodecError").field("path", &self.0.path).field("message", &self.0.message).finish()
    }
}

impl std::error::Error for CodecError {}

impl ser::Error for CodecError {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::foreign(message)
    }
}

impl de::Error for CodecError {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::foreign(message)
    }

    #[cold]
    fn missing_field(field: &'static str) -> Self {
        Self::new(format!("missing field `{field}`"))
    }

    #[cold]
    fn duplicate_field(field: &'static str) -> Self {
        Self::new(format!("duplicate field `{field}`"))
    }

    #[cold]
    fn invalid_type(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::mismatch(messages::expected(expected), messages::found(found))
    }

    #[cold]
    fn invalid_value(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::mismatch(messages::expected(expected), messages::found(found))
    }

    #[cold]
    fn invalid_length(len: usize, expected: &dyn de::Expected) -> Self {
        Self::mismatch(messages::expected(expected), format!("{len} elements"))
    }

    #[cold]
    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        // Its name is a value of the item.
        Self::mismatch(messages::one_of("variant", expected), "another one")
    }

    #[cold]
    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::mismatch(messages::one_of("attribute", expected), messages::name("attribute", field))
    }
}
