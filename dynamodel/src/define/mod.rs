//! Table definitions made from the schema; knows no item.

mod create_table;

pub(crate) use create_table::{attributes, global_indexes, keys, local_indexes};
