//! What the benchmarks share: the harness, the items in every library's own form, and a server that answers at once.

pub mod by_hand;
pub mod cart;
pub mod check;
#[path = "../../src/shapes.rs"]
pub mod entities;
pub mod harness;
pub mod sdk;
pub mod server;
pub mod shapes;
pub mod side;
pub mod work;
