// A table with a cart: nested structs, lists, sets.
#[allow(unused_imports)]
use dynamodel::{Entity, Nested, Set, Table};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
#[dynamo(entities(Cart))]
pub struct Store;

#[derive(Entity, serde::Serialize, serde::Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Store, pk = "CART#{id}", sk = "CART", query = of_id)]
#[dynamo(index(with_status = Gsi1, pk = "STATUS#{status}", sk = "{region}#{total:010}"))]
pub struct Cart {
    pub id: String,
    pub status: String,
    pub region: String,
    pub total: u64,
    #[dynamo(nested)]
    pub address: Address,
    #[dynamo(nested)]
    pub lines: Vec<Line>,
    pub notes: Vec<String>,
    #[serde(default)]
    pub tags: Set<String>,
}

#[derive(Nested, serde::Serialize, serde::Deserialize, Debug, Clone, PartialEq, Default)]
pub struct Address {
    pub street: String,
    pub city: Option<String>,
}

#[derive(Nested, serde::Serialize, serde::Deserialize, Debug, Clone, PartialEq)]
pub struct Line {
    pub sku: String,
    pub quantity: u32,
}

impl Cart {
    #[allow(dead_code)]
    pub fn sample(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            status: "open".to_owned(),
            region: "eu".to_owned(),
            total: 0,
            address: Address::default(),
            lines: vec![Line { sku: "apple".to_owned(), quantity: 3 }],
            notes: Vec::new(),
            tags: Set::new(),
        }
    }
}
