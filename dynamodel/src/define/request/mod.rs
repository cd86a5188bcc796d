//! A definition as requests of the SDK: CreateTable, and the parts that UpdateTable has in common with it.

mod create_table;
pub(super) mod parts;
