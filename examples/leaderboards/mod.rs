//! Leaderboards: the best of a game, per week and of all time; a player's neighbours; a board that many write to.
//!
//! One table. A player's score is an item, and the index `Board` has all scores of a board in their order, with `score`
//! itself as its sort key, so that `ADD` moves a player on the board:
//!
//! | item | `PK` | `SK` | `board_key` | `score` |
//! |---|---|---|---|---|
//! | `Score` | `PLAYER#{player}` | `SCORE#{game}#{week}` | `BOARD#{game}#{week}` | the field |
//! | `HotScore` | `PLAYER#{player}` | `HOT#{game}` | `HOT#{game}#{shard}` | the field |

use dynamodel::{Client, Entity, Result, Sharded, Table};
use serde::{Deserialize, Serialize};

/// The table.
#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", gsi(Board, name = "board", pk = "board_key", sk = "score"))]
#[dynamo(entities(Score, HotScore))]
pub struct Arcade;

/// The week of a board of all time.
pub const ALL_TIME: &str = "all";

/// A player's points on a board.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
#[dynamo(table = Arcade, pk = "PLAYER#{player}", sk = "SCORE#{game}#{week}", query = of_player)]
#[dynamo(index(on_board = Board, pk = "BOARD#{game}#{week}", sk = score))]
pub struct Score {
    /// Who.
    pub player: String,
    /// At which game.
    pub game: String,
    /// In which week, `2026-W47`; [`ALL_TIME`] for all of them together.
    pub week: String,
    /// How many points. It is the index's sort key, as it stands: adding to it moves the player.
    pub score: u64,
}

/// A player's points on a board that too many play for one partition: it is spread over eight.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
#[dynamo(table = Arcade, pk = "PLAYER#{player}", sk = "HOT#{game}")]
#[dynamo(index(on_board = Board, pk = "HOT#{game}#{shard}", sk = score))]
pub struct HotScore {
    /// Who.
    pub player: String,
    /// At which game.
    pub game: String,
    /// On which part of the board: picked when the player first plays, and kept.
    #[dynamo(immutable)]
    pub shard: Sharded<8>,
    /// How many points.
    pub score: u64,
}

/// A player's place, and who is around.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbourhood {
    /// The place, from 1. Those with the same points share it.
    pub rank: u64,
    /// The next better ones, the best first.
    pub above: Vec<Score>,
    /// The player.
    pub player: Score,
    /// The next worse ones, the best first.
    pub below: Vec<Score>,
}

/// The boards of an arcade.
#[derive(Debug, Clone)]
pub struct Boards {
    arcade: Client<Arcade>,
}

impl Boards {
    /// The boards in this table.
    pub fn new(arcade: Client<Arcade>) -> Self {
        Self { arcade }
    }

    /// Counts points to the week's board and to that of all time.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn add(&self, game: &str, week: &str, player: &str, points: u64) -> Result<()> {
        for week in [week, ALL_TIME] {
            let first =
                Score { player: player.to_owned(), game: game.to_owned(), week: week.to_owned(), score: points };
            self.arcade.upsert(&first).add(|s| s.score, points).await?;
        }
        Ok(())
    }

    /// The best, the best first.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn top(&self, game: &str, week: &str, count: u32) -> Result<Vec<Score>> {
        let page = self.arcade.query(Score::on_board(game, week)).backward().limit(count).await?;
        Ok(page.items)
    }

    /// A player's place and so many neighbours on either side; `None` when the player is not on the board.
    ///
    /// The place is counted: DynamoDB reads the better ones, and sends only how many they are.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn around(&self, game: &str, week: &str, player: &str, count: u32) -> Result<Option<Neighbourhood>> {
        let Some(player) = self.arcade.get(Score::key(player, game, week)).consistent().await? else {
            return Ok(None);
        };
        let better = || Score::on_board(game, week).score_after(player.score);
        let worse = Score::on_board(game, week).score_before(player.score);
        let mut above = self.arcade.query(better()).limit(count).await?.items;
        above.reverse();
        let below = self.arcade.query(worse).backward().limit(count).await?.items;
        let rank = self.arcade.query(better()).count().await? + 1;
        Ok(Some(Neighbourhood { rank, above, player, below }))
    }

    /// All boards that a player is on, of one game.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn of_player(&self, player: &str, game: &str) -> Result<Vec<Score>> {
        self.arcade.query(Score::of_player(player).game(game)).collect().await
    }

    /// Counts points on the board of a hot game.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn add_hot(&self, game: &str, player: &str, points: u64) -> Result<()> {
        let first =
            HotScore { player: player.to_owned(), game: game.to_owned(), shard: Sharded::pick(), score: points };
        self.arcade.upsert(&first).add(|s| s.score, points).await.map(|_| ())
    }

    /// The best of a hot game: the best of every part, merged.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn top_hot(&self, game: &str, count: u32) -> Result<Vec<HotScore>> {
        let mut best = Vec::new();
        for shard in Sharded::all() {
            best.extend(self.arcade.query(HotScore::on_board(game, shard)).backward().limit(count).await?.items);
        }
        best.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.player.cmp(&b.player)));
        best.truncate(usize::try_from(count).unwrap_or(usize::MAX));
        Ok(best)
    }
}
