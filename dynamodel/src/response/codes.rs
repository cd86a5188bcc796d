//! DynamoDB's error codes, and what each means: the one list for whoever sends a request.

use crate::error::ErrorKind;

/// What an error response, or the reason of a cancelled transaction, means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A condition does not hold.
    ConditionFailed,
    /// A transaction was cancelled; its reasons say why.
    Cancelled,
    /// Another transaction was under way on the item.
    Contention,
    /// An earlier attempt of this very transaction is still under way.
    InProgress,
    /// DynamoDB asks to slow down.
    Throttled,
    /// There is no such table, stream or shard.
    NotFound,
    /// The table is being changed.
    InUse,
    /// A quota, or too many changes of tables at once. Of a change stream: too many reads.
    Limit,
    /// An iterator of a change stream's shard is too old.
    IteratorExpired,
    /// Records of a change stream were trimmed before they were read.
    Trimmed,
    /// The request is malformed, or the item does not allow it.
    Invalid,
    /// The items of one partition are over the 10 GB that a table with local indexes lets it have.
    PartitionTooLarge,
    /// DynamoDB failed; the request may have been carried out.
    Failed,
    /// The engine does not know the operation, or the table has no such setting.
    Unsupported,
    /// Anything else: no permission, for example.
    Other,
}

/// What a code means, `status` being that of the HTTP response, if there is one.
///
/// A reason of a cancelled transaction has the exception's name without its end.
pub(crate) fn classify(code: Option<&str>, status: Option<u16>) -> Meaning {
    let name = code.unwrap_or_default();
    match name.strip_suffix("Exception").unwrap_or(name) {
        "ConditionalCheckFailed" => Meaning::ConditionFailed,
        "TransactionCanceled" => Meaning::Cancelled,
        "TransactionConflict" => Meaning::Contention,
        "TransactionInProgress" => Meaning::InProgress,
        "ProvisionedThroughputExceeded"
        | "Throttling"
        | "ThrottlingError"
        | "RequestLimitExceeded"
        | "TooManyRequests" => Meaning::Throttled,
        "ResourceNotFound" | "TableNotFound" => Meaning::NotFound,
        "ResourceInUse" | "TableInUse" | "ContinuousBackupsUnavailable" => Meaning::InUse,
        "LimitExceeded" => Meaning::Limit,
        "ExpiredIterator" => Meaning::IteratorExpired,
        "TrimmedDataAccess" => Meaning::Trimmed,
        "Validation" | "ValidationError" => Meaning::Invalid,
        "ItemCollectionSizeLimitExceeded" => Meaning::PartitionTooLarge,
        "UnknownOperation" | "PolicyNotFound" => Meaning::Unsupported,
        "InternalServerError" | "InternalFailure" | "ServiceUnavailable" => Meaning::Failed,
        _ if status.is_some_and(|status| status >= 500) => Meaning::Failed,
        _ => Meaning::Other,
    }
}

impl Meaning {
    /// The kind of an error that nothing else is known of.
    pub(crate) const fn kind(self) -> ErrorKind {
        match self {
            Self::ConditionFailed => ErrorKind::ConditionFailed,
            Self::Cancelled => ErrorKind::Cancelled,
            Self::Contention => ErrorKind::Contention,
            Self::InProgress => ErrorKind::OutcomeUnknown,
            Self::Throttled => ErrorKind::Throttled,
            Self::NotFound => ErrorKind::TableNotFound,
            Self::PartitionTooLarge => ErrorKind::ItemTooLarge,
            Self::Failed => ErrorKind::Unavailable,
            Self::Trimmed => ErrorKind::RecordsTrimmed,
            Self::InUse | Self::Limit | Self::IteratorExpired | Self::Invalid | Self::Unsupported | Self::Other => {
                ErrorKind::Service
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceptions_and_reasons_of_one_name_mean_the_same() {
        for name in ["ConditionalCheckFailed", "TransactionConflict", "ProvisionedThroughputExceeded", "LimitExceeded"]
        {
            let exception = format!("{name}Exception");
            assert_eq!(classify(Some(name), None), classify(Some(&exception), Some(400)), "{name}");
            assert_ne!(classify(Some(name), None), Meaning::Other);
        }
        assert_eq!(classify(Some("ValidationError"), None), classify(Some("ValidationException"), Some(400)));
        assert_eq!(classify(Some("ThrottlingError"), None), classify(Some("ThrottlingException"), Some(400)));
    }

    #[test]
    fn refusals_of_change_streams_are_known() {
        let meaning = |code| classify(Some(code), Some(400));
        assert_eq!(meaning("ExpiredIteratorException"), Meaning::IteratorExpired);
        assert_eq!(meaning("TrimmedDataAccessException"), Meaning::Trimmed);
        assert_eq!(meaning("TrimmedDataAccessException").kind(), ErrorKind::RecordsTrimmed);
        assert_eq!(meaning("ResourceNotFoundException"), Meaning::NotFound);
        assert_eq!(meaning("LimitExceededException"), Meaning::Limit);
    }

    #[test]
    fn every_code_that_asks_to_slow_down_is_throttling() {
        for code in [
            "ProvisionedThroughputExceededException",
            "ThrottlingException",
            "ThrottlingError",
            "RequestLimitExceeded",
            "TooManyRequestsException",
        ] {
            assert_eq!(classify(Some(code), Some(400)).kind(), ErrorKind::Throttled, "{code}");
        }
    }

    #[test]
    fn a_status_of_the_500s_is_a_failure_whatever_its_code() {
        assert_eq!(classify(None, Some(503)).kind(), ErrorKind::Unavailable);
        assert_eq!(classify(Some("SomethingNew"), Some(500)).kind(), ErrorKind::Unavailable);
        assert_eq!(classify(Some("AccessDeniedException"), Some(400)).kind(), ErrorKind::Service);
    }
}
