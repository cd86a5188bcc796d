//! The three limits of a read, which other libraries call by one name.

/// How much a read may return, look at, and ask.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Limits {
    /// Items returned.
    pub(crate) returned: Option<u32>,
    /// Items evaluated, those that are filtered out included.
    pub(crate) evaluated: Option<u64>,
    /// Requests made.
    pub(crate) requests: Option<u32>,
}

/// The fewest items that a request evaluates while a filter leaves out more than it keeps.
const STEP: u64 = 64;

impl Limits {
    /// What is left after a page.
    pub(crate) fn after(mut self, returned: usize, evaluated: u64, requests: u32) -> Self {
        let returned = u32::try_from(returned).unwrap_or(u32::MAX);
        self.returned = self.returned.map(|left| left.saturating_sub(returned));
        self.evaluated = self.evaluated.map(|left| left.saturating_sub(evaluated));
        self.requests = self.requests.map(|left| left.saturating_sub(requests));
        self
    }

    /// Whether nothing may be read any more.
    pub(crate) fn is_reached(&self) -> bool {
        self.returned == Some(0) || self.evaluated == Some(0) || self.requests == Some(0)
    }

    /// How many items the next request evaluates: what is missing where each is returned; where a filter leaves some
    /// out, more from request to request, so that a rare one does not cost a request for each item.
    pub(crate) fn evaluate(&self, filtered: bool, requests: u32) -> Option<u64> {
        let missing = self.returned.map(u64::from).map(|missing| match (filtered, requests) {
            (true, 1..) => missing.max(STEP << requests.min(8)),
            _ => missing,
        });
        match (missing, self.evaluated) {
            (Some(missing), Some(left)) => Some(missing.min(left)),
            (one, other) => one.or(other),
        }
    }
}
