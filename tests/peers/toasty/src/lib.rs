//! What this benchmark shares with those beside it.

#[path = "../../src/harness/mod.rs"]
pub mod harness;
#[path = "../../src/server.rs"]
pub mod server;
#[path = "../../src/side.rs"]
pub mod side;
#[path = "../../src/work.rs"]
pub mod work;
