//! `create` and `put`: a whole item, written by PutItem.

use super::item::begin_with_item;
use super::precondition::{self, Precondition};
use super::timestamps::TimestampNames;
use super::unique::{KnownItem, Start, UniqueWrite, Values};
use super::{Body, Context, Operation, Request, Unsent, Verb};
use crate::entity::{Entity, Key, Timestamps, VersionField, WrittenWhole};
use crate::error::{Error, Result};
use crate::expr::{Condition, Node};
use std::time::SystemTime;

/// Creates an item: PutItem, on the condition that the key is absent, or that the item there has expired.
///
/// Writes all keys, the entity's type and the first version. Awaiting it gives the version that was stored
/// ([`NoVersion`](crate::bounds::NoVersion) where the entity has none). Created-at and updated-at are set by the client's clock;
/// read the item for them. Costs one write unit per KB, also when refused.
///
/// # Errors
/// [`AlreadyExists`](crate::ErrorKind::AlreadyExists) with the [current](crate::Error::current) item, from the same
/// request; [`WrongEntity`](crate::ErrorKind::WrongEntity) when an item of another entity lies under the key;
/// [`UniqueViolation`](crate::ErrorKind::UniqueViolation) when another item has a unique value;
/// [`OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown) after a [lost response](crate::guide::errors);
/// before anything is sent [`InvalidKey`](crate::ErrorKind::InvalidKey), [`InvalidValue`](crate::ErrorKind::InvalidValue)
/// and [`ItemTooLarge`](crate::ErrorKind::ItemTooLarge).
#[must_use = "an operation does nothing until awaited"]
pub struct Create<E: Entity, V = Unsent> {
    pub(crate) plan: PutPlan<E>,
    pub(crate) via: V,
}

/// Writes an item whole: PutItem, without a condition; for a versioned entity on the condition that the stored version
/// is the value's (a fresh value, version 0 or nil, must not exist).
///
/// What was under the key is replaced, an expired item too. Created-at is written as the value holds it. Awaiting it gives the version that was stored.
///
/// # Errors
/// For a versioned entity [`Conflict`](crate::ErrorKind::Conflict) with the [current](crate::Error::current) item,
/// [`NotFound`](crate::ErrorKind::NotFound) when there is none any more, and
/// [`AlreadyExists`](crate::ErrorKind::AlreadyExists) for a fresh value; with a condition of the caller's own
/// [`ConditionFailed`](crate::ErrorKind::ConditionFailed); in all else as [`Create`]. On an entity with unique fields
/// [`Contention`](crate::ErrorKind::Contention) when other writers change them each time in between.
#[must_use = "an operation does nothing until awaited"]
pub struct Put<E: Entity, V = Unsent> {
    pub(crate) plan: PutPlan<E>,
    pub(crate) via: V,
}

impl<E: Entity> Create<E> {
    /// An operation without a client.
    pub fn new(entity: &E) -> Self {
        Self::via(entity, Unsent)
    }
}

impl<E: Entity, V> Create<E, V> {
    pub(crate) fn via(entity: &E, via: V) -> Self {
        Self { plan: PutPlan::new(Verb::Create, entity), via }
    }

    /// Asks more of what is there: here only of an item that has expired, since a new one has no attributes.
    pub fn condition(mut self, condition: impl FnOnce(E::Fields) -> Condition<E>) -> Self {
        self.plan.conditions.push(condition(E::fields()));
        self
    }
}

impl<E: Entity> Put<E> {
    /// An operation without a client.
    pub fn new(entity: &E) -> Self
    where
        E::Version: WrittenWhole,
    {
        Self::via(entity, Unsent)
    }
}

impl<E: Entity, V> Put<E, V> {
    pub(crate) fn via(entity: &E, via: V) -> Self {
        Self { plan: PutPlan::new(Verb::Put, entity), via }
    }

