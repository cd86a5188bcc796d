//! One library doing requests.

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::config::{BehaviorVersion, Region};
use aws_sdk_dynamodb::{Client, Config};

/// What is asked of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// One cart, without a condition.
    Put,
    /// One cart by its key.
    Get,
    /// Two attributes set, a condition on a third, and the item must be there.
    Update,
    /// A user's carts: a page of 100.
    Query,
    /// 25 carts in one request.
    Batch,
    /// Two carts put, one updated on a condition, one that must be there.
    Transact,
}

impl Operation {
    pub const ALL: [Self; 6] = [Self::Put, Self::Get, Self::Update, Self::Query, Self::Batch, Self::Transact];

    /// What its figures are called after.
    pub fn name(self) -> &'static str {
        match self {
            Self::Put => "put",
            Self::Get => "get",
            Self::Update => "update",
            Self::Query => "query100",
            Self::Batch => "batch25",
            Self::Transact => "transact4",
        }
    }
}

/// One library.
#[allow(async_fn_in_trait, reason = "one thread does it all")]
pub trait Side: 'static {
    const NAME: &'static str;

    /// Makes what so many calls use up.
    fn prepare(&self, _: Operation, _: u32) {}

    /// Does one.
    async fn call(&self, operation: Operation);
}

/// An SDK client as everybody has it, for an endpoint without TLS.
pub fn client(endpoint: &str) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLEEXAMPLE00", "secret", None, None, "static"))
        .endpoint_url(endpoint)
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build();
    Client::from_conf(config)
}
