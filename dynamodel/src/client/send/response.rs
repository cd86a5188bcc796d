//! What came back from a call that succeeded.

use aws_smithy_types::body::SdkBody;

/// The response of a call that succeeded.
#[derive(Debug)]
pub(in crate::client) struct Response {
    pub(super) body: SdkBody,
    /// Whether an earlier try may have been carried out too.
    pub(in crate::client) maybe_applied_before: bool,
    /// HTTP requests made.
    pub(in crate::client) attempts: u32,
    /// Whether the response itself was lost, and the item that is there stands in its place.
    pub(in crate::client) is_settled: bool,
}

impl Response {
    /// In the place of a lost response to a write that was carried out: the item that bears its version.
    pub(in crate::client) fn settled(item: &str, attempts: u32) -> Self {
        let body = SdkBody::from(format!("{{\"Attributes\":{item}}}"));
        Self { body, maybe_applied_before: false, attempts, is_settled: true }
    }

    /// Of a write that gives nothing back.
    pub(in crate::client) fn nothing() -> Self {
        Self { body: SdkBody::from("{}"), maybe_applied_before: false, attempts: 0, is_settled: false }
    }

    /// DynamoDB JSON.
    pub(in crate::client) fn bytes(&self) -> &[u8] {
        // A response that could not be kept in memory does not occur: the SDK loads it before it is looked at. It would be
        // malformed then, and not one that says that nothing is there.
        self.body.bytes().unwrap_or_default()
    }
}
