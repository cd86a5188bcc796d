//! Reading a table's stream by a poller: what is asked for, of the table and of the stream.

use super::asked::{Asked, allowed};
use dynamodel::define::{Access, Grant, Policy, StreamView, Template};
use dynamodel::embedded::Engine;
use dynamodel::stream::{Bookmark, Event, Poller, ShardPosition, sdk};
use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", entities(Letter, Position))]
struct Letters;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Letters, pk = "LETTER#{id}", sk = "LETTER")]
struct Letter {
    id: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Letters, pk = "CONSUMER#{consumer}", sk = "SHARD#{shard}")]
struct Position {
    consumer: String,
    shard: String,
    at: ShardPosition,
    #[dynamo(version)]
    version: u64,
}

impl Bookmark for Position {
    fn begin(consumer: &str, shard: &str) -> Self {
        Self { consumer: consumer.into(), shard: shard.into(), at: ShardPosition::default(), version: 0 }
    }

    fn position(&self) -> &ShardPosition {
        &self.at
    }

    fn set_position(&mut self, position: ShardPosition) {
        self.at = position;
    }
}

#[tokio::test]
async fn a_poller_asks_for_what_its_access_allows() {
    let definition = Letters::definition().stream(StreamView::NewImage);
    let engine = Engine::memory().unwrap();
    let letters = engine.client_with::<Letters>("letters", &definition).await.unwrap();
    let asked = Asked::by(&letters, definition.clone());
    for id in ["a", "b"] {
        letters.create(&Letter { id: id.into() }).await.unwrap();
    }

    let config = engine.streams_client().config().clone();
    let wrapped = asked.beside(config.http_client().unwrap());
    let streams = sdk::Client::from_conf(config.to_builder().http_client(wrapped).build());
    let mut poller = Poller::<Position, Letters>::new(&streams, &asked.client, "mail");
    let seen = |_: Event<LettersChangeOf<dynamodel::stream::NewImage>>| async { Ok::<_, std::convert::Infallible>(()) };
    poller.catch_up(seen).await.unwrap();
    assert_eq!((poller.report().handled, poller.report().saved_positions), (2, 1));
    asked.assert_only(&[Access::PollStream, Access::Get, Access::Save]);

    // Where an event source knows the stream, the table is not asked.
    let places = |access| allowed(&definition, &[access]).into_iter().map(|(behind, _)| behind).collect::<Vec<_>>();
    // IAM has no resource for `ListStreams`.
    assert_eq!(places(Access::ReadStream), ["*", "/stream/*", "/stream/*", "/stream/*"]);
    assert!(allowed(&definition, &[Access::ReadStream]).contains(&("*".to_owned(), "dynamodb:ListStreams".to_owned())));
    assert_eq!(places(Access::PollStream), ["", "/stream/*", "/stream/*", "/stream/*"]);
}

#[test]
fn the_stream_of_a_template_is_the_stream_itself() {
    let definition = Letters::definition().stream(StreamView::NewImage);
    let policy = |access| Policy::new("Stream").allow(definition.permissions().allow(Grant::on_table([access])));
    let statements = |access| {
        let json = Template::new().table(definition.clone()).policy(policy(access)).to_json().unwrap();
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        read["Resources"]["StreamPolicy"]["Properties"]["PolicyDocument"]["Statement"].clone()
    };
    let (table, stream) = (
        serde_json::json!({"Fn::GetAtt": ["LettersTable", "Arn"]}),
        serde_json::json!({"Fn::GetAtt": ["LettersTable", "StreamArn"]}),
    );
    let read = statements(Access::ReadStream);
    assert_eq!((&read[0]["Resource"], read.as_array().unwrap().len()), (&stream, 2));
    let listing = serde_json::json!({"Effect": "Allow", "Action": ["dynamodb:ListStreams"], "Resource": "*"});
    assert_eq!(read[1], listing);
    let poll = statements(Access::PollStream);
    assert_eq!((&poll[0]["Resource"], &poll[1]["Resource"]), (&table, &stream));
    assert_eq!(poll[0]["Action"], serde_json::json!(["dynamodb:DescribeTable"]));
}

/// What is of no table stands in a policy once, however many tables it is over.
#[test]
fn a_policy_over_several_streams_lists_streams_once() {
    let named = |name: &str| {
        let definition = Letters::definition().stream(StreamView::NewImage).named(name);
        definition.permissions().allow(Grant::on_table([Access::ReadStream]))
    };
    let text = Policy::new("Streams").allow(named("letters")).allow(named("parcels")).to_json().unwrap();
    let read: serde_json::Value = serde_json::from_str(&text).unwrap();
    let resources = read["Statement"].as_array().unwrap().iter().map(|own| own["Resource"].clone()).collect::<Vec<_>>();
    let stream = |name: &str| format!("arn:aws:dynamodb:*:*:table/{name}/stream/*");
    assert_eq!(resources, [stream("letters"), "*".to_owned(), stream("parcels")]);
}
