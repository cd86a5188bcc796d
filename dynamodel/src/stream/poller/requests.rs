//! The requests of a poller, and what their errors mean.

use crate::client::{Client, SdkCause};
use crate::define::StreamView;
use crate::entity::Table;
use crate::error::{Error, ErrorKind, Result};
use crate::response::{Meaning, classify};
use crate::stream::Record;
use crate::stream::record::view_named;
use aws_sdk_dynamodbstreams as sdk;
use sdk::config::http::HttpResponse;
use sdk::error::{ProvideErrorMetadata, SdkError};
use sdk::types::ShardIteratorType;
use std::error::Error as StdError;

/// A table's stream.
#[derive(Debug, Clone)]
pub(super) struct TableStream {
    pub(super) arn: String,
    table: String,
}

/// A shard, as `DescribeStream` tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shard {
    pub(super) id: String,
    pub(super) parent: Option<String>,
    /// Whether it takes new records.
    pub(super) open: bool,
}

/// Where an iterator begins in a shard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StartAt {
    /// Before the oldest record that exists.
    TrimHorizon,
    /// Before the records that are written from now on: used once, when a consumer begins.
    Latest,
    /// After the record with this sequence number.
    After(String),
}

/// What was requested, or why it cannot be had.
pub(super) enum Fetched<T> {
    Value(T),
    /// The iterator is too old.
    IteratorExpired,
    /// The records at this position were trimmed.
    Trimmed,
    /// The stream or the whole shard does not exist any more.
    NotFound,
}

impl TableStream {
    /// The stream of the client's table, which must hold the images that are needed.
    pub(super) async fn find<T: Table>(client: &Client<T>, needs: StreamView) -> Result<Self> {
        let table = client.table_name();
        let described = client.sdk().describe_table().table_name(table).send().await;
        let described = described.map_err(|error| failed("cannot describe the table", table, error))?;
        let described = described.table;
        let holds = described
            .as_ref()
            .and_then(|table| table.stream_specification())
            .filter(|stream| stream.stream_enabled())
            .and_then(|stream| view_named(stream.stream_view_type()?.as_str()));
        let arn = described.as_ref().and_then(|table| table.latest_stream_arn());
        let (Some(arn), Some(holds)) = (arn, holds) else {
            let message = format!(
                "the table has no stream: define it with `{}::definition().stream(StreamView::{needs:?})`",
                T::SCHEMA.name
            );
            return Err(Error::new(ErrorKind::Configuration, message).in_table(table));
        };
        if holds != needs && holds != StreamView::NewAndOldImages && needs != StreamView::KeysOnly {
            let message = format!(
                "the table's stream holds `{holds:?}`, and `{needs:?}` is needed: use a narrower view, or change the stream"
            );
            return Err(Error::new(ErrorKind::ImageMissing, message).in_table(table));
        }
        Ok(Self { arn: arn.to_owned(), table: table.to_owned() })
    }

    /// All its shards: `DescribeStream`, page by page. `NotFound` if the stream does not exist any more.
    pub(super) async fn shards(&self, sdk: &sdk::Client) -> Result<Fetched<Vec<Shard>>> {
        let (mut shards, mut after) = (Vec::new(), None);
        loop {
            let request = sdk.describe_stream().stream_arn(&self.arn).set_exclusive_start_shard_id(after);
            let response = match request.send().await {
                Ok(response) => response,
                Err(error) if meaning(&error) == Some(Meaning::NotFound) => return Ok(Fetched::NotFound),
                Err(error) => return Err(failed("cannot describe the stream", &self.table, error)),
            };
            // A missing description must not be taken for an empty list: the records would never be read.
            let stream = response.stream_description.ok_or_else(|| {
                // The next response may hold it.
                let message = "cannot describe the stream: the response holds no description";
                Error::new(ErrorKind::Unavailable, message).in_table(&self.table)
            })?;
            for shard in stream.shards.unwrap_or_default() {
                let open = shard.sequence_number_range.is_none_or(|range| range.ending_sequence_number.is_none());
                let id = shard.shard_id.ok_or_else(|| self.lacks("a shard's id"))?;
                // The list may change while it is read page by page.
                if !shards.iter().any(|other: &Shard| other.id == id) {
                    shards.push(Shard { id, parent: shard.parent_shard_id, open });
                }
            }
            after = stream.last_evaluated_shard_id;
            if after.is_none() {
                return Ok(Fetched::Value(shards));
            }
        }
    }

    /// The error of a response that does not hold what was asked for.
    fn lacks(&self, what: &str) -> Error {
        let message = format!("the response lacks {what}; is there a proxy in between?");
        Error::new(ErrorKind::Decode, message).in_table(&self.table)
    }

