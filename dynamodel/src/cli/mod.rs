//! The command line for tables: prints what is made from their definitions, and compares them with live tables; knows no
//! entities and no items.

mod arguments;
mod connect;
mod errors;
mod format;
mod output;
mod program;
mod run;

pub use program::Cli;
