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
    /// Whether two writers can never choose the same version: then a lost answer can be told from a conflict.
    const RANDOM: bool;

    /// Whether the value was never stored: 0, or the nil UUID.
    fn is_fresh(&self) -> bool;

    /// The version that a new item gets.
    fn first() -> Option<Self>;

    /// The version that the next write stores; `None` when the type has no next one.
    fn next(&self) -> Option<Self>;
}

/// A version that there is: every type of version but [`NoVersion`].
#[diagnostic::on_unimplemented(
    message = "the entity has no version, so what others write meanwhile could be lost",
    label = "this reads, changes and writes, and needs a version to compare",
    note = "add a field `#[dynamo(version)] version: u64`, or change single attributes with `update`"
)]
pub trait CountsVersions: VersionField {}

/// The version of an entity that has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, serde::Deserialize)]
pub struct NoVersion;

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
    ($($type:ty)*) => {$(
        impl CountsVersions for $type {}

        impl VersionField for $type {
            const RANDOM: bool = false;

            fn is_fresh(&self) -> bool {
                *self == 0
            }

            fn first() -> Option<Self> {
                Some(1)
            }

            fn next(&self) -> Option<Self> {
                self.checked_add(1)
            }
        }
    )*};
}

integers!(u8 u16 u32 u64 u128 i8 i16 i32 i64 i128);

#[cfg(feature = "uuid")]
impl CountsVersions for uuid::Uuid {}

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
