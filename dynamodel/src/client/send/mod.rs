//! Bytes out, bytes back: the only room that knows how the SDK runs a call.
//!
//! [`call`] sends one request through the SDK's generated operation, [`interceptor`] puts our bytes into it and takes the
//! response's out, [`failure`] says what became of a call that did not succeed, and [`retry`] how often the library itself
//! tries again.

mod attribute_value;
mod call;
mod failure;
mod in_flight;
mod interceptor;
mod made;
mod response;
mod retry;
mod sdk_cause;
mod span;
mod stats;
mod token_window;
pub(super) mod transcode;

pub(super) use failure::Failure;
pub(super) use in_flight::InFlight;
pub(super) use made::Made;
pub(super) use response::Response;
pub use retry::RetryPolicy;
pub(super) use retry::is_passing;
#[cfg(feature = "streams")]
pub(crate) use sdk_cause::SdkCause;
pub(super) use stats::Counters;
pub use stats::Stats;
pub(super) use token_window::TokenWindow;
