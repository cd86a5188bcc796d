//! Passing over JSON values without reading them, and taking their text as it stands.

use super::error::CodecError;
use super::reader::Reader;

impl<'de> Reader<'de> {
    /// Passes over the next value, whatever it is; its syntax is checked.
    ///
    /// # Errors
    ///
    /// When no well-formed value stands here, or it is nested too deeply.
    pub fn skip(&mut self) -> Result<(), CodecError> {
        // The key attributes, which every item has, are passed over.
        let start = self.at;
        if self.take(b"{\"S\":\"") && self.plain_string().is_some() && self.take(b"}") {
            return Ok(());
        }
        self.at = start;
        match self.peek() {
            Some(b'"') => self.skip_string("a string"),
            Some(b'{') => {
                self.enter(1)?;
                self.at += 1;
                let mut more = self.first(b'}');
                while more {
                    self.skip_string("a name in quotes")?;
                    self.eat(b':', "`:`")?;
                    self.skip()?;
                    more = self.next(b'}')?;
                }
                self.leave(1);
                Ok(())
            }
            Some(b'[') => self.array(Self::skip),
            Some(b't' | b'f') => self.boolean().map(drop),
            Some(b'n') if self.take(b"null") => Ok(()),
            Some(b'-' | b'0'..=b'9') => self.number().map(drop),
            _ => Err(self.unexpected("a value")),
        }
    }

    /// The text of the next value; its syntax is checked.
    ///
    /// # Errors
    ///
    /// When no well-formed value stands here, or it is nested too deeply.
    pub fn raw(&mut self) -> Result<&'de str, CodecError> {
        self.peek();
        let start = self.at;
        self.skip()?;
        Ok(self.slice(start, self.at))
    }

    /// The text of a bare JSON number, as counts and capacity units are.
    ///
    /// # Errors
    ///
    /// When no number stands here.
    pub fn number(&mut self) -> Result<&'de str, CodecError> {
        self.peek();
        let start = self.at;
        self.take(b"-");
        if !self.take(b"0") {
            self.skip_digits()?;
        }
        if self.take(b".") {
            self.skip_digits()?;
        }
        if self.take(b"e") || self.take(b"E") {
            let _signed = self.take(b"-") || self.take(b"+");
            self.skip_digits()?;
        }
        Ok(self.slice(start, self.at))
    }

    fn skip_digits(&mut self) -> Result<(), CodecError> {
        let run = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        if run == 0 {
            return Err(self.unexpected("a digit"));
        }
        self.at += run;
        Ok(())
    }

    #[inline]
    fn skip_string(&mut self, what: &'static str) -> Result<(), CodecError> {
        self.eat(b'"', what)?;
        self.string_body().map(drop)
    }
}
