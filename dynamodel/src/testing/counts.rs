//! What was seen and done, in numbers.

/// What was done to requests, in numbers: see [`Faults::injected`](super::Faults::injected).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Injected {
    /// Requests that were throttled.
    pub throttled: u64,
    /// Requests answered with 500, carried out or not.
    pub server_errors: u64,
    /// Requests whose time was up, carried out or not.
    pub timeouts: u64,
    /// Connections that broke before the server got the request, or that were refused.
    pub cut_before: u64,
    /// Connections that broke after the server carried the request out, before its answer or within it.
    pub cut_after: u64,
    /// Items of batches that came back unprocessed.
    pub unprocessed: u64,
    /// Transactions and writes that met another transaction.
    pub conflicts: u64,
    /// Requests that were held up.
    pub slowed: u64,
    /// Requests answered in the server's place: [`Fault::Response`](super::Fault::Response).
    pub responses: u64,
    /// Requests that the server carried out, and whose good answer got lost: by a broken connection, 500, or time.
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
