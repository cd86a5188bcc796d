//! Index keys never go stale: random sequences of typed writes, and after each the stored index keys are those that the
//! item's fields give.

use dynamodel::keys::KeyValue;
use dynamodel::sdk::types::AttributeValue;
use dynamodel::{Client, Codec, Entity, Table};
use dynamodel_tests::{clock, connect};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK")]
#[dynamo(
    gsi(Gsi1, pk = "GSI1PK", sk = "GSI1SK"),
    gsi(Gsi2, pk = "GSI2PK", sk = "GSI2SK"),
    gsi(ByOwner, pk = "owner", sk = "rank")
)]
#[dynamo(entities(Task))]
struct Board;

/// `status` stands alone; `stage` and `urgency` share a key, with the immutable `made`; `owner` and `rank` are keys
/// themselves; `team` stands alone and is optional, beside a field of the primary key.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Board, pk = "BOARD#{board}", sk = "TASK#{number:04}")]
#[dynamo(index(with_status = Gsi1, pk = "STATUS#{status}", sk = "{stage}#{urgency:desc}#{made:03}"))]
#[dynamo(index(of_team = Gsi2, pk = "TEAM#{team}#{board}", sk = "{made:03}"))]
#[dynamo(index(of_owner = ByOwner, pk = owner, sk = rank))]
struct Task {
    board: String,
    number: u16,
    status: String,
    stage: Option<String>,
    urgency: u8,
    #[dynamo(immutable)]
    made: u8,
    team: Option<String>,
    owner: Option<String>,
    rank: i32,
    note: String,
}

/// One write. Indices choose among a few texts, so that values come back.
#[derive(Debug, Clone)]
enum Write {
    Status(u8),
    Group(Option<u8>, u8),
    Team(Option<u8>),
    RemoveTeam,
    Owner(Option<u8>),
    Rank(i32),
    AddRank(i32),
    Note(u8),
    Put(Fresh),
    Save(Fresh),
    Upsert(Fresh, u8),
    DeleteAndUpsert(Fresh, u8),
}

#[derive(Debug, Clone)]
struct Fresh {
    status: u8,
    stage: Option<u8>,
    urgency: u8,
    team: Option<u8>,
    owner: Option<u8>,
}

fn text(index: u8) -> String {
    ["", "a", "b#c", "$ d", "éé"].get(usize::from(index % 5)).copied().unwrap_or_default().to_owned()
}

/// As [`text`], never empty: DynamoDB takes no empty key.
fn owner(index: u8) -> String {
    ["o1", "o2#", "ö"].get(usize::from(index % 3)).copied().unwrap_or_default().to_owned()
}

fn fresh() -> impl Strategy<Value = Fresh> {
    let maybe = || proptest::option::of(any::<u8>());
    (any::<u8>(), maybe(), any::<u8>(), maybe(), maybe()).prop_map(|(status, stage, urgency, team, owner)| Fresh {
        status,
        stage,
        urgency,
        team,
        owner,
    })
}

fn write() -> impl Strategy<Value = Write> {
    let maybe = || proptest::option::of(any::<u8>());
    // Those that have several outcomes come more often, so that each outcome is seen as often as the others.
    prop_oneof![
        1 => any::<u8>().prop_map(Write::Status),
        4 => (maybe(), any::<u8>()).prop_map(|(stage, urgency)| Write::Group(stage, urgency)),
        5 => maybe().prop_map(Write::Team),
        1 => Just(Write::RemoveTeam),
        4 => maybe().prop_map(Write::Owner),
        1 => any::<i32>().prop_map(Write::Rank),
        1 => (-1000..1000).prop_map(Write::AddRank),
        1 => any::<u8>().prop_map(Write::Note),
        1 => fresh().prop_map(Write::Put),
        1 => fresh().prop_map(Write::Save),
        1 => (fresh(), any::<u8>()).prop_map(|(fresh, status)| Write::Upsert(fresh, status)),
        1 => (fresh(), any::<u8>()).prop_map(|(fresh, status)| Write::DeleteAndUpsert(fresh, status)),
    ]
}

fn task(fresh: &Fresh) -> Task {
    Task {
        board: "b#1".into(),
        number: 7,
        status: text(fresh.status),
        stage: fresh.stage.map(text),
        urgency: fresh.urgency,
        made: 5,
        team: fresh.team.map(text),
        owner: fresh.owner.map(owner),
        rank: 0,
        note: String::new(),
    }
}

/// How often each kind of transition was made.
type Tally = BTreeMap<&'static str, u32>;

