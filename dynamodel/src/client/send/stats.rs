//! What a client has sent and met, in numbers.

use crate::client::Client;
use crate::entity::Table;
use crate::response::{Meaning, classify};
use crate::wire::Reader;
use std::sync::atomic::{AtomicU64, Ordering};

/// What a client and its clones have sent and met since it was made, in numbers that only grow: for metrics.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
/// # let shop = Shop::embedded().await?;
/// shop.create(&Session::sample("ada", "s1")).await?;
/// shop.get(Session::key("ada", "s1")).await?;
///
/// let stats = shop.stats();
/// assert_eq!((stats.requests, stats.retries, stats.throttled), (2, 0, 0));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Stats {
    /// HTTP requests made, retries included.
    pub requests: u64,
    /// How often something was tried again: by the SDK, and by the library's own [`RetryPolicy`](crate::RetryPolicy).
    pub retries: u64,
    /// Responses that throttle.
    pub throttled: u64,
    /// Responses with a status of the 500s.
    pub server_errors: u64,
    /// Requests without a response: the connection broke, the time was up, or nothing listened.
    pub unanswered: u64,
    /// Requests refused because another transaction was under way, transactions cancelled for it included.
    pub conflicts: u64,
    /// Items and keys of batches that came back unprocessed.
    pub unprocessed: u64,
}

#[derive(Debug, Default)]
pub(in crate::client) struct Counters {
    requests: AtomicU64,
    retries: AtomicU64,
    throttled: AtomicU64,
    server_errors: AtomicU64,
    unanswered: AtomicU64,
    conflicts: AtomicU64,
    unprocessed: AtomicU64,
}

/// What one attempt met: a response's status and body.
pub(in crate::client) type Met<'a> = Option<(u16, &'a [u8])>;

impl Counters {
    /// An attempt is over. `again` where it was not the first one of its call.
    pub(in crate::client) fn attempt(&self, met: Met<'_>, again: bool) {
        one_more(&self.requests);
        if again {
            self.count_retry();
        }
        match met {
            None => one_more(&self.unanswered),
            Some((500.., _)) => one_more(&self.server_errors),
            Some((400.., body)) => self.error_response(body),
            Some(_) => {}
        }
    }

    /// Something is tried again.
    pub(in crate::client) fn count_retry(&self) {
        one_more(&self.retries);
    }

    /// Items of a batch came back.
    pub(in crate::client) fn unprocessed(&self, count: usize) {
        self.unprocessed.fetch_add(u64::try_from(count).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    fn error_response(&self, body: &[u8]) {
        let meanings = meanings(body).unwrap_or_default();
        if meanings.contains(&Meaning::Throttled) {
            one_more(&self.throttled);
        }
        if meanings.iter().any(|meaning| matches!(meaning, Meaning::Contention | Meaning::InProgress)) {
            one_more(&self.conflicts);
        }
    }
}

/// What an error means, and what a cancelled transaction's reasons do.
fn meanings(body: &[u8]) -> Option<Vec<Meaning>> {
    let mut codes = Vec::new();
    let read = Reader::new(body).ok()?.object(|reader, name| match name {
        "__type" => {
            let code = reader.string()?;
            codes.push(classify(code.rsplit('#').next(), None));
            Ok(())
        }
        "CancellationReasons" => reader.array(|reader| {
            reader.object(|reader, name| match name {
                "Code" if !reader.null()? => {
                    codes.push(classify(Some(&reader.string()?), None));
                    Ok(())
                }
                "Code" => Ok(()),
                _ => reader.skip(),
            })
        }),
        _ => reader.skip(),
    });
    read.ok().map(|()| codes)
}

fn one_more(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

impl<T: Table> Client<T> {
    /// What this client and its clones have sent and met so far: see [`Stats`].
    pub fn stats(&self) -> Stats {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let Counters { requests, retries, throttled, server_errors, unanswered, conflicts, unprocessed } =
            &*self.inner.counters;
        Stats {
            requests: read(requests),
            retries: read(retries),
            throttled: read(throttled),
            server_errors: read(server_errors),
            unanswered: read(unanswered),
            conflicts: read(conflicts),
            unprocessed: read(unprocessed),
        }
    }
}
