//! The loop of a poller: round after round over the shards that may be read.

use super::handler::{Handle, Raw, Typed};
use super::save::is_transient;
use super::shard::ready;
use super::{Bookmark, Poller};
use crate::define::StreamView;
use crate::entity::{LivesIn, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::stream::{Event, Record, TableChange, ViewType};
use std::error::Error as StdError;
use std::marker::PhantomData;
use std::time::Duration;

/// New shards appear when old ones end, which the poller notices, and when a table grows, which it does not.
const DISCOVER_EVERY: Duration = Duration::from_secs(30);

impl<B: Bookmark + LivesIn<T>, T: Table> Poller<B, T> {
    /// Hands every change to the handler until it is [stopped](Self::stopper).
    ///
    /// A handler that fails is called again for the same change, after a pause, as often as the client's
    /// [`RetryPolicy`](crate::RetryPolicy) says; then its error is returned. The same holds for transient faults (throttling,
    /// failures inside DynamoDB, lost connections and responses), counted for each shard separately; the other shards are
    /// read meanwhile. Whatever the error, the positions are saved as far as DynamoDB can be reached, and calling this
    /// again continues from there; also after the future was dropped.
    ///
    /// # Errors
    /// [`HandlerFailed`](ErrorKind::HandlerFailed); [`Decode`](ErrorKind::Decode) and
    /// [`WrongEntity`](ErrorKind::WrongEntity) for a record that cannot be decoded (with
    /// [`run_records`](Self::run_records) it can be set aside); [`RecordsTrimmed`](ErrorKind::RecordsTrimmed);
    /// [`Conflict`](ErrorKind::Conflict) if another poller of this name is running;
    /// [`Configuration`](ErrorKind::Configuration) if the table has no stream; [`ImageMissing`](ErrorKind::ImageMissing)
    /// if the stream holds too little; and errors of DynamoDB.
    pub async fn run<C, F, R, E>(&mut self, handler: F) -> Result<()>
    where
        C: TableChange<Table = T>,
        F: FnMut(Event<C>) -> R,
        R: Future<Output = Result<(), E>>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        self.run_to_end(&mut Typed(handler, PhantomData), C::View::VIEW, false).await
    }

    /// As [`run`](Self::run), until no shard has anything left to read at the time. On Amazon DynamoDB an empty
    /// page may not be the last one, so this is for tests on other engines.
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
        self.run_to_end(&mut Typed(handler, PhantomData), C::View::VIEW, true).await
    }

    /// As [`run`](Self::run), with the records as they are: the handler decodes them, and decides what to do with those that
    /// it cannot decode.
    ///
    /// # Errors
    /// As `run`, except those of decoding.
    pub async fn run_records<F, R, E>(&mut self, handler: F) -> Result<()>
    where
        F: FnMut(Record) -> R,
        R: Future<Output = Result<(), E>>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        self.run_to_end(&mut Raw(handler), StreamView::KeysOnly, false).await
    }

    async fn run_to_end(&mut self, handler: &mut impl Handle, needs: StreamView, catch_up: bool) -> Result<()> {
        self.tries = 0;
        for tracked in &mut self.shards {
            tracked.tries = 0;
        }
        let ended = self.until_stopped(handler, needs, catch_up).await;
        match ended {
            Ok(()) => self.save_all().await,
            Err(error) => {
                self.try_save_all().await;
                Err(error)
            }
        }
    }

    async fn until_stopped(&mut self, handler: &mut impl Handle, needs: StreamView, catch_up: bool) -> Result<()> {
        while !self.stop.is_stopped() {
            let Round { any, fault } = self.round(handler, needs).await?;
            match fault {
                Some((tries, error)) => {
                    if !self.pause(tries).await {
                        return Err(error);
                    }
                }
                None if any => {}
                None if catch_up => return Ok(()),
                None => self.wait().await?,
            }
        }
        Ok(())
    }

    /// Once through the shards that may be read. A transient fault in one of them does not delay the others.
    async fn round(&mut self, handler: &mut impl Handle, needs: StreamView) -> Result<Round> {
        let mut round = Round::default();
        let stream = match self.stream(needs).await {
            Ok(stream) => stream,
            Err(error) => {
                self.tries += 1;
                round.note(self.tries, error)?;
                return Ok(round);
            }
        };
        if self.discovered.is_none_or(|discovered| discovered.elapsed() > DISCOVER_EVERY) {
            match self.discover_shards(&stream).await {
                Ok(again) => (self.tries, round.any) = (0, again),
                Err(error) => {
                    self.tries += 1;
                    round.note(self.tries, error)?;
                }
            }
        }
        for at in ready(&self.shards) {
            if self.stop.is_stopped() {
                break;
            }
            let read = self.read_page(&stream, at, handler).await;
            let Some(tracked) = self.shards.get_mut(at) else {
                read?;
                continue;
            };
            match read {
                Ok(any) => (tracked.tries, round.any) = (0, round.any | any),
                Err(error) => {
                    tracked.tries += 1;
                    round.note(tracked.tries, error)?;
                }
            }
        }
        // Before the shards are known there are no positions to record.
        if self.discovered.is_some()
            && let Err(error) = self.save_consumer_record(&stream.arn).await
        {
            self.tries += 1;
            round.note(self.tries, error)?;
        }
        Ok(round)
    }

    async fn wait(&self) -> Result<()> {
        let Some(pause) = self.client.pause_of(self.poll_interval) else {
            let message = "a poller has to wait, and the SDK client's configuration has no `sleep_impl`: set one";
            return Err(Error::new(ErrorKind::Configuration, message).in_table(self.client.table_name()));
        };
        self.stop.or(pause).await;
        Ok(())
    }

    /// Waits after this many tries, until `stop` at most. Whether to try again.
    pub(super) async fn pause(&self, tries: u32) -> bool {
        let mut again = true;
        self.stop.or(async { again = self.client.pause_after(tries).await }).await;
        again
    }
}

/// The outcome of a round.
#[derive(Default)]
struct Round {
    /// Whether there was anything.
    any: bool,
    /// The transient fault that occurred most often in a row, and how often.
    fault: Option<(u32, Error)>,
}

impl Round {
    /// Notes a transient fault; any other is the error.
    fn note(&mut self, tries: u32, error: Error) -> Result<()> {
        if !is_transient(&error) {
            return Err(error);
        }
        if self.fault.as_ref().is_none_or(|(most, _)| *most < tries) {
            self.fault = Some((tries, error));
        }
        Ok(())
    }
}