    /// Replaces the item whatever version it has, also where another writer changed it since it was read. Stored is the
    /// version after the value's.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// let imported = Session::sample("u1", "s1");
    /// shop.put(&imported).await?;
    /// assert!(shop.put(&imported).await.unwrap_err().is_already_exists());
    /// shop.put(&imported).unchecked().await?;
    /// # Ok(()) }
    /// ```
    pub fn unchecked(mut self) -> Self {
        self.plan.verb = Verb::Overwrite;
        self
    }

    /// Replaces only an item for which this holds too. Several conditions must all hold.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// let session = Session::sample("u1", "s1");
    /// let refused = shop.put(&session).condition(|s| s.hits.lt(100)).await.unwrap_err();
    /// assert!(refused.is_condition_failed()); // there is no item with fewer hits
    /// # Ok(()) }
    /// ```
    pub fn condition(mut self, condition: impl FnOnce(E::Fields) -> Condition<E>) -> Self {
        self.plan.conditions.push(condition(E::fields()));
        self
    }
}

/// An item ready to be written, and on which condition.
pub(crate) struct PutPlan<E: Entity> {
    verb: Verb,
    key: Key<E>,
    /// What the item said of its unique values before, where that is known.
    before: Option<Values>,
    expected: E::Version,
    encoded: Result<Encoded<E>>,
    pub(crate) conditions: Vec<Condition<E>>,
}

/// What a body begins with.
const ITEM: &[u8] = b"{\"Item\":";

struct Encoded<E: Entity> {
    /// A body that begins `{"Item":{..}`.
    body: Vec<u8>,
    written: E::Version,
    names: TimestampNames,
    /// Where in the body the timestamps stand that are set when it is sent.
    places: Vec<usize>,
}

impl<E: Entity> PutPlan<E> {
    pub(crate) fn new(verb: Verb, entity: &E) -> Self {
        Self::storing(verb, entity, next_version::<E>(entity.version(), verb))
    }

    /// A creation that stores the version which the value holds.
    #[cfg(feature = "lock")]
    pub(crate) fn with_own_version(entity: &E) -> Self {
        Self::storing(Verb::Create, entity, Ok(entity.version().clone()))
    }

    fn storing(verb: Verb, entity: &E, written: Result<E::Version>) -> Self {
        let expected = entity.version().clone();
        let encoded = written.and_then(|written| encode(entity, &expected, verb, written));
        Self { verb, key: entity.primary_key(), before: None, expected, encoded, conditions: Vec::new() }
    }

    /// The same plan, where it is known what the item said of its unique values before.
    pub(crate) fn with_values_before(mut self, before: Option<Values>) -> Self {
        self.before = before;
        self
    }

    /// The version that the item bears afterwards, and the timestamps, if it is written now.
    pub(crate) fn outcome(&self, now: SystemTime) -> Result<(E::Version, Timestamps)> {
        let Encoded { written, names, .. } = self.encoded.as_ref().map_err(Error::clone_without_current)?;
        Ok((written.clone(), names.at(now)?))
    }

    /// The finished request, and its precondition.
    pub(crate) fn request(self, cx: &Context<'_>) -> Result<(Request, Precondition<E::Version>)> {
        self.request_given(cx, None)
    }

    /// The same on one more condition.
    fn request_given(self, cx: &Context<'_>, given: Option<Node>) -> Result<(Request, Precondition<E::Version>)> {
        let Encoded { mut body, written, names, places } = self.encoded?;
        let timestamps = names.fill(&places, &mut body, cx.now).map_err(|error| error.of_entity(E::SCHEMA.name))?;
        let condition = match self.verb {
            Verb::Create => precondition::create::<E>(cx.now),
            Verb::Save => precondition::save::<E>(&self.expected, cx.now)?,
            Verb::Overwrite => None,
            _ => precondition::put::<E>(&self.expected, cx.now)?,
        };
        let condition = precondition::and(Node::all(condition.into_iter().chain(given)), &self.conditions)?;
        let item = ITEM.len()..body.len();
        let mut body = Body::resume(body, cx.table, self.key.primary().ok().cloned());
        body.expressions(condition.as_ref(), None).map_err(|error| error.of_entity(E::SCHEMA.name))?;
        // A new item is compared with none.
        let expected = (!matches!(self.verb, Verb::Create | Verb::Overwrite)).then_some(self.expected);
        let precondition = Precondition { verb: self.verb, expected, written: Some(written), timestamps };
        Ok((Request { item, ..body.finish(Operation::PutItem) }, precondition))
    }

