//! One shard, with the poller's position in it.

use super::requests::{Shard, StartAt};
use super::{Bookmark, ShardPosition};
use std::collections::HashMap;

/// Seconds that a record lives in its stream.
const DAY: u64 = 24 * 3600;
/// Seconds by which the clocks of the program and of DynamoDB may differ: with a greater difference DynamoDB refuses the requests'
/// signatures. Records within this margin are handed over rather than lost.
const MARGIN: u64 = 15 * 60;
/// How many iterators in a row may lead to no page.
const RESTARTS: u32 = 4;

/// A shard, with the poller's position in it.
pub(super) struct TrackedShard<B> {
    pub(super) shard: Shard,
    /// With the stored version, as far as it is known.
    pub(super) bookmark: B,
    /// The stored position, as far as it is known.
    stored: Option<ShardPosition>,
    /// Positions that were sent after it, of which one may be stored.
    sent: Vec<ShardPosition>,
    /// After the last record that was handled or passed over: ahead of the saved position while there were only records of bookmarks.
    at: StartAt,
    /// From when on everything is to be handed over, as long as it is not known after which record that is.
    since: Option<u64>,
    /// Before when everything is to be passed over, until a record was handed over.
    not_before: Option<u64>,
    /// When the shard was last known to be open: its children, and all their records, are younger.
    pub(super) open_at: Option<u64>,
    pub(super) finished: bool,
    /// Where the next page begins. An iterator is a fixed position, and is kept until it has led to a page or has expired.
    pub(super) iterator: Option<String>,
    /// Whether the position is to be saved.
    pub(super) unsaved: bool,
    /// Whether the last page was a gap.
    pub(super) gap: bool,
    /// Transient faults in a row.
    pub(super) tries: u32,
    restarts: u32,
}

impl<B: Bookmark> TrackedShard<B> {
    /// A shard in which this consumer has a position.
    pub(super) fn known(shard: Shard, bookmark: B) -> Self {
        let position = bookmark.position().clone();
        Self {
            shard,
            bookmark,
            at: position.after.clone().map_or(StartAt::TrimHorizon, StartAt::After),
            since: position.since,
            // Without a time it is unknown which records are older: then nothing is passed over.
            not_before: position.since.filter(|_| position.from_latest),
            open_at: position.since,
            finished: position.finished,
            stored: Some(position),
            sent: Vec::new(),
            iterator: None,
            unsaved: false,
            gap: false,
            tries: 0,
            restarts: 0,
        }
    }

    /// A shard that is new to this consumer.
    pub(super) fn new(shard: Shard, bookmark: B, now: u64) -> Self {
        Self { stored: None, since: Some(now), open_at: Some(now), ..Self::known(shard, bookmark) }
    }

    /// Everything in it was written after this second, and is to be handed over.
    pub(super) fn hand_over_since(&mut self, since: u64) {
        self.since = Some(since);
        if !self.shard.open {
            self.open_at = Some(since);
        }
    }

    /// It begins with the records that are written from then on.
    pub(super) fn begin_latest(&mut self, since: u64) {
        (self.since, self.not_before) = (Some(since), Some(since));
    }

    pub(super) fn at(&self) -> &StartAt {
        &self.at
    }

    /// The sequence number of the last record that was handled or passed over.
    pub(super) fn after(&self) -> Option<&str> {
        match &self.at {
            StartAt::After(after) => Some(after),
            StartAt::TrimHorizon | StartAt::Latest => None,
        }
    }

    /// Whether its position is stored.
    pub(super) fn is_stored(&self) -> bool {
        self.stored.is_some()
    }

    /// Whether a record of this second was written before the consumer began.
    pub(super) fn is_early(&self, second: Option<u64>) -> bool {
        let bound = self.not_before.map(|since| since.saturating_sub(MARGIN));
        bound.zip(second).is_some_and(|(bound, second)| second < bound)
    }

    /// Whether records may have been trimmed although there is no sequence number by which DynamoDB would notice that.
    pub(super) fn may_be_trimmed(&self, now: u64) -> bool {
        let since = self.since.filter(|_| self.at == StartAt::TrimHorizon && self.iterator.is_none() && !self.gap);
        since.is_some_and(|since| now.saturating_sub(since) >= DAY)
    }

    /// A record was handled or passed over.
    pub(super) fn advance(&mut self, sequence: &str, handed: bool, own: bool) {
        // Saving a position makes a record itself: if there are only such records, nothing is saved, or it would never end. But the
        // first record of a shard is saved: it is a position that stays valid when iterators expire.
        let first = self.stored.as_ref().is_none_or(|stored| stored.after.is_none());
        self.unsaved |= !own || first;
        self.at = StartAt::After(sequence.to_owned());
        // So that the page is not read again from its beginning.
        self.iterator = None;
        self.not_before = self.not_before.filter(|_| !handed);
    }

    /// The next records were trimmed: it continues with the oldest ones.
    pub(super) fn skip_gap(&mut self, now: u64) {
        (self.at, self.since, self.not_before) = (StartAt::TrimHorizon, Some(now), None);
        (self.iterator, self.gap, self.unsaved) = (None, true, true);
    }

    /// A page was read.
    pub(super) fn page_was_read(&mut self) {
        (self.restarts, self.gap) = (0, false);
    }

    /// The iterator is unusable. Whether to ask for another one at once.
    pub(super) fn restart(&mut self) -> bool {
        self.iterator = None;
        self.restarts += 1;
        self.restarts < RESTARTS
    }

    /// The current position.
    fn position(&self, writer: &str) -> ShardPosition {
        let after = self.after().map(str::to_owned);
        ShardPosition {
            since: self.not_before.or(if after.is_none() && !self.finished { self.since } else { self.open_at }),
            after,
            finished: self.finished,
            from_latest: self.not_before.is_some(),
            stream: None,
            writer: Some(writer.to_owned()),
        }
    }

    /// Moves the bookmark to the current position, before it is sent.
    pub(super) fn send(&mut self, writer: &str) -> ShardPosition {
        let position = self.position(writer);
        if !self.sent.contains(&position) {
            self.sent.push(position.clone());
        }
        self.bookmark.set_position(position.clone());
        position
    }

    /// This position is stored, with the bookmark's version: earlier requests that are still under way find another version.
    pub(super) fn was_stored(&mut self, position: ShardPosition) {
        self.sent.clear();
        self.stored = Some(position);
    }

    /// Whether the stored position was sent by this poller.
    pub(super) fn has_sent(&self, position: &ShardPosition) -> bool {
        self.sent.contains(position)
    }

    /// Whether no other poller has moved it.
    pub(super) fn is_unmoved(&self, stored: Option<&ShardPosition>) -> bool {
        self.stored.as_ref() == stored
    }
}

/// A start at the latest records: since when, and the iterators that mark it exactly.
pub(super) struct LatestStart {
    pub(super) since: u64,
    pub(super) iterators: HashMap<String, String>,
}

/// The shards that may be read: those whose parent is read to its end, or does not exist any more.
pub(super) fn ready<B: Bookmark>(shards: &[TrackedShard<B>]) -> Vec<usize> {
    let waits = |tracked: &TrackedShard<B>| {
        let parent = tracked.shard.parent.as_deref();
        shards.iter().any(|other| Some(other.shard.id.as_str()) == parent && !other.finished)
    };
    (0..shards.len()).filter(|at| shards.get(*at).is_some_and(|tracked| !tracked.finished && !waits(tracked))).collect()
}
