//! Batches as requests: puts and deletes of several items in one body, and keys of which no item is asked twice.

use super::timestamps;
use super::{Body, Operation, PutPlan, ReadOptions, Request, Verb};
use crate::entity::{Deletable, Entity, Key, LivesIn, NoVersion, RawItem, Table, WithoutUnique, WrittenWhole};
use crate::error::{Error, ErrorKind, Result};
use crate::expr::Placeholders;
use crate::wire::{self, Number, Reader};
use std::fmt;
use std::marker::PhantomData;
use std::time::SystemTime;

/// The most writes and the most keys in one request, by DynamoDB's rules.
pub(crate) const MOST_WRITES: usize = 25;
pub(crate) const MOST_KEYS: usize = 100;

/// The most bytes in one request.
pub(crate) const LARGEST: usize = 16 * 1024 * 1024;

/// One put or delete of a batch, on the table `T`.
///
/// A batch cannot check anything, so a versioned entity is put by [`put_unchecked`](Self::put_unchecked) only.
pub struct BatchOp<T> {
    entity: &'static str,
    is_put: bool,
    /// The item of a put, the key of a delete: DynamoDB JSON.
    body: Vec<u8>,
    /// Where in the item the timestamps stand that are set when it is sent.
    timestamp_places: Vec<usize>,
    key: ItemKey,
    of: PhantomData<fn() -> T>,
}

/// A key in the one text by which keys are compared: numbers may come back written otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ItemKey(String);

/// An entity without a version: a batch may write it, since there is nothing to check.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has a version, and a batch cannot check it",
    label = "this would overwrite what others wrote meanwhile",
    note = "write it with `save` or in a transaction, or, where there is no other writer: `.unchecked()` on the batch, `BatchOp::put_unchecked(..)`"
)]
pub trait Unversioned {}

#[diagnostic::do_not_recommend]
impl<E: Entity<Version = NoVersion>> Unversioned for E {}

impl<T: Table> BatchOp<T> {
    /// Writes the item, whatever is there.
    ///
    /// # Errors
    /// What [`Put`](super::Put) gives before anything is sent.
    pub fn put<E: LivesIn<T> + Unversioned + WithoutUnique>(entity: &E) -> Result<Self> {
        Self::put_whole(entity)
    }

    /// Writes the item, whatever is there, also where the entity has a version: the stored one is the value's next.
    ///
    /// # Errors
    /// What [`Put`](super::Put) gives before anything is sent.
    pub fn put_unchecked<E: LivesIn<T> + WithoutUnique>(entity: &E) -> Result<Self>
    where
        E::Version: WrittenWhole,
    {
        Self::put_whole(entity)
    }

    fn put_whole<E: LivesIn<T>>(entity: &E) -> Result<Self> {
        let (body, timestamp_places) = PutPlan::new(Verb::Put, entity).into_item()?;
        Ok(Self { timestamp_places, ..Self::new::<E>(true, body)? })
    }

    /// Deletes the item, if it is there.
    ///
    /// # Errors
    /// [`InvalidKey`](crate::ErrorKind::InvalidKey) when the key cannot be.
    pub fn delete<E: LivesIn<T> + WithoutUnique>(key: &Key<E>) -> Result<Self>
    where
        E::Version: Deletable,
    {
        let mut body = Vec::with_capacity(96);
        key.write(&mut body)?;
        Self::new::<E>(false, body)
    }

    fn new<E: Entity>(is_put: bool, body: Vec<u8>) -> Result<Self> {
        let text = String::from_utf8_lossy(&body);
        let key = ItemKey::of::<T>(&text)
            .ok_or_else(|| Error::new(ErrorKind::InvalidKey, "the item has no whole key").of_entity(E::SCHEMA.name))?;
        Ok(Self { entity: E::SCHEMA.name, is_put, body, timestamp_places: Vec::new(), key, of: PhantomData })
    }
}

impl<T> BatchOp<T> {
    /// The entity's name.
    pub fn entity(&self) -> &'static str {
        self.entity
    }

    /// Whether it puts an item; else it deletes one.
    pub fn is_put(&self) -> bool {
        self.is_put
    }

    pub(crate) fn key(&self) -> &ItemKey {
        &self.key
    }

    /// Its length in a request.
    pub(crate) fn len(&self) -> usize {
        self.body.len() + 32
    }
}

