//! The trait of entities that store a handler's output under an idempotency key.

use super::lease::Run;
use crate::entity::{Entity, Expires};
use crate::op::Update;

/// An entity that stores a handler's output under a key. Its version is a [`Run`], and it has a time to live.
pub trait Idempotent: Entity<Version = Run> + Expires {
    /// What the handler returns.
    type Output: Send;

    /// The stored output; `None` before a handler has returned one.
    fn output(&self) -> Option<Self::Output>;

    /// Adds to an update what stores the output: `update.set(|p| p.receipt, Some(output))`.
    fn store<V>(update: Update<Self, V>, output: &Self::Output) -> Update<Self, V>;

    /// Whether the stored request under this key is the same as `request`. Compare what was asked for, or a digest of it: then
    /// a client that uses one key for two requests is refused.
    fn is_same(&self, request: &Self) -> bool {
        let _ = request;
        true
    }
}
