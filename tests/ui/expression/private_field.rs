use dynamodel::op::Update;
use shop::User;

mod shop {
    use dynamodel::{Entity, Table};
    use serde::{Deserialize, Serialize};

    #[derive(Table)]
    #[dynamo(pk = "PK", sk = "SK", entities(User))]
    pub struct Shop;

    #[derive(Entity, Serialize, Deserialize)]
    #[dynamo(table = Shop, pk = "USER#{id}", sk = "USER")]
    pub struct User {
        pub id: String,
        hits: u64,
    }
}

fn main() {
    let _ = Update::new(User::key("ada")).set(|u| u.hits, 1);
}
