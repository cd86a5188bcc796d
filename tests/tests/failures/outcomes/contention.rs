//! Many tasks that modify one item: all of them come through, by the default policy.

use dynamodel::{Client, Codec};
use dynamodel_tests::engine;
use dynamodel_tests::model::{Session, Shop};

const TASKS: u32 = 64;
const TURNS: u32 = 5;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_tasks_that_modify_one_item_all_come_through() {
    let shop: Client<Shop> = engine::connect(&engine::clock(), Codec::Wire).await;
    shop.create(&Session::new("u", "s")).await.unwrap();
    let before = shop.stats();
    let tasks: Vec<_> = (0..TASKS)
        .map(|_| {
            let shop = shop.clone();
            tokio::spawn(async move {
                let (mut calls, mut given_up) = (0, 0);
                for _ in 0..TURNS {
                    match shop.modify(Session::key("u", "s"), |session: &mut Session| session.hits += 1).await {
                        Ok(modified) => calls += modified.tries,
                        Err(error) if error.is_conflict() => given_up += 1,
                        Err(error) => panic!("{error:?}"),
                    }
                }
                (calls, given_up)
            })
        })
        .collect();
    let (mut calls, mut given_up) = (0, 0);
    for task in tasks {
        let (called, gave_up) = task.await.unwrap();
        calls += called;
        given_up += gave_up;
    }
    let requests = shop.stats().requests - before.requests;
    println!(
        "{TASKS} tasks x {TURNS} modify of one item: {given_up} given up, {calls} calls of the closure, {requests} requests"
    );
    let stored = shop.get(Session::key("u", "s")).consistent().await.unwrap().unwrap();
    assert_eq!(stored.hits, u64::from(TASKS * TURNS - given_up));
    assert_eq!(given_up, 0);
}
