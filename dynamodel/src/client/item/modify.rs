//! `modify`: read, change and write back, again after a conflict; `get_or_create`: create, or give the item that is there.

use super::run::IfMissing;
use crate::client::{Client, OperationFuture};
use crate::entity::{CountsVersions, Entity, Item, Key, LivesIn, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::op::{Get, PutPlan, Save, Values, Verb};
use crate::response;
use std::fmt;
use std::time::Instant;

/// What a `modify` shall do with the value that its closure has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Write it.
    Write,
    /// Leave the item as it is.
    Stop,
}

impl From<()> for Change {
    fn from((): ()) -> Self {
        Self::Write
    }
}

/// What a `modify` did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Modified<E> {
    /// The item as it was written; as it was found, if the closure stopped.
    pub item: E,
    /// Whether it was written.
    pub written: bool,
    /// How often the closure was called.
    pub tries: u32,
}

/// Reads an item, changes it, and writes it back on the condition that nobody else wrote meanwhile: GetItem, then PutItem.
///
/// Made by [`Client::modify`]. When another writer was faster, its item came back with the refusal: it is changed and written at
/// once, without another read. Where that meets a conflict too, many writers are at work: from then on the item is read
/// again after a random pause that grows with every try, as often as the client's
/// [`RetryPolicy`](crate::RetryPolicy) says.
/// Dropping the future half way leaves the item as it was or as it was written, nothing between.
///
/// # Errors
/// [`NotFound`](crate::ErrorKind::NotFound), and [`Expired`](crate::ErrorKind::Expired) with the expired item;
/// [`Conflict`](crate::ErrorKind::Conflict) when other writers were faster every time;
/// [`OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown) when a response was lost;
/// [`Decode`](crate::ErrorKind::Decode) and [`WrongEntity`](crate::ErrorKind::WrongEntity) of the read, and what
/// [`Save`](crate::op::Save) gives;
/// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) when the closure gives the item another primary key.
#[must_use = "an operation does nothing until awaited"]
pub struct Modify<'f, E: Entity, T> {
    key: Key<E>,
    change: Box<dyn FnMut(&mut E) -> Change + Send + 'f>,
    client: Client<T>,
}

/// What `get_or_create` found or made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GotOrCreated<E> {
    /// There was an item: this one.
    Got(E),
    /// There was none, and the given one was written: with its version, and its timestamps if it has such fields.
    Created(E),
}

impl<E> GotOrCreated<E> {
    /// The item that is there now.
    pub fn into_item(self) -> E {
        match self {
            Self::Got(item) | Self::Created(item) => item,
        }
    }

    /// Whether the item is new.
    pub fn is_created(&self) -> bool {
        matches!(self, Self::Created(_))
    }
}

impl<T: Table> Client<T> {
    /// Reads an item, changes it, and writes it back, again if somebody else wrote meanwhile: see [`Modify`].
    ///
    /// The closure is called once for every try, each time with the item as it is then. It gives nothing, or a [`Change`]
    /// to stop. It must not do anything else that cannot be done twice.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// use dynamodel::Change;
    ///
    /// shop.create(&Session::sample("ada", "s1")).await?;
    /// let modified = shop
    ///     .modify(Session::key("ada", "s1"), |session| {
    ///         session.data.insert("theme".to_owned(), "dark".to_owned());
    ///     })
    ///     .await?;
    /// assert_eq!((modified.item.version, modified.tries), (2, 1));
    ///
    /// let stopped = shop
    ///     .modify(Session::key("ada", "s1"), |session| {
    ///         if session.data.contains_key("theme") { Change::Stop } else { Change::Write }
    ///     })
    ///     .await?;
    /// assert!(!stopped.written);
    /// # Ok(()) }
    /// ```
    pub fn modify<'f, E, F, D>(&self, key: Key<E>, mut change: F) -> Modify<'f, E, T>
    where
        E: LivesIn<T>,
        E::Version: CountsVersions,
        F: FnMut(&mut E) -> D + Send + 'f,
        D: Into<Change>,
    {
        Modify { key, change: Box::new(move |item| change(item).into()), client: self.clone() }
    }

    /// Creates an item, or gives the one that is there: PutItem, in one request and without a read.
    ///
    /// An item whose time to live has passed is replaced.
    ///
    /// # Errors
    /// As [`create`](Self::create); `AlreadyExists` only where the item that is there cannot be read.
    /// [`OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown) after a lost response, unless the item bears a random version: nobody
    /// can tell who created the item that is there, and the error holds it ([`into_current`](Error::into_current)).
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// let first = shop.get_or_create(Session::sample("ada", "s1")).await?;
    /// assert!(first.is_created());
    /// let again = shop.get_or_create(Session::sample("ada", "s1")).await?;
    /// assert!(!again.is_created());
    /// assert_eq!(again.into_item(), first.into_item());
    /// # Ok(()) }
    /// ```
    pub async fn get_or_create<E: LivesIn<T>>(&self, fresh: E) -> Result<GotOrCreated<E>> {
        let client = self.counting(0);
        client.counted(client.try_get_or_create(fresh).await)
    }

