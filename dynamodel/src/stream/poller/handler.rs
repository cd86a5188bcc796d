//! The handlers of a poller: of typed events, and of records as they are.

use crate::error::Result;
use crate::stream::batch_outcome::HandleError;
use crate::stream::{Event, Record, TableChange};
use std::error::Error as StdError;
use std::marker::PhantomData;

/// Handles records.
pub(super) trait Handle {
    /// Handles one record.
    fn handle(&mut self, record: &Record) -> impl Future<Output = Result<(), HandleError>>;
}

/// A handler of typed events.
pub(super) struct Typed<F, C>(pub(super) F, pub(super) PhantomData<fn() -> C>);

impl<C, F, R, E> Handle for Typed<F, C>
where
    C: TableChange,
    F: FnMut(Event<C>) -> R,
    R: Future<Output = Result<(), E>>,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    async fn handle(&mut self, record: &Record) -> Result<(), HandleError> {
        if record.is_of_sentinel() {
            return Ok(());
        }
        (self.0)(record.read()?).await.map_err(|error| HandleError::Handler(error.into()))
    }
}

/// A handler of records as they are.
pub(super) struct Raw<F>(pub(super) F);

impl<F, R, E> Handle for Raw<F>
where
    F: FnMut(Record) -> R,
    R: Future<Output = Result<(), E>>,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    async fn handle(&mut self, record: &Record) -> Result<(), HandleError> {
        (self.0)(record.clone()).await.map_err(|error| HandleError::Handler(error.into()))
    }
}
