//! What everything costs, as one value.

use super::row::{Cost, RequestKind};

/// What every access pattern and every verb of a table costs. `Display` is a table in Markdown, the same for the same
/// samples; see [`Estimate`](super::Estimate).
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # fn main() -> dynamodel::Result<()> {
/// use dynamodel::cost::RequestKind;
///
/// let costs = Shop::definition().cost().sample(&Session::sample("u1", "s1")).finish()?;
/// let dearest = costs.rows.iter().map(|cost| cost.write_units).fold(0.0, f64::max);
/// assert_eq!(dearest, 3.0, "a change of the token: the table, and the index's entry removed and made");
/// assert!(costs.to_string().contains("| `Session` | get | table | 1 |"));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CostTable {
    /// The table's name, as its struct is called.
    pub table: &'static str,
    /// A row for each entity and request.
    pub rows: Vec<Cost>,
}

pub(super) fn of(table: &'static str, rows: Vec<Cost>) -> CostTable {
    CostTable { table, rows }
}

impl CostTable {
    /// What one request of an entity, named as its struct, costs; `None` where there is no sample of it, or no such
    /// request.
    pub fn of(&self, entity: &str, request: RequestKind) -> Option<&Cost> {
        self.rows.iter().find(|cost| cost.entity == entity && cost.request == request)
    }
}
