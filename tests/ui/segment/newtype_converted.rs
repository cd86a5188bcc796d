use dynamodel::KeySegment;
use serde::{Deserialize, Serialize};

#[derive(KeySegment, Serialize, Deserialize, Clone)]
#[serde(into = "String", from = "String")]
struct UserId(u64);

impl From<String> for UserId {
    fn from(_: String) -> Self {
        Self(0)
    }
}

impl From<UserId> for String {
    fn from(_: UserId) -> Self {
        String::new()
    }
}

fn main() {}
