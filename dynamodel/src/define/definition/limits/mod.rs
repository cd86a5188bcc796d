//! DynamoDB's limits on tables. All that a definition breaks are said at once.

mod capacity;
mod indexes;
mod names;
mod replicas;
mod settings;

pub(in crate::define) use indexes::MOST_GLOBAL_INDEXES;
#[cfg(feature = "embedded")]
pub(crate) use names::table_name;
pub(crate) use names::{invalid_table_name, is_name};

use super::table::TableDefinition;
use crate::error::{Error, ErrorKind, Result};

impl TableDefinition {
    /// Whether DynamoDB takes such a table.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidDefinition`] with every rule that it breaks: more than 20 global or 5 local indexes, more than
    /// 20 attributes included in an index or 100 in all, a setting out of its range, a setting for an index that is not
    /// there, a capacity that the billing has no use for.
    pub fn check(&self) -> Result<()> {
        let mut wrong = Vec::new();
        indexes::all(self, &mut wrong);
        capacity::all(self, &mut wrong);
        capacity::scaling(self, &mut wrong);
        settings::all(self, &mut wrong);
        replicas::all(self, &mut wrong);
        if wrong.is_empty() {
            return Ok(());
        }
        Err(Error::new(ErrorKind::InvalidDefinition, wrong.join("; ")).in_table(self.table()))
    }
}
