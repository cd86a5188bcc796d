//! Batch gets: any number of keys, 100 to a request, several requests at once.

use super::CONCURRENCY;
use super::keys::{KeySet, Reading, read_all};
use crate::client::read::Step;
use crate::client::send::InFlight;
use crate::client::{Client, Items, OperationFuture, Pages};
use crate::entity::{Entity, IndexProjection, LivesIn, Projection, Table};
use crate::error::{Error, Result};
use crate::op::{ItemKey, MOST_KEYS, ReadOptions, batch_get};
use crate::response::Page;
use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt;
use std::future::poll_fn;
use std::sync::Arc;

/// Reads any number of items by their keys: BatchGetItem, 100 keys to a request, several requests at once.
///
/// Made by [`Client::batch_get`]. Awaiting it gives an `Option` for each key, in the order of the asking; a key that was
/// given twice is asked for once, and given for each. What DynamoDB leaves unprocessed is asked again by the client's
/// [`RetryPolicy`](crate::RetryPolicy). Costs what the single reads cost, and saves the round trips.
///
/// # Errors
/// [`Unprocessed`](crate::ErrorKind::Unprocessed) when DynamoDB did not give all also after retries, with the last trouble as the
/// source;
/// [`Decode`](crate::ErrorKind::Decode) and [`WrongEntity`](crate::ErrorKind::WrongEntity);
/// [`InvalidKey`](crate::ErrorKind::InvalidKey) before anything is sent.
#[must_use = "a batch does nothing until awaited"]
pub struct BatchGet<O, T> {
    /// The keys as DynamoDB JSON.
    keys: Result<VecDeque<String>>,
    /// The attributes that are enough; `None` where whole items are asked for.
    attributes: Option<Vec<&'static str>>,
    read: Reading<O>,
    client: Client<T>,
    options: ReadOptions,
    concurrency: usize,
}

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
    #[expect(clippy::needless_pass_by_value, reason = "`shop.batch_get([key])` is what users write")]
    pub fn batch_get<K: KeySet<T, O>, O>(&self, keys: K) -> BatchGet<O, T> {
        let mut texts = Vec::new();
        let written = keys.keys(&mut texts);
        BatchGet {
            keys: written.map(|()| texts.into()),
            attributes: None,
            read: keys.reading(),
            client: self.clone(),
            options: ReadOptions::default(),
            concurrency: CONCURRENCY,
        }
    }
}

impl<T: Table> Client<T> {
    /// The whole items of what a query on an index gave, in its order: a batch get by their primary keys.
    ///
    /// `None` stands for one that was deleted since, or has expired: an index follows its table a moment later.
    ///
    /// # Examples
    /// ```
    /// # use dynamodel::{Entity, Table};
    /// # #[derive(Table)]
    /// # #[dynamo(pk = "PK", gsi(ByTag, pk = "tag"), entities(Note))]
    /// # pub struct Notes;
    /// #[derive(Entity, serde::Serialize, serde::Deserialize, Debug, PartialEq)]
    /// #[dynamo(table = Notes, pk = "NOTE#{id}", index(tagged = ByTag, pk = tag, keys_only))]
    /// struct Note {
    ///     id: String,
    ///     tag: String,
    ///     text: String,
    /// }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let notes = Notes::embedded().await?;
    /// let note = Note { id: "n1".into(), tag: "new".into(), text: "long".into() };
    /// notes.create(&note).await?;
    /// let held = notes.query(Note::tagged("new")).collect().await?; // ids and tags
    /// assert_eq!(notes.hydrate(&held).await?, [Some(note)]);
    /// # Ok(()) }
    /// ```
    pub fn hydrate<'h, H>(&self, items: impl IntoIterator<Item = &'h H>) -> BatchGet<Vec<Option<H::Entity>>, T>
    where
        H: IndexProjection,
        H::Entity: LivesIn<T>,
    {
        self.batch_get(items.into_iter().map(IndexProjection::primary_key).collect::<Vec<_>>())
    }
}

impl<O, T: Table> BatchGet<O, T> {
    /// Reads what every write that was acknowledged before has left behind (`ConsistentRead`), at twice the cost.
    pub fn consistent(mut self) -> Self {
        self.options.consistent = true;
        self
    }

    /// Shows items also after their time to live has passed, as long as DynamoDB has not deleted them.
    pub fn include_expired(mut self) -> Self {
        self.options.include_expired = true;
        self
    }

