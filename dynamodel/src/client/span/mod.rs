//! A span for every request (feature `tracing`), by OpenTelemetry's names. It holds names and numbers, never a value of an
//! item; without the feature there is nothing.

#[cfg(feature = "tracing")]
mod counts;
#[cfg(not(feature = "tracing"))]
mod none;
#[cfg(feature = "tracing")]
mod some;

#[cfg(not(feature = "tracing"))]
pub(super) use none::Span;
#[cfg(feature = "tracing")]
pub(super) use some::Span;
