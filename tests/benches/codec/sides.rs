//! The two sides: what is timed, as functions from value to bytes and back.

use super::sdk::{self, Sdk};
use super::shapes::Shape;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use dynamodel::__private::bench;

/// A table's name, which stands in every request.
const TABLE: &str = "shop-prod";

/// This library, between an entity and the bytes.
pub mod ours {
    use super::{Shape, TABLE, bench};

    pub fn encode<S: Shape>(entity: &S) -> impl AsRef<[u8]> {
        bench::put_body(entity, TABLE).unwrap()
    }

    pub fn decode_one<S: Shape>(body: &[u8]) -> S {
        bench::get_answer(body).unwrap().unwrap()
    }

    pub fn decode_many<S: Shape>(body: &[u8]) -> Vec<S> {
        bench::query_answer(body).unwrap()
    }
}

/// `serde_dynamo` between a row and the SDK's items, the SDK between those and the bytes.
pub struct Theirs {
    sdk: Sdk,
    one: HttpResponse,
    many: HttpResponse,
}

impl Theirs {
    /// With the answers to be decoded.
    pub fn new(one: &[u8], many: &[u8]) -> Self {
        Self { sdk: Sdk::new(), one: sdk::response(one), many: sdk::response(many) }
    }

    pub fn encode<S: Shape>(&mut self, row: &S::Row) -> HttpRequest {
        self.sdk.put(TABLE, serde_dynamo::to_item(row).unwrap())
    }

    pub fn decode_one<S: Shape>(&self) -> S::Row {
        serde_dynamo::from_item(self.sdk.get(&self.one).item.unwrap()).unwrap()
    }

    pub fn decode_many<S: Shape>(&self) -> Vec<S::Row> {
        serde_dynamo::from_items(self.sdk.query(&self.many).items.unwrap()).unwrap()
    }
}
