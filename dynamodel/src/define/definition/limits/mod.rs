//! DynamoDB's limits on tables. One error names every limit that a definition exceeds.

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
    /// Checks the definition against DynamoDB's limits, without sending anything.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidDefinition`] with every limit that it exceeds: more than 20 global or 5 local indexes, more than
    /// 20 attributes included in an index or 100 in all, a setting out of its range, a setting for an index that does not
    /// exist, a capacity that the billing mode does not use.
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
