//! Tables and their indexes as types.

use super::Broken;
use crate::schema::{IndexSchema, TableSchema};

/// A DynamoDB table, described by `#[derive(Table)]` on a unit struct.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    label = "derive it on a unit struct: `#[derive(Table)]` with `#[dynamo(pk = \"PK\")]`"
)]
pub trait Table: Sized + Send + Sync + 'static {
    /// Everything the derive knows, the entities included.
    const SCHEMA: &'static TableSchema;
    /// The attribute that is the partition key.
    const PARTITION_KEY: &'static str;
    /// The attribute that is the sort key.
    const SORT_KEY: Option<&'static str>;
    /// The attribute that says which entity an item is.
    const TYPE_ATTRIBUTE: &'static str;
    /// Every attribute that is a key of the table or of one of its indexes, and the type attribute, each with a bit that
    /// stands for its name.
    #[doc(hidden)]
    const MANAGED: &'static [(&'static str, u128)];
    /// Whether one of its entities has unique fields.
    #[doc(hidden)]
    const HAS_UNIQUE: bool = Self::SCHEMA.has_unique();
}

/// A secondary index of a table, as the unit struct that `#[derive(Table)]` makes for `gsi(Name, ..)`.
pub trait Index: Send + Sync + 'static {
    /// The index's name in DynamoDB; `None` stands for the table's own key.
    const NAME: Option<&'static str>;
}

/// The table's own key, where an index could stand.
#[derive(Debug, Clone, Copy)]
pub struct Primary;

impl Index for Primary {
    const NAME: Option<&'static str> = None;
}

/// Where DynamoDB offers consistent reads: the table itself and local secondary indexes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is a global secondary index, and DynamoDB has no consistent reads there",
    label = "eventually consistent only",
    note = "take `.consistent()` off, or read the item by its primary key"
)]
pub trait Consistent {}

impl Consistent for Primary {}

/// The table `Self` has the index `I`.
#[diagnostic::on_unimplemented(
    message = "`{I}` is not an index of the table `{Self}`",
    label = "declare it on the table: `#[dynamo(gsi({I}, pk = \"..\", sk = \"..\"))]`"
)]
pub trait HasIndex<I> {
    /// The index.
    const INDEX: IndexSchema;
}

#[diagnostic::do_not_recommend]
impl<I, T: Broken> HasIndex<I> for T {
    const INDEX: IndexSchema = IndexSchema::BROKEN;
}

/// In place of a table that an entity does not say.
#[doc(hidden)]
#[derive(Debug)]
pub struct NoTable;

impl Broken for NoTable {}

impl Table for NoTable {
    const SCHEMA: &'static TableSchema = &TableSchema::BROKEN;
    const PARTITION_KEY: &'static str = "";
    const SORT_KEY: Option<&'static str> = None;
    const TYPE_ATTRIBUTE: &'static str = "";
    const MANAGED: &'static [(&'static str, u128)] = &[];
}
