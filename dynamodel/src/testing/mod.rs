//! Faults that no engine makes: an HTTP client that stands before another one, and knows the library only to be put in place.

mod answer;
mod broken;
mod connect;
mod connector;
mod counts;
mod fault;
mod faults;
mod meet;
mod random;
mod split;
mod state;

pub use counts::{Injected, Sent};
pub use fault::Fault;
pub use faults::Faults;
