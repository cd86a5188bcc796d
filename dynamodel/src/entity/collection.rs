//! Several items of one partition as one value: a struct with a field for each entity.

use super::{Entity, EntityOf, Expiry, Incoming, IntoKeyRange, Item, KeyRange, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{EntitySchema, common_beginning};
use std::any::Any;
use std::fmt;
use std::marker::PhantomData;

/// An item on its way into a collection, whatever its type.
type Value = Box<dyn Any + Send + Sync>;

/// A struct of several entities that lie in one partition. Implemented by `#[derive(Collection)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no collection",
    label = "derive it: `#[derive(Collection)]` and `#[dynamo(of = ..)]`, the table"
)]
pub trait Collection: Sized + Send + Sync + 'static {
    /// The table whose items it is made of.
    type Table: Table;
    /// The entities of its fields: `(Cart, (CartLine, ()))`.
    #[doc(hidden)]
    type Members;
    /// The struct's name.
    const NAME: &'static str;

    /// Its fields, in order.
    #[doc(hidden)]
    const FIELDS: &'static [CollectionField];
    /// The entities that are read past.
    #[doc(hidden)]
    const IGNORED: &'static [&'static EntitySchema];

    /// Puts the items into the fields.
    #[doc(hidden)]
    fn gather(items: &mut Gathering) -> Result<Self>;
}

/// A field of a collection.
#[doc(hidden)]
#[derive(Debug)]
pub struct CollectionField {
    name: &'static str,
    entity: &'static EntitySchema,
    read: fn(&mut Incoming<'_, '_>) -> Result<(Value, Option<Expiry>)>,
}

impl CollectionField {
    /// From its type: an entity, or an `Option` or a `Vec` of one.
    pub const fn of<S: Slot<T>, T>(name: &'static str) -> Self {
        Self { name, entity: <S::Entity as EntityOf<T>>::DESCRIPTION, read: boxed::<S::Entity> }
    }
}

fn boxed<E: Entity>(item: &mut Incoming<'_, '_>) -> Result<(Value, Option<Expiry>)> {
    let entity: E = item.read()?;
    let expiry = entity.expiry();
    Ok((Box::new(entity), expiry))
}

/// What can be a field of a collection: `E` for exactly one item, `Option<E>` for one at most, `Vec<E>` for any number.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a collection of the table `{T}`",
    label = "expected an entity of `{T}`, or an `Option` or a `Vec` of one"
)]
pub trait Slot<T>: Sized {
    /// The entity.
    type Entity: Entity + EntityOf<T>;

    /// From the items that were found.
    #[doc(hidden)]
    fn fill(items: Vec<Self::Entity>) -> Result<Self, &'static str>;
}

const MISSING: &str = "and there must be one: make the field an `Option` if it can be absent";
const SECOND: &str = "and there must be no more than one: make the field a `Vec`";

impl<E: Entity + EntityOf<T>, T> Slot<T> for E {
    type Entity = E;

    fn fill(items: Vec<E>) -> Result<Self, &'static str> {
        <Option<E> as Slot<T>>::fill(items)?.ok_or(MISSING)
    }
}

impl<E: Entity + EntityOf<T>, T> Slot<T> for Option<E> {
    type Entity = E;

    fn fill(items: Vec<E>) -> Result<Self, &'static str> {
        let mut items = items.into_iter();
        match (items.next(), items.next()) {
            (first, None) => Ok(first),
            (_, Some(_)) => Err(SECOND),
        }
    }
}

impl<E: Entity + EntityOf<T>, T> Slot<T> for Vec<E> {
    type Entity = E;

    fn fill(items: Vec<E>) -> Result<Self, &'static str> {
        Ok(items)
    }
}

/// The entity `E` is in the list of a collection's entities, at the place `At`: `(Cart, (CartLine, ()))`.
#[diagnostic::on_unimplemented(
    message = "`{E}` is in no field of the collection",
    label = "expected an access pattern of one of its entities"
)]
pub trait Holds<E, At> {}

/// At the first place.
#[doc(hidden)]
#[derive(Debug)]
pub struct Here;

/// At a place further on.
#[doc(hidden)]
#[derive(Debug)]
pub struct Further<At>(PhantomData<At>);

