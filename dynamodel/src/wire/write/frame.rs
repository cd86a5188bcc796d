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
pub(super) fn open_variant(out: &mut Vec<u8>, variant: &str) {
    out.extend_from_slice(b"{\"M\":{");
    name(out, variant);
}

/// A member's name and the colon after it.
#[inline]
pub(super) fn name(out: &mut Vec<u8>, name: &str) {
    text::write_string(out, name);
    out.push(b':');
}

/// Closes the two brackets of a map.
#[inline]
pub(super) fn close_map(out: &mut Vec<u8>) {
    out.extend_from_slice(b"}}");
}
