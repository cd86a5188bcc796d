use dynamodel::{Client, Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(User, Order))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
struct Order {
    id: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER", query = of_user, nmae = "user")]
struct User {
    id: String,
    hits: u64,
}

async fn use_it(shop: Client<Shop>, mut user: User) -> dynamodel::Result<()> {
    shop.create(&user).await?;
    shop.update(User::key("ada")).set(|u| u.hits, 1).await?;
    let _ = shop.get(User::key("ada")).await?;
    let _ = shop.query(User::of_user("ada")).collect().await?;
    shop.save(&mut user).await?;
    shop.delete(&user).await?;
    Ok(())
}

fn main() {}
