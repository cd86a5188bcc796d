//! Batch gets: any number of keys, 100 to a request, several requests at once.

use super::CONCURRENCY;
use crate::client::in_flight::InFlight;
use crate::client::stream::Step;
use crate::client::{Client, Items, OperationFuture, Pages};
use crate::entity::{Entity, Key, LivesIn, Projection, Table};
use crate::error::{Error, Result};
use crate::op::{ItemKey, MOST_KEYS, key_json};
use crate::response::{Page, one};
use std::collections::HashMap;
use std::fmt;
use std::future::poll_fn;
use std::time::SystemTime;

/// Reads any number of items by their keys: BatchGetItem, 100 keys to a request, several requests at once.
///
/// Made by [`Client::batch_get`]. Awaiting it gives an `Option` for each key, in the order of the asking; a key that was
/// given twice is asked once, and answered for each. What DynamoDB leaves unprocessed is asked again by the client's
/// [`RetryPolicy`](crate::RetryPolicy). Costs what the single reads cost, and saves the round trips.
///
/// # Errors
/// [`Unprocessed`](crate::ErrorKind::Unprocessed) when DynamoDB did not give all also after retries;
/// [`Decode`](crate::ErrorKind::Decode) and [`WrongEntity`](crate::ErrorKind::WrongEntity);
/// [`InvalidKey`](crate::ErrorKind::InvalidKey) before anything is sent.
#[must_use = "a batch does nothing until awaited"]
pub struct BatchGet<K, T> {
    keys: K,
    client: Client<T>,
    consistent: bool,
    include_expired: bool,
    concurrency: usize,
}

/// Keys of which only some attributes are read: what [`BatchGet::part`] makes.
#[derive(Debug)]
pub struct Parts<P: Projection>(Vec<Key<P::Entity>>);

/// Keys to read: a list of one entity's, or a tuple of up to eight such lists.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no set of keys of the table's entities",
    label = "expected a `Vec` or an array of keys, or a tuple of those"
)]
pub trait KeySet<T> {
    /// What they give.
    type Output: Send;

    /// The keys as DynamoDB JSON.
    #[doc(hidden)]
    fn keys(&self, out: &mut Vec<String>) -> Result<()>;

    /// The attributes that are enough; `None` where whole items are asked for.
    #[doc(hidden)]
    fn attributes(&self) -> Option<Vec<&'static str>> {
        None
    }

    /// Reads the items, in the order of the keys.
    #[doc(hidden)]
    fn read(&self, items: &mut dyn Iterator<Item = Option<&str>>, alive_at: Option<SystemTime>)
    -> Result<Self::Output>;
}

fn read_all<P: Projection>(
    count: usize,
    items: &mut dyn Iterator<Item = Option<&str>>,
    alive_at: Option<SystemTime>,
) -> Result<Vec<Option<P>>> {
    items.take(count).map(|item| item.map_or(Ok(None), |item| one(item, alive_at))).collect()
}

impl<E: LivesIn<T>, T> KeySet<T> for Vec<Key<E>> {
    type Output = Vec<Option<E>>;

    fn keys(&self, out: &mut Vec<String>) -> Result<()> {
        self.iter().try_for_each(|key| key_json(key).map(|key| out.push(key)))
    }

    fn read(
        &self,
        items: &mut dyn Iterator<Item = Option<&str>>,
        alive_at: Option<SystemTime>,
    ) -> Result<Self::Output> {
        read_all(self.len(), items, alive_at)
    }
}

impl<E: LivesIn<T>, T, const N: usize> KeySet<T> for [Key<E>; N] {
    type Output = Vec<Option<E>>;

    fn keys(&self, out: &mut Vec<String>) -> Result<()> {
        self.iter().try_for_each(|key| key_json(key).map(|key| out.push(key)))
    }

    fn read(
        &self,
        items: &mut dyn Iterator<Item = Option<&str>>,
        alive_at: Option<SystemTime>,
    ) -> Result<Self::Output> {
        read_all(N, items, alive_at)
    }
}

impl<P: Projection, T> KeySet<T> for Parts<P>
where
    P::Entity: LivesIn<T>,
{
    type Output = Vec<Option<P>>;

    fn keys(&self, out: &mut Vec<String>) -> Result<()> {
        self.0.iter().try_for_each(|key| key_json(key).map(|key| out.push(key)))
    }

    fn attributes(&self) -> Option<Vec<&'static str>> {
        let ttl = P::Entity::SCHEMA.ttl;
        P::ATTRIBUTES.map(|names| names.iter().copied().chain(ttl.filter(|ttl| !names.contains(ttl))).collect())
    }

    fn read(
        &self,
        items: &mut dyn Iterator<Item = Option<&str>>,
        alive_at: Option<SystemTime>,
    ) -> Result<Self::Output> {
        read_all(self.0.len(), items, alive_at)
    }
}

macro_rules! tuples {
    ($($name:ident)+) => {
        #[diagnostic::do_not_recommend]
        impl<T, $($name: KeySet<T>),+> KeySet<T> for ($($name,)+) {
            type Output = ($($name::Output,)+);

            #[allow(non_snake_case)]
            fn keys(&self, out: &mut Vec<String>) -> Result<()> {
                let ($($name,)+) = self;
                $($name.keys(out)?;)+
                Ok(())
            }

            #[allow(non_snake_case)]
            fn read(
                &self,
                items: &mut dyn Iterator<Item = Option<&str>>,
                alive_at: Option<SystemTime>,
            ) -> Result<Self::Output> {
                let ($($name,)+) = self;
                Ok(($($name.read(items, alive_at)?,)+))
            }
        }
    };
}

