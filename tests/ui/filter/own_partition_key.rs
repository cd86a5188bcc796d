use dynamodel::{Client, Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "board", sk = "score", entities(Score))]
struct Game;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Game, pk = board, sk = score, query = of_board)]
struct Score {
    board: String,
    score: u32,
    player: String,
}

fn use_it(game: Client<Game>) {
    let _ = game.query(Score::of_board("chess")).filter(|s| s.board.eq("go") & s.player.exists());
}

fn main() {}
