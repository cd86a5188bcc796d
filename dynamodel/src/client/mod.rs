//! The client: binds operations to a table, sends them with the user's SDK client, and makes errors of failures.
//!
//! Room by room, lowest first; each uses only those before it and what this file defines:
//!
//! - [`send`]: bytes out, bytes back; the only room that knows how the SDK runs a call;
//! - [`outcome`]: what became of a write;
//! - [`transact`]: transactions, and the writes of items with unique values, which are some;
//! - [`item`]: operations on one item: get, create, put, save, update, upsert, delete, modify, `get_or_create`, explain;
//! - [`read`]: query, collection, scan, and their pages;
//! - [`bulk`]: batches, `update_each`, `delete_each`, `add_missing_sentinels`;
//! - [`admin`]: creating, checking and changing tables.
//!
//! What makes the operations (`shop.get(..)`) stands in [`verbs`].

mod admin;
mod bulk;
mod clock;
mod future;
mod item;
mod outcome;
mod read;
mod send;
mod transact;
mod verbs;

use crate::entity::Table;
use crate::op::Context;
use outcome::SendsItems;
use send::{Counters, Made};
use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

pub use admin::Apply;
pub use bulk::{BatchGet, BatchProgress, BatchWrite, Checked, KeySet, Unchecked};
pub use clock::{Clock, ManualClock, SystemClock};
pub use future::OperationFuture;
pub use item::{Change, GotOrCreated, Modified, Modify};
pub use read::{EachPages, Items, Pages, ScanPages, SentinelPages};
#[cfg(feature = "streams")]
pub(crate) use send::SdkCause;
pub use send::{RetryPolicy, Stats};
#[cfg(feature = "lock")]
pub(crate) use transact::Planned;
pub use transact::{Actions, ReadAction, ReadActions, Transact, TransactGet, WriteAction, WriteActions};

/// A table to work with: the user's SDK client, the physical table's name, and a clock. Cheap to clone.
///
/// Everything the SDK client brings along stays in force: credentials, region, endpoint, retries, timeouts, HTTP
/// client, interceptors.
///
/// # Examples
/// ```no_run
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # fn main() {}
/// # async fn example(sdk_client: aws_sdk_dynamodb::Client) -> dynamodel::Result<()> {
/// let shop = Shop::connect(&sdk_client, "shop-prod");
/// let session = shop.get(Session::key("u1", "s1")).await?;
/// # Ok(()) }
/// ```
pub struct Client<T> {
    inner: Arc<Inner>,
    /// Of an operation under way.
    made: Made,
    table: PhantomData<fn() -> T>,
}

#[derive(Clone)]
struct Inner {
    sdk: aws_sdk_dynamodb::Client,
    table: String,
    clock: Arc<dyn Clock>,
    codec: Codec,
    retries: RetryPolicy,
    counters: Arc<Counters>,
    sends_items: SendsItems,
    /// Whatever must live as long as the client does: the embedded engine.
    keep: Option<Arc<dyn Any + Send + Sync>>,
}

/// How items travel between struct and wire. Both ways give the same results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Codec {
    /// Directly between serde and the bytes of request and response: the default, and the fast way.
    #[default]
    Wire,
    /// Through the SDK's typed inputs and outputs, for interceptors and mocks that look at them.
    AttributeValue,
}

impl<T: Table> Client<T> {
    /// A client for the table `T`, physically called `table`, through the SDK client `sdk`.
    pub fn new(sdk: &aws_sdk_dynamodb::Client, table: impl Into<String>) -> Self {
        let inner = Inner {
            sdk: sdk.clone(),
            table: table.into(),
            clock: Arc::new(SystemClock),
            codec: Codec::default(),
            retries: RetryPolicy::default(),
            counters: Arc::default(),
            sends_items: SendsItems::default(),
            keep: None,
        };
        Self { inner: Arc::new(inner), made: Made::default(), table: PhantomData }
    }

    /// The same client with another clock: what expiry is judged by.
    pub fn with_clock(self, clock: impl Clock) -> Self {
        self.with(|inner| inner.clock = Arc::new(clock))
    }

    /// The same client with another way between struct and wire.
    pub fn with_codec(self, codec: Codec) -> Self {
        self.with(|inner| inner.codec = codec)
    }

    /// The same client with other pauses and numbers of tries, where the library itself tries again.
    pub fn with_retries(self, retries: RetryPolicy) -> Self {
        self.with(|inner| inner.retries = retries)
    }

    /// The same client through another SDK client: with other retries, timeouts, or HTTP client.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// use dynamodel::sdk::config::retry::RetryConfig;
    ///
    /// let shop = Shop::embedded().await?;
    /// let config = shop.sdk().config().to_builder().retry_config(RetryConfig::disabled()).build();
    /// let shop = shop.with_sdk(dynamodel::sdk::Client::from_conf(config));
    /// # let _ = shop;
    /// # Ok(()) }
    /// ```
    pub fn with_sdk(self, sdk: aws_sdk_dynamodb::Client) -> Self {
        self.with(|inner| {
            inner.sdk = sdk;
            // It may lead to another engine.
            inner.sends_items = SendsItems::default();
        })
    }

    #[cfg(feature = "embedded")]
    pub(crate) fn keeping(self, keep: Arc<dyn Any + Send + Sync>) -> Self {
        self.with(|inner| inner.keep = Some(keep))
    }

    /// What the client keeps alive, if it is that.
    #[cfg(all(feature = "embedded", feature = "streams"))]
    pub(crate) fn kept<K: 'static>(&self) -> Option<&K> {
        self.inner.keep.as_ref()?.downcast_ref()
    }

    fn with(mut self, change: impl FnOnce(&mut Inner)) -> Self {
        let mut inner = Arc::unwrap_or_clone(self.inner);
        change(&mut inner);
        self.inner = Arc::new(inner);
        self
    }

    /// The physical table's name.
    pub fn table_name(&self) -> &str {
        &self.inner.table
    }

    /// The time by which this client judges expiry: its [`Clock`]'s.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let shop = Shop::embedded().await?;
    /// use std::time::Duration;
    ///
    /// let in_an_hour = Expiry::at(shop.now() + Duration::from_secs(3600))?;
    /// # let _ = in_an_hour;
    /// # Ok(()) }
    /// ```
    pub fn now(&self) -> std::time::SystemTime {
        self.inner.clock.now()
    }

    /// The SDK client that requests go through.
    pub fn sdk(&self) -> &aws_sdk_dynamodb::Client {
        &self.inner.sdk
    }

    /// What requests made now depend on.
    fn context(&self) -> Context<'_> {
        Context { table: &self.inner.table, now: self.inner.clock.now() }
    }
}

impl<T> Clone for Client<T> {
    fn clone(&self) -> Self {
        Self { inner: Arc::clone(&self.inner), made: self.made.clone(), table: PhantomData }
    }
}

impl<T: Table> fmt::Debug for Client<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("table", &T::SCHEMA.name)
            .field("table_name", &self.inner.table)
            .field("codec", &self.inner.codec)
            .field("embedded", &self.inner.keep.is_some())
            .finish_non_exhaustive()
    }
}
