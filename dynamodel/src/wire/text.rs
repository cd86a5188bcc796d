//! Writing JSON strings, and the attribute values that are one string on the wire.

use super::error::CodecError;
use super::{base64, scan};
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
    while let Some((plain, rest)) = bytes.split_at_checked(scan::plain_run(bytes)) {
        out.extend_from_slice(plain);
        let Some((special, rest)) = rest.split_first() else { return };
        match special {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            control => {
                out.extend_from_slice(b"\\u00");
                out.push(hex(control >> 4));
                out.push(hex(control & 15));
            }
        }
        bytes = rest;
    }
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
