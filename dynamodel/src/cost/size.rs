//! How large an item is.

use crate::schema::IndexKind;

/// What DynamoDB adds to an item, and to each of its entries in indexes, when it charges for storage.
const STORED_BESIDE: usize = 100;

/// How large an item is by DynamoDB's rules, and what its indexes hold of it: in bytes, names and values.
///
/// It is [`of`](Self::of) a value. Sizes decide what reads and writes cost; the limit of an item is 400 KB.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # fn main() -> dynamodel::Result<()> {
/// use dynamodel::cost::ItemSize;
///
/// let size = ItemSize::of(&Session::sample("u1", "s1"))?;
/// assert_eq!(size.key, "PK".len() + "USER#u1".len() + "SK".len() + "SESSION#s1".len());
/// assert!(size.total() < 1024);
/// assert_eq!(size.entries[0].index, "Gsi1");
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ItemSize {
    /// The table's key attributes.
    pub key: usize,
    /// All other attributes, the indexes' keys and the entity's type among them.
    pub attributes: usize,
    /// The indexes that the item is in, in the order of the table's.
    pub entries: Vec<EntrySize>,
    /// The bytes of each [sentinel](crate::guide::unique) of its unique values: items of their own.
    pub sentinels: Vec<usize>,
}

/// What an index holds of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct EntrySize {
    /// The index's name.
    pub index: &'static str,
    /// Global or local.
    pub kind: IndexKind,
    /// The keys of table and index, and what the index holds besides.
    pub bytes: usize,
}

impl ItemSize {
    /// The item itself, without its indexes.
    pub fn total(&self) -> usize {
        self.key + self.attributes
    }

    /// What is paid for as storage: the item, its entries in the indexes, the sentinels of its unique values, and 100 bytes
    /// for each of them.
    pub fn stored(&self) -> usize {
        let entries = self.entries.iter().map(|entry| entry.bytes);
        let beside: usize = entries.chain(self.sentinels.iter().copied()).map(|bytes| bytes + STORED_BESIDE).sum();
        self.total() + STORED_BESIDE + beside
    }
}
