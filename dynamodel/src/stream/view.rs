//! Which images a stream holds, as types: each has its own type of change.

use super::{ChangedFields, ItemChange, KeyChange, NewImageChange, OldImageChange, Operation, Record};
use crate::define::StreamView;
use crate::entity::{Incoming, Key, PrimaryKey, Table, peek_key};
use crate::error::{ErrorKind, Result};
use crate::schema::EntitySchema;
use crate::wire::Reader;

/// What a stream's records hold (`StreamViewType`), as a type.
///
/// [`NewAndOldImages`], [`NewImage`], [`OldImage`] or [`KeysOnly`]. A record that holds more can be decoded as one that holds
/// less.
pub trait ViewType: sealed::Sealed + Sized + Send + Sync + 'static {
    /// A change of an item of the entity `E`.
    type Of<E>;

    /// The same as a value, for the table's definition.
    const VIEW: StreamView;

    /// Decodes a record whose item belongs to the entity `E` of the table `T`.
    #[doc(hidden)]
    fn read<E, T: Table>(record: &Record, entity: EntityReader<E>) -> Result<Self::Of<E>>;
}

/// An entity's schema, and the function that decodes its items. It comes from the derive, under the name in the table's list: so
/// a name that does not belong there is one mistake, and one message.
pub type EntityReader<E> = (&'static EntitySchema, fn(&mut Incoming<'_, '_>) -> Result<E>);

mod sealed {
    pub trait Sealed {}

    impl Sealed for super::NewAndOldImages {}
    impl Sealed for super::NewImage {}
    impl Sealed for super::OldImage {}
    impl Sealed for super::KeysOnly {}
}

/// The item before and after the change. The default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewAndOldImages;

/// The item after the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewImage;

/// The item before the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OldImage;

/// The item's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeysOnly;

impl ViewType for NewAndOldImages {
    type Of<E> = ItemChange<E>;
    const VIEW: StreamView = StreamView::NewAndOldImages;

    fn read<E, T: Table>(record: &Record, entity: EntityReader<E>) -> Result<ItemChange<E>> {
        Ok(match record.operation() {
            Operation::Insert => ItemChange::Insert { new: new::<E, Self>(record, entity)? },
            Operation::Modify => {
                let (old, new) = (old::<E, Self>(record, entity)?, new::<E, Self>(record, entity)?);
                ItemChange::Modify { old, new, changed: ChangedFields::of::<T>(record, entity.0)? }
            }
            Operation::Remove => ItemChange::Remove { old: old::<E, Self>(record, entity)?, by: record.removed_by },
            Operation::Other(name) => return Err(other(record, name)),
        })
    }
}

impl ViewType for NewImage {
    type Of<E> = NewImageChange<E>;
    const VIEW: StreamView = StreamView::NewImage;

    fn read<E, T: Table>(record: &Record, entity: EntityReader<E>) -> Result<NewImageChange<E>> {
        Ok(match record.operation() {
            Operation::Insert => NewImageChange::Insert { new: new::<E, Self>(record, entity)? },
            Operation::Modify => NewImageChange::Modify { new: new::<E, Self>(record, entity)? },
            Operation::Remove => NewImageChange::Remove { key: key::<E, T>(record, entity.0)?, by: record.removed_by },
            Operation::Other(name) => return Err(other(record, name)),
        })
    }
}

impl ViewType for OldImage {
    type Of<E> = OldImageChange<E>;
    const VIEW: StreamView = StreamView::OldImage;

    fn read<E, T: Table>(record: &Record, entity: EntityReader<E>) -> Result<OldImageChange<E>> {
        Ok(match record.operation() {
            Operation::Insert => OldImageChange::Insert { key: key::<E, T>(record, entity.0)? },
            Operation::Modify => OldImageChange::Modify { old: old::<E, Self>(record, entity)? },
            Operation::Remove => OldImageChange::Remove { old: old::<E, Self>(record, entity)?, by: record.removed_by },
            Operation::Other(name) => return Err(other(record, name)),
        })
    }
}

impl ViewType for KeysOnly {
    type Of<E> = KeyChange<E>;
    const VIEW: StreamView = StreamView::KeysOnly;

    fn read<E, T: Table>(record: &Record, entity: EntityReader<E>) -> Result<KeyChange<E>> {
        let key = key::<E, T>(record, entity.0)?;
        Ok(match record.operation() {
            Operation::Insert => KeyChange::Insert { key },
            Operation::Modify => KeyChange::Modify { key },
            Operation::Remove => KeyChange::Remove { key, by: record.removed_by },
            Operation::Other(name) => return Err(other(record, name)),
        })
    }
}

fn new<E, V: ViewType>(record: &Record, entity: EntityReader<E>) -> Result<E> {
    image::<E, V>(record, record.new_json(), entity, "new image")
}

fn old<E, V: ViewType>(record: &Record, entity: EntityReader<E>) -> Result<E> {
    image::<E, V>(record, record.old_json(), entity, "old image")
}

/// An image, decoded by the same rules as in reads.
fn image<E, V: ViewType>(
    record: &Record,
    image: Option<&str>,
    (entity, read): EntityReader<E>,
    part: &str,
) -> Result<E> {
    let Some(image) = image else {
        let holds = record.view().map_or("less".to_owned(), |view| format!("`{view:?}`"));
        let message = format!(
            "it has no {part}, its stream holds {holds}: let the stream hold `{:?}`, or use a narrower view",
            V::VIEW
        );
        return Err(record.error(ErrorKind::ImageMissing, message).of_entity(entity.name));
    };
    read(&mut Incoming(&mut Reader::from_str(image)))
        .map_err(|error| record.unreadable(part, error).of_entity(entity.name))
}

/// The item's key, from the record's key attributes.
fn key<E, T: Table>(record: &Record, entity: &EntitySchema) -> Result<Key<E>> {
    let keys = [record.keys_json(), record.new_json(), record.old_json()].into_iter().flatten().next();
    let value = |name| {
        keys.and_then(|keys| peek_key(keys, name)).ok_or_else(|| {
            let message = "it lacks this key attribute";
            record.error(ErrorKind::Decode, message).of_entity(entity.name).at_attribute(name)
        })
    };
    let partition = value(T::PARTITION_KEY)?;
    Ok(Key::stored(PrimaryKey::of::<T>(partition, T::SORT_KEY.map(value).transpose()?)))
}

fn other(record: &Record, name: &str) -> crate::Error {
    let message = format!("it has the operation `{name}`, which this version of the library does not know");
    record.error(ErrorKind::Decode, message)
}
