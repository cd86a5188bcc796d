//! Tables, entities and their keys as traits and values; knows no request.

mod collection;
mod decode;
mod expiry;
mod item;
mod key;
mod keyed;
mod projection;
mod range;
mod table;
mod traits;
mod version;

pub use collection::{Collection, CollectionField, Gathered, Gathering, RangeOf, Slot};
pub use decode::ItemKeys;
pub(crate) use decode::{decode, decode_text, key_of_request, key_text, peek};
pub use expiry::{Expiry, ExpiryError, TtlField};
pub use item::{Collected, Incoming, Item, OrUnknown, RawItem, ReadFrom};
pub use key::{Key, KeyFields};
pub(crate) use keyed::Keyed;
pub use projection::{Held, Projection};
pub(crate) use range::{Bounds, SortTest};
pub use range::{FilterOn, IntoKeyRange, KeyPrefix, KeyRange, PartitionOf};
pub use table::{Consistent, HasIndex, Index, NoTable, Primary, Table};
pub use traits::{Broken, Entity, EntityOf, KeyOnlyFields, KeyPartsVisitor, KeyVisitor, LivesIn, Member};
pub use version::{CountsVersions, NoVersion, VersionField};