tuples! { A }
tuples! { A B }
tuples! { A B C }
tuples! { A B C D }
tuples! { A B C D F }
tuples! { A B C D F G }
tuples! { A B C D F G H }
tuples! { A B C D F G H I }

impl<T: Table> Client<T> {
    /// Reads any number of items by their keys: see [`BatchGet`].
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// shop.create(&Session::sample("ada", "s1")).await?;
    /// let found = shop.batch_get([Session::key("ada", "s1"), Session::key("bob", "s1")]).await?;
    /// assert!(found[0].is_some() && found[1].is_none());
    /// # Ok(()) }
    /// ```
    pub fn batch_get<K: KeySet<T>>(&self, keys: K) -> BatchGet<K, T> {
        let client = self.clone();
        BatchGet { keys, client, consistent: false, include_expired: false, concurrency: CONCURRENCY }
    }
}

impl<K, T: Table> BatchGet<K, T> {
    /// Reads what every write that was answered before has left behind (`ConsistentRead`), at twice the cost.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// Shows items also after their time to live has passed, as long as DynamoDB has not deleted them.
    pub fn include_expired(mut self) -> Self {
        self.include_expired = true;
        self
    }

    /// How many requests may be under way at once: 8 unless it is said, 1 at least.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests.max(1);
        self
    }

    fn with<L>(&self, keys: L) -> BatchGet<L, T> {
        let Self { keys: _, client, consistent, include_expired, concurrency } = self;
        BatchGet {
            keys,
            client: client.clone(),
            consistent: *consistent,
            include_expired: *include_expired,
            concurrency: *concurrency,
        }
    }
}

impl<E: LivesIn<T>, T: Table> BatchGet<Vec<Key<E>>, T> {
    /// Reads some of the fields only: a struct with `#[derive(Projection)]`.
    pub fn part<P: Projection<Entity = E>>(mut self) -> BatchGet<Parts<P>, T> {
        let keys = std::mem::take(&mut self.keys);
        self.with(Parts(keys))
    }

    /// The answers one by one, in the order of the asking, read as they are asked for: of a list too long to be kept.
    pub fn stream(self) -> Items<Option<E>> {
        let keys = self.keys.clone().into_iter();
        Pages::new(self.with(keys).step()).items()
    }
}

impl<E: LivesIn<T>, T: Table> BatchGet<std::vec::IntoIter<Key<E>>, T> {
    fn step(mut self) -> Step<Page<Option<E>>> {
        Step(Box::new(move || {
            Box::pin(async move {
                let at_once = self.concurrency.saturating_mul(MOST_KEYS);
                let keys: Vec<Key<E>> = self.keys.by_ref().take(at_once).collect();
                let requests = u32::try_from(keys.len().div_ceil(MOST_KEYS)).unwrap_or(u32::MAX);
                let page = self.with(keys).run().await.map(|items| Page::of(items, requests));
                let more = page.is_ok() && self.keys.len() > 0;
                (page, more.then(|| self.step()))
            })
        }))
    }
}

impl<K: KeySet<T>, T: Table> BatchGet<K, T> {
    async fn run(self) -> Result<K::Output> {
        let client = &self.client;
        let in_table = |error: Error| error.in_table(client.table_name());
        let mut asked = Vec::new();
        self.keys.keys(&mut asked).map_err(in_table)?;
        let asked: Vec<(Option<ItemKey>, String)> =
            asked.into_iter().map(|text| (ItemKey::of::<T>(&text), text)).collect();
        let attributes = self.keys.attributes();
        let mut seen: HashMap<ItemKey, ()> = HashMap::with_capacity(asked.len());
        let mut once = asked.iter().filter_map(|(key, text)| {
            let key = key.clone()?;
            seen.insert(key.clone(), ()).is_none().then(|| (key, text.clone()))
        });
        let mut found: HashMap<ItemKey, String> = HashMap::new();
        let mut under_way = InFlight::new();
        loop {
            while under_way.len() < self.concurrency {
                let chunk: Vec<_> = once.by_ref().take(MOST_KEYS).collect();
                if chunk.is_empty() {
                    break;
                }
                under_way.push(client.read_chunk(chunk, attributes.as_deref(), self.consistent));
            }
            if under_way.len() == 0 {
                break;
            }
            found.extend(poll_fn(|context| under_way.poll(context)).await.map_err(in_table)?);
        }
        let alive_at = (!self.include_expired).then(|| client.inner.clock.now());
        let mut items = asked.iter().map(|(key, _)| found.get(key.as_ref()?).map(String::as_str));
        self.keys.read(&mut items, alive_at).map_err(in_table)
    }
}

impl<K, T> IntoFuture for BatchGet<K, T>
where
    K: KeySet<T> + Send + Sync + 'static,
    T: Table,
{
    type Output = Result<K::Output>;
    type IntoFuture = OperationFuture<'static, K::Output>;

    fn into_future(self) -> Self::IntoFuture {
        OperationFuture::new(self.run())
    }
}

impl<K, T> fmt::Debug for BatchGet<K, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BatchGet")
    }
}
