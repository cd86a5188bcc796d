//! Updates and conditions on the engine.

include!("../../../dynamodel/docs/cart.rs");

use dynamodel::{Codec, ErrorKind, Projection};
use dynamodel_tests::{both, clock, connect};

#[tokio::test]
async fn every_clause_does_what_it_says() {
    for store in both::<Store>(&clock()).await {
        store.create(&Cart::sample("c1")).await.unwrap();
        let key = || Cart::key("c1");
        let cart = store
            .update(key())
            .set(|c| c.address.city, "Delft")
            .set(|c| c.lines.index(0).quantity, 5)
            .append(|c| c.notes, ["b"])
            .insert(|c| c.tags, ["new", "gift"])
            .returning_new()
            .await
            .unwrap();
        assert_eq!(cart.address.city.as_deref(), Some("Delft"));
        assert_eq!(cart.lines[0].quantity, 5);
        assert_eq!(cart.notes, ["b"]);
        assert_eq!(cart.tags, Set::from(["gift".to_owned(), "new".to_owned()]));

        let cart = store
            .update(key())
            .prepend(|c| c.notes, ["a"])
            .set_to(|c| c.lines.index(0).quantity, |c| c.lines.index(0).quantity.minus(2))
            .remove(|c| c.address.city)
            .delete(|c| c.tags, ["gift", "new"])
            .returning_new()
            .await
            .unwrap();
        assert_eq!(cart.notes, ["a", "b"]);
        assert_eq!((cart.lines[0].quantity, cart.address.city), (3, None));
        assert!(cart.tags.is_empty(), "a set that loses its last element reads as empty");

        let old = store.update(key()).set(|c| c.lines.index(0).sku, "pear").returning_old().await.unwrap();
        assert_eq!(old.lines[0].sku, "apple");
        let whole = Address { street: "Kade 1".into(), city: None };
        let cart = store.update(key()).set(|c| c.address.whole(), &whole).returning_new().await.unwrap();
        assert_eq!((cart.address, cart.lines[0].sku.as_str()), (whole, "pear"));
        let cart =
            store.update(key()).set(|c| c.tags, Set::new()).set(|c| c.notes, Vec::new()).returning_new().await.unwrap();
        assert!(cart.tags.is_empty() && cart.notes.is_empty());
    }
}

#[tokio::test]
async fn fields_that_share_an_index_key_move_together_and_others_alone() {
    for store in both::<Store>(&clock()).await {
        store.create(&Cart::sample("c1")).await.unwrap();
        store.update(Cart::key("c1")).set(|c| c.status, "paid").await.unwrap();
        assert_eq!(store.query(Cart::with_status("open")).first().await.unwrap(), None);
        let paid = store.query(Cart::with_status("paid")).first().await.unwrap().unwrap();
        assert_eq!(paid.status, "paid");

        let moved = CartGsi1Key { total: 250, ..(&paid).into() };
        store.update(&paid).set_key(moved).await.unwrap();
        let cart = store.get(Cart::key("c1")).into_sdk().unwrap().send().await.unwrap().item.unwrap();
        assert_eq!(cart["GSI1SK"].as_s().unwrap(), "eu#0000000250");
        assert_eq!(cart["GSI1PK"].as_s().unwrap(), "STATUS#paid");
        let wide = store.update(&paid).set_key(CartGsi1Key { region: "eu".into(), total: 10_000_000_000 });
        assert_eq!(wide.await.unwrap_err().kind(), ErrorKind::InvalidKey);
    }
}

#[tokio::test]
async fn two_clauses_about_one_place_are_refused_with_both_places() {
    let store = connect::<Store>(&clock(), Codec::Wire).await;
    let error = store.update(Cart::key("c")).set(|c| c.notes, Vec::new()).append(|c| c.notes, ["x"]).await.unwrap_err();
    assert_eq!((error.kind(), error.attribute(), error.attempts()), (ErrorKind::InvalidRequest, Some("notes"), 0));
    assert!(error.to_string().contains("clauses 1 and 2"), "{error}");
    let inside =
        store.update(Cart::key("c")).set(|c| c.address.whole(), Address::default()).set(|c| c.address.street, "x");
    assert!(inside.await.unwrap_err().to_string().contains("clauses 1 and 2"));
}

#[tokio::test]
async fn conditions_hold_or_refuse_with_the_item() {
    for store in both::<Store>(&clock()).await {
        store.create(&Cart::sample("c1")).await.unwrap();
        let c = Cart::fields();
        let lines = c.lines.whole();
        let holds = [
            c.status.eq("open") & c.total.lt(1) & c.total.between(0, 5),
            c.status.is_in(["paid", "open"]),
            c.address.city.not_exists() & c.address.street.exists(),
            c.status.begins_with("op") & c.status.contains_text("pe"),
            !c.notes.contains("x") & lines.size().eq(1) & c.status.size().gt(3),
            c.lines.index(0).sku.eq("apple") & c.lines.index(1).sku.not_exists(),
            c.status.has_type(dynamodel::fields::AttributeType::S) & c.status.ne_path(c.region),
            c.total.ge(5) | c.total.le(0),
            !(c.total.gt(0) | c.status.ne("open")),
        ];
        for condition in holds {
            let text = condition.to_string();
            let update = store.update(Cart::key("c1")).set(|c| c.address.street, "x").condition(|_| condition.clone());
            assert!(update.await.is_ok(), "{text}");
            let refused = store.update(Cart::key("c1")).set(|c| c.address.street, "y").condition(|_| !condition);
            let refused = refused.await.unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::ConditionFailed, "{text}");
            assert_eq!(refused.current::<Cart>().unwrap().address.street, "x");
        }
        let nobody = store.delete(Cart::key("c1")).condition(|c| c.status.is_in(Vec::<String>::new()));
        assert_eq!(nobody.await.unwrap_err().kind(), ErrorKind::ConditionFailed, "an empty IN is false");
        let put = store.put(&Cart::sample("c1")).condition(|c| c.status.eq("paid")).await.unwrap_err();
        assert_eq!(put.kind(), ErrorKind::ConditionFailed);
        let many = store.delete(Cart::key("c1")).condition(|c| c.total.is_in(0..101));
        assert_eq!(many.await.unwrap_err().kind(), ErrorKind::InvalidRequest);
        store.delete(Cart::key("c1")).condition(|c| c.total.is_in(0..100)).await.unwrap();
    }
}

