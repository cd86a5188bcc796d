//! A pull parser over JSON text: the envelope of a response is read with it, and the codec reads values with it.

use super::error::CodecError;
use super::scan;
use std::borrow::Cow;

/// How many JSON objects and arrays may stand inside each other: DynamoDB's 32 levels take two each, the rest is room
/// for a response's envelope.
const MAX_JSON_DEPTH: u8 = 128;

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
#[derive(Clone, Debug)]
pub struct Reader<'de> {
    text: &'de str,
    pub(super) at: usize,
    depth: u8,
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
    #[expect(clippy::should_implement_trait, reason = "the trait cannot borrow, and this cannot fail")]
    pub const fn from_str(text: &'de str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// Reads an object: `f` is called with each member's name (unescaped) and must read its value.
    ///
    /// # Errors
    ///
    /// When no well-formed object stands here, or nested too deeply; and `f`'s own.
    pub fn object(&mut self, mut f: impl FnMut(&mut Self, &str) -> Result<(), CodecError>) -> Result<(), CodecError> {
        self.enter(1)?;
        self.expect(b'{', "an object")?;
        let mut more = self.first(b'}')?;
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
        self.expect(b'[', "an array")?;
        let mut more = self.first(b']')?;
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
        self.expect(b'"', "a string")?;
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

    /// The byte at hand, whitespace included.
    #[inline]
    pub(super) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// All that is still to be read.
    #[inline]
    pub(super) fn rest(&self) -> &'de [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// The text between two places. They stand beside ASCII bytes, so that no character is cut.
    #[inline]
    pub(super) fn slice(&self, from: usize, to: usize) -> &'de str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// The next byte that is not whitespace.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        let byte = self.byte()?;
        if byte > b' ' { Some(byte) } else { self.peek_far() }
    }

    #[cold]
    #[inline(never)]
    fn peek_far(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    /// Steps over this byte; `what` is what it would have begun.
    #[inline]
    pub(super) fn expect(&mut self, byte: u8, what: &'static str) -> Result<(), CodecError> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(self.unexpected(what))
        }
    }

    /// Steps over these bytes if they stand here.
    #[inline]
    pub(super) fn take<const N: usize>(&mut self, bytes: &[u8; N]) -> bool {
        let taken = self.rest().first_chunk() == Some(bytes);
        if taken {
            self.at += N;
        }
        taken
    }

    /// The text of a string and its closing quote.
    #[inline]
    pub(super) fn string_body(&mut self) -> Result<Cow<'de, str>, CodecError> {
        let start = self.at;
        let rest = self.rest();
        let run = scan::plain_run(rest);
        if rest.get(run) == Some(&b'"') {
            self.at = start + run + 1;
            return Ok(Cow::Borrowed(self.slice(start, start + run)));
        }
        self.escaped_string(start, start + run)
    }

    /// A member's name and the colon after it.
    #[inline]
    pub(super) fn name(&mut self) -> Result<Cow<'de, str>, CodecError> {
        self.expect(b'"', "a name in quotes")?;
        let name = self.string_body()?;
        self.expect(b':', "`:`")?;
        Ok(name)
    }

    /// After an opening bracket: whether an element follows; else the bracket is closed.
    #[inline]
    pub(super) fn first(&mut self, close: u8) -> Result<bool, CodecError> {
        let empty = self.peek() == Some(close);
        if empty {
            self.at += 1;
        }
        Ok(!empty)
    }

    /// After an element: whether another follows; else the bracket is closed.
    #[inline]
    pub(super) fn next(&mut self, close: u8) -> Result<bool, CodecError> {
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            _ => Err(self.unexpected(if close == b']' { "`,` or `]`" } else { "`,` or `}`" })),
        }
    }

    /// Goes so many brackets deeper.
    #[inline]
    pub(super) fn enter(&mut self, brackets: u8) -> Result<(), CodecError> {
        self.depth = self.depth.saturating_add(brackets);
        if self.depth > MAX_JSON_DEPTH {
            return Err(CodecError::mismatch("at most 32 levels of nesting", "deeper nesting"));
        }
        Ok(())
    }

    /// Comes back from so many brackets.
    #[inline]
    pub(super) fn leave(&mut self, brackets: u8) {
        self.depth = self.depth.saturating_sub(brackets);
    }

    /// The error for what stands here.
    #[cold]
    #[inline(never)]
    pub(super) fn unexpected(&self, expected: &'static str) -> CodecError {
        let found = match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            Some(found) => format!("{found:?} at byte {}", self.at),
            None => "the end of the text".to_owned(),
        };
        CodecError::mismatch(expected, found)
    }
}
