//! One put with this library, to the endpoint given.

#[path = "../../client.rs"]
mod client;

use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Session))]
pub struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{user_id}", sk = "SESSION#{id}")]
pub struct Session {
    pub user_id: String,
    pub id: String,
    pub hits: u64,
    pub active: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let shop = Shop::connect(&client::client(), "shop");
    let session = Session { user_id: "ada".into(), id: "s1".into(), hits: 1, active: true };
    shop.put(&session).await.unwrap();
}
