//! Fault injection for tests: an HTTP client in front of another one, and the method that puts it into a client.

mod client_ext;
mod counts;
mod fault;
mod faults;
mod http_client;
mod inject;
mod random;
mod response;
mod split;
mod state;
mod truncated_body;

pub use counts::{Injected, Sent};
pub use fault::Fault;
pub use faults::Faults;
