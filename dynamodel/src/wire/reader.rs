//! A pull parser over JSON text: the envelope of a response is read with it, and the codec reads values with it.

use super::error::CodecError;
use std::borrow::Cow;

/// Reads JSON text from front to back. Whitespace and any order of members are tolerated.
///
/// A clone is a bookmark: it is three words and reads on from the same place.
///
/// ```
/// # fn main() -> Result<(), dynamodel::wire::CodecError> {
/// use dynamodel::wire::Reader;
///
/// let (mut count, mut items) = (0, Vec::new());
/// let mut reader = Reader::new(br#"{"Count":2,"Items":[{"a":{"N":"1"}},{}],"More":[]}"#)?;
/// reader.object(|reader, name| {
///     match name {
///         "Count" => count = reader.number()?.parse().unwrap_or_default(),
///         "Items" => reader.array(|reader| Ok(items.push(reader.raw()?)))?,
///         _ => reader.skip()?,
///     }
///     Ok(())
/// })?;
/// reader.end()?;
/// assert_eq!((count, items), (2, vec![r#"{"a":{"N":"1"}}"#, "{}"]));
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Reader<'de> {
    pub(super) text: &'de str,
    pub(super) at: usize,
    pub(super) depth: u8,
}

impl std::fmt::Debug for Reader<'_> {
    /// Where it is; the text may hold secret values.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("at", &self.at).field("length", &self.text.len()).finish_non_exhaustive()
    }
}

impl<'de> Reader<'de> {
    /// A reader of these bytes.
    ///
    /// # Errors
    ///
    /// When they are not UTF-8.
    pub fn new(bytes: &'de [u8]) -> Result<Self, CodecError> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self::from_str(text)),
            Err(fault) => Err(CodecError::mismatch("JSON text in UTF-8", fault.to_string())),
        }
    }

    /// A reader of this text.
    #[must_use]
    pub const fn from_str(text: &'de str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// How many bytes were read so far.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// Reads an object: `f` is called with each member's name (unescaped) and must read its value.
    ///
    /// # Errors
    ///
    /// When no well-formed object stands here, or nested too deeply; and `f`'s own.
    pub fn object(&mut self, mut f: impl FnMut(&mut Self, &str) -> Result<(), CodecError>) -> Result<(), CodecError> {
        self.enter(1)?;
        self.eat(b'{', "an object")?;
        let mut more = self.first(b'}');
        while more {
            let name = self.name()?;
            f(self, &name)?;
            more = self.next(b'}')?;
        }
        self.leave(1);
        Ok(())
    }

    /// Reads an array: `f` is called for each element and must read it.
    ///
    /// # Errors
    ///
    /// When no well-formed array stands here, or nested too deeply; and `f`'s own.
    pub fn array(&mut self, mut f: impl FnMut(&mut Self) -> Result<(), CodecError>) -> Result<(), CodecError> {
        self.enter(1)?;
        self.eat(b'[', "an array")?;
        let mut more = self.first(b']');
        while more {
            f(self)?;
            more = self.next(b']')?;
        }
        self.leave(1);
        Ok(())
    }

    /// Reads a string; it is borrowed unless it holds escapes.
    ///
    /// # Errors
    ///
    /// When no well-formed string stands here.
    #[inline]
    pub fn string(&mut self) -> Result<Cow<'de, str>, CodecError> {
        self.eat(b'"', "a string")?;
        self.string_body()
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    ///
    /// When neither stands here.
    pub fn boolean(&mut self) -> Result<bool, CodecError> {
        self.peek();
        if self.take(b"true") {
            Ok(true)
        } else if self.take(b"false") {
            Ok(false)
        } else {
            Err(self.unexpected("`true` or `false`"))
        }
    }

    /// Reads `null` if it stands here, and says whether it did.
    ///
    /// # Errors
    ///
    /// None today.
    pub fn null(&mut self) -> Result<bool, CodecError> {
        self.peek();
        Ok(self.take(b"null"))
    }

    /// Makes sure that nothing but whitespace follows.
    ///
    /// # Errors
    ///
    /// When something does.
    pub fn end(&mut self) -> Result<(), CodecError> {
        if self.peek().is_none() { Ok(()) } else { Err(self.unexpected("the end of the text")) }
    }
}
