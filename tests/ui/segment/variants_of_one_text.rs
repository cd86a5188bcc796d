use dynamodel::KeySegment;
use serde::{Deserialize, Serialize};

#[derive(KeySegment, Serialize, Deserialize)]
enum Status {
    #[serde(rename = "open")]
    Open,
    #[serde(rename = "open")]
    Reopened,
}

fn main() {}
