//! One page of a shard: asked for, handed over record by record, and its place kept.

use super::handler::Handle;
use super::requests::{Got, Source};
use super::save::{is_passing, seconds};
use super::{Bookmark, Poller};
use crate::entity::{LivesIn, Table};
use crate::error::Result;
use crate::stream::Record;
use crate::stream::batch_outcome::Trouble;

impl<B: Bookmark + LivesIn<T>, T: Table> Poller<B, T> {
    /// One page of a shard. Whether there was anything.
    pub(super) async fn turn(&mut self, source: &Source, at: usize, handler: &mut impl Handle) -> Result<bool> {
        // What an earlier turn could not save.
        self.save(at).await?;
        let now = self.second();
        let Some(lane) = self.lanes.get(at) else { return Ok(false) };
        if lane.may_be_trimmed(now) {
            return self.trimmed(source, at, false).await;
        }
        let shard = lane.shard.id.clone();
        let got = match &lane.iterator {
            Some(iterator) => Got::This(iterator.clone()),
            None => source.iterator(&self.streams, &shard, lane.at()).await?,
        };
        let got = match got {
            Got::This(iterator) => {
                // Kept until it has led to a page: a throttled request has taken nothing from it.
                self.with_lane(at, |lane| lane.iterator = Some(iterator.clone()));
                let got = source.records(&self.streams, &shard, &iterator, self.page).await;
                if got.as_ref().is_err_and(|error| !is_passing(error)) {
                    // The place stays; the next run enters the shard by another iterator.
                    self.with_lane(at, |lane| lane.iterator = None);
                }
                got?
            }
            Got::Expired => Got::Expired,
            Got::Trimmed => Got::Trimmed,
            Got::Gone => Got::Gone,
        };
        let (records, next) = match got {
            Got::This(page) => page,
            Got::Expired => {
                self.report.expired += 1;
                return self.restart(source, at);
            }
            Got::Trimmed => return self.trimmed(source, at, false).await,
            Got::Gone => return self.trimmed(source, at, true).await,
        };
        let any = !records.is_empty();
        self.report.pages += u64::from(any);
        self.with_lane(at, |lane| lane.paged());
        let stopped_at = self.page_of(at, records, handler).await;
        let whole = matches!(stopped_at, Ok(true));
        let ended = whole && next.is_none();
        self.with_lane(at, |lane| {
            if whole {
                lane.iterator = next;
            }
            lane.finished |= ended;
            lane.unsaved |= ended || !lane.is_stored();
        });
        if ended {
            self.report.finished += 1;
            self.looked = None;
        }
        let saved = self.save(at).await;
        stopped_at?;
        saved?;
        Ok(any || ended)
    }

    /// The records of a page, one after the other. Whether all were handled; not so after `stop`.
    async fn page_of(&mut self, at: usize, records: Vec<Record>, handler: &mut impl Handle) -> Result<bool> {
        for record in records {
            if self.stop.is_stopped() {
                return Ok(false);
            }
            let own = record.entity_of::<T>().is_some_and(|entity| entity.type_name == B::SCHEMA.type_name);
            let early = self.lanes.get(at).is_some_and(|lane| lane.is_early(record.at.map(seconds)));
            if own {
                self.report.bookmarks += 1;
            } else if early {
                self.report.skipped += 1;
            } else {
                self.hand(&record, handler).await?;
                self.report.handled += 1;
            }
            self.with_lane(at, |lane| lane.pass(record.sequence_number.as_str(), !own && !early, own));
        }
        Ok(true)
    }

    async fn hand(&mut self, record: &Record, handler: &mut impl Handle) -> Result<()> {
        let mut tries = 0;
        loop {
            let trouble = match handler.handle(record).await {
                Ok(()) => return Ok(()),
                Err(trouble) => trouble,
            };
            tries += 1;
            let again = matches!(trouble, Trouble::Handler(_)) && !self.stop.is_stopped();
            if !again || !self.pause(tries).await || self.stop.is_stopped() {
                return Err(trouble.about(record));
            }
            self.report.retried += 1;
        }
    }

    /// The iterator is of no use: the next turn asks for another one at the same place.
    fn restart(&mut self, source: &Source, at: usize) -> Result<bool> {
        let Some(lane) = self.lanes.get_mut(at) else { return Ok(false) };
        if lane.restart() { Ok(true) } else { Err(source.astray(&lane.shard.id)) }
    }

    /// Records that are gone, or their whole shard: an error, or a gap that is noted.
    async fn trimmed(&mut self, source: &Source, at: usize, gone: bool) -> Result<bool> {
        let now = self.second();
        let Some(lane) = self.lanes.get_mut(at) else { return Ok(false) };
        let (shard, after, known) = (lane.shard.id.clone(), lane.after().map(str::to_owned), lane.gap);
        // Whatever comes of it, this iterator leads nowhere.
        let again = lane.restart();
        if !known {
            self.gap(source, &shard, after.as_deref())?;
        }
        self.with_lane(at, |lane| {
            lane.jump_gap(now);
            lane.finished |= gone;
        });
        if gone {
            self.looked = None;
        }
        self.save(at).await?;
        if again { Ok(true) } else { Err(source.astray(&shard)) }
    }

    fn with_lane(&mut self, at: usize, change: impl FnOnce(&mut super::shard::Lane<B>)) {
        if let Some(lane) = self.lanes.get_mut(at) {
            change(lane);
        }
    }
}
