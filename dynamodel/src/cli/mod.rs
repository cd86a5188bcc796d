//! The command line of a table's model: prints what definitions make, and compares them with live tables; knows no
//! entity and no item.

mod arguments;
mod connect;
mod errors;
mod format;
mod output;
mod program;
mod run;

pub use program::Cli;
