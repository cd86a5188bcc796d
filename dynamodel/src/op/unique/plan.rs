//! From what is known of an item to what is sent: the write itself, and the changes to sentinels beside it.

use super::sentinel::{Change, Owner, Sentinel};
use super::values::Values;
use super::write::{KnownItem, UniqueWrite};
use crate::entity::{Entity, Table};
use crate::error::Result;
use crate::expr::Node;
use crate::op::{Context, Precondition, Request};
use crate::schema::EntitySchema;

/// A write with the sentinels that it changes.
#[derive(Debug)]
pub(crate) struct Planned<V> {
    pub(crate) request: Request,
    pub(crate) precondition: Precondition<V>,
    pub(crate) sentinels: Vec<Sentinel>,
    /// What the item must say for the plan to be right; `None` where it must be absent, or need not be looked at.
    pub(crate) assumed: Option<Values>,
}

/// The write, on the condition that what is known of the item still holds, and what becomes of the sentinels. Those in `lost` had
/// gone to others when they were to be given up: they are left, if that is still so.
///
/// # Errors
/// What the write gives before it is sent.
pub(crate) fn plan<W: UniqueWrite>(
    write: &W,
    cx: &Context<'_>,
    known: &KnownItem,
    lost: &[&str],
) -> Result<Planned<<W::Entity as Entity>::Version>> {
    let before = match known {
        KnownItem::Present(values) => Some(values),
        _ => None,
    };
    let after = write.after(cx, before)?;
    let (given, assumed) = match known {
        KnownItem::Fresh => (None, None),
        // Where there is no item, there is nothing to give up either.
        KnownItem::Unchanged if write.writes_all() => {
            let absent = Node::not_exists(<W::Entity as Entity>::Table::PARTITION_KEY);
            (Node::any([Some(absent), after.as_ref().and_then(Values::condition)].into_iter().flatten()), after.clone())
        }
        KnownItem::Unchanged => (after.as_ref().and_then(Values::condition), after.clone()),
        KnownItem::Present(values) => (values.condition(), Some(values.clone())),
        KnownItem::Absent => (Some(Node::not_exists(<W::Entity as Entity>::Table::PARTITION_KEY)), None),
    };
    let (request, precondition) = write.request(cx, given)?;
    let sentinels = match known {
        KnownItem::Unchanged if write.writes_all() => changes(write, after.as_ref(), after.as_ref(), lost)?,
        KnownItem::Unchanged => Vec::new(),
        _ => changes(write, before, after.as_ref(), lost)?,
    };
    Ok(Planned { request, precondition, sentinels, assumed })
}

/// The sentinels that are given up when an item goes: of all values that can have one.
pub(crate) fn sentinels_to_delete<T: Table>(
    entity: &'static EntitySchema,
    owner: impl Into<Owner>,
    values: &Values,
) -> Vec<Sentinel> {
    let (owner, change) = (owner.into(), Change::Delete { must_exist: false });
    let held = entity.unique.iter().filter_map(|unique| Some((unique, values.stored_sentinel(unique)?)));
    held.map(|(unique, key)| Sentinel {
        key,
        unique,
        entity,
        table: T::SCHEMA,
        owner: owner.clone(),
        change: change.clone(),
        from: Vec::new(),
    })
    .collect()
}

/// The sentinels that an item must have: all of them, as they are to be written. In place of one an error, where a
/// value is of a type of which it is not known when two are the same, or too long for a key.
pub(crate) fn sentinels_to_write<T: Table>(
    entity: &'static EntitySchema,
    owner: impl Into<Owner>,
    values: &Values,
) -> Vec<Result<Sentinel>> {
    let owner = owner.into();
    let wanted = entity.unique.iter().filter_map(|unique| Some((unique, values.sentinel(unique).transpose()?)));
    wanted
        .map(|(unique, key)| {
            let (owner, change) = (owner.clone(), Change::Write { expiry: values.expiry() });
            let sentinel = Sentinel { key: key?, unique, entity, table: T::SCHEMA, owner, change, from: Vec::new() };
            sentinel.check().map(|()| sentinel)
        })
        .collect()
}

/// The sentinels of an item's values as they are stored, each with its partition key.
///
/// # Errors
/// When a value is of a type of which it is not known when two are the same, or too long for a key.
pub(crate) fn sentinels_of<E: Entity>(entity: &E, item: &str) -> Result<Vec<(String, String)>> {
    if E::SCHEMA.unique.is_empty() {
        return Ok(Vec::new());
    }
    let values = Values::of(E::SCHEMA, item)?;
    let expiry = values.expiry();
    let wanted = sentinels_to_write::<E::Table>(E::SCHEMA, Owner::of(&entity.primary_key())?, &values);
    let stored = wanted.into_iter().map(|sentinel| {
        let sentinel = sentinel?;
        let mut out = Vec::with_capacity(256);
        sentinel.write_item(expiry.as_deref(), &mut out);
        Ok((sentinel.key, String::from_utf8_lossy(&out).into_owned()))
    });
    stored.collect()
}

/// What becomes of the sentinels between two states of an item.
fn changes<W: UniqueWrite>(
    write: &W,
    before: Option<&Values>,
    after: Option<&Values>,
    lost: &[&str],
) -> Result<Vec<Sentinel>> {
    let entity = W::Entity::SCHEMA;
    let owner = Owner::of(write.key())?;
    let moved = before.map(Values::expiry) != after.map(Values::expiry);
    let mut out = Vec::new();
    for unique in entity.unique {
        // A value that another program stored may be such that it cannot have a sentinel: then there is none to give up.
        let old = before.and_then(|values| values.stored_sentinel(unique));
        let stays = before.zip(after).is_some_and(|(before, after)| before.same(after, unique));
        let new = match after {
            Some(after) if stays && !write.writes_all() => after.stored_sentinel(unique),
            Some(after) => after.sentinel(unique)?,
            None => None,
        };
        let mut change = |key: String, change: Change| {
            let (owner, table) = (owner.clone(), <W::Entity as Entity>::Table::SCHEMA);
            out.push(Sentinel { key, unique, entity, table, owner, change, from: Vec::new() });
        };
        let stays = old == new;
        if let Some(old) = old.filter(|_| !stays) {
            let gone = lost.contains(&old.as_str());
            change(old, if gone { Change::Leave } else { Change::Delete { must_exist: write.needs_sentinels() } });
        }
        if let Some(new) = new.filter(|_| !stays || moved || write.writes_all()) {
            change(new, Change::Write { expiry: after.and_then(Values::expiry) });
        }
    }
    Ok(out)
}
