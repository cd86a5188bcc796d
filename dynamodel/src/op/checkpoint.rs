//! How far a scan has come: a value to keep, and to go on from.

use super::cursor::{
    FINGERPRINT, KeyParts, VERSION, check_version, fingerprint_of, fingerprint_text, key_of_parts, key_parts,
};
use crate::error::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far a scan has come, after some page.
///
/// Keep it anywhere (it is serde's to write and read) and give it to
/// [`Scan::resume_from`](crate::op::Scan::resume_from) to go on: no item is left out, and none of the pages before
/// comes again. It belongs to the scan that gave it: its table, item type, filter and number of segments; another scan
/// refuses it ([`ErrorKind::InvalidCursor`]). It is neither signed nor encrypted, and holds keys of the table: it is
/// for your own storage, not for browsers.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let shop = Shop::embedded().await?;
/// # for id in ["s1", "s2", "s3"] { shop.create(&Session::sample("u1", id)).await?; }
/// use dynamodel::op::ScanCheckpoint;
///
/// let mut pages = shop.scan::<Session>().limit(2).pages();
/// let page = pages.next().await.expect("a first page")?;
/// let kept = serde_json::to_string(&page.checkpoint)?;
///
/// let checkpoint: ScanCheckpoint = serde_json::from_str(&kept)?;
/// let rest = shop.scan::<Session>().resume_from(checkpoint).collect().await?;
/// assert_eq!(page.items.len() + rest.len(), 3);
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct ScanCheckpoint {
    /// Which scan it belongs to.
    scan: [u8; FINGERPRINT],
    segments: u32,
    /// The first segment that has not begun.
    next: u32,
    /// The segments that were begun and have not ended, each with the key that it goes on after.
    open: BTreeMap<u32, Option<String>>,
}

impl ScanCheckpoint {
    pub(crate) fn beginning(scan: [u8; FINGERPRINT], segments: u32) -> Self {
        Self { scan, segments, next: 0, open: BTreeMap::new() }
    }

    /// Whether nothing is left to read.
    pub fn is_done(&self) -> bool {
        self.next >= self.segments && self.open.is_empty()
    }

    /// Into how many segments the table is cut.
    pub fn segments(&self) -> u32 {
        self.segments
    }

    /// How many of them have been read to their end.
    pub fn segments_done(&self) -> u32 {
        self.next.saturating_sub(u32::try_from(self.open.len()).unwrap_or(u32::MAX))
    }

    /// Makes sure that it belongs to the scan, and can be.
    pub(crate) fn check(&self, scan: &[u8; FINGERPRINT], segments: u32) -> Result<()> {
        let possible = self.next <= self.segments && self.open.keys().all(|segment| *segment < self.next);
        if self.scan == *scan && self.segments == segments && possible {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::InvalidCursor,
            "the checkpoint is another scan's: it goes with the table, item type, filter and number of segments that it came from",
        ))
    }

    /// A segment to work on that is not under way, and the key that it goes on after.
    pub(crate) fn begin(&mut self, under_way: impl Fn(u32) -> bool) -> Option<(u32, Option<String>)> {
        if let Some((segment, after)) = self.open.iter().find(|(segment, _)| !under_way(**segment)) {
            return Some((*segment, after.clone()));
        }
        let segment = self.next;
        (segment < self.segments).then(|| {
            self.next = segment.saturating_add(1);
            self.open.insert(segment, None);
            (segment, None)
        })
    }

    /// A page of the segment was given out; `None`: its last one.
    pub(crate) fn passed(&mut self, segment: u32, after: Option<String>) {
        match after {
            Some(key) => self.open.insert(segment, Some(key)),
            None => self.open.remove(&segment),
        };
    }
}

/// A checkpoint as serde sees it.
#[derive(Serialize, Deserialize)]
struct Stored {
    version: u8,
    scan: String,
    segments: u32,
    next: u32,
    open: Vec<(u32, Option<KeyParts>)>,
}

impl From<ScanCheckpoint> for Stored {
    fn from(checkpoint: ScanCheckpoint) -> Self {
        let open = checkpoint.open.into_iter().map(|(segment, key)| (segment, key.as_deref().map(key_parts)));
        Self {
            version: VERSION,
            scan: fingerprint_text(&checkpoint.scan),
            segments: checkpoint.segments,
            next: checkpoint.next,
            open: open.collect(),
        }
    }
}

impl TryFrom<Stored> for ScanCheckpoint {
    type Error = &'static str;

    fn try_from(stored: Stored) -> Result<Self, Self::Error> {
        check_version(stored.version)?;
        let open = stored.open.iter().map(|(segment, key)| (*segment, key.as_ref().map(key_of_parts))).collect();
        Ok(Self { scan: fingerprint_of(&stored.scan)?, segments: stored.segments, next: stored.next, open })
    }
}
