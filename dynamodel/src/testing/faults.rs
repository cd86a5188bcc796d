//! The faults that a test configures, and the counters of what happened.

use super::counts::{Injected, Sent};
use super::fault::Fault;
use super::state::State;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Faults between a client and its server, random by a seed or by a script, and counters of what happened. Clones are the
/// same faults.
///
/// Put them in front of a client with [`Client::with_faults`](crate::Client::with_faults), or of any HTTP client of the SDK
/// with [`http_client`](Self::http_client). The same seed gives the same faults for the same requests in the same order;
/// concurrent requests may come in another order.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
/// use dynamodel::testing::Faults;
///
/// let faults = Faults::seeded(42).unprocessed(0.2);
/// let shop = Shop::embedded().await?.with_faults(&faults);
///
/// let sessions: Vec<Session> = (0..100).map(|n| Session::sample("ada", &format!("s{n}"))).collect();
/// let report = shop.batch_write().unchecked().put_all(&sessions).await?;
/// assert_eq!(report.done, 100);
/// assert_eq!(report.retried, faults.injected().unprocessed);
/// assert_eq!(report.requests, faults.requests());
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Faults(pub(super) Arc<Mutex<State>>);

impl Faults {
    /// Random faults, none until their shares are set.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(State::new(seed, [].into()))))
    }

    /// One fault after the other, request by request, and none after the last one.
    ///
    /// Shares that are set too apply after its end.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// use dynamodel::testing::{Fault, Faults};
    ///
    /// let faults = Faults::script([Fault::Throttle, Fault::Throttle]).only("GetItem");
    /// let shop = Shop::embedded().await?.with_faults(&faults);
    /// shop.create(&Session::sample("ada", "s1")).await?;
    /// assert!(shop.get(Session::key("ada", "s1")).await?.is_some()); // the SDK tries a third time
    /// assert_eq!((faults.requests_of("PutItem"), faults.requests_of("GetItem")), (1, 3));
    /// # Ok(()) }
    /// ```
    pub fn script(faults: impl IntoIterator<Item = Fault>) -> Self {
        Self(Arc::new(Mutex::new(State::new(0, faults.into_iter().collect()))))
    }

    /// Throttles this share of the requests, from 0 to 1.
    pub fn throttle(self, share: f64) -> Self {
        self.with(|state| state.shares.throttle = share)
    }

    /// Gives this share of the requests a 500; half of them are carried out nevertheless.
    pub fn fail_500(self, share: f64) -> Self {
        self.with(|state| state.shares.server_error = share)
    }

    /// Lets this share of the requests time out; half of them are carried out nevertheless.
    pub fn time_out(self, share: f64) -> Self {
        self.with(|state| state.shares.timeout = share)
    }

    /// Breaks the connection before the server gets the request, for this share of them.
    pub fn cut_before(self, share: f64) -> Self {
        self.with(|state| state.shares.cut_before = share)
    }

    /// Breaks the connection after the server has carried the request out, for this share of them.
    pub fn cut_after(self, share: f64) -> Self {
        self.with(|state| state.shares.cut_after = share)
    }

    /// Returns this share of the items of batches unprocessed, drawn for each item.
    ///
    /// They are taken out of the request after it was signed, so this needs a server that does not check signatures: the
    /// engines for tests do not, Amazon DynamoDB does.
    pub fn unprocessed(self, share: f64) -> Self {
        self.with(|state| state.shares.unprocessed = share)
    }

    /// Gives this share of the transactions and single writes a conflict with another transaction.
    pub fn transaction_conflict(self, share: f64) -> Self {
        self.with(|state| state.shares.conflict = share)
    }

    /// Delays this share of the requests, whatever else happens to them.
    pub fn slow(self, share: f64, pause: Duration) -> Self {
        self.with(|state| state.shares.slow = Some((share, pause)))
    }

    /// Lets faults happen to this operation only (`"UpdateItem"`); called more than once, to each of those. Other requests
    /// go through, and use up nothing of the script.
    pub fn only(self, operation: &str) -> Self {
        self.with(|state| state.only.push(operation.to_owned()))
    }

    /// Keeps every request, for [`sent`](Self::sent).
    pub fn recording(self) -> Self {
        self.with(|state| state.sent = Some(Vec::new()))
    }

    /// No more faults from now on.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// use dynamodel::testing::Faults;
    ///
    /// let faults = Faults::seeded(1).cut_before(1.0);
    /// let shop = Shop::embedded().await?.with_faults(&faults);
    /// assert!(shop.get(Session::key("ada", "s1")).await.is_err());
    /// faults.stop();
    /// assert!(shop.get(Session::key("ada", "s1")).await.is_ok());
    /// # Ok(()) }
    /// ```
    pub fn stop(&self) {
        self.lock().stopped = true;
    }

    /// Faults again, after [`stop`](Self::stop).
    pub fn resume(&self) {
        self.lock().stopped = false;
    }

    /// How many HTTP requests were seen.
    pub fn requests(&self) -> u64 {
        self.lock().requests.values().sum()
    }

    /// How many HTTP requests of one operation were seen.
    pub fn requests_of(&self, operation: &str) -> u64 {
        self.lock().requests.get(operation).copied().unwrap_or(0)
    }

    /// What was done to them.
    pub fn injected(&self) -> Injected {
        self.lock().injected
    }

    /// The requests that were seen, if they are [recorded](Self::recording).
    pub fn sent(&self) -> Vec<Sent> {
        self.lock().sent.clone().unwrap_or_default()
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with(self, change: impl FnOnce(&mut State)) -> Self {
        change(&mut self.lock());
        self
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        f.debug_struct("Faults").field("requests", &state.requests).field("injected", &state.injected).finish()
    }
}
