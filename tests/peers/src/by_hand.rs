//! Between Rust's types and `AttributeValue`, as one writes it for the SDK alone.

use crate::sdk::Item;
use aws_sdk_dynamodb::types::AttributeValue;
use std::str::FromStr;

pub fn s(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

pub fn n(number: impl ToString) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

pub fn b(truth: bool) -> AttributeValue {
    AttributeValue::Bool(truth)
}

/// Takes attributes out of an item, without copying their text. `None` where one is missing, or is something else.
pub struct Taker(pub Item);

impl Taker {
    pub fn any(&mut self, name: &str) -> Option<AttributeValue> {
        self.0.remove(name)
    }

    pub fn s(&mut self, name: &str) -> Option<String> {
        match self.any(name)? {
            AttributeValue::S(text) => Some(text),
            _ => None,
        }
    }

    pub fn n<N: FromStr>(&mut self, name: &str) -> Option<N> {
        match self.any(name)? {
            AttributeValue::N(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    pub fn b(&mut self, name: &str) -> Option<bool> {
        match self.any(name)? {
            AttributeValue::Bool(truth) => Some(truth),
            _ => None,
        }
    }
}
