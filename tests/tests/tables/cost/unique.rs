//! Writes of unique values: worked out, and as the engine reports them for the very requests that are sent.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use dynamodel::cost::{ItemSize, RequestKind, WriteUnits};
use dynamodel::embedded::Engine;
use dynamodel::{Client, Entity, Expiry, Table};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

#[derive(Table, Debug)]
#[dynamo(pk = "PK", gsi(ByClub, pk = "GSI1PK"), entities(Member))]
struct Members;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Members, pk = "MEMBER#{id}", index(in_club = ByClub, pk = "CLUB#{club}"))]
struct Member {
    id: String,
    club: String,
    #[dynamo(unique)]
    email: String,
    #[dynamo(unique)]
    badge: Option<String>,
    note: String,
    #[dynamo(ttl)]
    until: Option<Expiry>,
}

fn member(note: usize, badge: Option<&str>) -> Member {
    Member {
        id: "1".into(),
        club: "chess".into(),
        email: "ada@example.com".into(),
        badge: badge.map(str::to_owned),
        note: "n".repeat(note),
        until: None,
    }
}

/// The engine's HTTP client, which has the engine report what every request consumes, and adds it up.
#[derive(Debug, Clone)]
struct Metered {
    inner: SharedHttpClient,
    units: Arc<Mutex<f64>>,
}

#[derive(Debug)]
struct Meter(SharedHttpConnector, Arc<Mutex<f64>>);

impl HttpClient for Metered {
    fn http_connector(&self, settings: &HttpConnectorSettings, parts: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Meter(self.inner.http_connector(settings, parts), Arc::clone(&self.units)))
    }
}

impl HttpConnector for Meter {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let mut body: Value = serde_json::from_slice(request.body().bytes().unwrap()).unwrap();
        body["ReturnConsumedCapacity"] = json!("TOTAL");
        let body = body.to_string();
        request.headers_mut().insert("content-length", body.len().to_string());
        *request.body_mut() = SdkBody::from(body);
        let (call, units) = (self.0.call(request), Arc::clone(&self.1));
        HttpConnectorFuture::new(async move {
            let mut answer = call.await?;
            let body = ByteStream::new(answer.take_body()).collect().await.unwrap().into_bytes();
            *answer.body_mut() = SdkBody::from(body.clone());
            let body: Value = serde_json::from_slice(&body).unwrap();
            let consumed = &body["ConsumedCapacity"];
            let all = consumed.as_array().map_or(std::slice::from_ref(consumed), Vec::as_slice);
            *units.lock().unwrap() += all.iter().filter_map(|one| one["CapacityUnits"].as_f64()).sum::<f64>();
            Ok(answer)
        })
    }
}

impl Metered {
    /// What has been consumed since it was asked last; `None` where nothing was.
    fn taken(&self) -> Option<f64> {
        Some(std::mem::take(&mut *self.units.lock().unwrap())).filter(|units| *units > 0.0)
    }
}

fn metered(members: &Client<Members>) -> (Client<Members>, Metered) {
    let config = members.sdk().config();
    let meter = Metered { inner: config.http_client().unwrap(), units: Arc::default() };
    let config = config.to_builder().http_client(meter.clone()).build();
    (Client::new(&dynamodel::sdk::Client::from_conf(config), members.table_name()), meter)
}

