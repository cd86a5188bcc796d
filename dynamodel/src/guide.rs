//! The guide, chapter by chapter.

#[doc = include_str!("../docs/modelling.md")]
pub mod modelling {}

#[doc = include_str!("../docs/access_patterns.md")]
pub mod access_patterns {}

#[doc = include_str!("../docs/verbs.md")]
pub mod verbs {}

#[doc = include_str!("../docs/expressions.md")]
pub mod expressions {}

#[doc = include_str!("../docs/reading.md")]
pub mod reading {}

#[doc = include_str!("../docs/transactions.md")]
pub mod transactions {}

#[doc = include_str!("../docs/state.md")]
pub mod state {}

#[doc = include_str!("../docs/unique.md")]
pub mod unique {}
#[cfg(any(feature = "lambda", feature = "streams"))]
#[doc = include_str!("../docs/streams.md")]
pub mod streams {}
#[cfg(feature = "lock")]
#[doc = include_str!("../docs/leases.md")]
pub mod leases {}

#[cfg(feature = "lock")]
#[doc = include_str!("../docs/idempotency.md")]
pub mod idempotency {}

#[cfg(feature = "lock")]
#[doc = include_str!("../docs/key_value.md")]
pub mod key_value {}

#[doc = include_str!("../docs/web_sessions.md")]
pub mod web_sessions {}

#[doc = include_str!("../docs/errors.md")]
pub mod errors {}

#[doc = include_str!("../docs/definition.md")]
pub mod definition {}

#[doc = include_str!("../docs/cost.md")]
pub mod cost {}

#[doc = include_str!("../docs/requests.md")]
pub mod requests {}

#[doc = include_str!("../docs/observing.md")]
pub mod observing {}

#[doc = include_str!("../docs/testing.md")]
pub mod testing {}

#[doc = include_str!("../docs/performance.md")]
pub mod performance {}

#[doc = include_str!("../docs/compile_errors.md")]
pub mod compile_errors {}

#[doc = include_str!("../docs/architecture.md")]
pub mod architecture {}
