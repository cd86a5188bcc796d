//! What values of entities cost: the items that writing them would send, measured.

use super::item::{item_json, not_storable};
use super::unique::sentinels_of;
use crate::cost::{Estimate, Image, ItemSize, WriteUnits};
use crate::entity::{Entity, Table};
use crate::error::{Error, ErrorKind, Result};
use std::str;

impl ItemSize {
    /// The size of a value's item, as it is: with the version and the timestamps that the value holds.
    ///
    /// # Errors
    /// As writing it would give before sending: [`InvalidKey`](crate::ErrorKind::InvalidKey),
    /// [`InvalidValue`](crate::ErrorKind::InvalidValue), [`ItemTooLarge`](crate::ErrorKind::ItemTooLarge).
    pub fn of<E: Entity>(entity: &E) -> Result<Self> {
        image(entity).map(|image| image.size())
    }
}

impl WriteUnits {
    /// What it costs to write the value's item where there is none.
    ///
    /// # Errors
    /// As [`ItemSize::of`].
    pub fn of_new<E: Entity>(new: &E) -> Result<Self> {
        Ok(Self::between(None, Some(&image(new)?)))
    }

    /// What it costs to make the one item into the other, by a save or an update. A `put` of an item with unique fields writes all
    /// its sentinels: see [`of_put`](Self::of_put).
    ///
    /// # Errors
    /// As [`ItemSize::of`].
    pub fn of_change<E: Entity>(old: &E, new: &E) -> Result<Self> {
        Ok(Self::between(Some(&image(old)?), Some(&image(new)?)))
    }

    /// What it costs to put the one item over the other: as [`of_change`](Self::of_change), and the sentinels of the unique values
    /// that stay as they are, which a `put` writes too.
    ///
    /// # Errors
    /// As [`ItemSize::of`].
    pub fn of_put<E: Entity>(old: &E, new: &E) -> Result<Self> {
        let (old, new) = (image(old)?, image(new)?);
        let mut units = Self::between(Some(&old), Some(&new));
        units.sentinels = units.sentinels.saturating_add(Self::of_kept_sentinels(&old, &new));
        Ok(units)
    }

    /// What it costs to delete the value's item.
    ///
    /// # Errors
    /// As [`ItemSize::of`].
    pub fn of_delete<E: Entity>(old: &E) -> Result<Self> {
        Ok(Self::between(Some(&image(old)?), None))
    }
}

impl Estimate {
    /// Adds a sample item. An item that is not storable is an error of [`finish`](Self::finish).
    pub fn sample<E: Entity>(self, entity: &E) -> Self {
        let own = E::Table::SCHEMA.name == self.schema().name;
        let image = if own {
            image(entity)
        } else {
            let message = format!("the sample is of the table `{}`", E::Table::SCHEMA.name);
            Err(Error::new(ErrorKind::InvalidDefinition, message)
                .of_entity(E::SCHEMA.name)
                .in_table(self.schema().name))
        };
        self.with(E::SCHEMA, image)
    }
}

/// An item as it is stored, with the sentinels of its unique values.
///
/// # Errors
/// As writing it would give before sending.
pub(crate) fn image<E: Entity>(entity: &E) -> Result<Image> {
    let item = item_json(entity)?;
    // The codec writes text.
    let text = str::from_utf8(&item).unwrap_or_default();
    let sentinels = sentinels_of(entity, text)?;
    Image::of(text, E::Table::SCHEMA)
        .and_then(|image| image.with_sentinels(sentinels))
        .map_err(|error| not_storable::<E>(error))
}