    /// How many requests may be under way at once: 8 unless it is said, 1 at least.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests.max(1);
        self
    }

    fn with<N>(self, read: Reading<N>) -> BatchGet<N, T> {
        let Self { keys, attributes, read: _, client, options, concurrency } = self;
        BatchGet { keys, attributes, read, client, options, concurrency }
    }

    async fn run(self) -> Result<O> {
        let client = self.client.counting(0);
        let in_table = |error: Error| error.in_table(client.table_name());
        let asked: Vec<(Option<ItemKey>, String)> =
            self.keys.map_err(in_table)?.into_iter().map(|text| (ItemKey::of::<T>(&text), text)).collect();
        let mut seen: HashSet<&ItemKey> = HashSet::with_capacity(asked.len());
        let mut once = asked.iter().filter_map(|(key, text)| {
            let key = key.as_ref()?;
            seen.insert(key).then(|| (key.clone(), text.clone()))
        });
        let mut found: HashMap<ItemKey, String> = HashMap::new();
        let mut under_way = InFlight::new();
        loop {
            while under_way.len() < self.concurrency {
                let chunk: Vec<_> = once.by_ref().take(MOST_KEYS).collect();
                if chunk.is_empty() {
                    break;
                }
                under_way.push(client.read_chunk(chunk, self.attributes.as_deref(), self.options));
            }
            if under_way.len() == 0 {
                break;
            }
            let items = client.counted(poll_fn(|context| under_way.poll(context)).await).map_err(in_table)?;
            found.extend(items);
        }
        let alive_at = self.options.alive_at(|| client.inner.clock.now());
        let mut items = asked.iter().map(|(key, _)| found.get(key.as_ref()?).map(String::as_str));
        client.counted((self.read)(&mut items, alive_at)).map_err(in_table)
    }
}

impl<E: Entity<Table = T>, T: Table> BatchGet<Vec<Option<E>>, T> {
    /// Reads some of the fields only: a struct with `#[derive(Projection)]`.
    pub fn part<P: Projection<Entity = E>>(mut self) -> BatchGet<Vec<Option<P>>, T> {
        let ttl = E::SCHEMA.ttl;
        self.attributes =
            P::ATTRIBUTES.map(|names| names.iter().copied().chain(ttl.filter(|ttl| !names.contains(ttl))).collect());
        if let Err(error) = batch_get::<T>(self.client.table_name(), &[], self.attributes.as_deref(), self.options) {
            self.keys = self.keys.and(Err(error.of_entity(E::SCHEMA.name)));
        }
        let count = self.keys.as_ref().map_or(0, VecDeque::len);
        self.with(read_all(count))
    }
}

impl<P: Projection, T: Table> BatchGet<Vec<Option<P>>, T> {
    /// The items one by one, in the order of the asking, read as they are asked for: of a list too long to be kept.
    pub fn stream(self) -> Items<Option<P>> {
        Pages::new(self.step()).items()
    }

    fn step(mut self) -> Step<Page<Option<P>>> {
        Step::new(move || {
            Box::pin(async move {
                let at_once = self.concurrency.saturating_mul(MOST_KEYS);
                // The later ones stay where they are: a page costs what it reads, however long the list is.
                let (now, later) = match self.keys {
                    Ok(mut keys) => (Ok(keys.drain(..at_once.min(keys.len())).collect()), keys),
                    Err(error) => (Err(error), VecDeque::new()),
                };
                self.keys = now;
                let count = self.keys.as_ref().map_or(0, VecDeque::len);
                let requests = u32::try_from(count.div_ceil(MOST_KEYS)).unwrap_or(u32::MAX);
                let rest = Self {
                    keys: Ok(later),
                    attributes: self.attributes.clone(),
                    read: Arc::clone(&self.read),
                    client: self.client.clone(),
                    options: self.options,
                    concurrency: self.concurrency,
                };
                let page = self.with(read_all(count)).run().await.map(|items| Page::of(items, requests));
                let more = page.is_ok() && rest.keys.as_ref().is_ok_and(|keys| !keys.is_empty());
                (Some(page), more.then(|| rest.step()))
            })
        })
    }
}

impl<O: Send + 'static, T: Table> IntoFuture for BatchGet<O, T> {
    type Output = Result<O>;
    type IntoFuture = OperationFuture<'static, O>;

    fn into_future(self) -> Self::IntoFuture {
        OperationFuture::new(self.run())
    }
}

impl<O, T> fmt::Debug for BatchGet<O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BatchGet")
    }
}
