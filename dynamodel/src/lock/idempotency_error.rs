//! Why a handler gave no answer.

use crate::error::Error;
use std::error::Error as StdError;
use std::fmt;

/// Why a handler gave no answer.
#[derive(Debug)]
pub enum IdempotencyError<X> {
    /// The handler's own error.
    Handler(X),
    /// The key could not be taken, or the answer not be kept.
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
            Self::Handler(_) => f.write_str("the handler failed, and nothing of it is kept"),
            Self::Store(_) => f.write_str("the idempotency key could not be taken, or the answer not be kept"),
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
