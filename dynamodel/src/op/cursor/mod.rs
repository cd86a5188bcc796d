//! Where another page begins, for the same query.

mod stored;
mod token;

pub use token::CursorKey;

pub(crate) use stored::{KeyParts, VERSION, check_version, fingerprint_of, fingerprint_text, key_of_parts, key_parts};

use crate::entity::{Bounds, Index, SortTest, Table};
use crate::wire::{self, Reader};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use stored::Stored;

/// Where another page of a query begins.
///
/// It belongs to the query that gave it: its table, index, keys, direction and filter. Another query refuses it
/// ([`ErrorKind::InvalidCursor`](crate::ErrorKind::InvalidCursor)). To hand one out to a browser, seal it with a
/// [`CursorKey`](crate::CursorKey). To keep one in storage of your own, let serde write it: then it is as good as the
/// storage is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct Cursor {
    /// The key of the item beside which the page lies, as DynamoDB JSON; `None`: the page lies at the end of the range
    /// that it is read from.
    pub(crate) key: Option<String>,
    /// Whether the page lies before the place, in the query's own direction.
    pub(crate) previous: bool,
    /// Which query it belongs to.
    pub(crate) query: [u8; FINGERPRINT],
}

/// The length of what tells queries apart.
pub(crate) const FINGERPRINT: usize = 12;

/// What tells reads apart that differ in any of these.
pub(crate) fn fingerprint<const N: usize>(parts: [&[u8]; N]) -> [u8; FINGERPRINT] {
    let mut hash = Sha256::new();
    for part in parts {
        // Lengths stand between the parts: none can be taken for another.
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    let mut out = [0; FINGERPRINT];
    for (to, from) in out.iter_mut().zip(hash.finalize()) {
        *to = from;
    }
    out
}

/// The names of the attributes that a key on the index `I` consists of: the index's own and the table's.
pub(crate) fn key_attributes<T: Table, I: Index>() -> Vec<&'static str> {
    let index = I::NAME.and_then(|name| T::SCHEMA.indexes.iter().find(|index| index.name == name));
    let of_index = index.into_iter().flat_map(|index| index.partition_key.iter().chain(index.sort_key).copied());
    let mut names: Vec<_> = of_index.collect();
    for name in [Some(T::PARTITION_KEY), T::SORT_KEY].into_iter().flatten() {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The key of an item, as DynamoDB wants it to start from: `None` when an attribute is missing. What is `known` of it by
/// the query is left out, so that a cursor is small and says no more than it must. Engines write JSON each in their own
/// way, and one place has one text.
pub(crate) fn key_of_item(item: &str, attributes: &[&str], known: &[&str]) -> Option<String> {
    let mut parts = KeyParts::new();
    let mut found = 0;
    let read = Reader::from_str(item).object(|reader, name| {
        if !attributes.contains(&name) {
            return reader.skip();
        }
        found += 1;
        if known.contains(&name) {
            return reader.skip();
        }
        reader.object(|reader, tag| {
            parts.push((name.to_owned(), tag.to_owned(), reader.string()?.into_owned()));
            Ok(())
        })
    });
    (read.is_ok() && found == attributes.len()).then(|| key_of_parts(&parts))
}

/// The names of the key attributes whose values a query says itself.
pub(crate) fn known_attributes(bounds: &Bounds) -> Vec<&'static str> {
    let of_sort = bounds.sort.iter().filter(|bound| matches!(bound.test, SortTest::Compare("=", _)));
    bounds.partition.iter().map(|(name, _)| *name).chain(of_sort.map(|bound| bound.attribute)).collect()
}

/// `{"PK":{"S":".."},"SK":{"S":".."}}`: what a cursor says and what the query knows.
pub(crate) fn whole_key(bounds: &Bounds, cursor: &str) -> Vec<u8> {
    let of_sort = bounds.sort.iter().filter_map(|bound| match &bound.test {
        SortTest::Compare("=", value) => Some((bound.attribute, value)),
        _ => None,
    });
    let mut out = vec![b'{'];
    for (name, value) in bounds.partition.iter().map(|(name, value)| (*name, value)).chain(of_sort) {
        wire::write_string(&mut out, name);
        out.push(b':');
        value.write(&mut out);
        out.push(b',');
    }
    let rest = cursor.strip_prefix('{').unwrap_or(cursor);
    if rest == "}" && out.len() > 1 {
        out.pop();
    }
    out.extend_from_slice(rest.as_bytes());
    out
}
