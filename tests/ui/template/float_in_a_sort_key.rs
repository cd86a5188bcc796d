use dynamodel::{Client, Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Order))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{total}#{id:06}", query = of_customer)]
struct Order {
    customer: String,
    total: f64,
    id: u32,
}

async fn use_it(shop: Client<Shop>) -> dynamodel::Result<()> {
    shop.query(Order::of_customer("ada").total_from(7.5)).collect().await?;
    Ok(())
}

fn main() {}
