//! Reading one attribute value's frame, `{"tag":payload}`, and the payloads that are one JSON string.

use super::error::CodecError;
use super::integer;
use super::kind::Kind;
use super::numeral;
use super::reader::Reader;
use std::borrow::Cow;

/// What a list or a map adds to the depth: its own bracket and that of the frame around it.
pub(super) const LEVEL: u8 = 2;

impl<'de> Reader<'de> {
    /// Opens an attribute value and says of which type it is.
    pub(super) fn tag(&mut self) -> Result<Kind, CodecError> {
        if self.take(b"{\"S\":") {
            return Ok(Kind::S);
        }
        if self.take(b"{\"M\":") {
            return Ok(Kind::M);
        }
        if self.take(b"{\"L\":") {
            return Ok(Kind::L);
        }
        self.eat(b'{', "an attribute value")?;
        if self.peek() == Some(b'}') {
            return Err(CodecError::mismatch("a type tag", "an attribute value without one"));
        }
        let tag = self.name()?;
        Kind::from_tag(&tag).ok_or_else(|| {
            CodecError::mismatch(
                "a type tag (S, N, B, BOOL, NULL, L, M, SS, NS, BS)",
                super::messages::name("tag", &tag),
            )
        })
    }

    /// Opens an attribute value that must be of one type.
    pub(super) fn tagged(&mut self, kind: Kind) -> Result<(), CodecError> {
        let found = self.tag()?;
        if found == kind { Ok(()) } else { Err(CodecError::mismatch(kind.words(), found.words())) }
    }

    /// Closes an attribute value.
    #[inline]
    pub(super) fn close(&mut self) -> Result<(), CodecError> {
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        Err(self.not_closed())
    }

    #[cold]
    fn not_closed(&self) -> CodecError {
        if self.byte() == Some(b',') {
            return CodecError::mismatch("one type tag in an attribute value", "more than one");
        }
        self.unexpected("`}`")
    }

    /// The payload of S, N or B, or of an element of their sets.
    #[inline]
    pub(super) fn payload(&mut self, kind: Kind) -> Result<Cow<'de, str>, CodecError> {
        if self.peek() == Some(b'"') {
            self.at += 1;
            return self.string_body();
        }
        Err(self.not_text(kind))
    }

    #[cold]
    fn not_text(&self, kind: Kind) -> CodecError {
        self.unexpected(match kind {
            Kind::N | Kind::Ns => "a number's digits in quotes",
            Kind::B | Kind::Bs => "Base64 text in quotes",
            _ => "a string's text in quotes",
        })
    }

    /// A whole string value.
    pub(super) fn string_value(&mut self) -> Result<Cow<'de, str>, CodecError> {
        self.tagged(Kind::S)?;
        let text = self.payload(Kind::S)?;
        self.close()?;
        Ok(text)
    }

    /// A whole number value's text, not yet looked at.
    #[inline]
    pub(super) fn number_value(&mut self) -> Result<Cow<'de, str>, CodecError> {
        let start = self.at;
        if self.take(b"{\"N\":\"")
            && let Some(text) = self.plain_string()
            && self.take(b"}")
        {
            return Ok(Cow::Borrowed(text));
        }
        self.at = start;
        self.tagged(Kind::N)?;
        let text = self.payload(Kind::N)?;
        self.close()?;
        Ok(text)
    }

    /// A whole number value that must be this integer type.
    #[inline]
    pub(super) fn integer_value<T: integer::Integer>(&mut self) -> Result<T, CodecError> {
        let start = self.at;
        if self.take(b"{\"N\":\"")
            && let Some((value, length)) = integer::leading(self.rest())
            && self.rest().get(length..length + 2) == Some(b"\"}")
        {
            self.at += length + 2;
            return T::try_from(value).map_err(|_| integer::too_large::<T>());
        }
        self.at = start;
        integer::parse(&self.number_value()?)
    }

    /// A whole boolean value.
    pub(super) fn boolean_value(&mut self) -> Result<bool, CodecError> {
        if !self.take(b"{\"BOOL\":") {
            self.tagged(Kind::Bool)?;
        }
        let value = self.boolean()?;
        self.close()?;
        Ok(value)
    }

    /// The payload of NULL, and the frame's end.
    pub(super) fn null_payload(&mut self) -> Result<(), CodecError> {
        if !self.boolean()? {
            return Err(CodecError::mismatch("{\"NULL\":true}", "{\"NULL\":false}"));
        }
        self.close()
    }

    /// Reads a NULL if one stands here, and says whether it did.
    pub(super) fn null_value(&mut self) -> Result<bool, CodecError> {
        // A tag of one letter in plain sight, as nearly always.
        if let Some([b'{', b'"', letter, b'"', b':']) = self.rest().first_chunk()
            && letter.is_ascii_uppercase()
        {
            return Ok(false);
        }
        let mut ahead = self.clone();
        // A malformed value is for whoever reads it next to complain about.
        if !ahead.tag().is_ok_and(|kind| kind == Kind::Null) {
            return Ok(false);
        }
        ahead.null_payload()?;
        *self = ahead;
        Ok(true)
    }
}

/// A number's text as a float. Only what `Numeral` reads is a number: `parse` alone would take `inf` and `nan`.
pub(super) fn float<T: std::str::FromStr>(text: &str, is_finite: fn(&T) -> bool) -> Result<T, CodecError> {
    let plausible = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    match text.parse() {
        Ok(value) if plausible && is_finite(&value) => Ok(value),
        Ok(_) if plausible => Err(CodecError::mismatch("a number (N) that fits a float", "a larger number")),
        _ => Err(numeral::malformed()),
    }
}
