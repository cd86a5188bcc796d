//! The requests of a poller, and what their refusals mean.

use crate::client::{Client, SdkCause};
use crate::define::StreamView;
use crate::entity::Table;
use crate::error::{Error, ErrorKind, Result};
use crate::stream::Record;
use crate::stream::record::view_named;
use aws_sdk_dynamodbstreams as sdk;
use sdk::config::http::HttpResponse;
use sdk::error::{ProvideErrorMetadata, SdkError};
use sdk::types::ShardIteratorType;
use std::error::Error as StdError;

/// What DynamoDB says when it asks to slow down.
const THROTTLES: [&str; 4] =
    ["LimitExceededException", "ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded"];

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

/// A place in a shard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StartAt {
    /// Before the oldest record that there is.
    TrimHorizon,
    /// Before what comes from now on: asked for once, when a consumer begins.
    Latest,
    /// Behind the record of this sequence number.
    After(String),
}

/// What was asked for, or why there is none.
pub(super) enum Fetched<T> {
    Value(T),
    /// The iterator is too old.
    IteratorExpired,
    /// The records at this place are gone.
    Trimmed,
    /// The whole shard is.
    NotFound,
}

impl TableStream {
    /// The stream of the client's table, which must hold what is to be read.
    pub(super) async fn find<T: Table>(client: &Client<T>, needs: StreamView) -> Result<Self> {
        let table = client.table_name();
        let described = client.sdk().describe_table().table_name(table).send().await;
        let described = described.map_err(|error| {
            let missing = error.as_service_error().is_some_and(|error| error.is_resource_not_found_exception());
            let kind = if missing { ErrorKind::TableNotFound } else { kind(&error, error.code()) };
            trouble(kind, "the table cannot be looked at", table, error)
        })?;
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
                "the table's stream holds `{holds:?}`, and `{needs:?}` is to be read: read a narrower view, or change the stream"
            );
            return Err(Error::new(ErrorKind::ImageMissing, message).in_table(table));
        }
        Ok(Self { arn: arn.to_owned(), table: table.to_owned() })
    }

    /// All its shards: `DescribeStream`, page by page. `Gone` where there is no such stream any more.
    pub(super) async fn shards(&self, sdk: &sdk::Client) -> Result<Fetched<Vec<Shard>>> {
        let (mut shards, mut after) = (Vec::new(), None);
        loop {
            let request = sdk.describe_stream().stream_arn(&self.arn).set_exclusive_start_shard_id(after);
            let response = match request.send().await {
                Ok(response) => response,
                Err(error) => match error.as_service_error() {
                    Some(said) if said.is_resource_not_found_exception() => return Ok(Fetched::NotFound),
                    _ => return Err(self.trouble("the stream cannot be looked at", error)),
                },
            };
            // What is left out must not pass for what is not there: its records would never be read.
            let stream = response.stream_description.ok_or_else(|| {
                // Asked again, it may be there.
                let message = "the stream cannot be looked at: the response holds no description";
                Error::new(ErrorKind::Unavailable, message).in_table(&self.table)
            })?;
            for shard in stream.shards.unwrap_or_default() {
                let open = shard.sequence_number_range.is_none_or(|range| range.ending_sequence_number.is_none());
                let id = shard.shard_id.ok_or_else(|| self.lacks("a shard's id"))?;
                // The list may move while it is read.
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
            Ok(answer) => answer.shard_iterator.map(Fetched::Value).ok_or_else(|| {
                Error::new(ErrorKind::Service, format!("the shard `{shard}` has no iterator")).in_table(&self.table)
            }),
            Err(error) => match error.as_service_error() {
                Some(said) if said.is_trimmed_data_access_exception() => Ok(Fetched::Trimmed),
                Some(said) if said.is_resource_not_found_exception() => Ok(Fetched::NotFound),
                _ => Err(self.trouble("the shard cannot be entered", error)),
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
            Ok(answer) => {
                let records = answer.records.ok_or_else(|| self.lacks("the records"))?;
                let records = records.into_iter().map(|record| {
                    let mut record = Record::from_sdk(&record).in_table(&self.table);
                    record.shard = Some(shard.to_owned());
                    record
                });
                Ok(Fetched::Value((records.collect(), answer.next_shard_iterator)))
            }
            Err(error) => match error.as_service_error() {
                Some(said) if said.is_expired_iterator_exception() => Ok(Fetched::IteratorExpired),
                Some(said) if said.is_trimmed_data_access_exception() => Ok(Fetched::Trimmed),
                Some(said) if said.is_resource_not_found_exception() => Ok(Fetched::NotFound),
                _ => Err(self.trouble("the shard cannot be read", error)),
            },
        }
    }

    /// The error for records that are gone.
    pub(super) fn gone(&self, shard: &str, after: Option<&str>) -> Error {
        let message = format!(
            "records of the shard `{shard}` after {} are gone before they were read: DynamoDB keeps them for a day; `skip_trimmed` goes on with those that there are",
            after.map_or_else(|| "its beginning".to_owned(), |after| format!("`{after}`")),
        );
        Error::new(ErrorKind::RecordsTrimmed, message).in_table(&self.table)
    }

    /// The error for a stream that is not the one that this consumer has read.
    pub(super) fn replaced(&self, old: &str) -> Error {
        let message = format!(
            "this consumer has read the stream `{old}`, and the table has another one now: what was changed in between is in none of them; `skip_trimmed` goes on with the new one"
        );
        Error::new(ErrorKind::RecordsTrimmed, message).in_table(&self.table)
    }

    /// The error for a stream that is gone although the table names it.
    pub(super) fn missing(&self) -> Error {
        let message = format!("there is no stream `{}`, although the table names it", self.arn);
        Error::new(ErrorKind::Service, message).in_table(&self.table)
    }

    /// The error for iterators that lead nowhere.
    pub(super) fn unusable_iterators(&self, shard: &str) -> Error {
        let message = format!("the shard `{shard}` cannot be read: several iterators in a row are of no use");
        Error::new(ErrorKind::Unavailable, message).in_table(&self.table)
    }

    fn trouble<E>(&self, what: &str, error: SdkError<E, HttpResponse>) -> Error
    where
        E: StdError + ProvideErrorMetadata + Send + Sync + 'static,
    {
        let kind = kind(&error, error.code());
        let message = error.message().map(str::to_owned);
        // The SDK's own error may show a response's records.
        trouble(kind, what, &self.table, SdkCause::of(error, message))
    }
}

/// An HTTP answer's status.
pub(super) trait Status {
    /// Whether the server says that the fault is its own.
    fn is_of_server(&self) -> bool;
}

impl Status for sdk::config::http::HttpResponse {
    fn is_of_server(&self) -> bool {
        self.status().as_u16() >= 500
    }
}

/// What a failed request comes to.
fn kind<E, R: Status>(error: &SdkError<E, R>, code: Option<&str>) -> ErrorKind {
    if code.is_some_and(|code| THROTTLES.contains(&code)) {
        return ErrorKind::Throttled;
    }
    match error {
        SdkError::DispatchFailure(_) | SdkError::TimeoutError(_) | SdkError::ResponseError(_) => ErrorKind::Unavailable,
        _ if error.raw_response().is_some_and(Status::is_of_server) => ErrorKind::Unavailable,
        _ => ErrorKind::Service,
    }
}

fn trouble(kind: ErrorKind, what: &str, table: &str, source: impl StdError + Send + Sync + 'static) -> Error {
    Error::new(kind, format!("{what}; the source says why")).in_table(table).with_source(source)
}
