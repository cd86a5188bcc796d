//! Capacity units: what one write or one read consumes.

use super::entry::{Entry, Image};

/// A write unit is for so many bytes.
const WRITTEN: usize = 1024;
/// A read unit is for so many bytes.
const READ: usize = 4096;

/// What a write consumes: of the table, and of every index whose entry it makes, changes, moves or removes.
///
/// - Each counts a unit for every KB begun, an index of what it holds of the item.
/// - Where an item is replaced, the larger of the two images counts; `UpdateItem` counts as if it wrote the whole item.
/// - An entry that stays as it is costs nothing. One whose key changes costs twice: it is removed here and made there.
/// - A single write whose condition fails costs the table's part alone, of the larger of the item that is there and the one
///   that would be: at least a unit. What a cancelled transaction costs is in no response.
/// - In a transaction the table's part counts double, that of the indexes does not.
/// - What changes unique values is a transaction of the item and its sentinels. Where the old values are not known, a read
///   or a write that is refused comes first (see [the table](crate::guide::unique)); it is not counted here.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # fn main() -> dynamodel::Result<()> {
/// use dynamodel::cost::WriteUnits;
///
/// let session = Session::sample("u1", "s1");
/// assert_eq!(WriteUnits::of_new(&session)?.total(), 2); // the table, and the index on tokens
///
/// let mut other = session.clone();
/// other.token = "another".into();
/// assert_eq!(WriteUnits::of_change(&session, &other)?.total(), 3); // removed from the index here, made there
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WriteUnits {
    /// Of the table.
    pub table: u32,
    /// Of the indexes that the write costs something, in the order of the table's.
    pub indexes: Vec<IndexUnits>,
    /// Of the [sentinels](crate::guide::unique) that come, change or go, each by itself. Where it is not zero, the write is a
    /// transaction, and this counts double, as does `table`.
    pub sentinels: u32,
}

/// What a write consumes of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexUnits {
    /// The index's name.
    pub index: &'static str,
    /// Write units.
    pub units: u32,
}

impl WriteUnits {
    /// Of a write that finds the one image and leaves the other.
    pub(crate) fn between(old: Option<&Image>, new: Option<&Image>) -> Self {
        let bytes = old.map_or(0, |image| image.bytes).max(new.map_or(0, |image| image.bytes));
        let indexes = old.or(new).map(|image| image.table.indexes).unwrap_or_default();
        let indexes = indexes.iter().filter_map(|index| {
            let [before, after] = [old, new].map(|image| image.and_then(|image| image.entry(index.name)));
            let units = between_entries(before, after);
            (units > 0).then_some(IndexUnits { index: index.name, units })
        });
        let indexes = indexes.collect();
        Self { table: written(bytes), indexes, sentinels: between_sentinels(old, new) }
    }

    /// Of a table's item of so many bytes.
    pub(crate) fn of_bytes(bytes: usize) -> Self {
        Self { table: written(bytes), indexes: Vec::new(), sentinels: 0 }
    }

    /// Of a change of an item that keeps its size and its place in the indexes: the most.
    pub(super) fn most_of_a_change(image: &Image) -> Self {
        Self::of_entries(image, |entry| if entry.may_change { written(entry.bytes) } else { 0 })
    }

    /// Of a change of an item's keys in all its indexes.
    pub(super) fn of_a_move(image: &Image) -> Self {
        Self::of_entries(image, |entry| written(entry.bytes).saturating_mul(2))
    }

    /// Of a change of all its unique values, which are taken to stand in no index's key.
    pub(super) fn of_new_values(image: &Image) -> Self {
        let each = image.sentinels.iter().map(|sentinel| written(sentinel.bytes).saturating_mul(2));
        Self { sentinels: each.fold(0, u32::saturating_add), ..Self::most_of_a_change(image) }
    }

    /// Of the sentinels that stay as they are.
    pub(crate) fn of_kept_sentinels(old: &Image, new: &Image) -> u32 {
        let kept = new.sentinels.iter().filter(|new| new.among(&old.sentinels).is_some_and(|old| old.item == new.item));
        kept.map(|sentinel| written(sentinel.bytes)).fold(0, u32::saturating_add)
    }

