//! The engine inside the process.

use dynamodel::embedded::Engine;
use dynamodel::{Clock, Entity, ErrorKind, Expiry};
use dynamodel_tests::clock;
use dynamodel_tests::model::{Session, Shop};
use std::net::TcpStream;
use std::time::Duration;

fn listens(engine: &str) -> bool {
    TcpStream::connect(engine.trim_start_matches("http://")).is_ok()
}

#[tokio::test]
async fn many_may_make_one_table_at_once() {
    let shop = Engine::memory().unwrap().client::<Shop>("shop").await.unwrap();
    let other = dynamodel::Client::<Shop>::new(shop.sdk(), "other");
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let other = other.clone();
            tokio::spawn(async move { other.ensure_table().await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
}

#[derive(dynamodel::Table)]
#[dynamo(pk = "id", entities(Row))]
struct T;

#[derive(dynamodel::Table)]
#[dynamo(pk = "id", entities(Record))]
struct Db;

#[derive(dynamodel::Table)]
#[dynamo(pk = "id", entities(Buch))]
struct Bücher;

macro_rules! rows {
    ($($name:ident in $table:ident)*) => {$(
        #[derive(dynamodel::Entity, serde::Serialize, serde::Deserialize, Debug, PartialEq)]
        #[dynamo(table = $table, pk = id)]
        struct $name {
            id: String,
        }
    )*};
}

rows! { Row in T Record in Db Buch in Bücher }

#[tokio::test]
async fn a_table_may_be_called_as_its_type_cannot_in_dynamodb() {
    let (t, db, books) =
        (T::embedded().await.unwrap(), Db::embedded().await.unwrap(), Bücher::embedded().await.unwrap());
    assert_eq!((t.table_name(), db.table_name(), books.table_name()), ("TTable", "DbTable", "B-cher"));
    t.create(&Row { id: "a".into() }).await.unwrap();
    db.create(&Record { id: "a".into() }).await.unwrap();
    books.create(&Buch { id: "a".into() }).await.unwrap();
    assert_eq!(db.get(Record::key("a")).await.unwrap(), Some(Record { id: "a".into() }));
    // A name that was given is taken as it is, or refused.
    for name in ["ab", "", "a b c", "bücher"] {
        let refused =
            [Db::local(name).await.err().unwrap(), Engine::memory().unwrap().client::<Db>(name).await.err().unwrap()];
        for error in refused {
            assert_eq!((error.kind(), error.table()), (ErrorKind::InvalidDefinition, Some(name)), "{error}");
            assert!(error.to_string().contains("3 to 255 letters"), "{error}");
        }
    }
    let yaml = dynamodel::define::Template::new().table(Db::definition()).table(T::definition()).to_yaml().unwrap();
    assert!(["DbTable:", "DbTableName:", "TTable:", "TTableName:"].iter().all(|id| yaml.contains(id)), "{yaml}");
}

#[tokio::test]
async fn it_listens_until_its_last_client_is_gone() {
    let engine = Engine::memory().unwrap();
    let endpoint = engine.endpoint().to_owned();
    let shop = engine.client::<Shop>("shop").await.unwrap();
    drop(engine);
    shop.create(&Session::new("u1", "s1")).await.unwrap();
    assert!(listens(&endpoint));
    drop(shop);
    for _ in 0..200 {
        if !listens(&endpoint) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{endpoint} still listens");
}

#[tokio::test]
async fn a_file_outlives_the_engine() {
    let path = std::env::temp_dir().join(format!("dynamodel-{}.sqlite", std::process::id()));
    let session = Session::new("u1", "s1");
    for round in 0..2 {
        let engine = Engine::file(&path).unwrap();
        let shop = engine.client::<Shop>("shop").await.unwrap();
        match round {
            0 => drop(shop.create(&session).await.unwrap()),
            _ => assert!(shop.get(session.primary_key()).await.unwrap().is_some()),
        }
        drop(shop);
        tokio::task::spawn_blocking(move || engine.stop()).await.unwrap();
    }
    let _ = std::fs::remove_file(&path);
}

#[tokio::test]
async fn sweeping_deletes_what_has_expired_by_the_manual_clock() {
    let clock = clock();
    let engine = Engine::memory_at(&clock).unwrap();
    let shop = engine.client::<Shop>("shop").await.unwrap();
    let soon = Expiry::at(clock.now() + Duration::from_secs(60)).unwrap();
    shop.create(&Session::new("u1", "s1").until(soon)).await.unwrap();
    shop.create(&Session::new("u1", "s2")).await.unwrap();
    assert_eq!(engine.sweep_expired().unwrap(), 0);
    clock.advance(Duration::from_secs(61));
    assert_eq!(engine.sweep_expired().unwrap(), 1);
    assert!(shop.get(Session::key("u1", "s1")).include_expired().await.unwrap().is_none());
    assert!(shop.get(Session::key("u1", "s2")).await.unwrap().is_some());
}

#[tokio::test]
async fn tables_of_one_engine_are_apart_and_engines_too() {
    let engine = Engine::memory().unwrap();
    let (a, b) = (engine.client::<Shop>("a-table").await.unwrap(), engine.client::<Shop>("b-table").await.unwrap());
    let other = Shop::embedded().await.unwrap();
    a.create(&Session::new("u1", "s1")).await.unwrap();
    for shop in [b, other] {
        assert_eq!(shop.get(Session::key("u1", "s1")).await.unwrap(), None);
    }
}

#[tokio::test]
async fn the_table_is_created_as_the_schema_says() {
    let shop = Shop::embedded().await.unwrap();
    shop.ensure_table().await.unwrap();
    let table = shop.sdk().describe_table().table_name(shop.table_name()).send().await.unwrap().table.unwrap();
    let keys: Vec<_> = table.key_schema().iter().map(|key| (key.attribute_name(), key.key_type().as_str())).collect();
    assert_eq!(keys, [("PK", "HASH"), ("SK", "RANGE")]);
    let mut indexes: Vec<_> = table.global_secondary_indexes().iter().filter_map(|index| index.index_name()).collect();
    indexes.sort_unstable();
    assert_eq!(indexes, ["Gsi1", "by-owner"]);
    let ttl = shop.sdk().describe_time_to_live().table_name(shop.table_name()).send().await.unwrap();
    assert_eq!(ttl.time_to_live_description.unwrap().attribute_name(), Some("expires_at"));
}

#[test]
fn operations_run_on_any_runtime_and_their_futures_are_send() {
    fn send<F: Future + Send + 'static>(future: F) -> F {
        future
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let shop = Shop::embedded().await.unwrap();
        let created = send(shop.create(&Session::new("u1", "s1")).into_future());
        let found = send(shop.query(Session::of_user("u1")).into_future());
        tokio::spawn(created).await.unwrap().unwrap();
        assert_eq!(tokio::spawn(found).await.unwrap().unwrap().items.len(), 1);
    });
}
