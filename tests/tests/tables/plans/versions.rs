//! A table and what becomes of it.

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
        pub customer: String,
        pub number: u32,
        pub day: String,
        pub shop: String,
        pub old: String,
    }

    impl Order {
        pub fn new(number: u32) -> Self {
            let text = |text: &str| text.to_owned();
            Self { customer: text("c"), number, day: text("2026-01-01"), shop: text("s"), old: text("o") }
        }
    }
}

/// Another index, a time to live, and one index less.
pub mod v2 {
    use dynamodel::{Entity, Expiry, Table};
    use serde::{Deserialize, Serialize};

    #[derive(Table, Debug)]
    #[dynamo(pk = "PK", sk = "SK", gsi(ByDay, pk = "day", sk = "SK"), gsi(ByShop, pk = "shop"), entities(Order))]
    pub struct Orders;

    #[derive(Entity, Serialize, Deserialize, Debug)]
    #[dynamo(table = Orders, pk = "CUSTOMER#{customer}", sk = "ORDER#{number:06}")]
    #[dynamo(index(by_day = ByDay, pk = day, sk = "ORDER#{number:06}"), index(of_shop = ByShop, pk = shop))]
    pub struct Order {
        pub customer: String,
        pub number: u32,
        pub day: String,
        pub shop: String,
        #[dynamo(ttl)]
        pub expires: Option<Expiry>,
    }
}

/// One of the indexes holds less.
pub mod v3 {
    use dynamodel::{Entity, Table};
    use serde::{Deserialize, Serialize};

    #[derive(Table, Debug)]
    #[dynamo(pk = "PK", sk = "SK", gsi(ByDay, pk = "day", sk = "SK"), entities(Order))]
    pub struct Orders;

    #[derive(Entity, Serialize, Deserialize, Debug)]
    #[dynamo(table = Orders, pk = "CUSTOMER#{customer}", sk = "ORDER#{number:06}")]
    #[dynamo(index(by_day = ByDay, pk = day, sk = "ORDER#{number:06}", keys_only))]
    pub struct Order {
        pub customer: String,
        pub number: u32,
        pub day: String,
    }
}

/// A key attribute has another type, in an index of another name.
pub mod v4 {
    use dynamodel::{Entity, Table};
    use serde::{Deserialize, Serialize};

    #[derive(Table, Debug)]
    #[dynamo(pk = "PK", sk = "SK", gsi(ByDayAndShop, pk = "day", sk = "shop"), entities(Order))]
    pub struct Orders;

    #[derive(Entity, Serialize, Deserialize, Debug)]
    #[dynamo(table = Orders, pk = "CUSTOMER#{customer}", sk = "ORDER#{number:06}")]
    #[dynamo(index(of_day = ByDayAndShop, pk = day, sk = shop))]
    pub struct Order {
        pub customer: String,
        pub number: u32,
        pub day: u32,
        pub shop: String,
    }
}

/// Two indexes in place of two others; one of them has the name of one of the second version's, and another key.
pub mod v5 {
    use dynamodel::{Entity, Table};
    use serde::{Deserialize, Serialize};

    #[derive(Table, Debug)]
    #[dynamo(pk = "PK", sk = "SK", gsi(ByShop, pk = "shop", sk = "day"), gsi(ByOwner, pk = "owner"), entities(Order))]
    pub struct Orders;

    #[derive(Entity, Serialize, Deserialize, Debug)]
    #[dynamo(table = Orders, pk = "CUSTOMER#{customer}", sk = "ORDER#{number:06}")]
    #[dynamo(index(of_shop = ByShop, pk = shop, sk = day), index(of_owner = ByOwner, pk = owner))]
    pub struct Order {
        pub customer: String,
        pub number: u32,
        pub day: String,
        pub shop: String,
        pub owner: Option<String>,
    }
}
