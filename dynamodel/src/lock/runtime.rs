//! The tokio runtime in which leases are renewed.

use crate::error::{Error, ErrorKind, Result};
use tokio::runtime::Handle;

/// The runtime of the caller.
///
/// # Errors
/// `Configuration` outside a tokio runtime.
pub(super) fn runtime() -> Result<Handle> {
    Handle::try_current().map_err(|error| {
        Error::new(ErrorKind::Configuration, "a lock needs a tokio runtime, in which its lease is renewed")
            .with_source(error)
    })
}
