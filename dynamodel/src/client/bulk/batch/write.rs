//! Batch writes: puts and deletes, 25 to a request, several requests at once.

use super::CONCURRENCY;
use super::progress::{BatchProgress, Listener, Writes};
use super::run::{Run, Source};
use crate::client::{Client, OperationFuture};
use crate::entity::{Deletable, Key, LivesIn, Table, WithoutUnique, WrittenWhole};
use crate::error::Result;
use crate::op::{BatchOp, Unversioned};
use futures_core::Stream;
use std::fmt;
use std::marker::PhantomData;

/// A batch that takes entities without a version only.
#[derive(Debug)]
pub struct Checked;

/// A batch that takes versioned entities too, and does not check their versions.
#[derive(Debug)]
pub struct Unchecked;

/// Writes and deletes any number of items: BatchWriteItem, 25 items to a request, several requests at once.
///
/// Made by [`Client::batch_write`]. What DynamoDB leaves unprocessed is sent again by the client's
/// [`RetryPolicy`](crate::RetryPolicy); what is left in the end comes back with the error, and nothing is ever dropped. It
/// is no transaction: some items may be written and others not. Of two writes of one item, the later one holds: also of the
/// leftovers there is at most one for an item, and none for an item that a later write has reached. Costs what the single
/// writes cost, and saves the round trips.
///
/// # Errors
/// [`Unprocessed`](crate::ErrorKind::Unprocessed), whose [`leftovers`](crate::Error::leftovers) are what was not written,
/// and whose source is DynamoDB's last word; before anything is sent what [`Put`](crate::op::Put) gives then.
#[must_use = "a batch does nothing until awaited"]
pub struct BatchWrite<'s, T, C = Checked> {
    client: Client<T>,
    /// Leftovers of other batches: they were given before everything else.
    earlier: Vec<BatchOp<T>>,
    ops: Result<Vec<BatchOp<T>>>,
    stream: Option<Writes<'s, T>>,
    concurrency: usize,
    progress: Option<Listener<'s>>,
    checked: PhantomData<fn() -> C>,
}

impl<T: Table> Client<T> {
    /// Writes and deletes any number of items: see [`BatchWrite`].
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// let sessions: Vec<Session> = (0..100).map(|n| Session::sample("ada", &format!("s{n}"))).collect();
    /// let report = shop
    ///     .batch_write()
    ///     .unchecked() // sessions have a version, which a batch cannot check
    ///     .put_all(&sessions)
    ///     .on_progress(|progress| println!("{} of {}", progress.done, progress.given))
    ///     .await?;
    /// assert_eq!((report.done, report.requests), (100, 4));
    /// # Ok(()) }
    /// ```
    pub fn batch_write<'s>(&self) -> BatchWrite<'s, T> {
        BatchWrite {
            client: self.clone(),
            earlier: Vec::new(),
            ops: Ok(Vec::new()),
            stream: None,
            concurrency: CONCURRENCY,
            progress: None,
            checked: PhantomData,
        }
    }
}

