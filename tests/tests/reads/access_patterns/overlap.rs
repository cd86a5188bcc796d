//! Other entities between those of an access pattern: left out by the server where the pattern says `mixed`.

use dynamodel::{Entity, Table};
use dynamodel_tests::{both, clock};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", gsi(Gsi1, pk = "GSI1PK", sk = "GSI1SK"), entities(Order, Line, Apart))]
struct Shop;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "USER#{user}", sk = "ORDER#{number:03}", query = of_user, mixed)]
#[dynamo(index(on = Gsi1, pk = "DAY#{day}", sk = "{user}", mixed))]
struct Order {
    user: String,
    number: u16,
    day: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "USER#{user}", sk = "ORDER#{number:03}#LINE#{place:02}", query = of_user, mixed)]
#[dynamo(index(on = Gsi1, pk = "DAY#{day}", sk = "{user}#{place:02}", mixed))]
struct Line {
    user: String,
    number: u16,
    place: u8,
    day: String,
}

/// Its partitions are none of theirs, so it may have the same sort keys.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "APART#{user}", sk = "ORDER#{number:03}", query = of_user)]
#[dynamo(index(on = Gsi1, pk = "WEEK#{week}", sk = "{user}"))]
struct Apart {
    user: String,
    number: u16,
    week: String,
}

#[tokio::test]
async fn the_server_leaves_others_out() {
    for shop in both::<Shop>(&clock()).await {
        for number in 1..=3 {
            shop.create(&Order { user: "u".into(), number, day: "d".into() }).await.unwrap();
            for place in 1..=2 {
                shop.create(&Line { user: "u".into(), number, place, day: "d".into() }).await.unwrap();
            }
        }
        let orders = shop.query(Order::of_user("u")).collect().await.unwrap();
        assert_eq!(orders.iter().map(|order| order.number).collect::<Vec<_>>(), [1, 2, 3]);
        let page = shop.query(Order::of_user("u").number_from(2)).limit(2).await.unwrap();
        assert_eq!(page.items.len(), 2);
        let lines = shop.query(Line::of_user("u").number(2)).collect().await.unwrap();
        assert_eq!(lines.iter().map(|line| (line.number, line.place)).collect::<Vec<_>>(), [(2, 1), (2, 2)]);
        assert_eq!(shop.query(Order::on("d").user("u")).count().await.unwrap(), 3);
        assert_eq!(shop.query(Line::on("d").user("u").place(2)).count().await.unwrap(), 3);
        shop.create(&Apart { user: "u".into(), number: 1, week: "d".into() }).await.unwrap();
        assert_eq!(shop.query(Apart::on("d")).count().await.unwrap(), 1);
    }
}
