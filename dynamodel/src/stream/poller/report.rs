//! Counters of what a poller has done.

/// What a [`Poller`](super::Poller) has done so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PollReport {
    /// Changes that were handled.
    pub handled: u64,
    /// Calls of the handler that failed and were made again.
    pub retried: u64,
    /// Records of changes of bookmarks, which are not handed over.
    pub bookmark_records: u64,
    /// Records that were written before a poller [`from_latest`](super::Poller::from_latest) began, and passed over.
    pub skipped: u64,
    /// Pages that held records.
    pub pages: u64,
    /// Positions that were saved.
    pub saved_positions: u64,
    /// Shards that were read to their end.
    pub finished_shards: u64,
    /// Iterators that had expired and were replaced.
    pub expired_iterators: u64,
    /// Where records were trimmed before they were read.
    pub gaps: Vec<Gap>,
}

/// Records that were trimmed before they were read, or may have been: DynamoDB keeps them for a day.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// The shard; the ARN of the old stream if the table has another stream now.
    pub shard: String,
    /// The last record before the gap that was handled; `None` if none was.
    pub after: Option<String>,
}