    /// `GetShardIterator`.
    pub(super) async fn iterator(&self, sdk: &sdk::Client, shard: &str, at: &StartAt) -> Result<Fetched<String>> {
        let (kind, after) = match at {
            StartAt::TrimHorizon => (ShardIteratorType::TrimHorizon, None),
            StartAt::Latest => (ShardIteratorType::Latest, None),
            StartAt::After(number) => (ShardIteratorType::AfterSequenceNumber, Some(number.clone())),
        };
        let request = sdk
            .get_shard_iterator()
            .stream_arn(&self.arn)
            .shard_id(shard)
            .shard_iterator_type(kind)
            .set_sequence_number(after);
        match request.send().await {
            Ok(response) => response.shard_iterator.map(Fetched::Value).ok_or_else(|| {
                Error::new(ErrorKind::Service, format!("the shard `{shard}` has no iterator")).in_table(&self.table)
            }),
            Err(error) => match meaning(&error) {
                Some(Meaning::Trimmed) => Ok(Fetched::Trimmed),
                Some(Meaning::NotFound) => Ok(Fetched::NotFound),
                _ => {
                    let what = format!("cannot get an iterator of the shard `{shard}`");
                    Err(failed(&what, &self.table, error))
                }
            },
        }
    }

    /// `GetRecords`: a page, and the iterator of the next one unless the shard has come to its end.
    pub(super) async fn records(
        &self,
        sdk: &sdk::Client,
        shard: &str,
        iterator: &str,
        page: i32,
    ) -> Result<Fetched<(Vec<Record>, Option<String>)>> {
        match sdk.get_records().shard_iterator(iterator).limit(page).send().await {
            Ok(response) => {
                let records = response.records.ok_or_else(|| self.lacks("the records"))?;
                let records = records.into_iter().map(|record| {
                    let mut record = Record::from_sdk(&record).in_table(&self.table);
                    record.shard = Some(shard.to_owned());
                    record
                });
                Ok(Fetched::Value((records.collect(), response.next_shard_iterator)))
            }
            Err(error) => match meaning(&error) {
                Some(Meaning::IteratorExpired) => Ok(Fetched::IteratorExpired),
                Some(Meaning::Trimmed) => Ok(Fetched::Trimmed),
                Some(Meaning::NotFound) => Ok(Fetched::NotFound),
                _ => Err(failed(&format!("cannot read the shard `{shard}`"), &self.table, error)),
            },
        }
    }

    /// The error for records that were trimmed.
    pub(super) fn gone(&self, shard: &str, after: Option<&str>) -> Error {
        let message = format!(
            "records of the shard `{shard}` after {} were trimmed before they were read: DynamoDB keeps them for a day; `skip_trimmed` continues with those that are left",
            after.map_or_else(|| "its beginning".to_owned(), |after| format!("`{after}`")),
        );
        Error::new(ErrorKind::RecordsTrimmed, message).in_table(&self.table)
    }

    /// The error for a stream that is not the one that this consumer has read.
    pub(super) fn replaced(&self, old: &str) -> Error {
        let message = format!(
            "this consumer has read the stream `{old}`, and the table has another one now: changes in between are in neither; `skip_trimmed` continues with the new one"
        );
        Error::new(ErrorKind::RecordsTrimmed, message).in_table(&self.table)
    }

    /// The error for a stream that does not exist although the table names it.
    pub(super) fn missing(&self) -> Error {
        let message = format!("the stream `{}` does not exist, although the table names it", self.arn);
        Error::new(ErrorKind::Service, message).in_table(&self.table)
    }

    /// The error for several unusable iterators in a row.
    pub(super) fn unusable_iterators(&self, shard: &str) -> Error {
        let message = format!("cannot read the shard `{shard}`: several iterators in a row are unusable");
        Error::new(ErrorKind::Unavailable, message).in_table(&self.table)
    }
}

/// What DynamoDB's error response means; `None` if no response came.
fn meaning<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> Option<Meaning> {
    match error {
        SdkError::DispatchFailure(_) | SdkError::TimeoutError(_) | SdkError::ResponseError(_) => None,
        _ => Some(classify(error.code(), error.raw_response().map(|response| response.status().as_u16()))),
    }
}

/// The error of a request that failed.
fn failed<E>(what: &str, table: &str, error: SdkError<E, HttpResponse>) -> Error
where
    E: StdError + ProvideErrorMetadata + Send + Sync + 'static,
{
    let kind = match meaning(&error) {
        None => ErrorKind::Unavailable,
        // Of a change stream: it is read too often.
        Some(Meaning::Limit) => ErrorKind::Throttled,
        Some(meaning) => meaning.kind(),
    };
    let why = match (error.code(), error.raw_response()) {
        (Some(code), _) => code.to_owned(),
        (None, Some(response)) => format!("HTTP {}", response.status().as_u16()),
        (None, None) => "no response".to_owned(),
    };
    let message = format!("{what} ({why})");
    // The SDK's own error may show a response's records.
    let shown = error.message().map(str::to_owned);
    Error::new(kind, message).in_table(table).with_source(SdkCause::of(error, shown))
}
