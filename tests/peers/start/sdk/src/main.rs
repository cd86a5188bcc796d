//! One put with the SDK alone, to the endpoint given.

#[path = "../../client.rs"]
mod client;

use aws_sdk_dynamodb::types::AttributeValue::{Bool, N, S};

pub struct Session {
    pub user_id: String,
    pub id: String,
    pub hits: u64,
    pub active: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let client = client::client();
    let session = Session { user_id: "ada".into(), id: "s1".into(), hits: 1, active: true };
    client
        .put_item()
        .table_name("shop")
        .item("PK", S(format!("USER#{}", session.user_id)))
        .item("SK", S(format!("SESSION#{}", session.id)))
        .item("_type", S("Session".to_owned()))
        .item("user_id", S(session.user_id))
        .item("id", S(session.id))
        .item("hits", N(session.hits.to_string()))
        .item("active", Bool(session.active))
        .send()
        .await
        .unwrap();
}
