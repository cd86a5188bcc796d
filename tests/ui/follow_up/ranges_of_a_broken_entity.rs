use dynamodel::{Client, Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(Gsi1, pk = "GSI1PK", sk = "GSI1SK"), entities(Order))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{day}#{id:06}", query = of_customer, tabel = Shop)]
#[dynamo(index(on = Gsi1, pk = "DAY#{day}", sk = "ORDER#{id:06}", include(note)))]
struct Order {
    customer: String,
    day: String,
    id: u32,
    note: String,
}

async fn use_it(shop: Client<Shop>) -> dynamodel::Result<()> {
    shop.query(Order::of_customer("ada").day("2026-01-01").id_from(7)).collect().await?;
    for order in shop.query(Order::on("2026-01-01").id_between(1, 2)).await? {
        drop(order.note);
    }
    shop.query(Shop::partition(Order::of_customer("ada"))).collect().await?;
    Ok(())
}

fn main() {}
