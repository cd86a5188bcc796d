//! A leaf of a pattern: alternatives, of which one must match.

use crate::error::{Error, ErrorKind};
use crate::wire;
use std::fmt::Write as _;

/// The longest pattern that AWS accepts, in characters.
pub(super) const LONGEST: usize = 4096;

/// More values than this are longer than any pattern: each has at least three characters, `"",`.
const MOST: usize = LONGEST / 3;

/// The values that a leaf accepts: an event matches if it has one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Alternatives {
    /// Values, as JSON.
    pub(super) values: Vec<String>,
    /// Prefixes of text.
    pub(super) prefixes: Vec<String>,
    /// Any value but these, as JSON.
    pub(super) not: Option<Vec<String>>,
    /// `Some(true)` accepts any value, `Some(false)` an absent one.
    pub(super) exists: Option<bool>,
}

impl Alternatives {
    pub(super) fn value(json: String) -> Self {
        Self { values: vec![json], ..Self::default() }
    }

    pub(super) fn text(text: &str) -> Self {
        Self::value(quoted(text))
    }

    pub(super) fn prefix(text: &str) -> Self {
        Self { prefixes: vec![text.to_owned()], ..Self::default() }
    }

    pub(super) fn absent() -> Self {
        Self { exists: Some(false), ..Self::default() }
    }

    pub(super) fn present() -> Self {
        Self { exists: Some(true), ..Self::default() }
    }

    /// Any other value, or none: DynamoDB's `<>` holds for absent attributes.
    pub(super) fn other_than(values: Vec<String>) -> Self {
        Self { not: Some(values), exists: Some(false), ..Self::default() }
    }

    /// This or the other; `None` if they cannot be one list, or one that is too long for a pattern.
    pub(super) fn or(&self, other: &Self) -> Option<Self> {
        if self.values.len() + other.values.len() > MOST {
            return None;
        }
        if self.not.is_some() || other.not.is_some() {
            return (self == other).then(|| self.clone());
        }
        let mut out = self.clone();
        for (own, more) in [(&mut out.values, &other.values), (&mut out.prefixes, &other.prefixes)] {
            own.extend(more.iter().filter(|value| !own.contains(value)).cloned().collect::<Vec<_>>());
        }
        out.exists = match (self.exists, other.exists) {
            (Some(a), Some(b)) if a != b => return None,
            (a, b) => a.or(b),
        };
        Some(out)
    }

    /// This and the other; `None` if that cannot be expressed. Empty if nothing matches both.
    pub(super) fn and(&self, other: &Self) -> Option<Self> {
        if self == other {
            return Some(self.clone());
        }
        let (listed, by) = if self.is_list() { (self, other) } else { (other, self) };
        if !listed.is_list() {
            return None;
        }
        let values = listed.values.iter().filter(|value| by.matches(value)).cloned().collect();
        Some(Self { values, ..Self::default() })
    }

    /// Whether it is a list of values, and nothing else.
    fn is_list(&self) -> bool {
        self.prefixes.is_empty() && self.not.is_none() && self.exists.is_none()
    }

    /// Whether nothing matches.
    pub(super) fn is_empty(&self) -> bool {
        self.is_list() && self.values.is_empty()
    }

    fn matches(&self, json: &str) -> bool {
        let begins = |prefix: &String| quoted(prefix).strip_suffix('"').is_some_and(|prefix| json.starts_with(prefix));
        self.exists == Some(true)
            || self.values.iter().any(|value| value == json)
            || self.prefixes.iter().any(begins)
            || self.not.as_ref().is_some_and(|not| !not.iter().any(|value| value == json))
    }

    /// `["a",{"prefix":"b"}]`
    pub(super) fn write(&self, out: &mut String) {
        let mut parts = self.values.clone();
        parts.extend(self.prefixes.iter().map(|prefix| format!("{{\"prefix\":{}}}", quoted(prefix))));
        parts.extend(self.not.iter().map(|not| format!("{{\"anything-but\":[{}]}}", not.join(","))));
        parts.extend(self.exists.iter().map(|exists| format!("{{\"exists\":{exists}}}")));
        // Writing into text cannot fail.
        let _ = write!(out, "[{}]", parts.join(","));
    }
}

/// The error of a pattern that is too long for AWS.
pub(super) fn too_long() -> Error {
    let message = format!("the pattern has over {LONGEST} characters, and AWS accepts no more: filter by fewer values");
    Error::new(ErrorKind::NotExpressible, message)
}

/// Text as a JSON string.
pub(super) fn quoted(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len() + 2);
    wire::write_string(&mut out, text);
    String::from_utf8_lossy(&out).into_owned()
}
