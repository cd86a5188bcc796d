//! The brackets of lists and maps, and how deep they may go.

use super::super::MAX_DEPTH;
use super::super::error::CodecError;
use super::super::text;

/// The depth inside a list or a map that stands at this depth.
#[inline]
pub(super) fn deeper(depth: u8) -> Result<u8, CodecError> {
    if depth < MAX_DEPTH {
        return Ok(depth + 1);
    }
    Err(CodecError::mismatch("at most 32 levels of nesting", "deeper nesting"))
}

/// Opens the map with one entry that holds an enum's variant.
pub(super) fn open_variant(out: &mut Vec<u8>, variant: &str) -> Result<(), CodecError> {
    if variant.is_empty() {
        return Err(super::key::empty());
    }
    out.extend_from_slice(b"{\"M\":{");
    name(out, true, variant);
    Ok(())
}

/// A member's name and the colon after it, with a comma before unless it is the first.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "a field's name is a constant: where it is inlined, nothing of it is left to scan"
)]
pub(super) fn name(out: &mut Vec<u8>, first: bool, name: &str) {
    if first {
        out.push(b'"');
    } else {
        out.extend_from_slice(b",\"");
    }
    text::escape(out, name);
    out.extend_from_slice(b"\":");
}

/// Closes the two brackets of a map.
#[inline]
pub(super) fn close_map(out: &mut Vec<u8>) {
    out.extend_from_slice(b"}}");
}
