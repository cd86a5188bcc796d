//! The loop of a poller: round after round over the shards that may be read.

use super::handler::{Handle, Raw, Typed};
use super::lane::{Lane, ready};
use super::source::{At, Got, Source};
use super::{Bookmark, Gap, Poller};
use crate::define::StreamView;
use crate::entity::{LivesIn, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::stream::outcome::Trouble;
use crate::stream::{Event, Record, TableChange, View};
use std::error::Error as StdError;
use std::marker::PhantomData;
use std::time::{Duration, Instant};

/// New shards come of old ones that end, which is noticed, and of a table that grows, which is not.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

impl<B: Bookmark + LivesIn<T>, T: Table> Poller<B, T> {
    /// Hands every change to the handler until it is [stopped](Self::stopper).
    ///
    /// A handler that fails is called again for the same change, after a pause, as often as the client's
    /// [`RetryPolicy`](crate::RetryPolicy) says; then that is the error. Whatever the error, what was handled is saved, and
    /// calling this again goes on from there.
    ///
    /// # Errors
    /// [`HandlerFailed`](ErrorKind::HandlerFailed); [`Decode`](ErrorKind::Decode) and
    /// [`WrongEntity`](ErrorKind::WrongEntity) for a record that cannot be read (with
    /// [`run_records`](Self::run_records) it can be put aside); [`RecordsTrimmed`](ErrorKind::RecordsTrimmed);
    /// [`Conflict`](ErrorKind::Conflict) where another poller of this name is at work;
    /// [`Configuration`](ErrorKind::Configuration) where the table has no stream; [`ImageMissing`](ErrorKind::ImageMissing)
    /// where it holds too little; and what DynamoDB says.
    pub async fn run<C, F, R, E>(&mut self, handler: F) -> Result<()>
    where
        C: TableChange<Table = T>,
        F: FnMut(Event<C>) -> R,
        R: Future<Output = Result<(), E>>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        self.rounds(&mut Typed(handler, PhantomData), C::View::VIEW, false).await
    }

    /// As [`run`](Self::run), until no shard has anything to read, whether or not more comes later. On Amazon DynamoDB a
    /// page may be empty and not be the last one: for tests on other engines.
    ///
    /// # Errors
    /// As `run`.
    pub async fn catch_up<C, F, R, E>(&mut self, handler: F) -> Result<()>
    where
        C: TableChange<Table = T>,
        F: FnMut(Event<C>) -> R,
        R: Future<Output = Result<(), E>>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        self.rounds(&mut Typed(handler, PhantomData), C::View::VIEW, true).await
    }

    /// As [`run`](Self::run), with the records as they are: the handler reads them, and decides what becomes of those that
    /// it cannot read.
    ///
    /// # Errors
    /// As `run`, but for those of reading.
    pub async fn run_records<F, R, E>(&mut self, handler: F) -> Result<()>
    where
        F: FnMut(Record) -> R,
        R: Future<Output = Result<(), E>>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        self.rounds(&mut Raw(handler), StreamView::KeysOnly, false).await
    }

    async fn rounds(&mut self, handler: &mut impl Handle, needs: StreamView, catch_up: bool) -> Result<()> {
        let source = match &self.source {
            Some(source) => source.clone(),
            None => self.source.insert(Source::find(&self.client, needs).await?).clone(),
        };
        let mut tries = 0;
        while !self.stop.is_stopped() {
            match self.round(&source, handler).await {
                Ok(true) => tries = 0,
                Ok(false) if catch_up => return Ok(()),
                Ok(false) => {
                    tries = 0;
                    self.wait().await?;
                }
                Err(error) => {
                    // What is asked for anew may be had anew.
                    self.forget();
                    let passing = matches!(error.kind(), ErrorKind::Throttled | ErrorKind::Unavailable);
                    tries += 1;
                    if !passing || !self.client.pause_after(tries).await {
                        return Err(error);
                    }
                }
            }
        }
        Ok(())
    }

    /// Once through the shards that may be read. Whether there was anything.
    async fn round(&mut self, source: &Source, handler: &mut impl Handle) -> Result<bool> {
        if self.looked.is_none_or(|looked| looked.elapsed() > LOOK_AGAIN) {
            self.look(source).await?;
        }
        let mut any = false;
        for at in ready(&self.lanes) {
            if self.stop.is_stopped() {
                break;
            }
            any |= self.turn(source, at, handler).await?;
        }
        Ok(any)
    }

    /// Learns of new shards, and where this consumer is in them.
    async fn look(&mut self, source: &Source) -> Result<()> {
        let shards = source.shards(&self.streams).await?;
        let first = self.lanes.is_empty();
        self.lanes.retain(|lane| !lane.finished || shards.iter().any(|shard| shard.id == lane.shard.id));
        let mut known = false;
        for shard in &shards {
            if self.lanes.iter().any(|lane| lane.shard.id == shard.id) {
                continue;
            }
            let orphan = shard.parent.as_ref().filter(|parent| !shards.iter().any(|other| other.id == **parent));
            if let Some(parent) = orphan {
                known |= self.bury(source, parent).await?;
            }
            let bookmark = B::begin(&self.consumer, &shard.id);
            let saved = self.client.get(bookmark.primary_key()).consistent().await?;
            known |= saved.is_some();
            self.lanes.push(Lane::new(shard.clone(), saved.unwrap_or(bookmark)));
        }
        if first && self.latest && !known {
            // This name has never read the stream. It is noted where it begins: what is new to it next time was not there.
            for at in 0..self.lanes.len() {
                self.with_lane(at, |lane| {
                    (lane.at, lane.unsaved) = (At::Latest, true);
                    // A parent has come to its end.
                    lane.finished = shards.iter().any(|shard| shard.parent.as_ref() == Some(&lane.shard.id));
                });
                self.save(at).await?;
            }
        }
        self.looked = Some(Instant::now());
        Ok(())
    }

    /// A shard that is gone, and whose child is still to be read. Whether this consumer has read it.
    async fn bury(&mut self, source: &Source, shard: &str) -> Result<bool> {
        let key = B::begin(&self.consumer, shard).primary_key();
        let Some(saved) = self.client.get(key.clone()).consistent().await? else { return Ok(false) };
        if !saved.place().finished && !self.lanes.iter().any(|lane| lane.shard.id == shard) {
            self.gap(source, shard, saved.place().after.as_deref())?;
        }
        // Nobody asks for it any more.
        self.client.delete(key).await?;
        Ok(true)
    }

    fn gap(&mut self, source: &Source, shard: &str, after: Option<&str>) -> Result<()> {
        if !self.over_gaps {
            return Err(source.gone(shard, after));
        }
        self.report.gaps.push(Gap { shard: shard.to_owned(), after: after.map(str::to_owned) });
        Ok(())
    }

    /// One page of a shard. Whether there was anything.
    async fn turn(&mut self, source: &Source, at: usize, handler: &mut impl Handle) -> Result<bool> {
        let Some(lane) = self.lanes.get(at) else { return Ok(false) };
        let shard = lane.shard.id.clone();
        let got = match &lane.iterator {
            Some(iterator) => Got::This(iterator.clone()),
            None => source.iterator(&self.streams, &shard, &lane.at).await?,
        };
        let got = match got {
            Got::This(iterator) => source.records(&self.streams, &shard, &iterator, self.page).await?,
            Got::Expired => Got::Expired,
            Got::Trimmed => Got::Trimmed,
            Got::Gone => Got::Gone,
        };
        let (records, next) = match got {
            Got::This(page) => page,
            Got::Expired => {
                self.report.expired += 1;
                self.with_lane(at, |lane| lane.iterator = None);
                return Ok(true);
            }
            Got::Trimmed => return self.trimmed(source, at, false).await,
            Got::Gone => return self.trimmed(source, at, true).await,
        };
        let any = !records.is_empty();
        self.report.pages += u64::from(any);
        let stopped_at = self.page_of(at, records, handler).await;
        let whole = matches!(stopped_at, Ok(true));
        let ended = whole && next.is_none();
        self.with_lane(at, |lane| {
            (lane.iterator, lane.gap) = (next.filter(|_| whole), false);
            lane.finished |= ended;
            lane.unsaved |= ended;
        });
        let saved = self.save(at).await;
        stopped_at?;
        saved?;
        if ended {
            self.report.finished += 1;
            self.looked = None;
        }
        Ok(any || ended)
    }

    /// The records of a page, one after the other. Whether all were handled; not so after `stop`.
    async fn page_of(&mut self, at: usize, records: Vec<Record>, handler: &mut impl Handle) -> Result<bool> {
        for record in records {
            if self.stop.is_stopped() {
                return Ok(false);
            }
            let own = record.entity_of::<T>().is_some_and(|entity| entity.type_name == B::SCHEMA.type_name);
            if own {
                self.report.bookmarks += 1;
            } else {
                self.hand(&record, handler).await?;
                self.report.handled += 1;
            }
            self.with_lane(at, |lane| {
                lane.at = At::After(record.sequence_number.as_str().to_owned());
                // To save a place makes a record: where nothing but these comes, nothing is saved, or it would never end.
                lane.unsaved |= !own;
            });
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
            if !again || !self.client.pause_after(tries).await {
                return Err(trouble.about(record));
            }
            self.report.retried += 1;
        }
    }

    /// Records that are gone, or their whole shard: an error, or a gap that is noted.
    async fn trimmed(&mut self, source: &Source, at: usize, gone: bool) -> Result<bool> {
        let Some(lane) = self.lanes.get(at) else { return Ok(false) };
        let (shard, after, known) = (lane.shard.id.clone(), lane.after().map(str::to_owned), lane.gap);
        if !known {
            self.gap(source, &shard, after.as_deref())?;
        }
        self.with_lane(at, |lane| {
            (lane.at, lane.iterator, lane.gap) = (At::Oldest, None, true);
            lane.finished |= gone;
            lane.unsaved |= gone;
        });
        if gone {
            self.save(at).await?;
            self.looked = None;
        }
        Ok(true)
    }

    async fn save(&mut self, at: usize) -> Result<()> {
        let Some(lane) = self.lanes.get_mut(at).filter(|lane| lane.unsaved) else { return Ok(()) };
        let saved = self.client.save(lane.moved()).await;
        saved.map_err(|error| {
            if !error.is_condition_failed() {
                return error;
            }
            let message = format!(
                "another poller called `{}` is at work: it has moved the place in the shard `{}`",
                self.consumer, lane.shard.id
            );
            Error::new(ErrorKind::Conflict, message).over(error)
        })?;
        lane.unsaved = false;
        self.report.saved += 1;
        Ok(())
    }

    /// What was learned of the shards is asked for anew: after an error it may not hold.
    fn forget(&mut self) {
        self.lanes.clear();
        self.looked = None;
    }

    async fn wait(&self) -> Result<()> {
        let Some(pause) = self.client.pause_of(self.idle) else {
            let message = "a poller has to wait, and the SDK client's configuration has no `sleep_impl`: give it one";
            return Err(Error::new(ErrorKind::Configuration, message).in_table(self.client.table_name()));
        };
        self.stop.or(pause).await;
        Ok(())
    }

    fn with_lane(&mut self, at: usize, change: impl FnOnce(&mut Lane<B>)) {
        if let Some(lane) = self.lanes.get_mut(at) {
            change(lane);
        }
    }
}
