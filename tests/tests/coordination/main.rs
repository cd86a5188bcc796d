//! Programs that work together: locks, idempotency, and the stores and websites that are built on the library.

mod examples;
mod id_mapping;
mod idempotency;
mod leases;
mod session_store;
mod view_counter;
mod web_sessions;
