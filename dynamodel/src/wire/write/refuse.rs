//! The methods of a writer for the values that it does not take.

use super::super::error::CodecError;
use super::Written;
use serde::ser::Impossible;

/// What a compound value is written by where none can be.
pub(super) type No = Impossible<Written, CodecError>;

/// Methods of a `Serializer` that end in `refuse(found)`: a function in the writer's file, which says what was expected.
macro_rules! refuse {
    ($($method:ident($($ty:ty),*) -> $ok:ty, $found:literal;)*) => { $(
        fn $method(self, $(_: $ty),*) -> Result<$ok, CodecError> {
            refuse($found)
        }
    )* };
}

pub(super) use refuse;
