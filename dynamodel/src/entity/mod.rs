//! Tables, entities and their keys as traits and values; knows no request.

mod expiry;
mod key;
mod projection;
mod range;
mod table;
mod traits;
mod version;

pub use expiry::{Expiry, ExpiryError, TtlField};
pub use key::{Key, KeyFields};
pub use projection::Projection;
pub(crate) use range::SortBound;
pub use range::{IntoKeyRange, KeyRange};
pub use table::{Consistent, HasIndex, Index, NoTable, Primary, Table};
pub use traits::{Broken, Entity, EntityOf, KeyOnlyFields, KeyPartsVisitor, KeyVisitor, LivesIn, Member};
pub use version::{NoVersion, VersionField};
