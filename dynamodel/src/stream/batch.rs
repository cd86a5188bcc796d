//! Records that were delivered together, handled one after the other.

use super::batch_outcome::HandleError;
use super::{BatchOutcome, Event, FailedRecord, Record, TableChange};
use crate::error::{Error, ErrorKind, Result};
use std::collections::VecDeque;
use std::error::Error as StdError;

/// Records that were delivered together, to be handled in their order.
///
/// It stops at a record that cannot be decoded or handled: later records are left untouched, because they may be of the same
/// item, and the [`BatchOutcome`] holds what is left. So nothing is dropped, and the order is kept.
///
/// # Examples
/// An AWS Lambda function (feature `lambda`) that has the records that it could not handle delivered again:
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # #[cfg(feature = "lambda")] mod function {
/// # use super::*;
/// use aws_lambda_events::event::{dynamodb, streams::DynamoDbEventResponse};
/// use dynamodel::stream::{Batch, Event, ItemChange};
///
/// pub async fn handle(event: dynamodb::Event) -> DynamoDbEventResponse {
///     let outcome = Batch::from_lambda(&event).of_table("shop-prod").handle(greet).await;
///     if let Some(error) = outcome.error() {
///         eprintln!("{error}");
///     }
///     outcome.to_lambda()
/// }
///
/// async fn greet(event: Event<ShopChange>) -> dynamodel::Result<()> {
///     if let ShopChange::Session(ItemChange::Insert { new }) = event.change {
///         println!("hello, {}", new.user_id);
///     }
///     Ok(())
/// }
/// # }
/// # fn main() {}
/// ```
#[must_use = "records are handled once `handle` is awaited"]
#[derive(Debug, Clone)]
pub struct Batch {
    records: VecDeque<Record>,
    table: Option<String>,
}

impl Batch {
    /// A batch of these records.
    pub fn new(records: impl IntoIterator<Item = Record>) -> Self {
        Self { records: records.into_iter().collect(), table: None }
    }

    /// Expects records of this physical table, for example that of the handler's client (`shop.table_name()`): a record of another
    /// table fails, with [`WrongTable`](crate::ErrorKind::WrongTable). A record whose source does not name its table passes.
    /// Region and account are not compared: the replicas of a global table have the same name.
    pub fn of_table(mut self, table: impl Into<String>) -> Self {
        self.table = Some(table.into());
        self
    }

    /// The records, in their order.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.records.iter()
    }

    /// Decodes the records one by one, and hands each to the handler, except those of the sentinels of unique fields, which
    /// belong to no entity. Ends with the first that cannot be decoded or handled.
    pub async fn handle<C, F, R, E>(self, mut handler: F) -> BatchOutcome
    where
        C: TableChange,
        F: FnMut(Event<C>) -> R,
        R: Future<Output = Result<(), E>>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        let mut handler = move |record: &Record| {
            let begun = (!record.is_of_sentinel()).then(|| record.read().map(&mut handler)).transpose();
            async move {
                match begun? {
                    Some(begun) => begun.await.map_err(|error| HandleError::Handler(error.into())),
                    None => Ok(()),
                }
            }
        };
        self.each(&mut handler).await
    }

    /// Hands the records to the handler one by one, as they are: for handlers that set aside what they cannot decode. Ends
    /// with the first that fails.
    pub async fn handle_records<F, R, E>(self, mut handler: F) -> BatchOutcome
    where
        F: FnMut(Record) -> R,
        R: Future<Output = Result<(), E>>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        let mut handler = move |record: &Record| {
            let begun = handler(record.clone());
            async move { begun.await.map_err(|error| HandleError::Handler(error.into())) }
        };
        self.each(&mut handler).await
    }

    async fn each<F, R>(mut self, handler: &mut F) -> BatchOutcome
    where
        F: FnMut(&Record) -> R,
        R: Future<Output = Result<(), HandleError>>,
    {
        let mut outcome = BatchOutcome::default();
        while let Some(record) = self.records.pop_front() {
            let fit = self.table.as_deref().map_or(Ok(()), |table| record.must_be_of(table));
            let done = match fit {
                Ok(()) => handler(&record).await,
                Err(error) => Err(HandleError::Record(error)),
            };
            match done {
                Ok(()) => outcome.done += 1,
                Err(error) => {
                    let error = error.into_error(&record);
                    outcome.failures.push(FailedRecord { record, error: Some(error) });
                    break;
                }
            }
        }
        outcome.failures.extend(self.records.into_iter().map(|record| FailedRecord { record, error: None }));
        outcome
    }
}

impl From<Error> for HandleError {
    fn from(error: Error) -> Self {
        Self::Record(error)
    }
}

impl HandleError {
    /// The error that names the record.
    pub(super) fn into_error(self, record: &Record) -> Error {
        match self {
            Self::Record(error) => error,
            Self::Handler(error) => {
                let message = "its handler failed; see the source for the cause";
                record.error(ErrorKind::HandlerFailed, message).with_source(error)
            }
        }
    }
}
