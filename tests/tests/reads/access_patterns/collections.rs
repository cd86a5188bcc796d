//! Several entities of one partition: as an enum, and as a struct.

use dynamodel::op::OrUnknown;
use dynamodel::sdk::types::AttributeValue;
use dynamodel::{Client, Clock, Collection, Entity, ErrorKind, Expiry, Table};
use dynamodel_tests::{both, clock};
use serde::{Deserialize, Serialize};
use std::time::Duration;

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", entities(Cart, CartLine, Note, Invoice))]
pub struct Shop;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "CART#{id}", sk = "CART", query = of_cart)]
pub struct Cart {
    id: String,
    owner: String,
    #[dynamo(ttl)]
    expires_at: Option<Expiry>,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "CART#{id}", sk = "CARTLINE#{number:04}", query = of_cart)]
pub struct CartLine {
    id: String,
    number: u16,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "CART#{id}", sk = "CARTNOTE#{name}", query = of_cart)]
pub struct Note {
    id: String,
    name: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "CART#{id}", sk = "INVOICE", query = of_cart, name = "invoice")]
pub struct Invoice {
    id: String,
}

#[derive(Collection, Debug, PartialEq)]
#[dynamo(of = Shop)]
pub struct CartView {
    cart: Cart,
    lines: Vec<CartLine>,
    note: Option<Note>,
}

/// Its keys begin alike with nothing, so that all items of the partition are read.
#[derive(Collection, Debug, PartialEq)]
#[dynamo(of = Shop, ignore(Note, CartLine))]
pub struct Paid {
    cart: Cart,
    invoice: Invoice,
}

fn cart(id: &str) -> Cart {
    Cart { id: id.into(), owner: "ada".into(), expires_at: None }
}

async fn fill(shop: &Client<Shop>, id: &str) {
    shop.create(&cart(id)).await.unwrap();
    for number in [10, 2] {
        shop.create(&CartLine { id: id.into(), number }).await.unwrap();
    }
    shop.create(&Invoice { id: id.into() }).await.unwrap();
}

async fn put_raw(shop: &Client<Shop>, sk: &str, kind: Option<&str>) {
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let put = shop.sdk().put_item().table_name(shop.table_name()).item("PK", text("CART#c1")).item("SK", text(sk));
    let put = put.item("id", text("c1")).item("name", text("n"));
    let put = kind.into_iter().fold(put, |put, kind| put.item("_type", text(kind)));
    put.send().await.unwrap();
}

#[tokio::test]
async fn a_partition_is_read_as_what_lies_in_it() {
    for shop in both::<Shop>(&clock()).await {
        fill(&shop, "c1").await;
        let items: Vec<ShopItem> = shop.query(Shop::partition(CartLine::of_cart("c1"))).collect().await.unwrap();
        let said: Vec<String> = items
            .iter()
            .map(|item| match item {
                ShopItem::Cart(cart) => cart.owner.clone(),
                ShopItem::CartLine(line) => line.number.to_string(),
                ShopItem::Note(note) => note.name.clone(),
                ShopItem::Invoice(_) => "invoice".into(),
            })
            .collect();
        assert_eq!(said, ["ada", "2", "10", "invoice"]);
        assert_eq!(items[0].clone(), ShopItem::from(cart("c1")));
        let narrowed = Shop::partition(CartLine::of_cart("c1").number_from(5));
        assert_eq!(shop.query(narrowed).count().await.unwrap(), 4, "a partition is whole");
    }
}

#[tokio::test]
async fn strangers_in_a_partition_are_an_error_or_kept() {
    for shop in both::<Shop>(&clock()).await {
        fill(&shop, "c1").await;
        put_raw(&shop, "CARTNOTE#n", None).await;
        let all = || shop.query(Shop::partition(Cart::of_cart("c1")));
        let items = all().collect().await.unwrap();
        assert!(matches!(&items[3], ShopItem::Note(note) if note.name == "n"), "known by its key: {items:?}");
        put_raw(&shop, "ZEBRA#1", Some("Zebra")).await;
        let error = all().collect().await.unwrap_err();
        assert_eq!((error.kind(), error.key()), (ErrorKind::WrongEntity, Some("CART#c1 / ZEBRA#1")));
        let items = all().keep_unknown().collect().await.unwrap();
        assert!(matches!(&items[5], OrUnknown::Unknown(raw) if raw.type_name() == Some("Zebra")));
        assert!(matches!(&items[0], OrUnknown::Known(ShopItem::Cart(_))));
    }
}

#[tokio::test]
async fn a_struct_takes_one_or_none_or_many() {
    for shop in both::<Shop>(&clock()).await {
        let view = || shop.query(CartView::of(Cart::of_cart("c1"))).assemble();
        assert_eq!(view().await.unwrap(), None);
        fill(&shop, "c1").await;
        let lines = [2, 10].map(|number| CartLine { id: "c1".into(), number });
        let expected = CartView { cart: cart("c1"), lines: lines.into(), note: None };
        assert_eq!(view().await.unwrap(), Some(expected));
        shop.create(&Note { id: "c1".into(), name: "a".into() }).await.unwrap();
        assert_eq!(view().await.unwrap().unwrap().note.unwrap().name, "a");
        shop.create(&Note { id: "c1".into(), name: "b".into() }).await.unwrap();
        let error = view().await.unwrap_err();
        assert_eq!((error.kind(), error.entity()), (ErrorKind::CollectionMismatch, Some("CartView")));
        assert!(error.to_string().contains("2 items of `Note` for the field `note`"), "{error}");
        let query = shop.query(CartView::of(CartLine::of_cart("c1"))).consistent();
        assert_eq!(query.limit(1).assemble().await.unwrap_err().kind(), ErrorKind::InvalidRequest);
        let paid = shop.query(Paid::of(Invoice::of_cart("c1"))).assemble().await.unwrap().unwrap();
        assert_eq!(paid, Paid { cart: cart("c1"), invoice: Invoice { id: "c1".into() } });
    }
}

#[tokio::test]
async fn a_struct_without_what_it_needs_is_an_error() {
    let clock = clock();
    for shop in both::<Shop>(&clock).await {
        let soon = Expiry::at(clock.now() + Duration::from_secs(60)).unwrap();
        shop.create(&Cart { expires_at: Some(soon), ..cart("c1") }).await.unwrap();
        shop.create(&CartLine { id: "c1".into(), number: 1 }).await.unwrap();
        let view = || shop.query(CartView::of(Cart::of_cart("c1"))).assemble();
        assert!(view().await.unwrap().is_some());
        clock.advance(Duration::from_secs(61));
        let error = view().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::CollectionMismatch);
        assert!(error.to_string().contains("0 items of `Cart` for the field `cart`"), "{error}");
        put_raw(&shop, "CARTZ", Some("Zebra")).await;
        assert_eq!(view().await.unwrap_err().kind(), ErrorKind::WrongEntity);
    }
}

#[tokio::test]
async fn only_keys_that_begin_as_all_members_do_are_read() {
    let shop = both::<Shop>(&clock()).await.into_iter().next().unwrap();
    fill(&shop, "c1").await;
    let pages = shop.query(CartView::of(Cart::of_cart("c1")));
    assert_eq!(pages.count().await.unwrap(), 3, "and not the invoice");
}
