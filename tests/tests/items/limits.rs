//! DynamoDB's limits on expressions: what stands at a limit is carried out, one more is an error before anything is sent.

mod long_lists;

use dynamodel::op::{Explain, Update};
use dynamodel::{Client, Codec, Condition, Entity, Error, ErrorKind, Result, Table};
use dynamodel_tests::model::{Note, Session, Shop};
use dynamodel_tests::{both, clock, connect};
use serde::{Deserialize, Serialize};

/// Keys for a map, so many and so long that the text about all of them has `total` bytes. Each stands in it once.
fn keys(total: usize, length: impl Fn(&[String]) -> usize) -> Vec<String> {
    let long = |count: usize| -> Vec<String> { (0..count).map(|n| format!("k{n:02}_{}", "x".repeat(56))).collect() };
    let (one, two) = (length(&long(1)), length(&long(2)));
    let each = two - one;
    let count = (total - one).div_ceil(each) + 1;
    let mut surplus = one + (count - 1) * each - total;
    let mut keys = long(count);
    for key in keys.iter_mut().skip(1) {
        let cut = surplus.min(50);
        key.truncate(key.len() - cut);
        surplus -= cut;
    }
    keys
}

fn text(explained: Result<Explain>, member: &str) -> String {
    let body: serde_json::Value = serde_json::from_str(&explained.unwrap().body).unwrap();
    body[member].as_str().unwrap().to_owned()
}

fn refused(error: &Error, entity: &str, fragment: &str) {
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidRequest, 0), "{error}");
    assert_eq!(error.entity(), Some(entity), "{error}");
    assert!(error.to_string().contains(fragment), "{error}");
}

fn session() -> Session {
    Session::new("u1", "s1")
}

fn note() -> Note {
    Note { user_id: "u1".into(), number: 1, owner: None, text: "x".into() }
}

/// A condition about all of the keys.
fn absent(keys: &[String]) -> Condition<Session> {
    let conditions = keys.iter().map(|key| Session::fields().data.key(key).not_exists());
    conditions.reduce(|all, one| all & one).unwrap()
}

#[tokio::test]
async fn a_condition_of_4096_bytes_is_sent_and_one_of_4097_is_refused() {
    for shop in both::<Shop>(&clock()).await {
        let mut session = session();
        session.version = shop.create(&session).await.unwrap();
        let put = |keys: &[String]| shop.put(&session).condition(|_| absent(keys)).explain();
        let at = |total| keys(total, |keys| text(put(keys), "ConditionExpression").len());
        assert_eq!(text(put(&at(4096)), "ConditionExpression").len(), 4096);
        refused(&put(&at(4097)).unwrap_err(), "Session", "the condition is over 4096 bytes long");
        session.version = shop.put(&session).condition(|_| absent(&at(4096))).await.unwrap();

        let update = |keys: &[String]| shop.update(&session).set(|s| s.hits, 1).condition(|_| absent(keys));
        let at = |total| keys(total, |keys| text(update(keys).explain(), "ConditionExpression").len());
        assert_eq!(text(update(&at(4096)).explain(), "ConditionExpression").len(), 4096);
        refused(&update(&at(4097)).await.unwrap_err(), "Session", "the condition is over 4096 bytes long");
        update(&at(4096)).await.unwrap();

        let delete = |keys: &[String]| shop.delete(Session::key("u1", "s1")).condition(|_| absent(keys));
        let at = |total| keys(total, |keys| text(delete(keys).explain(), "ConditionExpression").len());
        refused(&delete(&at(4097)).await.unwrap_err(), "Session", "the condition is over 4096 bytes long");
        delete(&at(4096)).await.unwrap();
    }
}

