//! Why there is no output for an idempotency key.

use crate::error::Error;
use std::error::Error as StdError;
use std::fmt;

/// Why there is no output: the handler failed, or the store did.
#[derive(Debug)]
pub enum IdempotencyError<X> {
    /// The handler's own error.
    Handler(X),
    /// The key could not be acquired, or the output could not be stored.
    Store(Error),
}

impl<X> From<Error> for IdempotencyError<X> {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

impl<X> fmt::Display for IdempotencyError<X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Handler(_) => f.write_str("the handler failed, and nothing is stored of it"),
            Self::Store(_) => {
                f.write_str("the idempotency key could not be acquired, or the output could not be stored")
            }
        }
    }
}

impl<X: StdError + 'static> StdError for IdempotencyError<X> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Handler(error) => Some(error),
            Self::Store(error) => Some(error),
        }
    }
}
