//! Version fields: what optimistic locking compares.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A type that can be an entity's `#[dynamo(version)]`: an unsigned or signed integer, or a random `Uuid`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a version",
    label = "not a type for `#[dynamo(version)]`",
    note = "a version is an integer such as `u64`, or a `uuid::Uuid`"
)]
pub trait VersionField: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync + 'static {
    /// Whether there is a version at all. `false` for [`NoVersion`] only.
    const PRESENT: bool = true;
    /// Whether two writers can never choose the same version: then a lost response can be told from a conflict.
    const RANDOM: bool;
    /// Whether an update changes it. `false` only where the version says more than that something was written.
    const BUMPED: bool = true;
    /// Whether its entity may have a time to live. `false` only where a version must never start again.
    const MAY_EXPIRE: bool = true;

    /// Whether the value was never stored: 0, or the nil UUID.
    fn is_fresh(&self) -> bool;

    /// The version that a new item gets.
    fn first() -> Option<Self>;

    /// The type's largest value, beyond which the database must not count; `None` for a version that is not counted.
    fn last() -> Option<Self> {
        None
    }

    /// The version that the next write stores; `None` when the type has no next one.
    fn next(&self) -> Option<Self>;
}

/// A version that there is: every type of version but [`NoVersion`].
#[diagnostic::on_unimplemented(
    message = "the entity has no version that counts its writes, so what others write meanwhile could be lost",
    label = "this reads, changes and writes, and needs such a version to compare",
    note = "add a field `#[dynamo(version)] version: u64`, or change single attributes with `update`; data on a lock with `guard.update()`"
)]
pub trait CountsVersions: WrittenWhole + Deletable {}

/// The version of an entity that `put`, `save` and batches may write: every type of version but a lease, which says who may
/// write, so that a write of the whole item would write that too.
#[diagnostic::on_unimplemented(
    message = "the entity's version is a `{Self}`, and a write of the whole item would write the lease too",
    label = "this could give the lock back to a former owner, or make a dead one look alive",
    note = "change single attributes: `guard.update()` as the lock's owner, `update(key)` as any writer; `create` makes the item"
)]
pub trait WrittenWhole: VersionField {}

/// The version of an entity that `delete` and batches may delete: every type of version but a lock's lease, whose fencing
/// token must outlast its owners.
#[diagnostic::on_unimplemented(
    message = "the entity's version is a `{Self}`, and without the item the lock's fencing token would start again",
    label = "a lock's record is deleted by the lock's owner only",
    note = "`guard.release()` keeps the record; `guard.delete()` deletes it, for a name that never comes again"
)]
pub trait Deletable: VersionField {}

/// The version of an entity that has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, serde::Deserialize)]
pub struct NoVersion;

impl WrittenWhole for NoVersion {}
impl Deletable for NoVersion {}

impl VersionField for NoVersion {
    const PRESENT: bool = false;
    const RANDOM: bool = false;

    fn is_fresh(&self) -> bool {
        false
    }

    fn first() -> Option<Self> {
        Some(Self)
    }

    fn next(&self) -> Option<Self> {
        Some(Self)
    }
}

macro_rules! integers {
    ($($type:ty: $last:expr,)*) => {$(
        impl CountsVersions for $type {}
        impl WrittenWhole for $type {}
        impl Deletable for $type {}

        impl VersionField for $type {
            const RANDOM: bool = false;

            fn is_fresh(&self) -> bool {
                *self == 0
            }

            fn first() -> Option<Self> {
                Some(1)
            }

            fn last() -> Option<Self> {
                Some($last)
            }

            fn next(&self) -> Option<Self> {
                self.checked_add(1).filter(|next| *next <= $last)
            }
        }
    )*};
}

/// The largest integer of 38 digits, which is what DynamoDB keeps of a number: fewer than 128 bits hold.
const DIGITS: u128 = 10_u128.pow(38) - 1;

integers! {
    u8: Self::MAX,
    u16: Self::MAX,
    u32: Self::MAX,
    u64: Self::MAX,
    u128: DIGITS,
    i8: Self::MAX,
    i16: Self::MAX,
    i32: Self::MAX,
    i64: Self::MAX,
    i128: DIGITS.cast_signed(),
}

#[cfg(feature = "uuid")]
impl CountsVersions for uuid::Uuid {}
#[cfg(feature = "uuid")]
impl WrittenWhole for uuid::Uuid {}
#[cfg(feature = "uuid")]
impl Deletable for uuid::Uuid {}

#[cfg(feature = "uuid")]
impl VersionField for uuid::Uuid {
    const RANDOM: bool = true;

    fn is_fresh(&self) -> bool {
        self.is_nil()
    }

    fn first() -> Option<Self> {
        Some(Self::new_v4())
    }

    fn next(&self) -> Option<Self> {
        Some(Self::new_v4())
    }
}
