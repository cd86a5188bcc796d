// The table and the entity of this crate's examples.
#[allow(unused_imports)]
use dynamodel::{Entity, Expiry, Key, Table};
use std::collections::BTreeMap;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
#[dynamo(entities(Session))]
pub struct Shop;

#[derive(Entity, serde::Serialize, serde::Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "USER#{user_id}", sk = "SESSION#{session_id}", query = of_user)]
#[dynamo(index(by_token = Gsi1, pk = "TOKEN#{token}", sk = "SESSION"))]
pub struct Session {
    pub user_id: String,
    pub session_id: String,
    pub token: String,
    pub hits: u64,
    pub data: BTreeMap<String, String>,
    #[dynamo(version)]
    pub version: u64,
    #[dynamo(ttl)]
    pub expires_at: Option<Expiry>,
}

impl Session {
    #[allow(dead_code)]
    pub fn sample(user_id: &str, session_id: &str) -> Self {
        Self {
            user_id: user_id.to_owned(),
            session_id: session_id.to_owned(),
            token: format!("token-of-{session_id}"),
            hits: 0,
            data: BTreeMap::new(),
            version: 0,
            expires_at: None,
        }
    }
}
