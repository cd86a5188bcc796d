//! Locks under keys.

use super::{CoordinationError, KeyLock, Register, Space};
use dynamodel::lock::{Guard, Lease};
use serde_json::Value;

impl Space {
    /// Takes the lock under a key, and waits for it until `stop` ends. The note is what is kept with a lock that was never
    /// taken before; [`Guard::update`] changes it.
    ///
    /// # Errors
    /// `AcquireCancelled` when `stop` has ended; whatever the client says.
    pub async fn lock(
        &self,
        key: &str,
        note: Option<Value>,
        stop: impl Future<Output = ()>,
    ) -> Result<Guard<KeyLock, Register>, CoordinationError> {
        tokio::select! {
            guard = self.locks.acquire(self.key_lock(key, note)).into_future() => Ok(guard?),
            () = stop => Err(CoordinationError::AcquireCancelled),
        }
    }

    /// Takes the lock under a key if it is free, or its owner dead.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn try_lock(&self, key: &str) -> Result<Option<Guard<KeyLock, Register>>, CoordinationError> {
        Ok(self.locks.try_acquire(self.key_lock(key, None)).await?)
    }

    fn key_lock(&self, key: &str, note: Option<Value>) -> KeyLock {
        KeyLock { space: self.name.clone(), key: key.to_owned(), note, lease: Lease::default() }
    }
}
