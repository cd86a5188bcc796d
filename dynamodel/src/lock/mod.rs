//! Leases on items, and handlers that run once for a key; stands on the client, and knows nothing of what is guarded.
//!
//! Read the [chapter of the guide](crate::guide::leases) first.

mod acquire;
mod answer;
mod attempt;
mod end;
mod fence;
mod guard;
mod keeper;
mod lease;
mod locks;
mod manual;
mod once;
mod once_error;
mod race;
mod releaser;
mod seen;
mod settings;
mod status;
mod timer;
mod turn;

pub use acquire::Acquire;
pub use attempt::Attempt;
pub use fence::Fence;
pub use guard::Guard;
pub use lease::{Lease, Leased, Lock, Run};
pub use locks::Locks;
pub use manual::ManualTimer;
pub use once::{Begun, Idempotent, Once, Outcome};
pub use once_error::OnceError;
pub use status::Phase;
pub use timer::{Sleep, Timer, TokioTimer};