async fn apply(board: &Client<Board>, current: &Task, write: &Write, tally: &mut Tally) {
    let update = || board.update(current.primary_key());
    let mut count = |what| *tally.entry(what).or_default() += 1;
    let mut turned = |name: [&'static str; 3], before: bool, after: bool| {
        count(match (before, after) {
            (false, true) => name[0],
            (true, false) => name[1],
            _ => name[2],
        });
    };
    match write {
        Write::Status(status) => {
            count("alone");
            update().set(|t| t.status, text(*status)).await.unwrap();
        }
        Write::Group(stage, urgency) => {
            turned(["stage appears", "stage goes", "group"], current.stage.is_some(), stage.is_some());
            let group = TaskGsi1Key { stage: stage.map(text), urgency: *urgency, made: current.made };
            update().set_key(group).await.unwrap();
        }
        Write::Team(team) => {
            turned(["team appears", "team goes", "team stays"], current.team.is_some(), team.is_some());
            update().set(|t| t.team, team.map(text)).await.unwrap();
        }
        Write::RemoveTeam => {
            count("removed");
            update().remove(|t| t.team).await.unwrap();
        }
        Write::Owner(name) => {
            turned(["owner appears", "owner goes", "owner stays"], current.owner.is_some(), name.is_some());
            update().set(|t| t.owner, name.map(owner)).await.unwrap();
        }
        Write::Rank(rank) => {
            count("native set");
            update().set(|t| t.rank, *rank).await.unwrap();
        }
        Write::AddRank(by) => {
            count("native add");
            let _ = update().add(|t| t.rank, *by).condition(|t| t.rank.between(-1_000_000, 1_000_000)).await;
        }
        Write::Note(note) => {
            count("key untouched");
            update().set(|t| t.note, text(*note)).await.unwrap();
        }
        Write::Put(fresh) => {
            count("put");
            board.put(&task(fresh)).await.unwrap();
        }
        Write::Save(fresh) => {
            count("save");
            board.save(&mut task(fresh)).await.unwrap();
        }
        Write::Upsert(fresh, status) => {
            count("upsert that updates");
            board.upsert(&task(fresh)).set(|t| t.status, text(*status)).await.unwrap();
        }
        Write::DeleteAndUpsert(fresh, status) => {
            count("upsert that creates");
            board.delete(current.primary_key()).await.unwrap();
            board.upsert(&task(fresh)).set(|t| t.status, text(*status)).await.unwrap();
        }
    }
}

/// The stored key attributes against those that the fields give.
async fn compare(board: &Client<Board>, key: dynamodel::Key<Task>, after: &Write) -> Task {
    let stored = board.get(key).consistent().into_sdk().unwrap().send().await.unwrap().item.unwrap();
    let task: Task = serde_dynamo::from_item(stored.clone()).unwrap();
    let expected: BTreeMap<_, _> = task.key_values().unwrap().into_iter().collect();
    for name in ["PK", "SK", "GSI1PK", "GSI1SK", "GSI2PK", "GSI2SK", "owner", "rank"] {
        let found = stored.get(name).map(|value| match value {
            AttributeValue::S(text) => KeyValue::S(text.clone()),
            AttributeValue::N(digits) => KeyValue::N(digits.clone()),
            other => panic!("{name} is {other:?}"),
        });
        assert_eq!(found.as_ref(), expected.get(name), "{name} after {after:?}: {task:?}");
    }
    task
}

#[test]
fn stored_index_keys_are_those_of_the_fields_after_every_write() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let board: Client<Board> = runtime.block_on(connect(&clock(), Codec::Wire));
    let mut tally = Tally::new();
    let mut runner = TestRunner::deterministic();
    let writes = proptest::collection::vec(write(), 1..60);
    let mut current = task(&Fresh { status: 1, stage: None, urgency: 0, team: None, owner: None });
    runtime.block_on(board.put(&current).into_future()).unwrap();
    let least = 200;
    let kinds = 18;
    while tally.len() < kinds || tally.values().any(|count| *count < least) {
        let sequence = writes.new_tree(&mut runner).unwrap().current();
        for write in sequence {
            runtime.block_on(apply(&board, &current, &write, &mut tally));
            current = runtime.block_on(compare(&board, current.primary_key(), &write));
        }
        assert!(tally.values().sum::<u32>() < 60_000, "some transition hardly ever happens: {tally:?}");
    }
}

#[tokio::test]
async fn an_immutable_field_guards_the_key_that_is_rendered_from_it() {
    let board: Client<Board> = connect(&clock(), Codec::Wire).await;
    let current = task(&Fresh { status: 1, stage: Some(1), urgency: 3, team: None, owner: None });
    board.create(&current).await.unwrap();
    let stale = TaskGsi1Key { made: 99, ..(&current).into() };
    let refused = board.update(current.primary_key()).set_key(stale).await.unwrap_err();
    assert_eq!(refused.kind(), dynamodel::ErrorKind::ConditionFailed);
    assert_eq!(refused.current::<Task>(), Some(&current));
}
