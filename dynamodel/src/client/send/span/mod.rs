//! A span for every request (feature `tracing`), by OpenTelemetry's names. It holds names and numbers, never a value of an
//! item; without the feature there is nothing.

#[cfg(feature = "tracing")]
mod counts;
#[cfg(not(feature = "tracing"))]
mod disabled;
#[cfg(feature = "tracing")]
mod enabled;

#[cfg(not(feature = "tracing"))]
pub(in crate::client) use disabled::Span;
#[cfg(feature = "tracing")]
pub(in crate::client) use enabled::Span;
