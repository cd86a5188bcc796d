//! Counters of injected faults, and the requests that were seen.

/// Counters of what was done to requests: see [`Faults::injected`](super::Faults::injected).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Injected {
    /// Requests that were throttled.
    pub throttled: u64,
    /// Requests that got a 500, carried out or not.
    pub server_errors: u64,
    /// Requests that timed out, carried out or not.
    pub timeouts: u64,
    /// Connections that broke before the server got the request, or that were refused.
    pub cut_before: u64,
    /// Connections that broke after the server carried the request out, before its response or within it.
    pub cut_after: u64,
    /// Items of batches that came back unprocessed.
    pub unprocessed: u64,
    /// Transactions and writes that got a conflict with another transaction.
    pub conflicts: u64,
    /// Requests that were delayed.
    pub slowed: u64,
    /// Requests that got a given response instead of the server's: [`Fault::Response`](super::Fault::Response).
    pub responses: u64,
    /// Requests that the server carried out, and whose success response was lost: by a broken connection, a 500, or a timeout.
    pub lost: u64,
}

/// A request that was seen: see [`Faults::recording`](super::Faults::recording).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Sent {
    /// DynamoDB's name of the operation.
    pub operation: String,
    /// Its headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Its body, DynamoDB JSON.
    pub body: Vec<u8>,
}

impl Sent {
    /// One header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
