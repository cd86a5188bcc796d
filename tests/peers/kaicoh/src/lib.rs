//! The benchmarks' items in the form of kaicoh's `dynamodel`: attributes, ready keys among them.

use aws_sdk_dynamodb::types::AttributeValue;
use dynamodel::Dynamodel;
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use dynamodel::ConvertError;

/// An item as the SDK has it.
pub type Item = HashMap<String, AttributeValue>;

#[derive(Dynamodel, Clone)]
pub struct Session {
    #[dynamodel(rename = "PK")]
    pub pk: String,
    #[dynamodel(rename = "SK")]
    pub sk: String,
    #[dynamodel(rename = "_type")]
    pub kind: String,
    pub user_id: String,
    pub id: String,
    pub token: String,
    pub hits: u64,
    pub active: bool,
}

#[derive(Dynamodel, Clone)]
pub struct Line {
    pub sku: String,
    pub title: String,
    pub qty: u32,
    pub unit_cents: i64,
    pub gift: bool,
}

#[derive(Dynamodel, Clone)]
pub struct Cart {
    #[dynamodel(rename = "PK")]
    pub pk: String,
    #[dynamodel(rename = "SK")]
    pub sk: String,
    #[dynamodel(rename = "_type")]
    pub kind: String,
    pub user_id: String,
    pub email: String,
    pub status: String,
    pub total_cents: i64,
    pub discount_rate: f64,
    pub is_gift: bool,
    pub lines: Vec<Line>,
    #[dynamodel(into = "into_set", try_from = "from_set")]
    pub tags: BTreeSet<String>,
    pub coupon: Option<String>,
    pub note: Option<String>,
    pub created_at: String,
    pub ttl: u64,
    pub version: u64,
}

/// An item of one large attribute.
macro_rules! one_attribute {
    ($name:ident, $(#[$attribute:meta])* $field:ident: $ty:ty) => {
        #[derive(Dynamodel, Clone)]
        pub struct $name {
            #[dynamodel(rename = "PK")]
            pub pk: String,
            #[dynamodel(rename = "SK")]
            pub sk: String,
            #[dynamodel(rename = "_type")]
            pub kind: String,
            pub id: String,
            $(#[$attribute])*
            pub $field: $ty,
        }
    };
}

one_attribute!(Wide, #[dynamodel(into = "into_map", try_from = "from_map")] counters: BTreeMap<String, i64>);
one_attribute!(Plain, body: String);
one_attribute!(Escapes, body: String);
one_attribute!(Floats, values: Vec<f64>);

fn into_set(tags: BTreeSet<String>) -> AttributeValue {
    AttributeValue::Ss(tags.into_iter().collect())
}

fn from_set(value: &AttributeValue) -> Result<BTreeSet<String>, ConvertError> {
    match value.as_ss() {
        Ok(tags) => Ok(tags.iter().cloned().collect()),
        Err(value) => Err(ConvertError::AttributeValueUnmatched("SS".to_owned(), value.clone())),
    }
}

fn into_map(counters: BTreeMap<String, i64>) -> AttributeValue {
    AttributeValue::M(counters.into_iter().map(|(name, count)| (name, AttributeValue::N(count.to_string()))).collect())
}

fn from_map(value: &AttributeValue) -> Result<BTreeMap<String, i64>, ConvertError> {
    let unmatched =
        |wanted: &str, value: &AttributeValue| ConvertError::AttributeValueUnmatched(wanted.to_owned(), value.clone());
    let counters = value.as_m().map_err(|value| unmatched("M", value))?;
    let count = |(name, count): (&String, &AttributeValue)| {
        let digits = count.as_n().map_err(|value| unmatched("N", value))?;
        Ok((name.clone(), digits.parse()?))
    };
    counters.iter().map(count).collect()
}
