//! What items and requests cost by DynamoDB's rules, in bytes and in capacity units; knows the text of items and the
//! table's schema, no entity's type and no client.
//!
//! - [`ItemSize`]: how large an item is, and how large its entries in the indexes are.
//! - [`WriteUnits`], [`ReadUnits`]: what one write or read costs, index by index.
//! - [`Estimate`]: from sample items to a table of what every access pattern and every verb costs, a plain value to assert
//!   in a test and to print.
//!
//! There are no prices here: the app has them ([`Prices`]).

mod entry;
mod estimate;
mod markdown;
mod row;
mod size;
mod table;
mod units;

pub(crate) use entry::Image;
pub use estimate::Estimate;
pub use row::{Cost, Prices, RequestKind};
pub use size::{EntrySize, ItemSize};
pub use table::CostTable;
pub use units::{IndexUnits, ReadUnits, WriteUnits};
