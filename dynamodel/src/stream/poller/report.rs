//! What a poller has done.

/// What a [`Poller`](super::Poller) has done so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PollReport {
    /// Changes that were handled.
    pub handled: u64,
    /// Calls of the handler that failed and were made again.
    pub retried: u64,
    /// Records of bookmarks, which are not handed over.
    pub bookmarks: u64,
    /// Records that were written before a poller [`from_latest`](super::Poller::from_latest) began, and passed over.
    pub skipped: u64,
    /// Pages that held something.
    pub pages: u64,
    /// Places that were saved.
    pub saved: u64,
    /// Shards that were read to their end.
    pub finished: u64,
    /// Iterators that had expired and were asked for anew.
    pub expired: u64,
    /// Where records were gone before they were read.
    pub gaps: Vec<Gap>,
}

/// Records that are gone, or may be, before they were read: DynamoDB keeps them for a day.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// In which shard; the ARN of the stream where the table has got another stream meanwhile.
    pub shard: String,
    /// The last record before them that was handled; `None` where none was.
    pub after: Option<String>,
}
