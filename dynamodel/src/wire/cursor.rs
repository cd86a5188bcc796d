//! The reader's small steps: what stands here, over it, and how deep.

use super::error::CodecError;
use super::reader::Reader;
use super::scan;
use std::borrow::Cow;

/// How many JSON objects and arrays may stand inside each other: DynamoDB's 32 levels take two each, the rest is room
/// for a response's envelope.
const MAX_JSON_DEPTH: u8 = 128;

impl<'de> Reader<'de> {
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
    pub(super) fn eat(&mut self, byte: u8, what: &'static str) -> Result<(), CodecError> {
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
        match self.plain_string() {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.escaped_string(),
        }
    }

    /// The same where the string holds no escapes; else nothing is read.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "on the path of every string: measured")]
    pub(super) fn plain_string(&mut self) -> Option<&'de str> {
        let rest = self.rest();
        let run = scan::plain_run(rest);
        if rest.get(run) != Some(&b'"') {
            return None;
        }
        let text = self.text.get(self.at..self.at + run)?;
        self.at += run + 1;
        Some(text)
    }

    /// A member's name and the colon after it.
    #[inline]
    pub(super) fn name(&mut self) -> Result<Cow<'de, str>, CodecError> {
        self.eat(b'"', "a name in quotes")?;
        let name = self.string_body()?;
        self.eat(b':', "`:`")?;
        Ok(name)
    }

    /// After a member: `,"name":` if that is what stands here, with a value behind it, and no whitespace nor escapes
    /// anywhere; else nothing is read.
    #[inline]
    pub(super) fn next_plain_name(&mut self) -> Option<&'de str> {
        let [b',', b'"', rest @ ..] = self.rest() else { return None };
        let run = scan::plain_run(rest);
        let [b'"', b':', b'{', ..] = rest.get(run..)? else { return None };
        let start = self.at + 2;
        let name = self.text.get(start..start + run)?;
        self.at = start + run + 2;
        Some(name)
    }

    /// After an opening bracket: whether an element follows; else the bracket is closed.
    #[inline]
    pub(super) fn first(&mut self, close: u8) -> bool {
        let empty = self.peek() == Some(close);
        if empty {
            self.at += 1;
        }
        !empty
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
