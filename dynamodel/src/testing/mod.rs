//! Faults that no engine makes: an HTTP client that stands before another one, and knows the library only to be put in place.

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
