//! The values of a key condition.

use crate::error::Result;
use crate::key::{KeyValue, check_limits};
use crate::schema::Position;
use crate::wire::Number;
use std::cmp::Ordering;

/// The values of a key condition.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bounds {
    /// Every partition attribute with its value.
    pub(crate) partition: Vec<(&'static str, KeyValue)>,
    /// What is asked of the sort key's attributes, in their order.
    pub(crate) sort: Vec<SortBound>,
    /// The entity type that the server is to look for, where others may lie between: attribute and value.
    pub(crate) only: Option<(&'static str, &'static str)>,
}

/// What a query asks of one sort key attribute.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SortBound {
    pub(crate) attribute: &'static str,
    pub(crate) test: SortTest,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SortTest {
    /// `=`, `<`, `<=`, `>`, `>=`
    Compare(&'static str, KeyValue),
    BeginsWith(KeyValue),
    /// Both ends included, and in their order.
    Between(KeyValue, KeyValue),
    /// No key at all: the ends are in the wrong order. DynamoDB would refuse that.
    Nothing,
}

impl Bounds {
    /// Whether no key can be covered.
    pub(crate) fn is_empty(&self) -> bool {
        self.sort.iter().any(|bound| bound.test == SortTest::Nothing)
    }

    pub(super) fn whole_partition(mut self) -> Self {
        self.sort.clear();
        self.only = None;
        self
    }

    pub(super) fn beginning(mut self, attribute: &'static str, text: &'static str) -> Self {
        if !text.is_empty() {
            self.sort.push(SortBound { attribute, test: SortTest::BeginsWith(KeyValue::from(text)) });
        }
        self
    }
}

impl SortBound {
    pub(super) fn equals(attribute: &'static str, value: KeyValue) -> Result<Self> {
        Self::checked(attribute, SortTest::Compare("=", value))
    }

    pub(super) fn begins_with(attribute: &'static str, value: KeyValue) -> Result<Self> {
        Self::checked(attribute, SortTest::BeginsWith(value))
    }

    /// Between two ends that belong to the range, as far as there are any; `None` where there is no end at all.
    pub(super) fn between(
        attribute: &'static str,
        low: Option<KeyValue>,
        high: Option<KeyValue>,
    ) -> Result<Option<Self>> {
        let test = match (low, high) {
            (Some(low), Some(high)) => match order(&low, &high) {
                Ordering::Greater => SortTest::Nothing,
                Ordering::Equal => SortTest::Compare("=", low),
                Ordering::Less => SortTest::Between(low, high),
            },
            (Some(low), None) => SortTest::Compare(">=", low),
            (None, Some(high)) => SortTest::Compare("<=", high),
            (None, None) => return Ok(None),
        };
        Self::checked(attribute, test).map(Some)
    }

    /// # Errors
    /// When a value is over DynamoDB's limits for keys.
    pub(super) fn checked(attribute: &'static str, test: SortTest) -> Result<Self> {
        let check = |value: &KeyValue| check_limits(value.size(), attribute, Position::Sort);
        match &test {
            SortTest::Compare(_, value) | SortTest::BeginsWith(value) => check(value)?,
            SortTest::Between(low, high) => check(low).and_then(|()| check(high))?,
            SortTest::Nothing => {}
        }
        Ok(Self { attribute, test })
    }
}

/// DynamoDB's order of two key values of one type.
fn order(a: &KeyValue, b: &KeyValue) -> Ordering {
    match (a, b) {
        (KeyValue::S(a), KeyValue::S(b)) => a.as_bytes().cmp(b.as_bytes()),
        (KeyValue::B(a), KeyValue::B(b)) => a.cmp(b),
        (KeyValue::N(a), KeyValue::N(b)) => match (a.parse::<Number>(), b.parse::<Number>()) {
            (Ok(a), Ok(b)) => a.cmp(&b),
            // What is not a number is refused by DynamoDB.
            _ => Ordering::Less,
        },
        _ => Ordering::Less,
    }
}