#[derive(Projection, serde::Deserialize, Debug, PartialEq)]
#[dynamo(of = Cart)]
struct Head {
    id: String,
    total: u64,
    #[serde(default)]
    tags: Set<String>,
    address: Address,
}

#[tokio::test]
async fn a_part_is_read_by_itself() {
    for store in both::<Store>(&clock()).await {
        store.create(&Cart::sample("c1")).await.unwrap();
        let head = store.get(Cart::key("c1")).part::<Head>().await.unwrap().unwrap();
        assert_eq!((head.id.as_str(), head.total), ("c1", 0));
        let request = store.get(Cart::key("c1")).part::<Head>().explain().unwrap().body;
        assert!(request.contains(r##""ProjectionExpression":"#id, #total, #tags, #address""##), "{request}");
        assert_eq!(store.query(Cart::of_id("c1")).part::<Head>().collect().await.unwrap(), [head]);
        let new: Head =
            store.update(Cart::key("c1")).set(|c| c.address.street, "q").returning_new_part().await.unwrap();
        assert_eq!(new.address.street, "q");
    }
}

#[test]
fn conditions_read_as_they_were_written() {
    let c = Cart::fields();
    let condition =
        (c.total.gt(5) | c.status.eq("open")) & !(c.notes.size().le(2) & c.tags.has("x")) & c.total.is_in([1, 2]);
    let shown = "(total > ? OR status = ?) AND NOT (size(notes) <= ? AND contains(tags, ?)) AND total IN (?, ?)";
    assert_eq!(condition.to_string(), shown);
    assert_eq!(format!("{condition:#?}"), format!("Condition({shown})"));
    let open =
        r#"(total > 5 OR status = "open") AND NOT (size(notes) <= 2 AND contains(tags, "x")) AND total IN (1, 2)"#;
    assert_eq!(format!("{condition:#}"), open);
    assert_eq!(format!("{:#}", c.lines.index(3).sku.eq("a")), r#"lines[3].sku = "a""#);
    assert_eq!(c.total.between(5, 1).to_string(), "total IN ()", "nothing lies between swapped ends");
}

mod cents {
    //! Money as whole cents: a codec of its own.
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's own signature")]
    pub fn serialize<S: Serializer>(value: &super::Money, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(value.0)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<super::Money, D::Error> {
        i64::deserialize(deserializer).map(super::Money)
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Money(i64);

#[derive(Table)]
#[dynamo(pk = "id", entities(Account))]
struct Bank;

#[derive(Entity, serde::Serialize, serde::Deserialize, Debug, PartialEq)]
#[dynamo(table = Bank, pk = id)]
struct Account {
    id: String,
    #[serde(with = "cents")]
    #[dynamo(stored = "N", ordered)]
    balance: Money,
    #[serde(with = "cents")]
    limit: Money,
}

#[tokio::test]
async fn a_field_with_a_codec_is_encoded_by_it_in_expressions_too() {
    for bank in both::<Bank>(&clock()).await {
        bank.create(&Account { id: "a".into(), balance: Money(500), limit: Money(-100) }).await.unwrap();
        let update = bank.update(Account::key("a")).add(|a| a.balance, Money(25)).set(|a| a.limit, Money(0));
        let update = update.condition(|a| a.balance.gt(Money(499)) & a.limit.is_in([Money(-100), Money(0)]));
        let account = update.returning_new().await.unwrap();
        assert_eq!((account.balance, account.limit), (Money(525), Money(0)));
        let refused = bank.delete(Account::key("a")).condition(|a| a.limit.eq(Money(5))).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::ConditionFailed);
    }
}

mod words {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(value: &super::Word, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&value.0)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<super::Word, D::Error> {
        String::deserialize(deserializer).map(super::Word)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Word(String);

#[derive(Table)]
#[dynamo(pk = "id", entities(Entry))]
struct Dictionary;

#[derive(Entity, serde::Serialize, serde::Deserialize, Debug, PartialEq)]
#[dynamo(table = Dictionary, pk = id)]
struct Entry {
    id: String,
    #[serde(with = "words")]
    #[dynamo(stored = "S")]
    word: Word,
}

#[test]
fn a_field_whose_codec_writes_text_has_a_beginning_and_parts() {
    let word = Entry::fields().word;
    let condition = word.begins_with("a") & word.contains_text("b");
    assert_eq!(format!("{condition:#}"), r#"begins_with(word, "a") AND contains(word, "b")"#);
}
