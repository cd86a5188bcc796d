//! Reading JSON strings that hold escapes: off the fast path, out of line.

use super::error::CodecError;
use super::reader::Reader;
use super::{escapes, scan};
use std::borrow::Cow;

/// How many bytes are looked at together.
const WORD: usize = 8;

impl<'de> Reader<'de> {
    /// The text of a string and its closing quote, escapes or whatever else it may hold.
    #[cold]
    #[inline(never)]
    pub(super) fn escaped_string(&mut self) -> Result<Cow<'de, str>, CodecError> {
        // And a word more, for what is copied too much.
        let mut text = String::with_capacity(self.written_length() + WORD);
        loop {
            self.copy_plain(&mut text);
            match self.rest() {
                [b'\\', letter, ..] => match escapes::unescaped(*letter) {
                    Some(character) => {
                        self.at += 2;
                        text.push(char::from(character));
                    }
                    None => {
                        self.at += 1;
                        text.push(self.escape()?);
                    }
                },
                [b'"', ..] => {
                    self.at += 1;
                    return Ok(Cow::Owned(text));
                }
                [] => return Err(self.unexpected("the end of a string")),
                [..] => return Err(self.unexpected("a string's text")),
            }
        }
    }

    /// Copies what stands for itself. Between escapes there is little text: copying whole words and taking the surplus back
    /// is faster than finding out first how much to copy.
    #[inline]
    fn copy_plain(&mut self, text: &mut String) {
        // Of a word that ends in the middle of a character nothing is had.
        while let Some(word) = self.text.get(self.at..self.at + WORD) {
            text.push_str(word);
            let run = word.as_bytes().first_chunk().map_or(0, |word| scan::word_run(*word));
            self.at += run;
            if run < WORD {
                text.truncate(text.len() - (WORD - run));
                return;
            }
        }
        let run = scan::plain_run(self.rest());
        text.push_str(self.slice(self.at, self.at + run));
        self.at += run;
    }

    /// How long the string is as it is written: its text is no longer, so that this much room is enough.
    fn written_length(&self) -> usize {
        let rest = self.rest();
        let mut at = 0;
        // A quote ends it, unless an odd number of backslashes stands before it.
        while let Some(quote) = rest.get(at..).and_then(scan::quote) {
            at += quote;
            let before = rest.get(..at).unwrap_or_default();
            if before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 0 {
                break;
            }
            at += 1;
        }
        at
    }

    /// The character that an escape of more than one letter stands for; the backslash is behind us.
    fn escape(&mut self) -> Result<char, CodecError> {
        if self.byte() != Some(b'u') {
            return Err(self.unexpected("an escape"));
        }
        self.at += 1;
        self.code_point()
    }

    /// One code point from the four digits after `\u`, or from two such escapes that are a surrogate pair.
    fn code_point(&mut self) -> Result<char, CodecError> {
        let first = self.hex4()?;
        let code = if (0xD800..0xDC00).contains(&first) {
            if !self.rest().starts_with(b"\\u") {
                return Err(CodecError::mismatch("the second half of a surrogate pair", "a lone surrogate"));
            }
            self.at += 2;
            let second = self.hex4()?;
            if !(0xDC00..0xE000).contains(&second) {
                return Err(CodecError::mismatch("the second half of a surrogate pair", "a lone surrogate"));
            }
            0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00)
        } else {
            first
        };
        char::from_u32(code).ok_or_else(|| CodecError::mismatch("a character", "a lone surrogate"))
    }

    fn hex4(&mut self) -> Result<u32, CodecError> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit else { return Err(self.unexpected("four hexadecimal digits")) };
            code = code << 4 | digit;
            self.at += 1;
        }
        Ok(code)
    }
}