    async fn try_get_or_create<E: LivesIn<T>>(&self, mut fresh: E) -> Result<GotOrCreated<E>> {
        let mut attempts = self.attempts();
        loop {
            let cx = self.context();
            let in_table = |error: Error| error.in_table(cx.table);
            let plan = PutPlan::new(Verb::Create, &fresh);
            let (version, timestamps) = plan.outcome(cx.now).map_err(in_table)?;
            let written = if E::SCHEMA.unique.is_empty() {
                let (request, guard) = plan.request(&cx).map_err(in_table)?;
                self.write::<E>(&request, &guard, &cx, IfMissing::Read).await.map(|_| ())
            } else {
                self.write_unique(plan, cx.now).await
            };
            let error = match written {
                Ok(()) => {
                    fresh.set_timestamps(&timestamps);
                    fresh.set_version(version);
                    return Ok(GotOrCreated::Created(fresh));
                }
                Err(error) => error,
            };
            let gone = match error.kind() {
                ErrorKind::AlreadyExists => match error.into_current() {
                    Ok(item) => return Ok(GotOrCreated::Got(item)),
                    Err(error) => return Err(error),
                },
                // It was there, and was deleted before it could be read.
                ErrorKind::ConditionFailed => error,
                _ => return Err(error),
            };
            if !attempts.again().await {
                return Err(gone);
            }
        }
    }

    async fn modify_with<E: LivesIn<T>>(
        &self,
        key: Key<E>,
        mut change: Box<dyn FnMut(&mut E) -> Change + Send + '_>,
    ) -> Result<Modified<E>> {
        // How long a try takes, from its read to its write.
        let mut begun = Instant::now();
        let mut item = self.read_to_modify(&key).await?;
        let mut attempts = self.attempts();
        loop {
            let tries = attempts.before() + 1;
            let before = Values::of_entity(&item);
            if change(&mut item) == Change::Stop {
                return Ok(Modified { item, written: false, tries });
            }
            // Another key is another item, of which this one's version says nothing.
            if item.primary_key() != key {
                let message = format!(
                    "the closure has given the item another key, `{}`, and `modify` writes the one that it has read: create the other one and delete this one, in one transaction",
                    item.primary_key()
                );
                let error = Error::new(ErrorKind::InvalidRequest, message).of_entity(E::SCHEMA.name);
                return Err(error.at_key(&key).in_table(self.table_name()));
            }
            let error = match Save::via(&mut item, self.clone()).with_values_before(before).await {
                Ok(()) => return Ok(Modified { item, written: true, tries }),
                Err(error) => error,
            };
            // What meets a transaction was tried again below.
            if error.kind() != ErrorKind::Conflict {
                return Err(error);
            }
            // What came with the refusal is what is stored at this moment, and no more after a pause.
            if attempts.before() == 0 && error.current::<E>().is_some() && attempts.at_once() {
                item = error.into_current()?;
                continue;
            }
            if !attempts.again_after_conflict(begun.elapsed()).await {
                return Err(error);
            }
            begun = Instant::now();
            item = self.read_to_modify(&key).await?;
        }
    }

    /// The item that is to be modified.
    ///
    /// # Errors
    /// `NotFound` where there is none; `Expired`, with the item, where its time to live has passed.
    async fn read_to_modify<E: LivesIn<T>>(&self, key: &Key<E>) -> Result<E> {
        let cx = self.context();
        let place = |error: Error| error.of_entity(E::SCHEMA.name).at_key(key).in_table(cx.table);
        let request = Get::via(key.clone(), self.clone()).consistent().request(&cx).map_err(place)?;
        let sent = self.send_of(&request, Some(E::SCHEMA.name)).await;
        let response = sent.map_err(|failure| place(failure.into_error(request.operation)))?;
        let place = |error: Error| place(error).with_attempts(response.attempts);
        let item =
            response::item::<E>(response.bytes(), key.primary().ok(), None).map_err(place)?.ok_or_else(|| {
                place(Error::new(ErrorKind::NotFound, "there is no such item to modify; `create` it first"))
            })?;
        if Item::expires(&item).is_some_and(|expiry| expiry.is_past(cx.now)) {
            let message = "the item's time to live has passed, so it is gone; `create` a new one in its place";
            return Err(place(Error::new(ErrorKind::Expired, message).with_current(Box::new(item))));
        }
        Ok(item)
    }
}

impl<'f, E: LivesIn<T>, T: Table> IntoFuture for Modify<'f, E, T> {
    type Output = Result<Modified<E>>;
    type IntoFuture = OperationFuture<'f, Modified<E>>;

    fn into_future(self) -> Self::IntoFuture {
        OperationFuture::new(async move {
            let client = self.client.counting(0);
            client.counted(client.modify_with(self.key, self.change).await)
        })
    }
}

impl<E: Entity, T> fmt::Debug for Modify<'_, E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Modify({})", E::SCHEMA.name)
    }
}
