//! Spans, and what stands in them.

use super::counts::Given;
use crate::client::send::failure::Failure;
use crate::client::send::response::Response;
use crate::op::{Operation, Request};
use tracing::Instrument as _;
use tracing::field::Empty;

/// The span of a request.
pub(in crate::client) struct Span(tracing::Span);

impl Span {
    pub(in crate::client) fn of(request: &Request, table: &str, entity: Option<&'static str>) -> Self {
        let operation = request.operation.name();
        let span = tracing::info_span!(
            target: "dynamodel",
            "request",
            otel.name = format_args!("DynamoDB.{operation}"),
            otel.kind = "client",
            otel.status_code = Empty,
            db.system.name = "aws.dynamodb",
            db.operation.name = operation,
            db.operation.batch.size = Empty,
            db.collection.name = table,
            db.response.status_code = Empty,
            db.response.returned_rows = Empty,
            aws.dynamodb.table_names = Empty,
            aws.dynamodb.consumed_capacity = Empty,
            aws.dynamodb.count = Empty,
            aws.dynamodb.scanned_count = Empty,
            error.type = Empty,
            dynamodel.entity = entity,
            dynamodel.attempts = Empty,
            dynamodel.unprocessed = Empty,
            dynamodel.outcome = Empty,
        );
        if !span.is_disabled() {
            span.record("aws.dynamodb.table_names", request.tables.as_deref().unwrap_or(table));
            // By the conventions one is no batch.
            if request.items > 1 {
                span.record("db.operation.batch.size", request.items);
            }
        }
        Self(span)
    }

    pub(in crate::client) async fn around<O>(&self, future: impl Future<Output = O>) -> O {
        future.instrument(self.0.clone()).await
    }

    pub(in crate::client) fn answered(&self, operation: Operation, response: &Response) {
        if self.0.is_disabled() {
            return;
        }
        let given = Given::of(response.bytes());
        self.0.record("dynamodel.outcome", "ok");
        self.0.record("dynamodel.attempts", response.attempts);
        if !operation.writes() {
            self.0.record("db.response.returned_rows", given.rows);
        }
        let numbers = [
            ("aws.dynamodb.count", given.count),
            ("aws.dynamodb.scanned_count", given.scanned),
            ("dynamodel.unprocessed", given.unprocessed),
        ];
        for (name, number) in numbers {
            if let Some(number) = number {
                self.0.record(name, number);
            }
        }
        if let Some(consumed) = given.consumed {
            self.0.record("aws.dynamodb.consumed_capacity", consumed);
        }
    }

    pub(in crate::client) fn failed(&self, operation: Operation, failure: &Failure) {
        if self.0.is_disabled() {
            return;
        }
        let outcome = failure.outcome(operation);
        self.0.record("dynamodel.outcome", outcome);
        self.0.record("dynamodel.attempts", failure.trace.attempts);
        self.0.record("error.type", failure.word());
        if let Some(code) = failure.code() {
            self.0.record("db.response.status_code", code);
        }
        // A condition that does not hold is a response that programs ask for.
        if outcome != "refused" {
            self.0.record("otel.status_code", "ERROR");
        }
    }
}
