//! One shard, as a poller goes through it.

use super::Bookmark;
use super::source::{From, Shard};

/// A shard with the place in it.
pub(super) struct Lane<B> {
    pub(super) shard: Shard,
    /// As it was saved last.
    bookmark: B,
    /// The last record that was handled or passed over; beyond the saved place while only bookmarks were met.
    pub(super) after: Option<String>,
    pub(super) finished: bool,
    /// Whether it begins with what comes from now on.
    pub(super) latest: bool,
    pub(super) iterator: Option<String>,
    /// Whether something was handled that is not saved.
    pub(super) unsaved: bool,
    /// Whether its last page was a gap.
    pub(super) gap: bool,
}

impl<B: Bookmark> Lane<B> {
    pub(super) fn new(shard: Shard, bookmark: B) -> Self {
        let place = bookmark.place().clone();
        Self {
            shard,
            bookmark,
            after: place.after,
            finished: place.finished,
            latest: place.from_latest,
            iterator: None,
            unsaved: false,
            gap: false,
        }
    }

    /// From where it is read on.
    pub(super) fn from(&self) -> From<'_> {
        match &self.after {
            Some(after) => From::After(after),
            None if self.latest => From::Latest,
            None => From::Oldest,
        }
    }

    /// The bookmark, moved to where the lane is.
    pub(super) fn moved(&mut self) -> &mut B {
        let mut place = self.bookmark.place().clone();
        place.after.clone_from(&self.after);
        (place.finished, place.from_latest) = (self.finished, self.latest);
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
