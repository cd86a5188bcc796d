//! Calls through the SDK's generated operations: one arm per operation, the same for both ways of travelling.

use super::failure::Failure;
use super::seam::{Seam, Trace};
use super::{Client, Codec, transcode};
use crate::entity::Table;
use crate::op::{Operation, Request};
use aws_smithy_types::body::SdkBody;
use std::sync::{Arc, Mutex, PoisonError};

/// The answer of a call that succeeded.
#[derive(Debug)]
pub(super) struct Answer {
    body: SdkBody,
    /// Whether an earlier try may have been carried out too.
    pub(super) earlier_doubt: bool,
}

impl Answer {
    /// DynamoDB JSON.
    pub(super) fn bytes(&self) -> &[u8] {
        // An answer that could not be kept in memory does not occur: the SDK loads it before it is looked at.
        self.body.bytes().unwrap_or(b"{}")
    }
}

impl<T: Table> Client<T> {
    /// Sends a request. Everything that is not generic over the entity stands in here.
    pub(super) async fn send(&self, request: &Request) -> Result<Answer, Failure> {
        let trace = Arc::new(Mutex::new(Trace::default()));
        let wire = (self.inner.codec == Codec::Wire).then(|| (request.operation, request.body.clone()));
        let seam = Seam { wire, trace: Arc::clone(&trace) };
        let take = || std::mem::take(&mut *trace.lock().unwrap_or_else(PoisonError::into_inner));
        let sdk = &self.inner.sdk;
        let table = self.inner.table.as_str();

        /// One generated operation: by its bytes, or filled from them and written back to them.
        macro_rules! call {
            ($operation:ident, $fill:path, $write:path) => {{
                let typed = match self.inner.codec {
                    Codec::Wire => sdk.$operation().table_name(table),
                    Codec::AttributeValue => $fill(sdk.$operation(), &request.body).map_err(Failure::not_built)?,
                };
                match typed.customize().interceptor(seam).send().await {
                    Ok(output) => {
                        let trace = take();
                        let body = match self.inner.codec {
                            Codec::Wire => trace.body.unwrap_or_else(|| SdkBody::from("{}")),
                            Codec::AttributeValue => SdkBody::from($write(&output)),
                        };
                        Answer { body, earlier_doubt: trace.earlier_doubt }
                    }
                    Err(error) => return Err(Failure::of(error, take())),
                }
            }};
        }

        Ok(match request.operation {
            Operation::GetItem => call!(get_item, transcode::get_item, transcode::get_item_output),
            Operation::PutItem => call!(put_item, transcode::put_item, transcode::put_item_output),
            Operation::DeleteItem => call!(delete_item, transcode::delete_item, transcode::delete_item_output),
            Operation::UpdateItem => call!(update_item, transcode::update_item, transcode::update_item_output),
            Operation::Query => call!(query, transcode::query, transcode::query_output),
        })
    }
}
