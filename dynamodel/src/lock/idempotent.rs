//! What an entity says of the output that it keeps.

use super::lease::Run;
use crate::entity::{Entity, Expires};
use crate::op::Update;

/// An entity that keeps a handler's answer under a key. Its version is a [`Run`], and it has a time to live.
pub trait Idempotent: Entity<Version = Run> + Expires {
    /// What the handler gives.
    type Output: Send;

    /// The answer that is kept; `None` before the handler has given one.
    fn output(&self) -> Option<Self::Output>;

    /// Tells an update to keep the answer: `update.set(|p| p.receipt, Some(answer))`.
    fn store<V>(update: Update<Self, V>, output: &Self::Output) -> Update<Self, V>;

    /// Whether the request under this key is the same one as `request`. Compare what was asked for, or a digest of it: a
    /// client that uses one key for two requests is refused then.
    fn is_same(&self, request: &Self) -> bool {
        let _ = request;
        true
    }
}
