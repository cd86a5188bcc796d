//! Cursors as text for other hands: signed, small, and good for nothing but their query.

use super::stored::{key_json, key_parts};
use super::{Cursor, FINGERPRINT};
use crate::error::{Error, ErrorKind, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// The form of tokens. Tokens of other forms are refused, so that a new version of this library can change it.
const VERSION: u8 = 1;

/// HMAC-SHA-256, cut to 128 bits.
const SIGNATURE: usize = 16;

/// A secret of so many bytes cannot be guessed.
const SHORTEST_SECRET: usize = 16;

const PREVIOUS: u8 = 1;
const KEYED: u8 = 2;
const EXPIRING: u8 = 4;

/// The secret by which cursors are sealed for web clients, who hand them back with their next request.
///
/// A sealed cursor is URL-safe text, not much longer than the sort key in it. It belongs to its query, as every [`Cursor`] does, and shows when
/// it was tampered with; it is signed, not encrypted, and holds the sort key at which the page ended.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
/// # let shop = Shop::embedded().await?;
/// use dynamodel::CursorKey;
///
/// let cursors = CursorKey::new("a secret of the application's own")?;
/// # for id in ["s1", "s2"] { shop.create(&Session::sample("u1", id)).await?; }
/// let page = shop.query(Session::of_user("u1")).limit(1).await?;
/// let token: Option<String> = page.next.as_ref().map(|next| cursors.seal(next)); // to the browser
///
/// let cursor = cursors.open(&token.unwrap_or_default())?; // from the browser
/// let second = shop.query(Session::of_user("u1")).limit(1).start_at(cursor).await?;
/// assert_eq!(second.items[0].session_id, "s2");
/// assert!(cursors.open("forged").unwrap_err().is_invalid_cursor());
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct CursorKey {
    /// The first one seals, any one opens.
    secrets: Vec<Hmac<Sha256>>,
}

impl CursorKey {
    /// A key from a secret that all instances of the application share.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] when it is shorter than 16 bytes.
    pub fn new(secret: impl AsRef<[u8]>) -> Result<Self> {
        Ok(Self { secrets: vec![keyed(secret.as_ref())?] })
    }

    /// Also opens what was sealed with an older secret: for the time in which both are about.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn or(mut self, older: impl AsRef<[u8]>) -> Result<Self> {
        self.secrets.push(keyed(older.as_ref())?);
        Ok(self)
    }

    /// The cursor as text.
    pub fn seal(&self, cursor: &Cursor) -> String {
        self.sealed(cursor, None)
    }

    /// The cursor as text that cannot be opened any more from then on.
    pub fn seal_until(&self, cursor: &Cursor, expiry: SystemTime) -> String {
        self.sealed(cursor, Some(expiry))
    }

    /// The cursor that was sealed.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidCursor`] when the text is none of these, was changed, was sealed with another secret, or has
    /// expired.
    pub fn open(&self, token: &str) -> Result<Cursor> {
        self.open_at(token, SystemTime::now())
    }

    /// The same as if it were `now`: for tests, and for applications with a clock of their own.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_at(&self, token: &str, now: SystemTime) -> Result<Cursor> {
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| invalid("was not made by this application"))?;
        let split = bytes.len().checked_sub(SIGNATURE).and_then(|at| bytes.split_at_checked(at));
        let (payload, signature) = split.ok_or_else(|| invalid("was not made by this application"))?;
        let signed =
            |secret: &Hmac<Sha256>| secret.clone().chain_update(payload).verify_truncated_left(signature).is_ok();
        if !self.secrets.iter().any(signed) {
            return Err(invalid("was changed, or sealed with another secret"));
        }
        let (cursor, expiry) = unpack(payload).ok_or_else(|| invalid("was sealed by another version"))?;
        if expiry.is_some_and(|expiry| expiry <= seconds(now)) {
            return Err(invalid("has expired"));
        }
        Ok(cursor)
    }

    fn sealed(&self, cursor: &Cursor, expiry: Option<SystemTime>) -> String {
        let mut bytes = pack(cursor, expiry);
        if let Some(secret) = self.secrets.first() {
            let signature = secret.clone().chain_update(&bytes).finalize().into_bytes();
            bytes.extend(signature.iter().take(SIGNATURE));
        }
        URL_SAFE_NO_PAD.encode(bytes)
    }
}

impl fmt::Debug for CursorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CursorKey")
    }
}

fn keyed(secret: &[u8]) -> Result<Hmac<Sha256>> {
    if secret.len() >= SHORTEST_SECRET
        && let Ok(keyed) = Hmac::new_from_slice(secret)
    {
        return Ok(keyed);
    }
    let message = format!(
        "the cursors' secret has {} bytes, and {SHORTEST_SECRET} are the least: take 32 random ones",
        secret.len()
    );
    Err(Error::new(ErrorKind::Configuration, message))
}

fn invalid(why: &str) -> Error {
    Error::new(ErrorKind::InvalidCursor, format!("the cursor {why}: begin at the first page"))
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Version, flags, query, expiry, and the key attribute by attribute: name, type and text, each behind its length.
fn pack(cursor: &Cursor, expiry: Option<SystemTime>) -> Vec<u8> {
    let flag = |is: bool, flag: u8| if is { flag } else { 0 };
    let flags = flag(cursor.previous, PREVIOUS) | flag(cursor.key.is_some(), KEYED) | flag(expiry.is_some(), EXPIRING);
    let mut out = vec![VERSION, flags];
    out.extend_from_slice(&cursor.query);
    if let Some(expiry) = expiry {
        out.extend_from_slice(&seconds(expiry).to_be_bytes());
    }
    if let Some(key) = &cursor.key {
        for (name, tag, text) in key_parts(key) {
            push(&mut out, &name);
            push(&mut out, &tag);
            push(&mut out, &text);
        }
    }
    out
}

fn push(out: &mut Vec<u8>, text: &str) {
    // A key attribute has 2,048 bytes at most.
    out.extend_from_slice(&u16::try_from(text.len()).unwrap_or(u16::MAX).to_be_bytes());
    out.extend_from_slice(text.as_bytes());
}

fn unpack(payload: &[u8]) -> Option<(Cursor, Option<u64>)> {
    let ([VERSION, flags], rest) = payload.split_first_chunk::<2>()? else { return None };
    let (query, mut rest) = rest.split_first_chunk::<FINGERPRINT>()?;
    let expiry = if flags & EXPIRING == 0 {
        None
    } else {
        let (expiry, after) = rest.split_first_chunk()?;
        rest = after;
        Some(u64::from_be_bytes(*expiry))
    };
    let mut parts = Vec::with_capacity(2);
    while !rest.is_empty() {
        parts.push((pull(&mut rest)?, pull(&mut rest)?, pull(&mut rest)?));
    }
    let key = (flags & KEYED != 0).then(|| key_json(parts));
    Some((Cursor { key, previous: flags & PREVIOUS != 0, query: *query }, expiry))
}

fn pull<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let (length, after) = rest.split_first_chunk()?;
    let (text, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    *rest = after;
    std::str::from_utf8(text).ok()
}
