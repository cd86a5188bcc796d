//! Which entities a diagram connects.

use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", entities(User, Session, Note, Team, Board, Score))]
struct Club;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Club, pk = "USER#{id}", sk = "USER")]
struct User {
    id: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Club, pk = "USER#{user_id}", sk = "SESSION#{token}")]
struct Session {
    user_id: String,
    token: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Club, pk = "USER#{user_id}", sk = "NOTE#{note}")]
struct Note {
    user_id: String,
    note: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Club, pk = "TEAM#{id}", sk = "TEAM")]
struct Team {
    id: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Club, pk = "BOARD#{number:04}", sk = "BOARD")]
struct Board {
    number: u16,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Club, pk = "BOARD#{board:05}", sk = "SCORE#{player}")]
struct Score {
    board: u16,
    player: String,
}

#[test]
fn a_single_item_is_connected_to_those_that_its_partition_holds_many_of() {
    let diagram = Club::definition().mermaid();
    let lines: Vec<_> = diagram.lines().filter(|line| line.contains("||--o{")).map(str::trim).collect();
    // Numbers of another width are other partitions.
    let [sessions, notes] = ["Session", "Note"].map(|many| format!(r#""User" ||--o{{ "{many}" : "USER#{{id}}""#));
    assert_eq!(lines, [sessions, notes]);
}
