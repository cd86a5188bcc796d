//! The domain code of the examples, importable, so that the tests can try it.

pub mod carts;
pub mod cloudformation;
pub mod coordination;
pub mod id_mapping;
pub mod iot;
pub mod leaderboards;
pub mod orders_async;
pub mod sessions;
pub mod show;
pub mod web_sessions;

/// The name of a program's table: what `EXAMPLE_TABLE` says, else this with the number of the process, so that each run has
/// its own.
pub fn table_name(prefix: &str) -> String {
    std::env::var("EXAMPLE_TABLE").unwrap_or_else(|_| format!("{prefix}-{}", std::process::id()))
}
