//! Calls through the SDK's generated operations: one arm per operation, the same for both ways of travelling.

use super::failure::Failure;
use super::interceptor::{Trace, WireInterceptor};
use super::response::Response;
use super::span::Span;
use super::token_window::TokenWindow;
use super::transcode;
use crate::client::{Client, Codec};
use crate::entity::Table;
use crate::op::{Operation, Request};
use aws_sdk_dynamodb::Config;
use aws_smithy_types::body::SdkBody;
use std::sync::{Arc, Mutex, PoisonError};

impl<T: Table> Client<T> {
    /// Sends a request that is not one entity's.
    pub(in crate::client) async fn send(&self, request: &Request) -> Result<Response, Failure> {
        self.send_of(request, None).await
    }

    /// Sends a request. Where it is one entity's, `entity` is its name.
    pub(in crate::client) async fn send_of(
        &self,
        request: &Request,
        entity: Option<&'static str>,
    ) -> Result<Response, Failure> {
        self.send_within(request, entity, None).await
    }

    /// The same; of a transaction, whose timers the window counts where time is simulated.
    pub(in crate::client) async fn send_within(
        &self,
        request: &Request,
        entity: Option<&'static str>,
        window: Option<&TokenWindow>,
    ) -> Result<Response, Failure> {
        let span = Span::of(request, &self.inner.table, entity);
        let sent = span.around(self.send_past_transactions(request, window)).await;
        match &sent {
            Ok(response) => span.answered(request.operation, response),
            Err(failure) => span.failed(request.operation, failure),
        }
        sent
    }

    /// Sends a request, and sends it again while another transaction stands against it, which the SDK does not.
    async fn send_past_transactions(
        &self,
        request: &Request,
        window: Option<&TokenWindow>,
    ) -> Result<Response, Failure> {
        let (mut attempts, mut made) = (self.attempts(), 0_u32);
        loop {
            let mut failure = match self.send_once(request, window).await {
                Ok(mut response) => {
                    response.attempts = response.attempts.saturating_add(made);
                    response.maybe_applied_before |= attempts.maybe_applied();
                    return Ok(response);
                }
                Err(failure) => failure,
            };
            made = made.saturating_add(failure.trace.attempts);
            failure.trace.attempts = made;
            attempts.carry(&mut failure);
            if !(failure.is_contention() && attempts.again().await) {
                return Err(failure);
            }
        }
    }

    /// One call. Everything that is not generic over the entity stands in here.
    async fn send_once(&self, request: &Request, window: Option<&TokenWindow>) -> Result<Response, Failure> {
        let trace = Arc::new(Mutex::new(Trace::default()));
        let wire = (self.inner.codec == Codec::Wire).then(|| (request.operation, request.body.clone()));
        let interceptor = WireInterceptor {
            wire,
            trace: Arc::clone(&trace),
            counters: Arc::clone(&self.inner.counters),
            once: request.once,
            repeated_here: request.operation.is_repeated_here(),
        };
        let take = || std::mem::take(&mut *trace.lock().unwrap_or_else(PoisonError::into_inner));
        let sdk = &self.inner.sdk;
        let table = self.inner.table.as_str();

        /// One generated operation: by its bytes, or filled from them and written back to them.
        macro_rules! call {
            ($operation:ident $(.$table:ident())?, $fill:path, $write:path $(, by $timers:expr)?) => {{
                let typed = match self.inner.codec {
                    Codec::Wire => sdk.$operation()$(.$table(table))?,
                    Codec::AttributeValue => $fill(sdk.$operation(), &request.body).map_err(Failure::not_built)?,
                };
                let call = typed.customize().interceptor(interceptor);
                $(let call = match $timers {
                    Some(timers) => call.config_override(Config::builder().sleep_impl(timers)),
                    None => call,
                };)?
                match call.send().await {
                    Ok(output) => {
                        let mut trace = take();
                        let body = match self.inner.codec {
                            Codec::Wire => trace.body.take().unwrap_or_else(SdkBody::empty),
                            Codec::AttributeValue => SdkBody::from($write(&output)),
                        };
                        let Trace { maybe_applied_before, attempts, .. } = trace;
                        self.made.add(attempts);
                        Response { body, maybe_applied_before, attempts, is_settled: false }
                    }
                    Err(error) => {
                        let trace = take();
                        self.made.add(trace.attempts);
                        return Err(Failure::of(error, trace, &request.body));
                    }
                }
            }};
        }

        Ok(match request.operation {
            Operation::GetItem => call!(get_item.table_name(), transcode::get_item, transcode::get_item_output),
            Operation::PutItem => call!(put_item.table_name(), transcode::put_item, transcode::put_item_output),
            Operation::DeleteItem => {
                call!(delete_item.table_name(), transcode::delete_item, transcode::delete_item_output)
            }
            Operation::UpdateItem => {
                call!(update_item.table_name(), transcode::update_item, transcode::update_item_output)
            }
            Operation::Query => call!(query.table_name(), transcode::query, transcode::query_output),
            Operation::Scan => call!(scan.table_name(), transcode::scan, transcode::scan_output),
            Operation::BatchGetItem => call!(batch_get_item, transcode::batch_get, transcode::batch_get_output),
            Operation::BatchWriteItem => {
                call!(batch_write_item, transcode::batch_write, transcode::batch_write_output)
            }
            Operation::TransactGetItems => {
                call!(transact_get_items, transcode::transact_get, transcode::transact_get_output)
            }
            Operation::TransactWriteItems => {
                let timers = window.and_then(|window| window.timers(sdk.config()));
                call!(
                    transact_write_items,
                    transcode::transact_write,
                    transcode::transact_write_output,
                    by timers
                )
            }
        })
    }
}
