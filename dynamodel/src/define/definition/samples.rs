//! Giving a definition sample items, as values of its entities.

use super::sample::{self, Sample};
use super::table::TableDefinition;
use crate::entity::{Entity, Table};
use crate::error::{Error, ErrorKind, Result};

/// Sample items.
impl TableDefinition {
    /// Adds a sample item: [pages](crate::define::HtmlPage) show it, and [costs](Self::cost) are computed from it.
    ///
    /// It is written as an operation writes it: its keys, those of the indexes, the entity's type, its attributes. The
    /// version, and when it was created and changed, are those that the value holds.
    ///
    /// # Errors
    /// [`InvalidDefinition`](ErrorKind::InvalidDefinition) where the entity lives in another table, or another sample has
    /// the same key; and the errors of a write of the value: [`InvalidKey`](ErrorKind::InvalidKey),
    /// [`InvalidValue`](ErrorKind::InvalidValue), [`ItemTooLarge`](ErrorKind::ItemTooLarge).
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # fn main() -> dynamodel::Result<()> {
    /// let session = Session::sample("ada", "s1");
    /// let shop = Shop::definition().sample(&session)?;
    /// let twice = shop.sample(&session).unwrap_err();
    /// assert!(twice.to_string().contains("two samples have the key USER#ada / SESSION#s1"), "{twice}");
    /// # Ok(()) }
    /// ```
    pub fn sample<E: Entity>(mut self, entity: &E) -> Result<Self> {
        let wrong = |message: String| {
            Error::new(ErrorKind::InvalidDefinition, message).of_entity(E::SCHEMA.name).in_table(self.table())
        };
        let own = self.entities().iter().position(|known| known.name == E::SCHEMA.name);
        let same_table = std::ptr::eq(self.schema(), E::Table::SCHEMA) || self.table() == E::Table::SCHEMA.name;
        let Some(place) = own.filter(|_| same_table) else {
            let table = E::Table::SCHEMA.name;
            return Err(wrong(format!("the sample lives in the table `{table}`: give it to `{table}::definition()`")));
        };
        let sample = sample::read(place, entity)?;
        if let Some(key) = self.samples.iter().find_map(|other| self.shared_key(other, &sample)) {
            return Err(wrong(format!(
                "two samples have the key {key}, and the second would replace the first: give it another one"
            )));
        }
        self.samples.push(sample);
        Ok(self)
    }

    /// Adds these sample items.
    ///
    /// # Errors
    /// As [`sample`](Self::sample).
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # fn main() -> dynamodel::Result<()> {
    /// let shop = Shop::definition().samples(&["s1", "s2", "s3"].map(|id| Session::sample("ada", id)))?;
    /// assert!(shop.html().contains("3 items"));
    /// # Ok(()) }
    /// ```
    pub fn samples<'a, E: Entity + 'a>(self, entities: impl IntoIterator<Item = &'a E>) -> Result<Self> {
        entities.into_iter().try_fold(self, Self::sample)
    }

    /// The primary key of two items, if both have the same.
    fn shared_key(&self, one: &Sample, other: &Sample) -> Option<String> {
        let names = std::iter::once(self.partition_key()).chain(self.sort_key());
        let values: Option<Vec<_>> = names
            .map(|name| {
                let (one, other) = (one.attribute(name)?, other.attribute(name)?);
                (one.letter == other.letter && one.text == other.text).then_some(one.text.as_str())
            })
            .collect();
        Some(values?.join(" / "))
    }
}
