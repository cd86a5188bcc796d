//! Reading JSON strings that hold escapes: off the fast path, out of line.

use super::error::CodecError;
use super::reader::Reader;
use super::scan;
use std::borrow::Cow;

impl<'de> Reader<'de> {
    /// The text of a string and its closing quote, escapes or whatever else it may hold.
    #[cold]
    #[inline(never)]
    pub(super) fn escaped_string(&mut self) -> Result<Cow<'de, str>, CodecError> {
        let mut text = String::new();
        loop {
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Cow::Owned(text));
                }
                Some(b'\\') => {
                    self.at += 1;
                    text.push(self.escape()?);
                }
                Some(0..0x20) => return Err(self.unexpected("a string's text")),
                Some(_) => {
                    let run = scan::plain_run(self.rest());
                    text.push_str(self.slice(self.at, self.at + run));
                    self.at += run;
                }
                None => return Err(self.unexpected("the end of a string")),
            }
        }
    }

    /// The character that an escape stands for; the backslash is behind us.
    fn escape(&mut self) -> Result<char, CodecError> {
        let character = match self.byte() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'u') => {
                self.at += 1;
                return self.code_point();
            }
            _ => return Err(self.unexpected("an escape")),
        };
        self.at += 1;
        Ok(character)
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