#[tokio::test]
async fn unique_values_cost_what_the_engine_reports() {
    let engine = Engine::memory().unwrap().client::<Members>("members").await.unwrap();
    let (members, meter) = metered(&engine);
    for (note, badge) in [(10, None), (10, Some("b-1")), (1_500, Some("b-1")), (3_000, None)] {
        let old = member(note, badge);
        let case = format!("{note} {badge:?}");
        members.create(&old).await.unwrap();
        let created = WriteUnits::of_new(&old).unwrap();
        assert_eq!(created.sentinels, 1 + u32::from(badge.is_some()), "{case}");
        assert_eq!(meter.taken(), Some(f64::from(created.total())), "create {case}");
        let cases = [
            // Not even a change.
            old.clone(),
            // Nothing unique: a single request.
            Member { note: "m".repeat(note), ..old.clone() },
            Member { email: "countess@example.com".into(), ..old.clone() },
            Member { badge: None, ..old.clone() },
            Member { badge: Some("b".repeat(1_200)), ..old.clone() },
            // Sentinels expire with their item.
            Member { until: Some(Expiry::from_epoch_seconds(4_000_000_000).unwrap()), ..old.clone() },
        ];
        for new in cases {
            let mut update = members.update(&old).set(|m| m.note, &new.note).set(|m| m.email, &new.email);
            update = match &new.badge {
                Some(badge) => update.set(|m| m.badge, badge),
                None => update.remove(|m| m.badge),
            };
            if let Some(until) = new.until {
                update = update.set(|m| m.until, until);
            }
            update.await.unwrap();
            let change = WriteUnits::of_change(&old, &new).unwrap();
            assert_eq!(meter.taken(), Some(f64::from(change.total())), "{case}: {new:?}");
            // Where something unique changes, a single write is refused first, of which no answer tells the cost.
            let back = WriteUnits::of_change(&new, &old).unwrap();
            members.put(&old).await.unwrap();
            let put = WriteUnits::of_put(&new, &old).unwrap();
            assert_eq!(meter.taken(), Some(f64::from(put.total())), "{case}: put over {new:?}");
            members.save(&mut new.clone()).await.unwrap();
            assert_eq!(meter.taken(), Some(f64::from(change.total())), "{case}: save of {new:?}");
            members.save(&mut old.clone()).await.unwrap();
            assert_eq!(meter.taken(), Some(f64::from(back.total())), "{case}: save over {new:?}");
        }
        members.delete(&old).await.unwrap();
        assert_eq!(meter.taken(), Some(f64::from(WriteUnits::of_delete(&old).unwrap().total())), "delete {case}");
    }
}

/// The price refuses what the write refuses, in the same words.
#[tokio::test]
async fn a_value_too_long_to_be_unique_has_no_price() {
    let members = Engine::memory().unwrap().client::<Members>("members").await.unwrap();
    let overhead = "$UNIQUE#Member#badge#".len();
    let long = member(10, Some(&"b".repeat(2_048 - overhead)));
    members.create(&long).await.unwrap();
    assert!(ItemSize::of(&long).is_ok() && WriteUnits::of_delete(&long).is_ok());

    let longer = member(10, Some(&"b".repeat(2_048 - overhead + 1)));
    let sent = members.put(&longer).await.unwrap_err();
    let told = "is too long to be unique: its sentinel's key would have 2049 bytes, and DynamoDB takes 2048";
    assert!(sent.to_string().contains(told), "{sent}");
    let costs = Members::definition().cost().sample(&longer).finish();
    for error in [
        ItemSize::of(&longer).unwrap_err(),
        WriteUnits::of_new(&longer).unwrap_err(),
        WriteUnits::of_change(&long, &longer).unwrap_err(),
        costs.unwrap_err(),
        Members::definition().sample(&longer).unwrap_err(),
    ] {
        assert_eq!((error.kind(), error.attribute()), (sent.kind(), sent.attribute()), "{error}");
        assert!(error.to_string().contains(told), "{error}");
    }
}

#[test]
fn a_table_of_costs_has_the_sentinels() {
    let old = member(10, Some("b-1"));
    let costs = Members::definition().cost().sample(&old).finish().unwrap();
    let of = |request| costs.of("Member", request).map(|cost| (cost.write_units, cost.sentinel_write_units)).unwrap();
    // The item twice, two sentinels twice, and the index.
    assert_eq!(of(RequestKind::Create), (7.0, 4.0));
    assert_eq!(of(RequestKind::Change), (2.0, 0.0));
    assert_eq!(of(RequestKind::ChangeUnique), (11.0, 8.0), "each value is given up and claimed");
    assert_eq!(of(RequestKind::Delete), (7.0, 4.0));
    assert!(costs.to_string().contains("| 7 | 1 `ByClub`, 4 sentinels | 7 |\n"), "{costs}");
    let size = ItemSize::of(&old).unwrap();
    assert_eq!(size.sentinels.len(), 2);
    let entries = size.entries.iter().map(|entry| entry.bytes).sum::<usize>();
    assert_eq!(size.stored(), size.total() + entries + size.sentinels.iter().sum::<usize>() + 400);
    let sampled = Members::definition().sample(&old).unwrap().cost().finish().unwrap();
    assert_eq!(sampled, costs);
}
