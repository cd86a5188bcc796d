//! The SDK's own serializer of an UpdateItem, called by itself.

use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{SerializeRequest, SharedRequestSerializer};
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};
use dynamodel::sdk::operation::update_item::{UpdateItem, UpdateItemInput};

/// What the SDK holds for the operation.
pub struct Sdk {
    update: FrozenLayer,
    config: ConfigBag,
}

impl Sdk {
    pub fn new() -> Self {
        Self { update: UpdateItem::new().config().unwrap(), config: ConfigBag::base() }
    }

    pub fn request(&mut self, input: UpdateItemInput) -> HttpRequest {
        let serializer = self.update.load::<SharedRequestSerializer>().unwrap();
        serializer.serialize_input(Input::erase(input), &mut self.config).unwrap()
    }

    pub fn body(&mut self, input: UpdateItemInput) -> Vec<u8> {
        self.request(input).body().bytes().unwrap().to_vec()
    }
}
