//! Indexes that hold less than the items, and filters beside native keys.

use dynamodel::{Clock, Entity, Expiry, Page, Table};
use dynamodel_tests::{both, clock};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByToken, pk = "GSI1PK", sk = "GSI1SK"), gsi(ByOwner, pk = "owner", sk = "rank"))]
#[dynamo(gsi(Gsi3, pk = "GSI3PK"), gsi(Unused, pk = "GSI4PK"), lsi(ByHits, sk = "LSI1SK"))]
#[dynamo(entities(Session, Device))]
pub struct Shop;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "USER#{user_id}", sk = "SESSION#{number:04}", query = of_user)]
#[dynamo(index(by_token = ByToken, pk = "TOKEN#{token}", sk = "SESSION#{number:04}", keys_only))]
#[dynamo(index(by_owner = ByOwner, pk = owner, sk = rank, include(data, hits, code, expires_at), mixed))]
#[dynamo(index(plain = Gsi3, pk = "P#{token}"))]
#[dynamo(index(by_hits = ByHits, sk = "{hits:010}", include(data)))]
#[serde(rename_all = "camelCase")]
pub struct Session {
    #[dynamo(key_only)]
    user_id: String,
    number: u16,
    token: Option<String>,
    owner: String,
    rank: i32,
    hits: u64,
    #[serde(default, rename = "payload")]
    data: BTreeMap<String, String>,
    #[serde(with = "hex")]
    code: u8,
    secret: String,
    #[dynamo(ttl)]
    expires_at: Option<Expiry>,
}

/// Neither `Clone` nor `Debug`, and so what the index holds of a `Device` is neither.
#[derive(Serialize, Deserialize)]
pub struct Opaque(u8);

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "DEVICE#{id}", sk = "DEVICE")]
#[dynamo(index(of_owner = ByOwner, pk = owner, sk = rank, include(opaque), mixed))]
pub struct Device {
    id: String,
    owner: String,
    rank: i32,
    opaque: Opaque,
    rest: String,
}

mod hex {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub fn serialize<S: Serializer>(code: &u8, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{code:x}"))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
        u8::from_str_radix(&String::deserialize(deserializer)?, 16).map_err(D::Error::custom)
    }
}

fn session(number: u16) -> Session {
    Session {
        user_id: "u#1".into(),
        number,
        token: Some("t".into()),
        owner: "ada".into(),
        rank: i32::from(number),
        hits: u64::from(number) * 10,
        data: BTreeMap::from([("theme".to_owned(), "dark".to_owned())]),
        code: 255,
        secret: "s".into(),
        expires_at: None,
    }
}

#[tokio::test]
async fn an_index_of_keys_gives_the_fields_in_them() {
    for shop in both::<Shop>(&clock()).await {
        shop.create(&session(1)).await.unwrap();
        shop.create(&Session { token: None, ..session(2) }).await.unwrap();
        let found: Vec<SessionByToken> = shop.query(Session::by_token("t")).collect().await.unwrap();
        let expected = SessionByToken { user_id: "u#1".into(), number: 1, token: Some("t".into()) };
        assert_eq!(found[0].clone(), expected);
        assert_eq!(found.len(), 1);
        assert_eq!(format!("{expected:?}"), r#"SessionByToken { user_id: "u#1", number: 1, token: Some("t") }"#);
        assert_eq!(shop.query(Session::by_token("t").number_after(1)).count().await.unwrap(), 0);
    }
}

#[tokio::test]
async fn an_index_that_includes_fields_gives_them_as_they_are_stored() {
    for shop in both::<Shop>(&clock()).await {
        for number in 1..=4 {
            shop.create(&session(number)).await.unwrap();
        }
        let device =
            Device { id: "d".into(), owner: "ada".into(), rank: 2, opaque: Opaque(7), rest: "far too much".into() };
        shop.create(&device).await.unwrap();
        let range = || Session::by_owner("ada").rank_from(2);
        let page: Page<SessionByOwner> = shop.query(range()).filter(|s| s.hits.lt(40)).await.unwrap();
        let found: Vec<_> = page.items.iter().map(|s| (s.user_id.as_str(), s.rank, s.hits, s.code)).collect();
        assert_eq!(found, [("u#1", 2, 20, 255), ("u#1", 3, 30, 255)], "no `Device` among them");
        assert_eq!(page.items[0].data, session(2).data);
        assert_eq!(shop.query(range()).limit(1).await.unwrap().items.len(), 1);
        let devices: Vec<DeviceOfOwner> = shop.query(Device::of_owner("ada")).collect().await.unwrap();
        assert_eq!((devices.len(), devices[0].opaque.0, devices[0].id.as_str()), (1, 7, "d"));
        let by_hits = shop.query(Session::by_hits("u#1").hits_between(20, 30)).collect().await.unwrap();
        assert_eq!(by_hits.iter().map(|session| session.hits).collect::<Vec<_>>(), [20, 30]);
        assert_eq!(shop.query(Session::plain("t")).collect().await.unwrap()[0].secret, "s");
    }
}

#[tokio::test]
async fn what_has_expired_is_left_out_where_the_index_knows() {
    let clock = clock();
    for shop in both::<Shop>(&clock).await {
        let soon = Expiry::at(clock.now() + Duration::from_secs(60)).unwrap();
        shop.create(&Session { expires_at: Some(soon), ..session(1) }).await.unwrap();
        clock.advance(Duration::from_secs(61));
        assert_eq!(shop.query(Session::by_owner("ada")).count().await.unwrap(), 0);
        assert_eq!(shop.query(Session::by_owner("ada")).include_expired().count().await.unwrap(), 1);
        assert_eq!(shop.query(Session::by_hits("u#1")).count().await.unwrap(), 0);
        assert_eq!(shop.query(Session::by_token("t")).count().await.unwrap(), 1, "keys say nothing of it");
    }
}

#[tokio::test]
async fn the_table_is_created_with_the_union_of_what_its_entities_say() {
    let shop = Shop::local("held").await.unwrap();
    let table = shop.sdk().describe_table().table_name(shop.table_name()).send().await.unwrap().table.unwrap();
    let global = table.global_secondary_indexes().iter().map(|index| (index.index_name(), index.projection()));
    let local = table.local_secondary_indexes().iter().map(|index| (index.index_name(), index.projection()));
    let mut held = BTreeMap::new();
    for (name, projection) in global.chain(local) {
        let projection = projection.unwrap();
        let mut names = projection.non_key_attributes().to_vec();
        names.sort();
        held.insert(name.unwrap(), (projection.projection_type().unwrap().as_str().to_owned(), names));
    }
    let include = |names: &[&str]| ("INCLUDE".to_owned(), names.iter().map(|name| (*name).to_owned()).collect());
    assert_eq!(held["ByToken"], ("KEYS_ONLY".to_owned(), Vec::new()));
    assert_eq!(held["ByOwner"], include(&["_type", "code", "expiresAt", "hits", "opaque", "payload"]));
    assert_eq!(held["ByHits"], include(&["_type", "expiresAt", "payload"]));
    assert_eq!((held["Gsi3"].0.as_str(), held["Unused"].0.as_str()), ("ALL", "ALL"));
}
