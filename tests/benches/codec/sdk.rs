//! The SDK's own serializer and deserializers, called by themselves.

use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{
    DeserializeResponse, SerializeRequest, SharedRequestSerializer, SharedResponseDeserializer,
};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};
use dynamodel::sdk::operation::get_item::{GetItem, GetItemOutput};
use dynamodel::sdk::operation::put_item::{PutItem, PutItemInput};
use dynamodel::sdk::operation::query::{Query, QueryOutput};
use dynamodel::sdk::types::AttributeValue;
use std::collections::HashMap;

/// An item as the SDK has it.
pub type Item = HashMap<String, AttributeValue>;

/// What the SDK holds for the operations.
#[derive(Debug)]
pub struct Sdk {
    put: FrozenLayer,
    get: FrozenLayer,
    query: FrozenLayer,
    config: ConfigBag,
}

impl Sdk {
    pub fn new() -> Self {
        Self {
            put: PutItem::new().config().unwrap(),
            get: GetItem::new().config().unwrap(),
            query: Query::new().config().unwrap(),
            config: ConfigBag::base(),
        }
    }

    /// The request of a PutItem.
    pub fn put(&mut self, table: &str, item: Item) -> HttpRequest {
        let input = PutItemInput::builder().table_name(table).set_item(Some(item)).build().unwrap();
        let serializer = self.put.load::<SharedRequestSerializer>().unwrap();
        serializer.serialize_input(Input::erase(input), &mut self.config).unwrap()
    }

    /// What a GetItem answered.
    pub fn get(&self, response: &HttpResponse) -> GetItemOutput {
        let deserializer = self.get.load::<SharedResponseDeserializer>().unwrap();
        deserializer.deserialize_nonstreaming_with_config(response, &self.config).unwrap().downcast().unwrap()
    }

    /// What a Query answered.
    pub fn query(&self, response: &HttpResponse) -> QueryOutput {
        let deserializer = self.query.load::<SharedResponseDeserializer>().unwrap();
        deserializer.deserialize_nonstreaming_with_config(response, &self.config).unwrap().downcast().unwrap()
    }
}

/// A successful answer with this body.
pub fn response(body: &[u8]) -> HttpResponse {
    let response = http::Response::builder()
        .status(200)
        .header("content-type", "application/x-amz-json-1.0")
        .body(SdkBody::from(body))
        .unwrap();
    response.try_into().unwrap()
}
