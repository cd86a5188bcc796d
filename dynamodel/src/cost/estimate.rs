//! From sample items to what everything costs.

use super::entry::Image;
use super::row::{Cost, RequestKind};
use super::table;
use super::{CostTable, ReadUnits, WriteUnits};
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{AccessPattern, EntitySchema, IndexKind, TableSchema};

/// Sample items of a table, from which the cost of its access patterns and verbs is worked out. `definition().cost()`
/// begins one.
///
/// - Give values of the size that you expect. Several samples of an entity stand for its items in equal parts: the cost of a
///   single request is the mean of theirs, that of a query follows from their mean size. So with one sample in an index
///   and one that is not, the index adds half its units.
/// - A query reads one item, unless [`reading`](Self::reading) says how many.
/// - Of what else lies between the items of a `mixed` access pattern nothing is known here: give the number of all that it reads.
/// - A change is taken to change something in every index that holds more than keys: the most that it can cost.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # fn main() -> dynamodel::Result<()> {
/// use dynamodel::cost::RequestKind;
///
/// let costs = Shop::definition().cost().sample(&Session::sample("u1", "s1")).reading("of_user", 100).finish()?;
/// let of_user = costs.of("Session", RequestKind::Pattern("of_user")).expect("an access pattern");
/// assert_eq!((of_user.items, of_user.read_units), (100, 2.0)); // rounded once, not for each item
/// # Ok(()) }
/// ```
#[derive(Debug)]
#[must_use = "an estimate is a plain value until `finish`"]
pub struct Estimate {
    table: &'static TableSchema,
    samples: Vec<(&'static EntitySchema, Image)>,
    read: Vec<(String, u32)>,
    error: Option<Error>,
}

impl Estimate {
    pub(crate) fn new(table: &'static TableSchema) -> Self {
        Self { table, samples: Vec::new(), read: Vec::new(), error: None }
    }

    /// How many items a query of the access patterns so called reads.
    pub fn reading(mut self, pattern: impl Into<String>, items: u32) -> Self {
        self.read.push((pattern.into(), items));
        self
    }

    /// Adds a sample, or keeps the first error for the end.
    pub(crate) fn with(mut self, entity: &'static EntitySchema, image: Result<Image>) -> Self {
        match image {
            Ok(image) => self.samples.push((entity, image)),
            Err(error) => self.error = self.error.or(Some(error)),
        }
        self
    }

    pub(crate) fn schema(&self) -> &'static TableSchema {
        self.table
    }

