//! Tables, entities and their keys as traits and values; knows no request.

mod collection;
mod conceal;
mod decode;
mod expiry;
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod external_expiry;
mod item;
mod key;
mod keyed;
mod primary_key;
mod projection;
mod range;
mod table;
mod timestamps;
mod traits;
mod version;

pub use collection::{Collection, CollectionField, Gathered, Gathering, RangeOf, Slot};
pub(crate) use conceal::conceal_sent;
pub use decode::ItemKeys;
pub(crate) use decode::peek_key;
pub(crate) use decode::{decode, decode_text, key_text, peek};
pub use expiry::{Expires, Expiry, ExpiryError, TtlField};
pub(crate) use item::schema_of;
pub use item::{Collected, Incoming, Item, OrUnknown, RawItem, ReadFrom};
pub use key::{Key, KeyFields};
pub(crate) use keyed::Keyed;
pub(crate) use primary_key::PrimaryKey;
pub use projection::{IndexProjection, Projection};
pub(crate) use range::{Bounds, SortTest};
pub use range::{FilterOn, IntoKeyRange, KeyPrefix, KeyRange, PartitionOf};
pub use table::{Consistent, HasIndex, Index, NoTable, Primary, Table};
pub use timestamps::{TimestampField, Timestamps};
pub(crate) use traits::each_key;
pub use traits::{
    Broken, Comparable, Entity, EntityOf, KeyOnlyFields, KeyPartsVisitor, KeyVisitor, LivesIn, Member, WithoutUnique,
};
pub use version::{CountsVersions, Deletable, NoVersion, VersionField, WrittenWhole};