    /// The item by itself, as DynamoDB JSON, and where in it the timestamps stand that are set when it is sent.
    pub(crate) fn into_item(self) -> Result<(Vec<u8>, Vec<usize>)> {
        let Encoded { body, mut places, .. } = self.encoded?;
        let body = body.strip_prefix(ITEM).unwrap_or(&body).to_vec();
        for place in &mut places {
            *place = place.saturating_sub(ITEM.len());
        }
        Ok((body, places))
    }

    /// The same request, with the plan left as it is.
    pub(crate) fn prepared(&self, cx: &Context<'_>) -> Result<Request> {
        self.clone().request(cx).map(|(request, _)| request)
    }
}

impl<E: Entity> Clone for PutPlan<E> {
    fn clone(&self) -> Self {
        let encoded = match &self.encoded {
            Ok(Encoded { body, written, names, places }) => {
                Ok(Encoded { body: body.clone(), written: written.clone(), names: *names, places: places.clone() })
            }
            Err(error) => Err(error.clone_without_current()),
        };
        let Self { verb, key, before, expected, encoded: _, conditions } = self;
        Self {
            verb: *verb,
            key: key.clone(),
            before: before.clone(),
            expected: expected.clone(),
            encoded,
            conditions: conditions.clone(),
        }
    }
}

impl<E: Entity> UniqueWrite for PutPlan<E> {
    type Entity = E;
    const KIND: &'static str = "Put";

    fn verb(&self) -> &'static str {
        match self.verb {
            Verb::Create => "create",
            Verb::Save => "save",
            _ => "put",
        }
    }

    fn key(&self) -> &Key<E> {
        &self.key
    }

    fn start(&self) -> Start {
        let fresh = self.verb != Verb::Overwrite && E::Version::PRESENT && self.expected.is_fresh();
        Start::With(match &self.before {
            // An item that has expired is replaced; its sentinels have expired with it.
            _ if fresh || self.verb == Verb::Create => KnownItem::Fresh,
            Some(before) => KnownItem::Present(before.clone()),
            None => KnownItem::Unchanged,
        })
    }

    fn writes_all(&self) -> bool {
        matches!(self.verb, Verb::Put | Verb::Overwrite)
    }

    fn needs_sentinels(&self) -> bool {
        self.verb == Verb::Save
    }

    fn request(&self, cx: &Context<'_>, given: Option<Node>) -> Result<(Request, Precondition<E::Version>)> {
        self.clone().request_given(cx, given)
    }

    fn after(&self, _: &Context<'_>, _: Option<&Values>) -> Result<Option<Values>> {
        let Encoded { body, .. } = self.encoded.as_ref().map_err(Error::clone_without_current)?;
        let item = String::from_utf8_lossy(body.strip_prefix(ITEM).unwrap_or(body));
        Values::of(E::SCHEMA, &item).map(Some)
    }
}

fn encode<E: Entity>(entity: &E, expected: &E::Version, verb: Verb, written: E::Version) -> Result<Encoded<E>> {
    let version = if E::Version::PRESENT { Some(precondition::version_wire::<E>(&written)?) } else { None };
    let names = TimestampNames::by::<E>(verb, expected);
    let (body, places) = begin_with_item(ITEM, entity, version.as_deref(), names)?;
    Ok(Encoded { body, written, names, places })
}

/// The version that a write of this value stores: the first one for `create`, else the one after the value's.
fn next_version<E: Entity>(expected: &E::Version, verb: Verb) -> Result<E::Version> {
    let next = match verb {
        Verb::Create => E::Version::first(),
        _ => expected.next(),
    };
    next.ok_or_else(precondition::version_exhausted::<E>)
}