    /// What everything costs: for each entity that has a sample, in the table's order, its reads and then its writes.
    ///
    /// # Errors
    /// The error of the first sample that cannot be written. [`ErrorKind::InvalidDefinition`] where a sample
    /// is of another table, where `reading` names no access pattern, and without a sample.
    pub fn finish(self) -> Result<CostTable> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let wrong = |message: String| Err(Error::new(ErrorKind::InvalidDefinition, message).in_table(self.table.name));
        if self.samples.is_empty() {
            return wrong("the costs of a table are computed from sample items: add some with `sample`".to_owned());
        }
        let patterns = || self.table.entities.iter().flat_map(|entity| entity.patterns);
        for (name, _) in &self.read {
            if !patterns().any(|pattern| pattern.name == name) {
                return wrong(format!("`reading` names `{name}`, which is not an access pattern of the table"));
            }
        }
        let mut rows = Vec::new();
        for entity in self.table.entities {
            let samples = self.samples.iter().filter(|(of, _)| of.name == entity.name);
            let images: Vec<&Image> = samples.map(|(_, image)| image).collect();
            if !images.is_empty() {
                self.reads(entity, &images, &mut rows);
                writes(entity, &images, &mut rows);
            }
        }
        Ok(table::of(self.table.name, rows))
    }

    fn reads(&self, entity: &'static EntitySchema, images: &[&Image], rows: &mut Vec<Cost>) {
        let (count, share) = parts(images);
        let mut get = Cost::none(entity.name, RequestKind::Get);
        let (mut consistent, mut in_transaction) = (0.0, 0.0);
        for image in images {
            let units = ReadUnits::of_bytes(image.bytes);
            get.read_units += units.eventual() * share;
            consistent += units.consistent() * share;
            in_transaction += units.in_transaction() * share;
        }
        get.bytes = images.iter().map(|image| image.bytes).sum::<usize>().div_ceil(count);
        get.consistent_read_units = Some(consistent);
        get.transaction_units = Some(in_transaction);
        rows.push(get);
        rows.extend(entity.patterns.iter().map(|pattern| self.query(entity, pattern, images)));
    }

    fn query(&self, entity: &'static EntitySchema, pattern: &AccessPattern, images: &[&Image]) -> Cost {
        let sizes: Vec<usize> = match pattern.index {
            None => images.iter().map(|image| image.bytes).collect(),
            Some(index) => images.iter().filter_map(|image| image.entry(index)).map(|entry| entry.bytes).collect(),
        };
        let items = self.read.iter().rev().find(|(name, _)| name == pattern.name).map_or(1, |(_, items)| *items);
        // No sample is in the index: it is as if the query found nothing.
        let items = if sizes.is_empty() { 0 } else { items };
        let together = sizes.iter().sum::<usize>().saturating_mul(usize::try_from(items).unwrap_or(usize::MAX));
        let bytes = together.div_ceil(sizes.len().max(1));
        let units = ReadUnits::of_bytes(bytes);
        let index = self.table.indexes.iter().find(|index| pattern.index == Some(index.name));
        let is_global = index.is_some_and(|index| index.kind == IndexKind::Global);
        Cost {
            on: pattern.index,
            items,
            bytes,
            read_units: units.eventual(),
            consistent_read_units: (!is_global).then(|| units.consistent()),
            ..Cost::none(entity.name, RequestKind::Pattern(pattern.name))
        }
    }
}

fn writes(entity: &'static EntitySchema, images: &[&Image], rows: &mut Vec<Cost>) {
    let in_an_index = images.iter().any(|image| !image.entries.is_empty());
    let has_unique = images.iter().any(|image| !image.sentinels.is_empty());
    let all = [
        RequestKind::Create,
        RequestKind::Change,
        RequestKind::ChangeIndexKeys,
        RequestKind::ChangeUnique,
        RequestKind::Delete,
        RequestKind::ConditionFailed,
    ];
    let exists = |request: &RequestKind| match request {
        RequestKind::ChangeIndexKeys => in_an_index,
        RequestKind::ChangeUnique => has_unique,
        _ => true,
    };
    rows.extend(all.into_iter().filter(exists).map(|request| write(entity, request, images)));
}

fn write(entity: &'static EntitySchema, request: RequestKind, images: &[&Image]) -> Cost {
    let (count, share) = parts(images);
    let mut cost = Cost::none(entity.name, request);
    let mut in_transaction = 0.0;
    for image in images {
        let units = match request {
            RequestKind::Create => WriteUnits::between(None, Some(image)),
            RequestKind::Delete => WriteUnits::between(Some(image), None),
            RequestKind::Change => WriteUnits::most_of_a_change(image),
            RequestKind::ChangeIndexKeys => WriteUnits::of_a_move(image),
            RequestKind::ChangeUnique => WriteUnits::of_new_values(image),
            _ => WriteUnits::of_a_refusal(image),
        };
        cost.write_units += f64::from(units.total()) * share;
        in_transaction += f64::from(units.in_transaction()) * share;
        cost.sentinel_write_units += f64::from(units.sentinels.saturating_mul(2)) * share;
        for index in units.indexes {
            cost.add_index(index, share);
        }
    }
    cost.bytes = images.iter().map(|image| image.bytes).sum::<usize>().div_ceil(count);
    cost.transaction_units = (request != RequestKind::ConditionFailed).then_some(in_transaction);
    cost
}

/// How many samples there are, and what part of the whole each is.
fn parts(images: &[&Image]) -> (usize, f64) {
    let count = images.len().max(1);
    (count, 1.0 / f64::from(u32::try_from(count).unwrap_or(u32::MAX)))
}
