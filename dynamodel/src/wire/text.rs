//! Writing JSON strings, and the attribute values that are one string on the wire.

use super::error::CodecError;
use super::{base64, escapes, scan};
use std::fmt;

/// Writes a JSON string, quoted and escaped.
#[inline]
pub fn write_string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    escape(out, text);
    out.push(b'"');
}

/// Writes a string value, `{"S":"…"}`.
#[inline]
pub fn write_s(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(b"{\"S\":\"");
    escape(out, text);
    out.extend_from_slice(b"\"}");
}

/// Writes a number value, `{"N":"…"}`. The text is taken as it is: it must be a number's.
#[inline]
pub fn write_n(out: &mut Vec<u8>, digits: &str) {
    out.extend_from_slice(b"{\"N\":\"");
    escape(out, digits);
    out.extend_from_slice(b"\"}");
}

/// Writes a binary value, `{"B":"…"}`, in Base64.
pub fn write_b(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(b"{\"B\":\"");
    base64::encode(out, bytes);
    out.extend_from_slice(b"\"}");
}

/// Writes the inside of a JSON string.
#[inline]
pub(super) fn escape(out: &mut Vec<u8>, text: &str) {
    if scan::is_plain(text.as_bytes()) {
        out.extend_from_slice(text.as_bytes());
    } else {
        escape_each(out, text.as_bytes());
    }
}

#[cold]
#[inline(never)]
fn escape_each(out: &mut Vec<u8>, mut bytes: &[u8]) {
    // Text with escapes tends to have many.
    out.reserve(bytes.len() + bytes.len() / 8);
    loop {
        bytes = copy_plain(out, bytes);
        let Some((special, rest)) = bytes.split_first() else { return };
        match escapes::escape_of(*special) {
            Some(letter) => out.extend_from_slice(&[b'\\', letter]),
            None => {
                out.extend_from_slice(b"\\u00");
                out.push(hex(special >> 4));
                out.push(hex(special & 15));
            }
        }
        bytes = rest;
    }
}

/// Copies what can be written as it is, and gives the rest. Between escapes there is little text: copying whole
/// words and taking the surplus back is faster than finding out first how much to copy.
#[inline]
fn copy_plain<'a>(out: &mut Vec<u8>, mut bytes: &'a [u8]) -> &'a [u8] {
    while let Some((word, rest)) = bytes.split_first_chunk::<8>() {
        out.extend_from_slice(word);
        let run = scan::word_run(*word);
        if run < word.len() {
            out.truncate(out.len() - (word.len() - run));
            return bytes.get(run..).unwrap_or_default();
        }
        bytes = rest;
    }
    let (plain, rest) = bytes.split_at_checked(scan::plain_run(bytes)).unwrap_or_default();
    out.extend_from_slice(plain);
    rest
}

const fn hex(nibble: u8) -> u8 {
    if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 }
}

/// Writes what a value displays as the inside of a JSON string, without a text of its own in between.
pub(super) fn display<T: fmt::Display + ?Sized>(out: &mut Vec<u8>, value: &T) -> Result<(), CodecError> {
    struct Escaped<'a>(&'a mut Vec<u8>);
    impl fmt::Write for Escaped<'_> {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            escape(self.0, text);
            Ok(())
        }
    }
    fmt::write(&mut Escaped(out), format_args!("{value}"))
        .map_err(|_| CodecError::new("a value refused to be displayed"))
}
