//! What can go wrong between those who coordinate.

use super::Pair;
use dynamodel::Error;
use std::fmt;

/// Why something was not done.
#[derive(Debug)]
pub enum CoordinationError {
    /// There is nothing under the key, or it has expired.
    NotFound,
    /// There is something under the key already: this.
    Exists(Box<Pair>),
    /// Another writer was faster: this is the value now.
    Modified(Box<Pair>),
    /// Waiting for a lock was cancelled.
    AcquireCancelled,
    /// Another owner has the lock by now.
    LockLost,
    /// The value cannot be kept for so long, or not be read as this type.
    Unfit(Box<dyn std::error::Error + Send + Sync>),
    /// Anything else.
    Store(Error),
}

impl From<dynamodel::errors::ExpiryError> for CoordinationError {
    fn from(error: dynamodel::errors::ExpiryError) -> Self {
        Self::Unfit(error.into())
    }
}

impl From<serde_json::Error> for CoordinationError {
    fn from(error: serde_json::Error) -> Self {
        Self::Unfit(error.into())
    }
}

impl From<Error> for CoordinationError {
    fn from(error: Error) -> Self {
        if error.is_lock_lost() {
            return Self::LockLost;
        }
        if error.is_gone() {
            return Self::NotFound;
        }
        let (exists, modified) = (error.is_already_exists(), error.is_conflict());
        if !exists && !modified {
            return Self::Store(error);
        }
        match error.into_current::<Pair>() {
            Ok(pair) if exists => Self::Exists(Box::new(pair)),
            Ok(pair) => Self::Modified(Box::new(pair)),
            Err(error) => Self::Store(error),
        }
    }
}

impl fmt::Display for CoordinationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("there is nothing under the key"),
            Self::Exists(pair) => write!(f, "there is something under the key {:?} already", pair.key),
            Self::Modified(pair) => write!(f, "the key {:?} was modified: it is at version {}", pair.key, pair.version),
            Self::AcquireCancelled => f.write_str("waiting for the lock was cancelled"),
            Self::LockLost => f.write_str("another owner has the lock by now"),
            Self::Unfit(_) => f.write_str("the value does not fit"),
            Self::Store(_) => f.write_str("the store failed"),
        }
    }
}

impl std::error::Error for CoordinationError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unfit(error) => Some(&**error),
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}
