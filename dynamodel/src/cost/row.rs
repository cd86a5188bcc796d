//! What one way of using an entity costs.

use super::IndexUnits;
use std::fmt;

/// How an entity's items are read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestKind {
    /// `get`, by the primary key.
    Get,
    /// A query of the access pattern so called.
    Pattern(&'static str),
    /// A new item: `create`, or `put` and `save` of a value that was never stored.
    Create,
    /// An item that is there is changed, and stays where it is in the indexes: `update`, `save`, `put`.
    Change,
    /// An item that is there is changed, and its key in every index with it.
    ChangeIndexKeys,
    /// An item that is there is changed, and all its unique values with it: a transaction with their sentinels.
    ChangeUnique,
    /// `delete` of an item that is there.
    Delete,
    /// A single write whose condition does not hold, of an item as large as the one that is there.
    ConditionFailed,
}

/// What one request costs, on average over the samples of its entity.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Cost {
    /// The entity's name.
    pub entity: &'static str,
    /// What the request does.
    pub request: RequestKind,
    /// The index that it reads; `None` for the table.
    pub on: Option<&'static str>,
    /// How many items it reads or writes.
    pub items: u32,
    /// How large all that it reads together is, or the item that it writes, in bytes.
    pub bytes: usize,
    /// Read units, eventually consistent.
    pub read_units: f64,
    /// Read units of a consistent read; `None` on a global index, which has none, and for writes.
    pub consistent_read_units: Option<f64>,
    /// Write units, those of the indexes and of the sentinels of unique values among them.
    pub write_units: f64,
    /// The part of single indexes in `write_units`.
    pub index_write_units: Vec<(&'static str, f64)>,
    /// The part of the sentinels of unique values in `write_units`: twice their own, as in the transaction.
    pub sentinel_write_units: f64,
    /// Read or write units of the same in a transaction; `None` for queries, which cannot be in one, and for a refused write:
    /// no response reports what a cancelled transaction costs.
    pub transaction_units: Option<f64>,
}

/// What the app pays for a million units, in its currency.
///
/// The library knows no prices: they depend on region, billing and table class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prices {
    /// A million read units.
    pub million_read_units: f64,
    /// A million write units.
    pub million_write_units: f64,
}

impl Cost {
    /// What so many millions of such requests cost: with eventually consistent reads, outside transactions, in one region of
    /// a global table.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # fn main() -> dynamodel::Result<()> {
    /// use dynamodel::cost::{RequestKind, Prices};
    ///
    /// let prices = Prices { million_read_units: 0.2, million_write_units: 1.0 };
    /// let costs = Shop::definition().cost().sample(&Session::sample("u1", "s1")).finish()?;
    /// assert_eq!(costs.of("Session", RequestKind::Create).map(|cost| cost.price(&prices, 30.0)), Some(60.0));
    /// # Ok(()) }
    /// ```
    pub fn price(&self, prices: &Prices, millions: f64) -> f64 {
        (self.read_units * prices.million_read_units + self.write_units * prices.million_write_units) * millions
    }

    pub(super) fn none(entity: &'static str, request: RequestKind) -> Self {
        Self {
            entity,
            request,
            on: None,
            items: 1,
            bytes: 0,
            read_units: 0.0,
            consistent_read_units: None,
            write_units: 0.0,
            index_write_units: Vec::new(),
            sentinel_write_units: 0.0,
            transaction_units: None,
        }
    }

    /// Adds a part of the units of an index.
    pub(super) fn add_index(&mut self, IndexUnits { index, units }: IndexUnits, share: f64) {
        let units = f64::from(units) * share;
        match self.index_write_units.iter_mut().find(|(known, _)| *known == index) {
            Some((_, sum)) => *sum += units,
            None => self.index_write_units.push((index, units)),
        }
    }
}

impl fmt::Display for RequestKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Get => "get",
            Self::Pattern(name) => name,
            Self::Create => "create",
            Self::Change => "change",
            Self::ChangeIndexKeys => "change of index keys",
            Self::ChangeUnique => "change of unique values",
            Self::Delete => "delete",
            Self::ConditionFailed => "failed condition",
        })
    }
}
