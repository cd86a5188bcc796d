//! What an update does, said step by step.

use super::elements::set_of;
use super::index_keys::KeyGroupUpdate;
use super::spec::UpdateSpec;
use super::{KeyGroup, NewItem, Nothing, OldItem, OrCreate};
use crate::entity::{Entity, Expires, Key, Projection};
use crate::error::Result;
use crate::expr::{Clause, Condition, Node, Place, ValueOf};
use crate::op::item::not_storable;
use crate::op::target::Target;
use crate::op::unique::Values;
use crate::op::{PutPlan, Unsent, Verb};
use crate::path::{Accepts, Computable, Field, ListTakes, Location, Numeric, Path, Removable, SetTakes, Settable};
use crate::wire::CodecError;
use std::collections::BTreeSet;
use std::marker::PhantomData;
use std::time::Duration;

/// Changes some attributes of an item: UpdateItem, on the condition that the item is there and has not expired; by its
/// value also on the condition that the stored version is the value's.
///
/// By its key, the version is bumped without a check: holders of older copies then get a conflict. A lock's lease is no
/// version to be bumped: it stays as it is. An integer that has reached its type's largest value is not counted on
/// ([`InvalidValue`](crate::ErrorKind::InvalidValue)). Index keys that are rendered from a changed field are rendered
/// again in the same request. Costs one write unit per KB of the larger of the old and the new item, also when refused,
/// and as much for every index that the item is in.
///
/// An update without any clause is refused before sending; one that changes nothing (the attributes have these values
/// already) is carried out, and counts as a write. Several clauses about one attribute are refused before sending.
///
/// # Errors
/// [`NotFound`](crate::ErrorKind::NotFound), [`Expired`](crate::ErrorKind::Expired),
/// [`ConditionFailed`](crate::ErrorKind::ConditionFailed), and by value [`Conflict`](crate::ErrorKind::Conflict), the
/// last three with the [current](crate::Error::current) item; [`WrongEntity`](crate::ErrorKind::WrongEntity);
/// [`OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown) after a [lost response](crate::guide::errors);
/// [`ResultUnavailable`](crate::ErrorKind::ResultUnavailable) when it was carried out and the item that it gives back cannot be
/// read; where unique values change [`UniqueViolation`](crate::ErrorKind::UniqueViolation),
/// [`SentinelMissing`](crate::ErrorKind::SentinelMissing) and [`Contention`](crate::ErrorKind::Contention); [`ItemTooLarge`](crate::ErrorKind::ItemTooLarge) where the item would be over 400 KB;
/// before anything is sent [`InvalidKey`](crate::ErrorKind::InvalidKey), [`InvalidValue`](crate::ErrorKind::InvalidValue) and
/// [`InvalidRequest`](crate::ErrorKind::InvalidRequest).
#[must_use = "an operation does nothing until awaited"]
pub struct Update<E: Entity, V = Unsent, R = Nothing> {
    pub(crate) key: Key<E>,
    pub(crate) expected: Option<E::Version>,
    /// The version that it stores, where it is not the next one.
    pub(super) becomes: Option<E::Version>,
    /// What the value says of its unique fields, where it is given.
    pub(super) before: Option<Values>,
    pub(super) spec: Result<UpdateSpec<E>>,
    /// What is created where there is nothing to update. In a box: an update is moved at every step.
    pub(crate) otherwise: Option<Box<PutPlan<E>>>,
    pub(crate) via: V,
    pub(super) returning: PhantomData<fn() -> R>,
}

impl<E: Entity> Update<E> {
    /// An operation without a client, by the item's key or by a reference to its value.
    pub fn new(target: impl Into<Target<E>>) -> Self {
        Self::via(target.into(), Unsent)
    }
}

impl<E: Entity, V> Update<E, V> {
    pub(crate) fn via(target: Target<E>, via: V) -> Self {
        let Target { key, expected, before } = target;
        let (spec, becomes) = (Ok(UpdateSpec::new()), None);
        Self { key, expected, becomes, before, spec, otherwise: None, via, returning: PhantomData }
    }

