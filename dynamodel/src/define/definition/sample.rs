//! A sample item, as it would be stored.

use super::sample_value::{Attribute, attributes};
use crate::cost::Image;
use crate::entity::Entity;
use crate::error::{Error, ErrorKind, Result};
use crate::op::{image, item_json};
use crate::wire::{self, CodecError};

/// An item as it would be stored.
#[derive(Debug, Clone)]
pub(in crate::define) struct Sample {
    /// The place of its entity in the table's list.
    pub(in crate::define) entity: usize,
    /// Its attributes, in the order in which they are stored.
    pub(in crate::define) attributes: Vec<Attribute>,
    /// Its size in bytes by DynamoDB's rules.
    pub(in crate::define) size: usize,
    /// What its costs are computed from.
    pub(in crate::define) image: Image,
}

impl Sample {
    /// The place of its entity in the table's list.
    pub(in crate::define) fn entity(&self) -> usize {
        self.entity
    }

    pub(in crate::define) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

/// The item that a write of the value would store.
pub(super) fn read<E: Entity>(place: usize, entity: &E) -> Result<Sample> {
    let item = item_json(entity)?;
    let unreadable = |error: CodecError| {
        Error::new(ErrorKind::InvalidValue, format!("the item cannot be read back: {error}"))
            .of_entity(E::SCHEMA.name)
            .with_source(error)
    };
    let text = wire::Reader::new(&item).and_then(|mut reader| reader.raw()).map_err(unreadable)?;
    let size = wire::item_size(text).map_err(unreadable)?;
    Ok(Sample { entity: place, attributes: attributes(text).map_err(unreadable)?, size, image: image(entity)? })
}
