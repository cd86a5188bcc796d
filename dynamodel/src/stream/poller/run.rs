//! The loop of a poller: round after round over the shards that may be read.

use super::handler::{Handle, Raw, Typed};
use super::save::is_passing;
use super::shard::ready;
use super::{Bookmark, Poller};
use crate::define::StreamView;
use crate::entity::{LivesIn, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::stream::{Event, Record, TableChange, View};
use std::error::Error as StdError;
use std::marker::PhantomData;
use std::time::Duration;

/// New shards come of old ones that end, which is noticed, and of a table that grows, which is not.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

impl<B: Bookmark + LivesIn<T>, T: Table> Poller<B, T> {
    /// Hands every change to the handler until it is [stopped](Self::stopper).
    ///
    /// A handler that fails is called again for the same change, after a pause, as often as the client's
    /// [`RetryPolicy`](crate::RetryPolicy) says; then that is the error. So it is with faults that pass (throttling,
    /// trouble of the server's own, lost connections and responses), counted for each shard by itself; the other shards are
    /// read meanwhile. Whatever the error, what was handled is saved as far as DynamoDB can be reached, and calling this
    /// again goes on from there; also where the future was dropped.
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
        self.tries = 0;
        for lane in &mut self.lanes {
            lane.tries = 0;
        }
        let ended = self.until_stopped(handler, needs, catch_up).await;
        match ended {
            Ok(()) => self.settle().await,
            Err(error) => {
                self.settle_once().await;
                Err(error)
            }
        }
    }

    async fn until_stopped(&mut self, handler: &mut impl Handle, needs: StreamView, catch_up: bool) -> Result<()> {
        while !self.stop.is_stopped() {
            let Round { any, trouble } = self.round(handler, needs).await?;
            match trouble {
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

    /// Once through the shards that may be read. A passing fault in one of them keeps none of the others waiting.
    async fn round(&mut self, handler: &mut impl Handle, needs: StreamView) -> Result<Round> {
        let mut round = Round::default();
        let source = match self.source(needs).await {
            Ok(source) => source,
            Err(error) => {
                self.tries += 1;
                round.note(self.tries, error)?;
                return Ok(round);
            }
        };
        if self.looked.is_none_or(|looked| looked.elapsed() > LOOK_AGAIN) {
            match self.look(&source).await {
                Ok(again) => (self.tries, round.any) = (0, again),
                Err(error) => {
                    self.tries += 1;
                    round.note(self.tries, error)?;
                }
            }
        }
        for at in ready(&self.lanes) {
            if self.stop.is_stopped() {
                break;
            }
            let turned = self.turn(&source, at, handler).await;
            let Some(lane) = self.lanes.get_mut(at) else {
                turned?;
                continue;
            };
            match turned {
                Ok(any) => (lane.tries, round.any) = (0, round.any | any),
                Err(error) => {
                    lane.tries += 1;
                    round.note(lane.tries, error)?;
                }
            }
        }
        // Before the first look there are no places to speak of.
        if self.looked.is_some()
            && let Err(error) = self.note_record(&source.arn).await
        {
            self.tries += 1;
            round.note(self.tries, error)?;
        }
        Ok(round)
    }

    async fn wait(&self) -> Result<()> {
        let Some(pause) = self.client.pause_of(self.idle) else {
            let message = "a poller has to wait, and the SDK client's configuration has no `sleep_impl`: give it one";
            return Err(Error::new(ErrorKind::Configuration, message).in_table(self.client.table_name()));
        };
        self.stop.or(pause).await;
        Ok(())
    }

    /// Waits after so many tries, until `stop` at most. Whether there is to be another one.
    pub(super) async fn pause(&self, tries: u32) -> bool {
        let mut again = true;
        self.stop.or(async { again = self.client.pause_after(tries).await }).await;
        again
    }
}

/// What came of a round.
#[derive(Default)]
struct Round {
    /// Whether there was anything.
    any: bool,
    /// The passing fault that was met most often in a row, and how often.
    trouble: Option<(u32, Error)>,
}

impl Round {
    /// Notes a passing fault; any other is the error.
    fn note(&mut self, tries: u32, error: Error) -> Result<()> {
        if !is_passing(&error) {
            return Err(error);
        }
        if self.trouble.as_ref().is_none_or(|(most, _)| *most < tries) {
            self.trouble = Some((tries, error));
        }
        Ok(())
    }
}
