//! One shard, as a poller goes through it.

use super::source::{At, Shard};
use super::{Bookmark, ShardPlace};

/// A shard with the place in it.
pub(super) struct Lane<B> {
    pub(super) shard: Shard,
    /// As it was saved last.
    bookmark: B,
    /// Behind the last record that was handled or passed over: beyond the saved place while only bookmarks were met.
    pub(super) at: At,
    pub(super) finished: bool,
    pub(super) iterator: Option<String>,
    /// Whether something was handled that is not saved.
    pub(super) unsaved: bool,
    /// Whether its last page was a gap.
    pub(super) gap: bool,
}

impl<B: Bookmark> Lane<B> {
    pub(super) fn new(shard: Shard, bookmark: B) -> Self {
        let ShardPlace { after, finished, from_latest } = bookmark.place().clone();
        let at = match after {
            Some(after) => At::After(after),
            None if from_latest => At::Latest,
            None => At::Oldest,
        };
        Self { shard, bookmark, at, finished, iterator: None, unsaved: false, gap: false }
    }

    /// The sequence number of the last record that was handled or passed over.
    pub(super) fn after(&self) -> Option<&str> {
        match &self.at {
            At::After(after) => Some(after),
            At::Oldest | At::Latest => None,
        }
    }

    /// The bookmark, moved to where the lane is.
    pub(super) fn moved(&mut self) -> &mut B {
        let after = self.after().map(str::to_owned);
        let place = ShardPlace { after, finished: self.finished, from_latest: self.at == At::Latest };
        self.bookmark.set_place(place);
        &mut self.bookmark
    }
}

/// The lanes that may be read: those whose parent is read to its end, or is not there any more.
pub(super) fn ready<B: Bookmark>(lanes: &[Lane<B>]) -> Vec<usize> {
    let waits = |lane: &Lane<B>| {
        let parent = lane.shard.parent.as_deref();
        lanes.iter().any(|other| Some(other.shard.id.as_str()) == parent && !other.finished)
    };
    (0..lanes.len()).filter(|at| lanes.get(*at).is_some_and(|lane| !lane.finished && !waits(lane))).collect()
}
