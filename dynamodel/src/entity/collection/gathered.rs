//! The items of a collection: read one by one, and put together.

use super::{Collection, CollectionField, Value};
use crate::entity::{Entity, Expiry, Incoming, Index as _, IntoKeyRange, Item, KeyRange, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{EntitySchema, common_beginning};
use std::fmt;
use std::marker::PhantomData;

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
    pub(super) fn take<E: Entity, S>(&mut self, at: usize, fill: fn(Vec<E>) -> Result<S, &'static str>) -> Result<S> {
        let (mine, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut self.found).into_iter().partition(|(to, _)| *to == at);
        self.found = rest;
        let items: Vec<E> = mine.into_iter().filter_map(|(_, value)| value.downcast().ok()).map(|item| *item).collect();
        let (count, name) = (items.len(), E::SCHEMA.name);
        fill(items).map_err(|rule| {
            let field = self.fields.get(at).map_or("?", |field| field.name);
            let message = format!("the partition holds {count} items of `{name}` for the field `{field}`, {rule}");
            Error::new(ErrorKind::CollectionMismatch, message).of_entity(self.of)
        })
    }
}

impl fmt::Debug for Gathering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gathering({}, {} items)", self.of, self.found.len())
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
        if V::IGNORED.iter().any(is) {
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