    /// Of a write that the item's being as it is refuses.
    pub(super) fn of_a_refusal(image: &Image) -> Self {
        Self::of_entries(image, |_| 0)
    }

    fn of_entries(image: &Image, units: impl Fn(&Entry) -> u32) -> Self {
        let units = image.entries.iter().map(|entry| IndexUnits { index: entry.index.name, units: units(entry) });
        Self { table: written(image.bytes), indexes: units.filter(|index| index.units > 0).collect(), sentinels: 0 }
    }

    /// All together; where sentinels change, as the transaction that it is.
    pub fn total(&self) -> u32 {
        match self.sentinels {
            0 => self.table.saturating_add(self.of_indexes()),
            _ => self.in_transaction(),
        }
    }

    /// The indexes' part.
    pub fn of_indexes(&self) -> u32 {
        self.indexes.iter().fold(0, |sum, index| sum.saturating_add(index.units))
    }

    /// All together, in a transaction.
    pub fn in_transaction(&self) -> u32 {
        let of_table = self.table.saturating_add(self.sentinels).saturating_mul(2);
        of_table.saturating_add(self.of_indexes())
    }
}

/// A sentinel that stays as it is is not written.
fn between_sentinels(old: Option<&Image>, new: Option<&Image>) -> u32 {
    let [old, new] = [old, new].map(|image| image.map(|image| image.sentinels.as_slice()).unwrap_or_default());
    let gone = old.iter().filter(|sentinel| sentinel.among(new).is_none()).map(|sentinel| sentinel.bytes);
    let written_now = new.iter().filter_map(|sentinel| match sentinel.among(old) {
        Some(before) if before.item == sentinel.item => None,
        Some(before) => Some(before.bytes.max(sentinel.bytes)),
        None => Some(sentinel.bytes),
    });
    gone.chain(written_now).map(written).fold(0, u32::saturating_add)
}

fn between_entries(old: Option<&Entry>, new: Option<&Entry>) -> u32 {
    match (old, new) {
        (None, None) => 0,
        (Some(entry), None) | (None, Some(entry)) => written(entry.bytes),
        (Some(old), Some(new)) if old.place != new.place => written(old.bytes).saturating_add(written(new.bytes)),
        (Some(old), Some(new)) if old.content == new.content => 0,
        (Some(old), Some(new)) => written(old.bytes.max(new.bytes)),
    }
}

/// Write units for so many bytes.
pub(super) fn written(bytes: usize) -> u32 {
    u32::try_from(bytes.div_ceil(WRITTEN).max(1)).unwrap_or(u32::MAX)
}

/// What a read consumes: for every 4 KB begun of what is read together, one unit, or half of one where the read is
/// eventually consistent.
///
/// A query adds the sizes of what it reads before it rounds, and counts what its filter then leaves out; a get and a
/// batch round for each item. Nothing found counts as 4 KB.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # fn main() -> dynamodel::Result<()> {
/// use dynamodel::cost::ReadUnits;
///
/// let read = ReadUnits::of_bytes(10 * 1000); // a query for ten items of 1,000 bytes
/// assert_eq!((read.eventual(), read.consistent(), read.in_transaction()), (1.5, 3.0, 6.0));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadUnits {
    blocks: u32,
}

impl ReadUnits {
    /// Of a read of so many bytes: of one item, or of all that one query reads.
    pub fn of_bytes(bytes: usize) -> Self {
        Self { blocks: u32::try_from(bytes.div_ceil(READ).max(1)).unwrap_or(u32::MAX) }
    }

    /// As an eventually consistent read, which is what reads are unless they say otherwise.
    pub fn eventual(self) -> f64 {
        f64::from(self.blocks) / 2.0
    }

    /// As a consistent read.
    pub fn consistent(self) -> f64 {
        f64::from(self.blocks)
    }

    /// As part of a transaction, where every item is read by itself.
    pub fn in_transaction(self) -> f64 {
        f64::from(self.blocks) * 2.0
    }
}