    /// The same update, sent by another.
    pub(crate) fn with_client<W>(self, via: W) -> Update<E, W> {
        let Self { key, expected, becomes, before, spec, otherwise, via: _, returning } = self;
        Update { key, expected, becomes, before, spec, otherwise, via, returning }
    }

    /// One more condition.
    pub(crate) fn and_condition(&mut self, condition: Option<Node>) {
        if let (Ok(spec), Some(node)) = (&mut self.spec, condition) {
            spec.conditions.push(Condition::new(Ok(node)));
        }
    }

    /// Gives the item as it is after the update (`ReturnValues: ALL_NEW`), at no extra cost.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// shop.create(&Session::sample("u1", "s1")).await?;
    /// let session = shop.update(Session::key("u1", "s1")).add(|s| s.hits, 5).returning_new().await?;
    /// assert_eq!((session.hits, session.version), (5, 2));
    /// # Ok(()) }
    /// ```
    pub fn returning_new(self) -> Update<E, V, NewItem<E>> {
        self.returning()
    }

    /// Gives the item as it was before the update (`ReturnValues: ALL_OLD`), at no extra cost.
    pub fn returning_old(self) -> Update<E, V, OldItem<E>> {
        self.returning()
    }

    /// Gives a part of the item as it is after the update.
    pub fn returning_new_part<P: Projection<Entity = E>>(self) -> Update<E, V, NewItem<P>> {
        self.returning()
    }

    /// Gives a part of the item as it was before the update.
    pub fn returning_old_part<P: Projection<Entity = E>>(self) -> Update<E, V, OldItem<P>> {
        self.returning()
    }

    fn returning<R>(self) -> Update<E, V, R> {
        let Self { key, expected, becomes, before, spec, otherwise, via, returning: _ } = self;
        Update { key, expected, becomes, before, spec, otherwise, via, returning: PhantomData }
    }
}

impl<E: Entity> Update<E, Unsent, OrCreate> {
    /// An upsert without a client: changes the item that is there, or creates `fresh`.
    pub fn upsert(fresh: &E) -> Self {
        Self::upsert_via(fresh, Unsent)
    }
}

impl<E: Entity, V> Update<E, V, OrCreate> {
    pub(crate) fn upsert_via(fresh: &E, via: V) -> Self {
        let mut update = Update::via(Target::from(fresh.primary_key()), via);
        update.otherwise = Some(Box::new(PutPlan::new(Verb::Create, fresh)));
        update.returning()
    }
}

impl<E: Entity, V, R> Update<E, V, R> {
    /// Sets an attribute (`SET`). A field that becomes `None`, and a set that becomes empty, are removed, as a put would
    /// leave them out.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # fn main() {
    /// use dynamodel::op::Update;
    ///
    /// let update = Update::new(Session::key("u1", "s1"))
    ///     .set(|s| s.hits, 7)
    ///     .set(|s| s.data.key("theme"), "dark");
    /// # }
    /// ```
    #[expect(clippy::needless_pass_by_value, reason = "`.set(|s| s.hits, 7)` is what users write")]
    pub fn set<F, L, T>(self, field: impl FnOnce(E::Fields) -> Path<E, F, L>, value: T) -> Self
    where
        F: Field,
        F::Role: Settable<F>,
        F::Value: Accepts<T, F::Codec>,
        L: Location,
    {
        let place = field(E::fields()).place();
        self.with(|spec| {
            let write = |out: &mut Vec<u8>| {
                if F::NAME.is_empty() {
                    // In a list or a map, `None` has a form: NULL.
                    <F::Value as Accepts<T, F::Codec>>::encode(&value, out).map(|()| true)
                } else {
                    <F::Value as Accepts<T, F::Codec>>::encode_field(&value, out)
                }
            };
            spec.set(place, write, <F::Role as Settable<F>>::changed_field)
        })
    }

