//! Which cursors belong to a query.

use super::Query;
use super::request::key_condition;
use crate::entity::{Index, Item};
use crate::error::{Error, ErrorKind, Result};
use crate::expr::{Placeholders, render_condition};
use crate::op::Cursor;
use crate::op::cursor::{FINGERPRINT, fingerprint};

impl<P: Item, I: Index, V> Query<P, I, V> {
    /// What tells this query from others that a cursor could come from.
    pub(crate) fn fingerprint(&self, table: &str) -> Result<[u8; FINGERPRINT]> {
        let bounds = self.range.bounds()?;
        let mut placeholders = Placeholders::default();
        let keys = key_condition(bounds, &mut placeholders);
        let filter = match self.given_filter()? {
            Some(filter) => render_condition(filter, &mut placeholders).map_err(|error| error.of_entity(P::NAME))?,
            None => String::new(),
        };
        let mut values = Vec::new();
        placeholders.write(&mut values);
        Ok(fingerprint([
            table.as_bytes(),
            I::NAME.unwrap_or_default().as_bytes(),
            if self.backward { b"backward" } else { b"forward" },
            keys.as_bytes(),
            bounds.only.map_or("", |(_, name)| name).as_bytes(),
            filter.as_bytes(),
            &values,
        ]))
    }

    /// Makes sure that a cursor is this query's own.
    pub(crate) fn check_cursor(&self, cursor: &Cursor, table: &str) -> Result<()> {
        if cursor.query == self.fingerprint(table)? {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::InvalidCursor,
            "the cursor is another query's: it goes with the table, index, keys, direction and filter that it came from",
        )
        .of_entity(P::NAME))
    }
}
