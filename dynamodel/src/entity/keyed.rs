//! Nothing of an item but its primary key: what is needed to write to it.

use super::decode::peek_key;
use super::{Entity, Expiry, Incoming, Item, Key, PrimaryKey, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::key::KeyValue;
use std::marker::PhantomData;

/// The primary key of an item that would be read as a `P`.
pub(crate) struct Keyed<P> {
    partition: KeyValue,
    sort: Option<KeyValue>,
    of: PhantomData<fn() -> P>,
}

impl<P: Item> Item for Keyed<P> {
    type Table = P::Table;
    // The attributes of keys are asked for in any case.
    const ATTRIBUTES: Option<&'static [&'static str]> = Some(&[]);
    const NAME: &'static str = P::NAME;

    fn ttl() -> Option<&'static str> {
        P::ttl()
    }

    fn only() -> Option<&'static str> {
        P::only()
    }

    fn read(item: &mut Incoming<'_, '_>) -> Result<Self> {
        let item = item.take()?;
        let value = |name| {
            let message = "an item came without its key, so nothing can be written to it";
            peek_key(item, name).ok_or_else(|| Error::new(ErrorKind::Decode, message).at_attribute(name))
        };
        let partition = value(P::Table::PARTITION_KEY)?;
        Ok(Self { partition, sort: P::Table::SORT_KEY.map(value).transpose()?, of: PhantomData })
    }

    fn expires(&self) -> Option<Expiry> {
        None
    }
}

impl<P: Item> Keyed<P> {
    /// The key of the entity.
    pub(crate) fn key<E: Entity<Table = P::Table>>(self) -> Key<E> {
        Key::from_values(self.partition, self.sort)
    }

    /// The key without its item.
    pub(crate) fn primary(&self) -> PrimaryKey {
        PrimaryKey::of::<P::Table>(self.partition.clone(), self.sort.clone())
    }

    /// The values of the key's attributes.
    pub(crate) fn owner(&self) -> (KeyValue, Option<KeyValue>) {
        (self.partition.clone(), self.sort.clone())
    }
}

impl<P: Item> std::fmt::Display for Keyed<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.sort {
            Some(sort) => write!(f, "{} / {sort}", self.partition),
            None => write!(f, "{}", self.partition),
        }
    }
}
