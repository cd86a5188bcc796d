//! Base64 as DynamoDB uses it: the standard alphabet with padding, read strictly.

use super::error::CodecError;
use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;

/// Bytes per step of [`encode`]: a multiple of three, so that padding occurs at the end only.
const STEP: usize = 768;

/// Appends the Base64 text of the bytes.
pub(super) fn encode(out: &mut Vec<u8>, bytes: &[u8]) {
    let mut text = [0; STEP / 3 * 4];
    out.reserve(bytes.len().div_ceil(3) * 4);
    for step in bytes.chunks(STEP) {
        // `text` holds any step's text, so this cannot fail.
        if let Ok(written) = STANDARD.encode_slice(step, &mut text) {
            out.extend_from_slice(text.get(..written).unwrap_or_default());
        }
    }
}

/// The bytes that a Base64 text stands for.
pub(super) fn decode(text: &str) -> Result<Vec<u8>, CodecError> {
    STANDARD
        .decode(text)
        .map_err(|fault| CodecError::mismatch("Base64 text with padding", format!("malformed Base64: {fault}")))
}

/// The number of bytes that a Base64 text stands for, never more than the text has.
pub(super) fn decoded_len(text: &str) -> usize {
    let digits = text.trim_end_matches('=').len();
    digits / 4 * 3 + (digits % 4).saturating_sub(1)
}
