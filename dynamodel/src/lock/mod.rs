//! Leases on items, and handlers that run once for a key; built on the client, and independent of what is guarded.
//!
//! Read the [chapter of the guide](crate::guide::leases) first.

mod acquire;
mod attempt;
mod end;
mod fence;
mod guard;
mod held_lease;
mod idempotency;
mod idempotency_error;
mod idempotent;
mod keeper;
mod lease;
mod locks;
mod manual_timer;
mod observed;
mod race;
mod releaser;
mod run_once;
mod runtime;
mod settings;
mod status;
mod store_output;
mod timer;
mod try_take;

pub use acquire::Acquire;
pub use attempt::Attempt;
pub use fence::Fence;
pub use guard::Guard;
pub use idempotency::{Begun, Idempotency, Outcome};
pub use idempotency_error::IdempotencyError;
pub use idempotent::Idempotent;
pub use lease::{Lease, Leased, Lock, Run};
pub use locks::Locks;
pub use manual_timer::ManualTimer;
pub use status::Phase;
pub use timer::{Sleep, Timer, TokioTimer};
