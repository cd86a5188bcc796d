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
