//! The SDK's own serializers and deserializers, called by themselves.

use aws_sdk_dynamodb::operation::get_item::{GetItem, GetItemOutput};
use aws_sdk_dynamodb::operation::put_item::{PutItem, PutItemInput};
use aws_sdk_dynamodb::operation::query::{Query, QueryOutput};
use aws_sdk_dynamodb::operation::update_item::{UpdateItem, UpdateItemInput};
use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{
    DeserializeResponse, SerializeRequest, SharedRequestSerializer, SharedResponseDeserializer,
};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};
use std::cell::RefCell;
use std::collections::HashMap;

/// An item as the SDK has it.
pub type Item = HashMap<String, AttributeValue>;

/// A table's name, which stands in every request.
pub const TABLE: &str = "shop-prod";

/// What the SDK holds for the operations.
#[derive(Debug)]
pub struct Sdk {
    put: FrozenLayer,
    get: FrozenLayer,
    query: FrozenLayer,
    update: FrozenLayer,
    config: RefCell<ConfigBag>,
}

impl Default for Sdk {
    fn default() -> Self {
        Self {
            put: PutItem::new().config().unwrap(),
            get: GetItem::new().config().unwrap(),
            query: Query::new().config().unwrap(),
            update: UpdateItem::new().config().unwrap(),
            config: RefCell::new(ConfigBag::base()),
        }
    }
}

impl Sdk {
    /// The request of a PutItem.
    pub fn put(&self, item: Item) -> HttpRequest {
        let input = PutItemInput::builder().table_name(TABLE).set_item(Some(item)).build().unwrap();
        self.request(&self.put, Input::erase(input))
    }

    /// The request of an UpdateItem.
    pub fn update(&self, input: UpdateItemInput) -> HttpRequest {
        self.request(&self.update, Input::erase(input))
    }

    fn request(&self, operation: &FrozenLayer, input: Input) -> HttpRequest {
        let serializer = operation.load::<SharedRequestSerializer>().unwrap();
        serializer.serialize_input(input, &mut self.config.borrow_mut()).unwrap()
    }

    /// The item in the answer of a GetItem.
    pub fn item(&self, response: &HttpResponse) -> Item {
        let deserializer = self.get.load::<SharedResponseDeserializer>().unwrap();
        let output = deserializer.deserialize_nonstreaming_with_config(response, &self.config.borrow()).unwrap();
        output.downcast::<GetItemOutput>().unwrap().item.unwrap()
    }

    /// The items in the answer of a Query.
    pub fn items(&self, response: &HttpResponse) -> Vec<Item> {
        let deserializer = self.query.load::<SharedResponseDeserializer>().unwrap();
        let output = deserializer.deserialize_nonstreaming_with_config(response, &self.config.borrow()).unwrap();
        output.downcast::<QueryOutput>().unwrap().items.unwrap()
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
