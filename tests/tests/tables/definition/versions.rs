//! One table as it was, and as it has become.

pub mod v1 {
    use dynamodel::{Entity, Table};
    use serde::{Deserialize, Serialize};

    #[derive(Table, Debug)]
    #[dynamo(pk = "PK", sk = "SK", gsi(ByDay, pk = "day", sk = "SK"), gsi(Old, pk = "old"), entities(Order))]
    pub struct Orders;

    #[derive(Entity, Serialize, Deserialize, Debug)]
    #[dynamo(table = Orders, pk = "CUSTOMER#{customer}", sk = "ORDER#{number:06}")]
    #[dynamo(index(by_day = ByDay, pk = day, sk = "ORDER#{number:06}"), index(by_old = Old, pk = old))]
    pub struct Order {
        customer: String,
        number: u32,
        day: String,
        old: String,
    }
}

pub mod v2 {
    use dynamodel::{Entity, Expiry, Table};
    use serde::{Deserialize, Serialize};

    #[derive(Table, Debug)]
    #[dynamo(
        pk = "PK",
        sk = "SK",
        gsi(ByDay, pk = "day", sk = "SK"),
        gsi(ByShop, pk = "shop"),
        lsi(ByTotal, sk = "total")
    )]
    #[dynamo(entities(Order))]
    pub struct Orders;

    #[derive(Entity, Serialize, Deserialize, Debug)]
    #[dynamo(table = Orders, pk = "CUSTOMER#{customer}", sk = "ORDER#{number:06}")]
    #[dynamo(index(by_day = ByDay, pk = day, sk = "ORDER#{number:06}", include(total, note)))]
    #[dynamo(index(of_shop = ByShop, pk = shop, keys_only), index(by_total = ByTotal, sk = total))]
    pub struct Order {
        customer: String,
        number: u32,
        day: u32,
        shop: String,
        total: u64,
        note: Option<String>,
        #[dynamo(ttl)]
        expires: Option<Expiry>,
    }
}