#[diagnostic::do_not_recommend]
impl<E, Rest> Holds<E, Here> for (E, Rest) {}

#[diagnostic::do_not_recommend]
impl<E, First, Rest: Holds<E, At>, At> Holds<E, Further<At>> for (First, Rest) {}

/// The items of a collection, sorted by its fields.
#[doc(hidden)]
pub struct Gathering {
    of: &'static str,
    fields: &'static [CollectionField],
    found: Vec<(usize, Value)>,
}

impl Gathering {
    /// What belongs into a field.
    ///
    /// # Errors
    /// [`ErrorKind::CollectionMismatch`] when there are more or fewer items than the field takes.
    pub fn take<S: Slot<T>, T>(&mut self, at: usize) -> Result<S> {
        let (mine, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut self.found).into_iter().partition(|(to, _)| *to == at);
        self.found = rest;
        let items: Vec<S::Entity> =
            mine.into_iter().filter_map(|(_, value)| value.downcast().ok()).map(|entity| *entity).collect();
        let (count, name) = (items.len(), S::Entity::SCHEMA.name);
        S::fill(items).map_err(|rule| {
            let field = self.fields.get(at).map_or("?", |field| field.name);
            let message = format!("the partition holds {count} items of `{name}` for the field `{field}`, {rule}");
            Error::new(ErrorKind::CollectionMismatch, message).of_entity(self.of)
        })
    }
}

impl fmt::Debug for Gathering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gathering").field("of", &self.of).field("items", &self.found.len()).finish()
    }
}

/// One item of the collection `V`: what a query reads before `assemble` puts them together.
pub struct Gathered<V> {
    /// The field it goes into; `None` for what is read past.
    found: Option<(usize, Value, Option<Expiry>)>,
    of: PhantomData<fn() -> V>,
}

impl<V: Collection> Gathered<V> {
    /// The collection, unless there is nothing of it.
    pub(crate) fn together(items: Vec<Self>) -> Result<Option<V>> {
        let found: Vec<_> =
            items.into_iter().filter_map(|item| item.found).map(|(field, value, _)| (field, value)).collect();
        if found.is_empty() {
            return Ok(None);
        }
        V::gather(&mut Gathering { of: V::NAME, fields: V::FIELDS, found }).map(Some)
    }

    /// The keys of a collection, in the partition of an access pattern: those that begin as all its entities do.
    #[doc(hidden)]
    pub fn range<R: IntoKeyRange>(range: R) -> KeyRange<Self, R::Index> {
        use super::Index as _;
        let members: Vec<_> = V::FIELDS.iter().map(|field| field.entity).collect();
        let range = range.into_key_range();
        match common_beginning(&members, R::Index::NAME) {
            Some((attribute, text)) => range.beginning(attribute, text),
            None => range.whole_partition(),
        }
    }
}

impl<V: Collection> Item for Gathered<V> {
    type Table = V::Table;
    const ATTRIBUTES: Option<&'static [&'static str]> = None;
    const NAME: &'static str = V::NAME;

    fn ttl() -> Option<&'static str> {
        V::Table::SCHEMA.ttl()
    }

    fn read(item: &mut Incoming<'_, '_>) -> Result<Self> {
        let place = item.entity_of::<V::Table>();
        let entity = place.and_then(|place| V::Table::SCHEMA.entities.get(place).copied());
        let is = |other: &&EntitySchema| entity.is_some_and(|entity| entity.type_name == other.type_name);
        if let Some((at, field)) = V::FIELDS.iter().enumerate().find(|(_, field)| is(&field.entity)) {
            let (value, expiry) = (field.read)(item)?;
            return Ok(Self { found: Some((at, value, expiry)), of: PhantomData });
        }
        if V::IGNORED.iter().any(|ignored| is(ignored)) {
            item.take()?;
            return Ok(Self { found: None, of: PhantomData });
        }
        Err(item.unknown::<V::Table>())
    }

    fn expires(&self) -> Option<Expiry> {
        self.found.as_ref().and_then(|(_, _, expiry)| *expiry)
    }
}

impl<V> fmt::Debug for Gathered<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Gathered").field(&self.found.as_ref().map(|(field, ..)| field)).finish()
    }
}
