//! Items in other crates' types, written as the DynamoDB JSON that reads decode.

use crate::wire;

/// `{"TAG":…}`
pub(super) fn tagged(tag: &str, out: &mut Vec<u8>, content: impl FnOnce(&mut Vec<u8>)) {
    out.push(b'{');
    wire::write_string(out, tag);
    out.push(b':');
    content(out);
    out.push(b'}');
}

/// `[…]`
pub(super) fn array<V>(
    values: impl IntoIterator<Item = V>,
    out: &mut Vec<u8>,
    mut element: impl FnMut(V, &mut Vec<u8>),
) {
    out.push(b'[');
    for (at, value) in values.into_iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        element(value, out);
    }
    out.push(b']');
}

/// `{"name":…,…}`
pub(super) fn members<'v, V: 'v>(
    members: impl IntoIterator<Item = (&'v String, &'v V)>,
    out: &mut Vec<u8>,
    mut value: impl FnMut(&V, &mut Vec<u8>),
) {
    out.push(b'{');
    for (at, (name, member)) in members.into_iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        wire::write_string(out, name);
        out.push(b':');
        value(member, out);
    }
    out.push(b'}');
}

/// `true` or `false`.
pub(super) fn boolean(value: bool, out: &mut Vec<u8>) {
    out.extend_from_slice(if value { b"true" } else { b"false" });
}

/// Binary data, as base64 text.
pub(super) fn binary(bytes: &[u8], out: &mut Vec<u8>) {
    use base64::Engine as _;
    wire::write_string(out, &base64::engine::general_purpose::STANDARD.encode(bytes));
}

/// The JSON that was written, as text.
pub(super) fn text(out: &[u8]) -> String {
    String::from_utf8_lossy(out).into_owned()
}
