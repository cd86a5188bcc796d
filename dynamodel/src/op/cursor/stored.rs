//! Cursors and checkpoints as serde sees them: versioned, and taken apart, so that nothing else can come in with a key.

use super::{Cursor, FINGERPRINT};
use crate::wire::{self, Reader};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// The form that is written. Others are refused, so that a new version of this library can change it.
pub(crate) const VERSION: u8 = 1;

/// A key attribute: its name, its type and its text.
pub(crate) type KeyParts = Vec<(String, String, String)>;

/// Takes a key apart.
pub(crate) fn key_parts(key: &str) -> KeyParts {
    let mut parts = Vec::with_capacity(2);
    // The library wrote it, so it can be read.
    let _written = Reader::from_str(key).object(|reader, name| {
        reader.object(|reader, tag| {
            parts.push((name.to_owned(), tag.to_owned(), reader.string()?.into_owned()));
            Ok(())
        })
    });
    parts
}

/// `{"PK":{"S":".."},"SK":{"S":".."}}`
pub(crate) fn key_json<'a>(parts: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>) -> String {
    let mut out = vec![b'{'];
    for (name, tag, text) in parts {
        if out.len() > 1 {
            out.push(b',');
        }
        wire::write_string(&mut out, name);
        out.extend_from_slice(b":{");
        wire::write_string(&mut out, tag);
        out.push(b':');
        wire::write_string(&mut out, text);
        out.push(b'}');
    }
    out.push(b'}');
    // It was made of text.
    String::from_utf8(out).unwrap_or_default()
}

/// The same of parts that were stored.
pub(crate) fn key_of_parts(parts: &KeyParts) -> String {
    key_json(parts.iter().map(|(name, tag, text)| (name.as_str(), tag.as_str(), text.as_str())))
}

/// What tells queries and scans apart, as text.
pub(crate) fn fingerprint_text(fingerprint: &[u8; FINGERPRINT]) -> String {
    URL_SAFE_NO_PAD.encode(fingerprint)
}

/// The same back.
pub(crate) fn fingerprint_of(text: &str) -> Result<[u8; FINGERPRINT], &'static str> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok();
    bytes.and_then(|bytes| bytes.try_into().ok()).ok_or("this is not a place in a read by this library")
}

/// Refuses other versions.
pub(crate) fn check_version(version: u8) -> Result<(), &'static str> {
    if version == VERSION { Ok(()) } else { Err("another version of the library wrote this; begin at the beginning") }
}

/// A cursor.
#[derive(Serialize, Deserialize)]
pub(super) struct Stored {
    version: u8,
    query: String,
    previous: bool,
    key: Option<KeyParts>,
}

impl From<Cursor> for Stored {
    fn from(cursor: Cursor) -> Self {
        Self {
            version: VERSION,
            query: fingerprint_text(&cursor.query),
            previous: cursor.previous,
            key: cursor.key.as_deref().map(key_parts),
        }
    }
}

impl TryFrom<Stored> for Cursor {
    type Error = &'static str;

    fn try_from(stored: Stored) -> Result<Self, Self::Error> {
        check_version(stored.version)?;
        let query = fingerprint_of(&stored.query)?;
        Ok(Self { key: stored.key.as_ref().map(key_of_parts), previous: stored.previous, query })
    }
}