impl<T: Table> BatchOp<T> {
    /// The item of a put, or what is known of a deleted one: its key. An updated-at is set when the batch is sent, and
    /// shows 1970 here.
    pub fn item(&self) -> RawItem {
        RawItem::of::<T>(&String::from_utf8_lossy(&self.body))
    }
}

impl<T> Clone for BatchOp<T> {
    fn clone(&self) -> Self {
        let Self { entity, is_put, body, timestamp_places, key, of } = self;
        Self {
            entity,
            is_put: *is_put,
            body: body.clone(),
            timestamp_places: timestamp_places.clone(),
            key: key.clone(),
            of: *of,
        }
    }
}

impl<T> fmt::Debug for BatchOp<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BatchOp({} of `{}`)", if self.is_put { "put" } else { "delete" }, self.entity)
    }
}

impl ItemKey {
    /// The key of an item, or a key itself.
    pub(crate) fn of<T: Table>(item: &str) -> Option<Self> {
        let (mut partition, mut sort) = (String::new(), String::new());
        let read = Reader::from_str(item).object(|reader, name| {
            let part = match name {
                _ if name == T::PARTITION_KEY => &mut partition,
                _ if Some(name) == T::SORT_KEY => &mut sort,
                _ => return reader.skip(),
            };
            reader.object(|reader, tag| {
                let text = reader.string()?;
                let number = if tag == "N" { text.parse::<Number>().ok() } else { None };
                part.reserve(text.len() + 2);
                part.push_str(tag);
                match number {
                    Some(number) => part.push_str(&number.to_string()),
                    None => part.push_str(&text),
                }
                Ok(())
            })
        });
        if read.is_err() || partition.is_empty() || (T::SORT_KEY.is_some() && sort.is_empty()) {
            return None;
        }
        // The length stands before the partition key: no two keys have one text.
        let mut length = itoa::Buffer::new();
        let mut whole = String::with_capacity(partition.len() + sort.len() + 8);
        whole.push_str(length.format(partition.len()));
        whole.push(':');
        whole.push_str(&partition);
        whole.push_str(&sort);
        Some(Self(whole))
    }
}

/// A request that writes several items of one table at that time.
///
/// # Errors
/// When the time cannot be stored, and an item shall hold it.
pub(crate) fn batch_write<T>(table: &str, ops: &[BatchOp<T>], now: SystemTime) -> Result<Request> {
    let any = ops.iter().any(|op| !op.timestamp_places.is_empty());
    let timestamp = any.then(|| timestamps::timestamp_at(now)).transpose()?;
    let mut body = Vec::with_capacity(ops.iter().map(BatchOp::len).sum::<usize>() + 64);
    body.extend_from_slice(b"{\"RequestItems\":{");
    wire::write_string(&mut body, table);
    body.extend_from_slice(b":[");
    for (at, op) in ops.iter().enumerate() {
        if at > 0 {
            body.push(b',');
        }
        let opening: &[u8] = if op.is_put { b"{\"PutRequest\":{\"Item\":" } else { b"{\"DeleteRequest\":{\"Key\":" };
        body.extend_from_slice(opening);
        let start = body.len();
        body.extend_from_slice(&op.body);
        if let (Some(timestamp), Some(item)) = (timestamp, body.get_mut(start..)) {
            timestamps::fill(&op.timestamp_places, item, timestamp);
        }
        body.extend_from_slice(b"}}");
    }
    body.extend_from_slice(b"]}}");
    Ok(Request::of_many(Operation::BatchWriteItem, body, ops.len(), None))
}

/// A request that reads several items of one table; `attributes`: only these of them, and their keys.
pub(crate) fn batch_get<T: Table>(
    table: &str,
    keys: &[&str],
    attributes: Option<&[&'static str]>,
    options: ReadOptions,
) -> Result<Request> {
    let mut body = Body::nested(table);
    let out = body.member("Keys");
    out.push(b'[');
    for (at, key) in keys.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        out.extend_from_slice(key.as_bytes());
    }
    out.push(b']');
    options.write_consistent(&mut body);
    if let Some(attributes) = attributes {
        let needed: Vec<_> = [Some(T::PARTITION_KEY), T::SORT_KEY].into_iter().flatten().collect();
        body.projection(attributes, &needed, Placeholders::default())?;
    }
    Ok(body.finish_nested(Operation::BatchGetItem, keys.len()))
}

/// The key of an entity's item as DynamoDB JSON.
pub(crate) fn key_json<E: Entity>(key: &Key<E>) -> Result<String> {
    let mut out = Vec::with_capacity(96);
    key.write(&mut out)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}
