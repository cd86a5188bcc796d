//! Keys and values.

use super::{CoordinationError, KeyLock, Pair, Payload, Register};
use dynamodel::errors::ExpiryError;
use dynamodel::lock::{Guard, Locks};
use dynamodel::op::Save;
use dynamodel::{Client, Expiry};
use std::time::Duration;
use uuid::Uuid;

type Result<T> = std::result::Result<T, CoordinationError>;

/// How long a value is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Until it is deleted.
    Forever,
    /// For so long, rounded up to whole seconds.
    For(Duration),
}

/// Keys and values of one space.
#[derive(Debug, Clone)]
pub struct Space {
    pub(super) register: Client<Register>,
    pub(super) locks: Locks<Register>,
    pub(super) name: String,
    consistent: bool,
}

impl Space {
    /// The space of that name.
    pub fn new(register: &Client<Register>, name: &str) -> Self {
        Self { register: register.clone(), locks: Locks::new(register), name: name.to_owned(), consistent: true }
    }

    /// The same with reads that cost half, and may return an earlier value.
    pub fn eventually(self) -> Self {
        Self { consistent: false, ..self }
    }

    /// The same with locks of another kind: their duration, how often waiters look.
    pub fn with_locks(self, locks: Locks<Register>) -> Self {
        Self { locks, ..self }
    }

    /// Writes a value, whatever is under the key.
    ///
    /// # Errors
    /// `Unfit` when it is to be kept beyond the year 9999; whatever the client says.
    pub async fn put(&self, key: &str, payload: Payload, keep: Keep) -> Result<()> {
        let fresh = self.pair(key, payload, keep)?;
        let Pair { bytes, value, expires_at, .. } = fresh.clone();
        let write = self.register.upsert(&fresh);
        write.set(|p| p.bytes, bytes).set(|p| p.value, value).set(|p| p.expires_at, expires_at).await?;
        Ok(())
    }

    /// The value under a key.
    ///
    /// # Errors
    /// `NotFound` when there is none.
    pub async fn get(&self, key: &str) -> Result<Pair> {
        if self.consistent {
            return self.get_consistent(key).await;
        }
        self.register.get(Pair::key(&self.name, key)).await?.ok_or(CoordinationError::NotFound)
    }

    /// The value under a key as it is now, whatever the space says of reads.
    ///
    /// # Errors
    /// `NotFound` when there is none.
    pub async fn get_consistent(&self, key: &str) -> Result<Pair> {
        self.register.get(Pair::key(&self.name, key)).consistent().await?.ok_or(CoordinationError::NotFound)
    }

    /// Whether there is a value under a key.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn exists(&self, key: &str) -> Result<bool> {
        match self.get(key).await {
            Ok(_) => Ok(true),
            Err(CoordinationError::NotFound) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Deletes the value under a key, whatever it is and whether there is one.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn delete(&self, key: &str) -> Result<()> {
        Ok(self.register.delete(Pair::key(&self.name, key)).await?)
    }

    /// All values whose keys begin so, in the order of the keys. Whoever gets none gets an empty list.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn list(&self, prefix: &str) -> Result<Vec<Pair>> {
        // An empty beginning is no beginning to DynamoDB.
        let pairs = if prefix.is_empty() {
            let query = self.register.query(Pair::of_space(&self.name));
            if self.consistent { query.consistent().collect().await? } else { query.collect().await? }
        } else {
            let query = self.register.query(Pair::of_space(&self.name).key_begins_with(prefix));
            if self.consistent { query.consistent().collect().await? } else { query.collect().await? }
        };
        Ok(pairs)
    }

    /// Writes a value against the previous one: nothing else may have been written since, and what was deleted and written
    /// anew is something else. Without a previous one the key must be free. Gives the pair, for the next time.
    ///
    /// # Errors
    /// `Exists` and `Modified` with what is there; `NotFound` when the previous one is gone. `Store` of an
    /// [`OutcomeUnknown`](dynamodel::ErrorKind::OutcomeUnknown) when a response was lost, and another writer has written since.
    /// `Unfit` when it is to be kept beyond the year 9999.
    pub async fn atomic_put(&self, key: &str, payload: Payload, keep: Keep, previous: Option<&Pair>) -> Result<Pair> {
        let mut pair = self.pair(key, payload, keep)?;
        match previous {
            None => pair.version = self.register.create(&pair).await?,
            Some(previous) => {
                pair.version = previous.version;
                self.register.save(&mut pair).await?;
            }
        }
        Ok(pair)
    }

    /// Deletes a value against the previous one. Without a previous one, makes sure that there is none.
    ///
    /// # Errors
    /// `Exists` and `Modified` with what is there; `NotFound` when the previous one is gone. `Store` of an
    /// [`OutcomeUnknown`](dynamodel::ErrorKind::OutcomeUnknown) when a response was lost, and the key is gone.
    pub async fn atomic_delete(&self, key: &str, previous: Option<&Pair>) -> Result<()> {
        match previous {
            Some(previous) => Ok(self.register.delete(previous).await?),
            None => match self.get_consistent(key).await {
                Ok(pair) => Err(CoordinationError::Exists(Box::new(pair))),
                Err(CoordinationError::NotFound) => Ok(()),
                Err(error) => Err(error),
            },
        }
    }

    /// Writes a value against the previous one, as long as the lock is still held: one transaction.
    ///
    /// # Errors
    /// `LockLost`; `Modified` with what is there; `NotFound` when the previous one is gone; `Exists` when it was never stored,
    /// and there is something.
    pub async fn guarded_put(
        &self,
        guard: &Guard<KeyLock, Register>,
        payload: Payload,
        previous: &Pair,
    ) -> Result<Pair> {
        let (bytes, value) = payload.into_fields();
        let mut pair = Pair { bytes, value, ..previous.clone() };
        self.register.transact((guard.check(), Save::new(&mut pair))).await?;
        Ok(pair)
    }

    fn pair(&self, key: &str, payload: Payload, keep: Keep) -> Result<Pair> {
        let (bytes, value) = payload.into_fields();
        let expires_at = match keep {
            Keep::Forever => None,
            Keep::For(lifetime) => {
                let end = self.register.now().checked_add(lifetime).ok_or(ExpiryError::TooLate(u64::MAX))?;
                Some(Expiry::at(end)?)
            }
        };
        Ok(Pair { space: self.name.clone(), key: key.to_owned(), bytes, value, version: Uuid::nil(), expires_at })
    }
}