#[tokio::test]
async fn an_update_of_4096_bytes_is_sent_and_one_of_4097_is_refused() {
    for shop in both::<Shop>(&clock()).await {
        shop.create(&session()).await.unwrap();
        let update = |keys: &[String]| {
            keys.iter().fold(shop.update(Session::key("u1", "s1")), |update, key| update.set(|s| s.data.key(key), "x"))
        };
        let at = |total| keys(total, |keys| text(update(keys).explain(), "UpdateExpression").len());
        let fits = at(4096);
        assert_eq!(text(update(&fits).explain(), "UpdateExpression").len(), 4096);
        refused(&update(&at(4097)).await.unwrap_err(), "Session", "the update is over 4096 bytes long");
        let stored = update(&fits).returning_new().await.unwrap();
        assert_eq!(stored.data.len(), fits.len() + 1);
    }
}

/// A condition that holds, of two operators for each of the equal ones less one, and three for the last.
fn operators(equal: usize) -> Condition<Note> {
    let note = Note::fields();
    let equal = (0..equal).map(|_| note.text.eq("x")).reduce(|all, one| all & one).unwrap();
    equal & !note.owner.exists()
}

#[tokio::test]
async fn a_condition_of_300_operators_is_sent_and_one_of_301_is_refused() {
    let without_last = |count| (0..count).map(|_| Note::fields().text.eq("x")).reduce(|all, one| all & one).unwrap();
    for shop in both::<Shop>(&clock()).await {
        shop.put(&note()).await.unwrap();
        let message = "has over 300 operators and functions";
        refused(&shop.put(&note()).condition(|_| without_last(151)).await.unwrap_err(), "Note", message);
        shop.put(&note()).condition(|_| operators(149)).await.unwrap();
        // An update says itself that the item is there: one function and one `AND` more.
        let update = || shop.update(Note::key("u1", 1)).set(|n| n.text, "x");
        refused(&update().condition(|_| without_last(150)).await.unwrap_err(), "Note", message);
        update().condition(|_| operators(148)).await.unwrap();
    }
}

#[tokio::test]
async fn a_hundred_values_are_looked_for_and_one_more_is_refused() {
    for shop in both::<Shop>(&clock()).await {
        let mut session = session();
        session.version = shop.create(&session).await.unwrap();
        let message = "`IN` with over 100 values";
        let put = |count: u64| shop.put(&session).condition(|s| s.hits.is_in(0..count));
        refused(&put(101).await.unwrap_err(), "Session", message);
        put(100).await.unwrap();
        let update = |count: u64| {
            shop.update(Session::key("u1", "s1")).set(|s| s.hits, 1).condition(|s| !(s.hits.is_in(1..=count)))
        };
        let error = update(101).await.unwrap_err();
        refused(&error, "Session", message);
        assert_eq!(error.attribute(), Some("hits"));
        update(100).await.unwrap();
        // Equal values are written once among the values, and count each in the text.
        let equal = |count| Session::fields().hits.is_in(vec![1_u64; count]);
        refused(
            &shop.update(Session::key("u1", "s1")).remove(|s| s.nick).condition(|_| equal(101)).await.unwrap_err(),
            "Session",
            message,
        );
        shop.update(Session::key("u1", "s1")).remove(|s| s.nick).condition(|_| equal(100)).await.unwrap();
    }
}

#[derive(Table)]
#[dynamo(pk = "PK", entities(Short))]
struct Shorts;

/// With the shortest names there are.
#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shorts, pk = "{i}")]
struct Short {
    i: String,
    n: Vec<u64>,
}

#[tokio::test]
async fn an_update_of_301_operators_is_refused_for_its_length() {
    // The shortest clause with an operator is longer than 4,096 / 300 bytes: the other limit is always met first.
    let clause =
        |update: Update<Short, Client<Shorts>>, at: u32| update.set_to(|s| s.n.index(at), |s| s.n.index(at).plus(1));
    let shorts = connect::<Shorts>(&clock(), Codec::Wire).await;

    let error = (0..301).fold(shorts.update(Short::key("a")), clause).await.unwrap_err();
    refused(&error, "Short", "the update is over 4096 bytes long");
}
