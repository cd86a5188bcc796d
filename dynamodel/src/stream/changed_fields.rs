//! Which attributes of an item a change has changed.

use super::Record;
use super::value_eq::canonical_attributes;
use crate::entity::{Entity, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::path::{Field, Nested, NestedPaths, Path, Root, Stored};
use crate::schema::EntitySchema;
use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

/// Which attributes of an item a change has changed, by their stored names.
///
/// Attributes that the library writes besides the fields (keys made from templates, index keys, the entity type) do not count: they
/// follow from fields. The version and the timestamps of creation and update do.
pub struct ChangedFields<E> {
    names: BTreeSet<String>,
    of: PhantomData<fn() -> E>,
}

impl<E> ChangedFields<E> {
    /// From a record that has both images.
    pub(super) fn of<T: Table>(record: &Record, entity: &EntitySchema) -> Result<Self> {
        let image = |image: Option<&str>, part| {
            canonical_attributes(image.unwrap_or("{}")).map_err(|error| {
                let message = "is not an item in DynamoDB JSON";
                let error = Error::new(ErrorKind::Decode, message).with_source(error);
                record.unreadable(part, error).of_entity(entity.name)
            })
        };
        let (mut old, new) = (image(record.old_json(), "old image")?, image(record.new_json(), "new image")?);
        let mut names = BTreeSet::new();
        for (name, value) in new {
            if old.remove(&name).as_ref() != Some(&value) {
                names.insert(name);
            }
        }
        names.extend(old.into_keys());
        names.retain(|name| {
            let managed = T::MANAGED.iter().any(|(managed, _)| *managed == name.as_str());
            !managed || entity.attributes.contains(&name.as_str())
        });
        Ok(Self { names, of: PhantomData })
    }

    /// The stored names of the changed attributes, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether nothing has changed: DynamoDB creates no record for such a write, other engines may.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

impl<E: Entity> ChangedFields<E> {
    /// Whether a field has changed.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// use dynamodel::stream::ItemChange;
    ///
    /// fn has_moved(change: &ItemChange<Session>) -> bool {
    ///     matches!(change, ItemChange::Modify { changed, .. } if changed.contains(|s| s.expires_at))
    /// }
    /// # fn main() {}
    /// ```
    pub fn contains<A: AttributeOf<E>>(&self, field: impl FnOnce(E::Fields) -> A) -> bool {
        let _ = field(E::fields());
        self.names.contains(A::NAME)
    }
}

/// A top-level field of the items of `E`, which is an attribute of its own.
#[diagnostic::on_unimplemented(
    message = "this is not an attribute of `{E}`",
    label = "expected a top-level field that is not stored in the key alone",
    note = "a nested field changes with the top-level field that holds it, and a key never changes"
)]
pub trait AttributeOf<E> {
    /// The stored name.
    #[doc(hidden)]
    const NAME: &'static str;
}

#[diagnostic::do_not_recommend]
impl<E, F: Field> AttributeOf<E> for Path<E, F, Root>
where
    F::Role: Stored<F>,
{
    const NAME: &'static str = F::NAME;
}

#[diagnostic::do_not_recommend]
impl<E, F: Field> AttributeOf<E> for NestedPaths<E, F, Root>
where
    F::Value: Nested,
{
    const NAME: &'static str = F::NAME;
}

impl<E> Clone for ChangedFields<E> {
    fn clone(&self) -> Self {
        Self { names: self.names.clone(), of: PhantomData }
    }
}

impl<E> PartialEq for ChangedFields<E> {
    fn eq(&self, other: &Self) -> bool {
        self.names == other.names
    }
}

impl<E> Eq for ChangedFields<E> {}

impl<E> fmt::Debug for ChangedFields<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(&self.names).finish()
    }
}
