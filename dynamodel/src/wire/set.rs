//! Sets: DynamoDB's SS, NS and BS.

use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::collections::BTreeSet;
use std::collections::btree_set::{IntoIter, Iter};
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

/// The newtype name by which the codec knows a [`Set`].
pub(super) const NEWTYPE: &str = "\u{37E}dynamodel::Set";
/// The newtype names of `serde_dynamo`'s modules `string_set`, `number_set` and `binary_set`.
pub(super) const STRING_SET: &str = "\u{37E}STRINGSET\u{37E}";
pub(super) const NUMBER_SET: &str = "\u{37E}NUMBERSET\u{37E}";
pub(super) const BINARY_SET: &str = "\u{37E}BYTESSET\u{37E}";

/// A set, stored as SS, NS or BS by what its elements are: text, numbers or [`Bytes`](super::Bytes).
///
/// DynamoDB has no empty sets. An empty one as the field of a struct is left out, and an absent field reads as an empty
/// one; anywhere else an empty set is an error.
///
/// ```
/// # fn main() -> Result<(), dynamodel::wire::CodecError> {
/// use dynamodel::wire::{Set, write_value};
///
/// let mut tags = Set::from(["b", "a"]);
/// tags.insert("c");
/// assert!(tags.contains("b"));
///
/// let mut out = Vec::new();
/// write_value(&mut out, &tags)?;
/// assert_eq!(out, br#"{"SS":["a","b","c"]}"#);
/// # Ok(()) }
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Set<T>(BTreeSet<T>);

impl<T> Set<T> {
    /// An empty set.
    #[must_use]
    pub const fn new() -> Self {
        Self(BTreeSet::new())
    }

    /// The set as the standard library's.
    #[must_use]
    pub fn into_inner(self) -> BTreeSet<T> {
        self.0
    }
}

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Deref for Set<T> {
    type Target = BTreeSet<T>;

    fn deref(&self) -> &BTreeSet<T> {
        &self.0
    }
}

impl<T> DerefMut for Set<T> {
    fn deref_mut(&mut self) -> &mut BTreeSet<T> {
        &mut self.0
    }
}

impl<T: fmt::Debug> fmt::Debug for Set<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Ord> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        Self(elements.into_iter().collect())
    }
}

impl<T: Ord> Extend<T> for Set<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, elements: I) {
        self.0.extend(elements);
    }
}

impl<T> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Set<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.0.iter()
    }
}

impl<T: Ord, const N: usize> From<[T; N]> for Set<T> {
    fn from(elements: [T; N]) -> Self {
        Self(elements.into())
    }
}

impl<T> From<BTreeSet<T>> for Set<T> {
    fn from(set: BTreeSet<T>) -> Self {
        Self(set)
    }
}

impl<T> From<Set<T>> for BTreeSet<T> {
    fn from(set: Set<T>) -> Self {
        set.0
    }
}

impl<T: Serialize> Serialize for Set<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NEWTYPE, &self.0)
    }
}

impl<'de, T: Deserialize<'de> + Ord> Deserialize<'de> for Set<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let visitor = SetVisitor(PhantomData);
        if deserializer.is_human_readable() {
            // For an absent field serde offers an option that is `None`: the one way to learn that it is absent.
            deserializer.deserialize_option(visitor)
        } else {
            // Formats that do not say what comes next wrote no option, and must be asked for none.
            deserializer.deserialize_newtype_struct(NEWTYPE, visitor)
        }
    }
}

struct SetVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de> + Ord> Visitor<'de> for SetVisitor<T> {
    type Value = Set<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a set (SS, NS, BS)")
    }

    fn visit_none<E>(self) -> Result<Set<T>, E> {
        Ok(Set::new())
    }

    fn visit_unit<E>(self) -> Result<Set<T>, E> {
        Ok(Set::new())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Set<T>, D::Error> {
        deserializer.deserialize_newtype_struct(NEWTYPE, self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Set<T>, D::Error> {
        deserializer.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Set<T>, A::Error> {
        let mut set = Set::new();
        while let Some(element) = elements.next_element()? {
            set.insert(element);
        }
        Ok(set)
    }
}
