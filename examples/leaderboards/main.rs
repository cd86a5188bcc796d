//! Leaderboards in a DynamoDB table: `cargo run --example leaderboards`.
//!
//! Runs on an engine inside the process. `DYNAMODB_ENDPOINT=http://127.0.0.1:8000` runs it on another one.

use dynamodel::Result;
use dynamodel_examples::leaderboards::{ALL_TIME, Arcade, Boards, Score};
use dynamodel_examples::show;
use std::error::Error;

const PLAYERS: [&str; 8] = ["ada", "bob", "cleo", "dora", "emil", "fay", "gus", "hana"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let boards = Boards::new(Arcade::local("leaderboards-example").await?);

    println!("1. Eight players play for two weeks. Every game is counted on two boards.\n");
    for (week, step) in [("2026-W46", 7), ("2026-W47", 5)] {
        for round in 0..3_u64 {
            for (player, number) in PLAYERS.iter().zip(1_u64..) {
                boards.add("chess", week, player, (number * step + round * 3) % 11 * 10 + number).await?;
            }
        }
    }
    println!("   The best of this week:");
    print_board(&boards.top("chess", "2026-W47", 3).await?, 1);
    println!("   The best of all time:");
    print_board(&boards.top("chess", ALL_TIME, 3).await?, 1);

    println!("2. Where is Fay, and who is around her?");
    let before = boards.around("chess", "2026-W47", "fay", 2).await?.ok_or("Fay is not on the board")?;
    print_board(
        &[before.above.clone(), vec![before.player.clone()], before.below.clone()].concat(),
        before.rank.saturating_sub(2).max(1),
    );

    println!("3. She wins 60 points. `ADD` counts them, and moves her on the board, in one request.");
    boards.add("chess", "2026-W47", "fay", 60).await?;
    let after = boards.around("chess", "2026-W47", "fay", 2).await?.ok_or("Fay is not on the board")?;
    println!("   from place {} to place {}\n", before.rank, after.rank);
    print_board(&boards.top("chess", "2026-W47", 8).await?, 1);

    println!("4. A hot game: its board is spread over eight partitions, and read as one.");
    for round in 0..4_u64 {
        for (player, number) in PLAYERS.iter().zip(1_u64..) {
            boards.add_hot("snake", player, (number * 13 + round * 5) % 17).await?;
        }
    }
    let rows: Vec<_> = boards
        .top_hot("snake", 5)
        .await?
        .into_iter()
        .zip(1..)
        .map(|(score, place)| {
            vec![place.to_string(), score.player, score.score.to_string(), format!("part {}", score.shard.number())]
        })
        .collect();
    println!("{}", show::table(&["place", "player", "points", "lies in"], &rows));
    Ok(())
}

fn print_board(scores: &[Score], first: u64) {
    let best = scores.iter().map(|score| score.score).max().unwrap_or(1).max(1);
    let rows: Vec<_> = scores
        .iter()
        .zip(first..)
        .map(|(score, place)| {
            let length = usize::try_from(score.score * 30 / best).unwrap_or(0);
            vec![place.to_string(), score.player.clone(), score.score.to_string(), "▇".repeat(length)]
        })
        .collect();
    println!("{}", show::table(&["place", "player", "points", ""], &rows));
}
