//! DynamoDB's limits on an expression, and the errors of what is over them.

use crate::error::{Error, ErrorKind, Result};

/// DynamoDB's limits on one expression. What is over them is not rendered to its end.
pub(super) const TEXT_LIMIT: usize = 4096;
pub(super) const OPERATOR_LIMIT: usize = 300;

/// Whether a text of that length is one that DynamoDB takes.
pub(crate) fn check_text(what: &str, length: usize, remedy: &str) -> Result<()> {
    if length <= TEXT_LIMIT {
        return Ok(());
    }
    let message = format!("the {what} is over {TEXT_LIMIT} bytes long, and DynamoDB takes no more: {remedy}");
    Err(Error::new(ErrorKind::InvalidRequest, message))
}

/// The error of a text with more operators and functions than DynamoDB takes.
#[cold]
pub(super) fn too_many(what: &str) -> Error {
    let message = format!(
        "the {what} has over {OPERATOR_LIMIT} operators and functions, and DynamoDB takes no more: say less at once (several values of one attribute are one `is_in`)"
    );
    Error::new(ErrorKind::InvalidRequest, message)
}