impl<'s, T: Table, C> BatchWrite<'s, T, C> {
    /// Takes versioned entities too: their versions are bumped, and not checked.
    pub fn unchecked(self) -> BatchWrite<'s, T, Unchecked> {
        let Self { client, earlier, ops, stream, concurrency, progress, checked: _ } = self;
        BatchWrite { client, earlier, ops, stream, concurrency, progress, checked: PhantomData }
    }

    /// Deletes an item, if it is there.
    #[expect(clippy::needless_pass_by_value, reason = "as everywhere a key is given away")]
    pub fn delete<E: LivesIn<T> + WithoutUnique>(self, key: Key<E>) -> Self
    where
        E::Version: Deletable,
    {
        self.push(BatchOp::delete(&key))
    }

    /// Deletes items, as far as they are there.
    pub fn delete_all<E: LivesIn<T> + WithoutUnique>(self, keys: impl IntoIterator<Item = Key<E>>) -> Self
    where
        E::Version: Deletable,
    {
        keys.into_iter().fold(self, Self::delete)
    }

    /// Writes that were made before: the leftovers of another batch. They go before all other writes of this batch, whatever
    /// the order of the calls, so that of two writes of one item the newer one holds; those of several calls go in the order
    /// of the calls. What was written to an item by other means since the other batch ended is not known here, and is
    /// overwritten.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// use dynamodel::op::BatchOp;
    ///
    /// let mut session = Session::sample("ada", "s1");
    /// let left: Vec<BatchOp<Shop>> = vec![BatchOp::put_unchecked(&session)?]; // `error.into_leftovers()`
    /// session.hits = 7;
    /// shop.batch_write().unchecked().put(&session).retry_leftovers(left).await?;
    /// assert_eq!(shop.get(Session::key("ada", "s1")).await?.map(|s| s.hits), Some(7));
    /// # Ok(()) }
    /// ```
    pub fn retry_leftovers(mut self, ops: impl IntoIterator<Item = BatchOp<T>>) -> Self {
        self.earlier.extend(ops);
        self
    }

    /// Takes the writes of a stream too, after those that were given one by one, as fast as they can be written and no
    /// faster: at most [`concurrency`](Self::concurrency) requests are under way, and one is being filled.
    pub fn stream(mut self, ops: impl Stream<Item = BatchOp<T>> + Send + 's) -> Self {
        self.stream = Some(Box::pin(ops));
        self
    }

    /// How many requests may be under way at once: 8 unless it is said, 1 at least.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests.max(1);
        self
    }

    /// Calls this after every request: for a progress bar.
    pub fn on_progress(mut self, progress: impl FnMut(BatchProgress) + Send + 's) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    fn push(mut self, op: Result<BatchOp<T>>) -> Self {
        self.ops = match (self.ops, op) {
            (Ok(mut ops), Ok(op)) => {
                ops.push(op);
                Ok(ops)
            }
            // The first mistake is what is told of.
            (Err(error), _) | (_, Err(error)) => Err(error),
        };
        self
    }
}

impl<T: Table> BatchWrite<'_, T, Checked> {
    /// Writes an item, whatever is there.
    pub fn put<E: LivesIn<T> + WithoutUnique + Unversioned>(self, entity: &E) -> Self {
        self.push(BatchOp::put(entity))
    }

    /// Writes items, whatever is there.
    pub fn put_all<'e, E: LivesIn<T> + WithoutUnique + Unversioned + 'e>(
        self,
        entities: impl IntoIterator<Item = &'e E>,
    ) -> Self {
        entities.into_iter().fold(self, Self::put)
    }
}

impl<T: Table> BatchWrite<'_, T, Unchecked> {
    /// Writes an item, whatever is there. A version is bumped and not checked.
    pub fn put<E: LivesIn<T> + WithoutUnique>(self, entity: &E) -> Self
    where
        E::Version: WrittenWhole,
    {
        self.push(BatchOp::put_unchecked(entity))
    }

    /// Writes items, whatever is there. Versions are bumped and not checked.
    pub fn put_all<'e, E: LivesIn<T> + WithoutUnique + 'e>(self, entities: impl IntoIterator<Item = &'e E>) -> Self
    where
        E::Version: WrittenWhole,
    {
        entities.into_iter().fold(self, Self::put)
    }
}

impl<'s, T: Table, C: 's> IntoFuture for BatchWrite<'s, T, C> {
    type Output = Result<BatchProgress>;
    type IntoFuture = OperationFuture<'s, BatchProgress>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { client, earlier: mut all, ops, stream, concurrency, progress, checked: _ } = self;
        OperationFuture::new(async move {
            match ops {
                Ok(ops) => all.extend(ops),
                // Nothing is sent, so the leftovers of the other batch are still left.
                Err(error) => {
                    let error = error.in_table(client.table_name());
                    return Err(if all.is_empty() { error } else { error.with_leftovers(Box::new(all)) });
                }
            }
            let source = Source { ops: all.into_iter(), stream };
            let client = client.counting(0);
            client.counted(Run::new(&client, source, concurrency, progress).run().await)
        })
    }
}

impl<T, C> fmt::Debug for BatchWrite<'_, T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BatchWrite")
    }
}