    /// Sets an attribute to what DynamoDB computes from the item (`SET` with a path, `+`, `-`, `if_not_exists`,
    /// `list_append`).
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # fn main() {
    /// use dynamodel::op::Update;
    ///
    /// let update = Update::new(Session::key("u1", "s1")).set_to(|s| s.hits, |s| s.hits.plus(1));
    /// # }
    /// ```
    pub fn set_to<F, L>(
        self,
        field: impl FnOnce(E::Fields) -> Path<E, F, L>,
        value: impl FnOnce(E::Fields) -> ValueOf<E, F::Value>,
    ) -> Self
    where
        F: Field,
        F::Role: Computable<F>,
        L: Location,
    {
        let place = field(E::fields()).place();
        let operand = value(E::fields()).operand();
        self.with(|spec| {
            spec.clauses.push(Clause::Set(place, operand?));
            Ok(())
        })
    }

    /// Sets all fields that share an index key, together, and renders the key from them.
    ///
    /// The group is a struct that the derive makes, one field for each: `OrderGsi1Key { status, created_at }`. Fields of
    /// it that are `immutable` are not set but compared: the update is refused if the item has others.
    pub fn set_key<G: KeyGroup<Entity = E>>(self, group: G) -> Self {
        self.with(|spec| group.apply(&mut KeyGroupUpdate(spec)))
    }

    /// Removes an attribute (`REMOVE`): it reads as `None`, or as its default.
    pub fn remove<F, L>(self, field: impl FnOnce(E::Fields) -> Path<E, F, L>) -> Self
    where
        F: Field,
        F::Role: Settable<F>,
        F::Absence: Removable<F>,
        L: Location,
    {
        let place = field(E::fields()).place();
        self.with(|spec| spec.set(place, |_| Ok(false), <F::Role as Settable<F>>::changed_field))
    }

    /// Adds to a number (`ADD`); an absent one counts as 0. Atomic: no update by others is lost.
    #[expect(clippy::needless_pass_by_value, reason = "`.add(|s| s.hits, 1)` is what users write")]
    pub fn add<F, L, T>(self, field: impl FnOnce(E::Fields) -> Path<E, F, L>, value: T) -> Self
    where
        F: Field,
        F::Role: Computable<F>,
        F::Value: Numeric<F::Codec> + Accepts<T, F::Codec>,
        L: Location,
    {
        let place = field(E::fields()).place();
        let mut wire = Vec::with_capacity(24);
        let encoded = <F::Value as Accepts<T, F::Codec>>::encode(&value, &mut wire);
        self.with(|spec| {
            encoded.map_err(|error| not_storable::<E>(error.in_field(place.hint())))?;
            spec.clauses.push(Clause::Add(place, wire));
            Ok(())
        })
    }

    /// Adds elements to a set (`ADD`); an absent one counts as empty. Adding none changes nothing.
    pub fn insert<F, L, T>(
        self,
        field: impl FnOnce(E::Fields) -> Path<E, F, L>,
        elements: impl IntoIterator<Item = T>,
    ) -> Self
    where
        F: Field,
        F::Role: Computable<F>,
        F::Value: SetTakes<T, F::Codec>,
        L: Location,
    {
        self.elements(field(E::fields()), elements, Clause::Add)
    }

    /// Takes elements out of a set (`DELETE`). A set that loses its last element is removed, and reads as empty.
    pub fn delete<F, L, T>(
        self,
        field: impl FnOnce(E::Fields) -> Path<E, F, L>,
        elements: impl IntoIterator<Item = T>,
    ) -> Self
    where
        F: Field,
        F::Role: Computable<F>,
        F::Value: SetTakes<T, F::Codec>,
        L: Location,
    {
        self.elements(field(E::fields()), elements, Clause::Delete)
    }

