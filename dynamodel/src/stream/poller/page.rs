//! One page of a shard: requested, handed over record by record, and its position saved.

use super::handler::Handle;
use super::requests::{Fetched, TableStream};
use super::save::{is_transient, seconds};
use super::{Bookmark, Poller};
use crate::entity::{LivesIn, Table};
use crate::error::Result;
use crate::stream::Record;
use crate::stream::batch_outcome::HandleError;

impl<B: Bookmark + LivesIn<T>, T: Table> Poller<B, T> {
    /// Reads and handles one page of a shard. Whether there was anything.
    pub(super) async fn read_page(
        &mut self,
        stream: &TableStream,
        at: usize,
        handler: &mut impl Handle,
    ) -> Result<bool> {
        // Saves what an earlier round could not save.
        self.save(at).await?;
        let now = self.second();
        let Some(tracked) = self.shards.get(at) else { return Ok(false) };
        if tracked.may_be_trimmed(now) {
            return self.trimmed(stream, at, false).await;
        }
        let shard = tracked.shard.id.clone();
        let got = match &tracked.iterator {
            Some(iterator) => Fetched::Value(iterator.clone()),
            None => stream.iterator(&self.sdk, &shard, tracked.at()).await?,
        };
        let got = match got {
            Fetched::Value(iterator) => {
                // Kept until it has led to a page: a throttled request has not used it up.
                self.with_shard(at, |tracked| tracked.iterator = Some(iterator.clone()));
                let got = stream.records(&self.sdk, &shard, &iterator, self.page).await;
                if got.as_ref().is_err_and(|error| !is_transient(error)) {
                    // The position stays; the next run gets another iterator for it.
                    self.with_shard(at, |tracked| tracked.iterator = None);
                }
                got?
            }
            Fetched::IteratorExpired => Fetched::IteratorExpired,
            Fetched::Trimmed => Fetched::Trimmed,
            Fetched::NotFound => Fetched::NotFound,
        };
        let (records, next) = match got {
            Fetched::Value(page) => page,
            Fetched::IteratorExpired => {
                self.report.expired_iterators += 1;
                return self.restart(stream, at);
            }
            Fetched::Trimmed => return self.trimmed(stream, at, false).await,
            Fetched::NotFound => return self.trimmed(stream, at, true).await,
        };
        let any = !records.is_empty();
        self.report.pages += u64::from(any);
        self.with_shard(at, |tracked| tracked.page_was_read());
        let stopped_at = self.handle_page(at, records, handler).await;
        let whole = matches!(stopped_at, Ok(true));
        let ended = whole && next.is_none();
        self.with_shard(at, |tracked| {
            if whole {
                tracked.iterator = next;
            }
            tracked.finished |= ended;
            tracked.unsaved |= ended || !tracked.is_stored();
        });
        if ended {
            self.report.finished_shards += 1;
            self.discovered = None;
        }
        let saved = self.save(at).await;
        stopped_at?;
        saved?;
        Ok(any || ended)
    }

    /// Handles the records of a page, one after the other. Whether all were handled: not after `stop`.
    async fn handle_page(&mut self, at: usize, records: Vec<Record>, handler: &mut impl Handle) -> Result<bool> {
        for record in records {
            if self.stop.is_stopped() {
                return Ok(false);
            }
            let own = record.entity_of::<T>().is_some_and(|entity| entity.type_name == B::SCHEMA.type_name);
            let early = self.shards.get(at).is_some_and(|tracked| tracked.is_early(record.at.map(seconds)));
            if own {
                self.report.bookmark_records += 1;
            } else if early {
                self.report.skipped += 1;
            } else {
                self.handle_record(&record, handler).await?;
                self.report.handled += 1;
            }
            self.with_shard(at, |tracked| tracked.advance(record.sequence_number.as_str(), !own && !early, own));
        }
        Ok(true)
    }

    async fn handle_record(&mut self, record: &Record, handler: &mut impl Handle) -> Result<()> {
        let mut tries = 0;
        loop {
            let error = match handler.handle(record).await {
                Ok(()) => return Ok(()),
                Err(error) => error,
            };
            tries += 1;
            let again = matches!(error, HandleError::Handler(_)) && !self.stop.is_stopped();
            if !again || !self.pause(tries).await || self.stop.is_stopped() {
                return Err(error.into_error(record));
            }
            self.report.retried += 1;
        }
    }

    /// The iterator is unusable: the next round asks for another one at the same position.
    fn restart(&mut self, stream: &TableStream, at: usize) -> Result<bool> {
        let Some(tracked) = self.shards.get_mut(at) else { return Ok(false) };
        if tracked.restart() { Ok(true) } else { Err(stream.unusable_iterators(&tracked.shard.id)) }
    }

    /// Records were trimmed, or their whole shard is gone: an error, or a gap that is noted.
    async fn trimmed(&mut self, stream: &TableStream, at: usize, gone: bool) -> Result<bool> {
        let now = self.second();
        let Some(tracked) = self.shards.get_mut(at) else { return Ok(false) };
        let (shard, after, known) = (tracked.shard.id.clone(), tracked.after().map(str::to_owned), tracked.gap);
        // In any case this iterator is unusable.
        let again = tracked.restart();
        if !known {
            self.gap(stream, &shard, after.as_deref())?;
        }
        self.with_shard(at, |tracked| {
            tracked.skip_gap(now);
            tracked.finished |= gone;
        });
        if gone {
            self.discovered = None;
        }
        self.save(at).await?;
        if again { Ok(true) } else { Err(stream.unusable_iterators(&shard)) }
    }

    fn with_shard(&mut self, at: usize, change: impl FnOnce(&mut super::shard::TrackedShard<B>)) {
        if let Some(tracked) = self.shards.get_mut(at) {
            change(tracked);
        }
    }
}
