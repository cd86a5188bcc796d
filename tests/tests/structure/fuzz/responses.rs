//! A storm of mutated responses to every verb: no panic, no hang; what was carried out is never told as refused, and what was
//! refused never as carried out; no item under another key, and none that is there told as absent.

mod check;
mod mutate;
mod verbs;

use check::{Seen, complaint};
use dynamodel::{Client, Codec};
use dynamodel_tests::engine;
use dynamodel_tests::record::{hurried, recorded};
use dynamodel_tests::storm::{Random, Storm};
use dynamodel_tests::tap::Do;
use mutate::mutated;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use verbs::{Shelf, VERBS, call, prepare};

/// Far longer than any call here takes: nobody waits for a loop without end.
const PATIENCE: Duration = Duration::from_secs(60);

/// The responses of one call, of which one is changed.
#[derive(Default)]
struct Wire {
    requests: u64,
    seen: Option<Seen>,
}

/// One call, one of whose responses is changed. What is wrong, if anything is.
async fn case(clean: &Client<Shelf>, verb: u64, id: String, seed: u64) -> Result<&'static str, String> {
    let mut random = Random::new(seed);
    let present = random.percent(70);
    prepare(clean, &id, verb, present).await;
    // Most calls make one request.
    let (at, own) = (if random.percent(75) { 0 } else { random.below(4) }, random.number());
    let wire = Arc::new(Mutex::new(Wire::default()));
    let state = Arc::clone(&wire);
    let (client, record) = recorded(clean, move |operation, request| {
        let mut wire = state.lock().unwrap();
        wire.requests += 1;
        if let Some(seen) = &mut wire.seen {
            seen.is_last = false;
        }
        if wire.requests != at + 1 {
            return Do::Pass;
        }
        let (state, operation, request) = (Arc::clone(&state), operation.to_owned(), request.to_owned());
        Do::Change(Arc::new(move |status, body| {
            let (how, changed) = mutated(&body, &mut Random::new(own));
            let (operation, request, body) = (operation.clone(), request.clone(), body.clone());
            let seen = Seen { operation, request, status, body, how, changed: changed.clone(), is_last: true };
            state.lock().unwrap().seen = Some(seen);
            (status, changed)
        }))
    });
    let codec = if random.percent(50) { Codec::Wire } else { Codec::AttributeValue };
    let client = hurried(&client, 2, 3).with_codec(codec);
    let task = tokio::spawn(async move { call(&client, verb, &id, present).await });
    let outcome = match tokio::time::timeout(PATIENCE, task).await {
        Ok(Ok(outcome)) => Ok(outcome),
        Ok(Err(panic)) => Err(format!("a panic: {panic}")),
        Err(_) => Err("no end".to_owned()),
    };
    record.settled().await;
    let seen = wire.lock().unwrap().seen.take();
    let told = || {
        let shown = seen.as_ref().map_or_else(|| "nothing changed".to_owned(), ToString::to_string);
        format!("{codec:?}, {shown}\n  {}", record.lines())
    };
    match outcome {
        Err(wrong) => Err(format!("{wrong}; {}", told())),
        Ok(outcome) => match complaint(&outcome, seen.as_ref(), record.effects()) {
            Some(wrong) => Err(format!("{wrong}: {outcome:?}; {}", told())),
            None => Ok(if seen.is_some() { outcome.word() } else { "unchanged" }),
        },
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_comes_back_is_read_or_refused_and_nothing_is_told_that_is_not_so() {
    let mut counts: BTreeMap<&'static str, BTreeMap<&'static str, u64>> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut storm = Storm::new(8);
    for seed in storm.by_ref() {
        let clean: Client<Shelf> = engine::connect(&engine::clock(), Codec::Wire).await;
        let mut random = Random::new(seed);
        for round in 0..3 {
            for (verb, name) in (0..).zip(VERBS) {
                match case(&clean, verb, format!("0-{seed}-{round}-{verb}"), random.number()).await {
                    Ok(word) => *counts.entry(name).or_default().entry(word).or_default() += 1,
                    Err(complaint) => wrong.push(format!("seed {seed}, round {round}, `{name}`: {complaint}")),
                }
            }
        }
        if wrong.len() > 20 {
            break;
        }
    }
    let total: u64 = counts.values().flat_map(BTreeMap::values).sum();
    println!("mutated responses: {} rounds, {total} calls of {} verbs: {counts:?}", storm.rounds(), VERBS.len());
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