    fn elements<F: Field, L: Location, T>(
        self,
        path: Path<E, F, L>,
        elements: impl IntoIterator<Item = T>,
        clause: fn(Place, Vec<u8>) -> Clause,
    ) -> Self
    where
        F::Value: SetTakes<T, F::Codec>,
    {
        let one = |element: T| {
            let mut wire = Vec::with_capacity(24);
            <F::Value as SetTakes<T, F::Codec>>::encode(&element, &mut wire).map(|()| wire)
        };
        let encoded: Result<BTreeSet<Vec<u8>>, CodecError> = elements.into_iter().map(one).collect();
        let place = path.place();
        self.with(|spec| {
            let set = encoded.and_then(|elements| set_of(&elements));
            let set = set.map_err(|error| not_storable::<E>(error.in_field(place.hint())))?;
            spec.clauses.extend(set.map(|set| clause(place, set)));
            Ok(())
        })
    }

    /// Appends elements to a list (`SET a = list_append(a, ..)`); an absent one counts as empty.
    pub fn append<F, L, T>(
        self,
        field: impl Fn(E::Fields) -> Path<E, F, L>,
        elements: impl IntoIterator<Item = T>,
    ) -> Self
    where
        F: Field,
        F::Role: Computable<F> + crate::path::Stored<F>,
        F::Value: ListTakes<T, F::Codec>,
        L: Location,
    {
        self.set_to(&field, |fields| field(fields).followed_by(elements))
    }

    /// Puts elements in front of a list (`SET a = list_append(.., a)`); an absent one counts as empty.
    pub fn prepend<F, L, T>(
        self,
        field: impl Fn(E::Fields) -> Path<E, F, L>,
        elements: impl IntoIterator<Item = T>,
    ) -> Self
    where
        F: Field,
        F::Role: Computable<F> + crate::path::Stored<F>,
        F::Value: ListTakes<T, F::Codec>,
        L: Location,
    {
        self.set_to(&field, |fields| field(fields).preceded_by(elements))
    }

    /// Sets the time to live: the item expires so long after the time at which the update is sent, by the client's
    /// [`Clock`](crate::Clock), rounded up to a whole second. The last one that is said holds.
    ///
    /// It extends the life of an item that is there; what an upsert creates has the fresh value's own expiry.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// use std::time::Duration;
    ///
    /// shop.create(&Session::sample("u1", "s1")).await?;
    /// let half_an_hour = Duration::from_secs(30 * 60);
    /// shop.update(Session::key("u1", "s1")).add(|s| s.hits, 1).expires_in(half_an_hour).await?;
    /// # Ok(()) }
    /// ```
    pub fn expires_in(self, lifetime: Duration) -> Self
    where
        E: Expires,
    {
        self.with(|spec| {
            spec.lifetime = Some(lifetime);
            Ok(())
        })
    }

    /// Changes only an item for which this holds too. Several conditions must all hold.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// shop.create(&Session::sample("u1", "s1")).await?;
    /// let update = shop.update(Session::key("u1", "s1")).add(|s| s.hits, 1);
    /// let refused = update.condition(|s| s.hits.ge(100)).await.unwrap_err();
    /// assert_eq!(refused.kind(), dynamodel::ErrorKind::ConditionFailed);
    /// assert_eq!(refused.current::<Session>().map(|s| s.hits), Some(0));
    /// # Ok(()) }
    /// ```
    pub fn condition(self, condition: impl FnOnce(E::Fields) -> Condition<E>) -> Self {
        let condition = condition(E::fields());
        self.with(|spec| {
            spec.conditions.push(condition);
            Ok(())
        })
    }

    /// Adds to what the update does. The first error stays: later steps add nothing.
    fn with(mut self, add: impl FnOnce(&mut UpdateSpec<E>) -> Result<()>) -> Self {
        if let Ok(spec) = &mut self.spec
            && let Err(error) = add(spec)
        {
            self.spec = Err(error.of_entity(E::SCHEMA.name));
        }
        self
    }
}
