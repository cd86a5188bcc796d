//! Saving a poller's positions, also where responses are lost.

use super::bookmark::CONSUMER_RECORD;
use super::shard::TrackedShard;
use super::{Bookmark, Poller, ShardPosition};
use crate::entity::{LivesIn, Table};
use crate::error::{Error, ErrorKind, Result};

/// How often one save checks the outcome of an earlier one.
const CHECKS: usize = 4;

impl<B: Bookmark + LivesIn<T>, T: Table> Poller<B, T> {
    /// Saves the position in a shard if it has changed.
    ///
    /// Whatever the outcome of an earlier save whose response was lost or whose future was dropped: a position with this
    /// poller's mark is its own, and it continues from there. A position with another mark is another poller's.
    pub(super) async fn save(&mut self, at: usize) -> Result<()> {
        for _ in 0..CHECKS {
            let Some(tracked) = self.shards.get_mut(at).filter(|tracked| tracked.unsaved) else { return Ok(()) };
            let position = tracked.send(&self.writer);
            let Err(error) = self.client.save(&mut tracked.bookmark).await else {
                tracked.was_stored(position);
                tracked.unsaved = false;
                self.report.saved_positions += 1;
                return Ok(());
            };
            if !error.is_condition_failed() && !error.is_outcome_unknown() {
                return Err(error);
            }
            let stored = self.client.get(tracked.bookmark.primary_key()).consistent().await?;
            match stored {
                Some(stored) if tracked.has_sent(stored.position()) => {
                    let done = *stored.position() == position;
                    tracked.was_stored(stored.position().clone());
                    tracked.bookmark = stored;
                    if done {
                        tracked.unsaved = false;
                        self.report.saved_positions += 1;
                    }
                }
                // Not carried out so far; if it is carried out later, the version shows it.
                stored if error.is_outcome_unknown() && tracked.is_unmoved(stored.as_ref().map(B::position)) => {}
                _ => return Err(self.overtaken(at, error)),
            }
        }
        let message = "a position cannot be saved: its responses are lost each time";
        Err(Error::new(ErrorKind::Unavailable, message).in_table(self.client.table_name()))
    }

    /// Another poller has moved the position: it is read again if this one continues.
    fn overtaken(&mut self, at: usize, error: Error) -> Error {
        let TrackedShard { shard, .. } = self.shards.swap_remove(at);
        self.discovered = None;
        let message = format!(
            "another poller called `{}` is running: it has moved the position in the shard `{}`",
            self.consumer, shard.id
        );
        Error::new(ErrorKind::Conflict, message).replacing(error)
    }

    /// Saves all positions that are not saved, after a stop; waits out transient faults.
    pub(super) async fn save_all(&mut self) -> Result<()> {
        let mut tries = 0;
        while let Some(at) = self.unsaved() {
            match self.save(at).await {
                Ok(()) => tries = 0,
                Err(error) => {
                    tries += 1;
                    if !is_transient(&error) || !self.client.pause_after(tries).await {
                        return Err(error);
                    }
                }
            }
        }
        Ok(())
    }

    /// Saves all positions that are not saved, after an error that ends the run; those that cannot be saved are saved later.
    pub(super) async fn try_save_all(&mut self) {
        for at in (0..self.shards.len()).rev() {
            // The error that ended the run is the one to return.
            drop(self.save(at).await);
        }
    }

    pub(super) fn unsaved(&self) -> Option<usize> {
        self.shards.iter().position(|tracked| tracked.unsaved)
    }

    /// Records that this consumer knows the stream, once every shard has a saved position: from then on a shard without one
    /// is new.
    pub(super) async fn save_consumer_record(&mut self, stream: &str) -> Result<()> {
        if self.consumer_record.is_some() || !self.shards.iter().all(TrackedShard::is_stored) {
            return Ok(());
        }
        let mut record = B::begin(&self.consumer, CONSUMER_RECORD);
        record.set_position(self.consumer_position(stream));
        self.write_consumer_record(record).await
    }

    pub(super) fn consumer_position(&self, stream: &str) -> ShardPosition {
        ShardPosition {
            since: Some(self.second()),
            stream: Some(stream.to_owned()),
            writer: Some(self.writer.clone()),
            ..ShardPosition::default()
        }
    }

    /// Writes the consumer's record. If another poller has written it, it holds the same.
    pub(super) async fn write_consumer_record(&mut self, mut record: B) -> Result<()> {
        let Err(error) = self.client.save(&mut record).await else {
            self.consumer_record = Some(record);
            return Ok(());
        };
        if !error.is_condition_failed() && !error.is_outcome_unknown() {
            return Err(error);
        }
        let wanted = record.position().stream.clone();
        self.consumer_record = self.client.get(record.primary_key()).consistent().await?;
        match &self.consumer_record {
            Some(stored) if stored.position().stream == wanted => Ok(()),
            _ => {
                let message =
                    "the consumer's record cannot be saved: its response was lost, or another poller changes it";
                Err(Error::new(ErrorKind::Unavailable, message).with_source(error))
            }
        }
    }

    /// The time by the client's clock, in seconds since 1970.
    pub(super) fn second(&self) -> u64 {
        seconds(self.client.now())
    }
}

/// Seconds since 1970.
pub(super) fn seconds(at: std::time::SystemTime) -> u64 {
    at.duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Whether the same request may succeed a little later.
pub(super) fn is_transient(error: &Error) -> bool {
    use ErrorKind::{Contention, OutcomeUnknown, Throttled, Unavailable};
    matches!(error.kind(), Throttled | Unavailable | OutcomeUnknown | Contention)
}
