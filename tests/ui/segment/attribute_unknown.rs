use dynamodel::KeySegment;
use serde::{Deserialize, Serialize};

#[derive(KeySegment, Serialize, Deserialize)]
#[dynamo(rename = "id")]
struct UserId(String);

fn main() {}
