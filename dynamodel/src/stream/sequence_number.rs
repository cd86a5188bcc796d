//! Sequence numbers: text of up to 40 digits, in the order of the numbers.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// A record's position in its stream. Ordered as DynamoDB counts; numbers of different shards are not comparable
/// unless the records are of one item.
///
/// # Examples
/// ```
/// use dynamodel::stream::SequenceNumber;
///
/// let (early, late) = (SequenceNumber::from("999"), SequenceNumber::from("1405400000000002063282832"));
/// assert!(early < late); // as text it would be the other way round
/// assert_eq!(late.as_str(), "1405400000000002063282832");
/// ```
#[derive(Clone, Default)]
pub struct SequenceNumber(String);

impl SequenceNumber {
    /// The digits, as DynamoDB wrote them; empty if the record has none.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the record has none.
    pub fn is_missing(&self) -> bool {
        self.0.is_empty()
    }

    /// Shorter numbers are smaller, without leading zeros.
    fn magnitude(&self) -> (usize, &str) {
        let digits = self.0.trim_start_matches('0');
        (digits.len(), digits)
    }
}

impl From<&str> for SequenceNumber {
    fn from(digits: &str) -> Self {
        Self(digits.to_owned())
    }
}

impl From<String> for SequenceNumber {
    fn from(digits: String) -> Self {
        Self(digits)
    }
}

impl Ord for SequenceNumber {
    fn cmp(&self, other: &Self) -> Ordering {
        self.magnitude().cmp(&other.magnitude())
    }
}

impl PartialOrd for SequenceNumber {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for SequenceNumber {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for SequenceNumber {}

impl Hash for SequenceNumber {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.magnitude().hash(state);
    }
}

impl fmt::Display for SequenceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_missing() { "none" } else { &self.0 })
    }
}

impl fmt::Debug for SequenceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
