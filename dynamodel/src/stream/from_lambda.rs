//! Records of AWS Lambda's events, and the response for Lambda.

use super::external_items::{array, binary, boolean, members, tagged, text};
use super::record::{table_of_arn, view_named};
use super::{Batch, BatchOutcome, Operation, Record, RemovedBy};
use crate::wire;
use aws_lambda_events::event::dynamodb as lambda;
use aws_lambda_events::event::streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse};
use serde_dynamo::AttributeValue;
use std::collections::HashMap;
use std::time::{Duration, UNIX_EPOCH};

impl Record {
    /// Converts a record of `aws_lambda_events`. Its table is the one that its event source ARN names.
    pub fn from_lambda(record: &lambda::EventRecord) -> Self {
        let body = &record.change;
        let item = |item: &serde_dynamo::Item| (!item.is_empty()).then(|| json(item.inner()));
        let identity = record.user_identity.as_ref().map(|who| (Some(&*who.type_), Some(&*who.principal_id)));
        let seconds = u64::try_from(body.approximate_creation_date_time.timestamp()).ok().filter(|at| *at > 0);
        Self {
            event_id: Some(record.event_id.clone()).filter(|id| !id.is_empty()),
            sequence_number: body.sequence_number.clone().unwrap_or_default().into(),
            operation: Operation::named(&record.event_name),
            removed_by: RemovedBy::named(identity),
            at: seconds.and_then(|seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds))),
            table: record.table_name.clone().or_else(|| table_of_arn(record.event_source_arn.as_deref()?)),
            shard: None,
            view: body.stream_view_type.as_ref().and_then(|view| view_named(&view.to_string())),
            keys: item(&body.keys),
            new: item(&body.new_image),
            old: item(&body.old_image),
        }
    }
}

impl Batch {
    /// The records of a Lambda event, whatever table they are of.
    ///
    /// **Give the expected table** with [`of_table`](Self::of_table). Without it, an event source mapping to another table's stream
    /// goes unnoticed: records are decoded by their content, and those of a table with entities of the same names and keys
    /// (the test stage's, a copy) decode as well as the right ones. Lambda names the table in each record, in the event source ARN;
    /// the types do not know the name of the physical table, so it cannot be compared without being given.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let shop = Shop::embedded().await?;
    /// use dynamodel::stream::{Batch, Event};
    /// # let event = r#"{"Records":[{"eventID":"1","eventName":"REMOVE","awsRegion":"eu-west-1","dynamodb":{
    /// #   "ApproximateCreationDateTime":1,"Keys":{"PK":{"S":"USER#ada"},"SK":{"S":"SESSION#s1"}},"SizeBytes":1},
    /// #   "eventSourceARN":"arn:aws:dynamodb:eu-west-1:123456789012:table/shop-test/stream/2026-01-01T00:00:00.000"}]}"#;
    /// # let event = serde_json::from_str(event)?;
    ///
    /// // The handler's own client is of the expected table; the event is of `shop-test`.
    /// let outcome = Batch::from_lambda(&event)
    ///     .of_table(shop.table_name())
    ///     .handle(|_: Event<ShopChange>| std::future::ready(Ok::<_, dynamodel::Error>(())))
    ///     .await;
    /// assert_eq!(outcome.error().map(|error| error.kind()), Some(dynamodel::ErrorKind::WrongTable));
    /// # Ok(()) }
    /// ```
    pub fn from_lambda(event: &lambda::Event) -> Self {
        Self::new(event.records.iter().map(Record::from_lambda))
    }
}

impl BatchOutcome {
    /// The response that tells Lambda which records are to be delivered again.
    ///
    /// The event source mapping needs `FunctionResponseTypes: [ReportBatchItemFailures]`; without it Lambda takes every response
    /// for a full success. If a record that is left has no sequence number, the whole batch is delivered again.
    pub fn to_lambda(&self) -> DynamoDbEventResponse {
        let missing = self.failures().iter().any(|failed| failed.record.sequence_number.is_missing());
        // An empty identifier stands for the whole batch.
        let identifiers = if missing {
            vec![String::new()]
        } else {
            self.failures().iter().map(|failed| failed.record.sequence_number.as_str().to_owned()).collect()
        };
        let mut response = DynamoDbEventResponse::default();
        response.batch_item_failures = identifiers.into_iter().map(failure).collect();
        response
    }
}

fn failure(identifier: String) -> DynamoDbBatchItemFailure {
    let mut failure = DynamoDbBatchItemFailure::default();
    failure.item_identifier = Some(identifier);
    failure
}

fn json(item: &HashMap<String, AttributeValue>) -> String {
    let mut out = Vec::with_capacity(256);
    members(item, &mut out, value);
    text(&out)
}

fn value(value_: &AttributeValue, out: &mut Vec<u8>) {
    match value_ {
        AttributeValue::S(text) => wire::write_s(out, text),
        AttributeValue::N(digits) => wire::write_n(out, digits),
        AttributeValue::B(bytes) => wire::write_b(out, bytes),
        AttributeValue::Bool(flag) => tagged("BOOL", out, |out| boolean(*flag, out)),
        AttributeValue::Null(_) => tagged("NULL", out, |out| boolean(true, out)),
        AttributeValue::M(map) => tagged("M", out, |out| members(map, out, value)),
        AttributeValue::L(list) => tagged("L", out, |out| array(list, out, value)),
        AttributeValue::Ss(set) => {
            tagged("SS", out, |out| array(set, out, |text, out| wire::write_string(out, text)));
        }
        AttributeValue::Ns(set) => {
            tagged("NS", out, |out| array(set, out, |digits, out| wire::write_string(out, digits)));
        }
        AttributeValue::Bs(set) => tagged("BS", out, |out| array(set, out, |bytes, out| binary(bytes, out))),
    }
}
