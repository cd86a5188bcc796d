//! Traits that say what a type may be used for. The derives implement them; one meets them in three places.
//!
//! **In a function of one's own over entities**, where a bound says what it does with them:
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
//! use dynamodel::bounds::LivesIn;
//! use dynamodel::{Client, Result};
//!
//! /// Whether there is such an item.
//! async fn is_there<E: LivesIn<Shop>>(shop: &Client<Shop>, key: Key<E>) -> Result<bool> {
//!     Ok(shop.get(key).await?.is_some())
//! }
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<()> {
//! let shop = Shop::embedded().await?;
//! assert!(!is_there(&shop, Session::key("ada", "s1")).await?);
//! # Ok(()) }
//! ```
//!
//! | a function that | asks for |
//! |---|---|
//! | reads or writes entities of the table `T` | [`LivesIn<T>`](LivesIn) |
//! | takes whatever a query can be over: an access pattern, a range, a partition | [`IntoKeyRange`] with its [`Index`], [`PartitionOf`], [`RangeOf`] |
//! | reads what a query gives, entity, part, index struct or table's enum | [`Item`], [`ReadFrom<T>`](ReadFrom) |
//! | fetches whole items after a query of an index | [`IndexProjection`] |
//! | uses the version or the time to live of any entity | [`VersionField`], [`CountsVersions`], [`Deletable`], [`WrittenWhole`], [`TtlField`], [`Expires`] |
//! | takes operations for a transaction | [`WriteAction`], [`WriteActions`], [`ReadAction`], [`ReadActions`], [`Via`] |
//! | takes keys for a batch | [`KeySet`] |
//!
//! **In a type of one's own**: [`KeyPart`] lets it stand in key templates, the role traits ([`Numeric`], [`Ordered`], [`Textual`],
//! [`Containing`], [`Measured`], …) say which functions of expressions its fields have.
//!
//! **In a compile error**, where it names what is missing. The guide's chapter on [compile errors](crate::guide::compile_errors)
//! has the common ones.

pub use crate::client::{KeySet, ReadAction, ReadActions, WriteAction, WriteActions};
pub use crate::entity::{
    Collected, Consistent, CountsVersions, Deletable, EntityOf, Expires, FilterOn, HasIndex, Index, IndexProjection,
    IntoKeyRange, Item, LivesIn, Member, NoVersion, PartitionOf, Primary, RangeOf, ReadFrom, Slot, TimestampField,
    TtlField, VersionField, WrittenWhole,
};
pub use crate::expr::ValueOf;
pub use crate::key::{KeyPart, KeyText};
pub use crate::op::batch::Unversioned;
pub use crate::op::transact::Via;
pub use crate::op::update::Returning;
pub use crate::path::{
    Accepts, Computable, Containing, Field, ListOf, ListTakes, MapOf, Measured, Numeric, Ordered, Removable, SetTakes,
    Settable, Stored, Textual,
};
