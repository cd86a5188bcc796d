//! Keys, values, locks, and consumers within one process.

use super::HOUR;
use dynamodel::Codec;
use dynamodel::lock::Locks;
use dynamodel::testing::{Fault, Faults};
use dynamodel_examples::coordination::{
    CoordinationError, Keep, KeyLock, Pair, Payload, Register, Space, Work, consume, work_off,
};
use dynamodel_tests::{both, clock, connect};
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use uuid::Uuid;

#[derive(serde::Serialize, serde::Deserialize, Debug, PartialEq)]
struct Agent {
    host: String,
    load: f64,
    tags: Vec<Option<u8>>,
}

fn text(value: &str) -> Payload {
    Payload::of(&value).unwrap()
}

#[tokio::test]
async fn values_are_put_found_listed_and_deleted() {
    let clock = clock();
    for register in both::<Register>(&clock).await {
        let (space, other) = (Space::new(&register, "a"), Space::new(&register, "b"));
        assert!(matches!(space.get("k").await, Err(CoordinationError::NotFound)));
        assert!(!space.exists("k").await.unwrap());
        space.put("k", text("one"), Keep::Forever).await.unwrap();
        space.put("k", text("two"), Keep::Forever).await.unwrap();
        other.put("k", Payload::Bytes(vec![0, 255]), Keep::Forever).await.unwrap();
        let pair = space.get("k").await.unwrap();
        assert_eq!((pair.read::<String>().unwrap().as_str(), pair.as_bytes()), ("two", None));
        assert_eq!(other.clone().eventually().get("k").await.unwrap().as_bytes(), Some(&[0, 255][..]));
        assert!(other.get("k").await.unwrap().read::<String>().is_err());
        // Bytes in place of a value leave nothing of it.
        space.put("k", Payload::Bytes(vec![1]), Keep::Forever).await.unwrap();
        assert_eq!(space.get("k").await.unwrap().value, None);

        let agent = Agent { host: "h1".into(), load: 0.5, tags: vec![Some(1), None] };
        for key in ["agents/2", "agents/1", "agents", "agent", "b"] {
            space.put(key, Payload::of(&agent).unwrap(), Keep::Forever).await.unwrap();
        }
        let keys = |pairs: Vec<Pair>| pairs.into_iter().map(|pair| pair.key).collect::<Vec<_>>();
        assert_eq!(keys(space.list("agents/").await.unwrap()), ["agents/1", "agents/2"]);
        assert_eq!(keys(space.list("agent").await.unwrap()), ["agent", "agents", "agents/1", "agents/2"]);
        assert_eq!(space.list("").await.unwrap().len(), 6);
        assert_eq!(space.list("none").await.unwrap(), []);
        assert_eq!(space.get("b").await.unwrap().read::<Agent>().unwrap(), agent);
        space.delete("b").await.unwrap();
        space.delete("b").await.unwrap();
        assert!(!space.exists("b").await.unwrap());

        space.put("brief", text("x"), Keep::For(HOUR)).await.unwrap();
        assert!(space.exists("brief").await.unwrap());
        clock.advance(HOUR);
        assert!(!space.exists("brief").await.unwrap());
        // A value that is to stay does so where there was one that was not.
        space.put("kept", text("x"), Keep::For(HOUR)).await.unwrap();
        space.put("kept", text("y"), Keep::Forever).await.unwrap();
        clock.advance(HOUR);
        assert_eq!(space.get("kept").await.unwrap().expires_at, None);
        assert_eq!(space.list("brief").await.unwrap(), []);
        space.atomic_put("brief", text("y"), Keep::Forever, None).await.unwrap();
        clock.advance(HOUR);
        assert!(space.exists("brief").await.unwrap());
    }
}

#[tokio::test]
async fn a_value_that_is_to_be_kept_for_too_long_is_refused() {
    let register = connect::<Register>(&clock(), Codec::Wire).await;
    let space = Space::new(&register, "a");
    // Beyond what the system's time holds, and beyond the year 9999.
    for lifetime in [Duration::MAX, Duration::from_secs(253_402_300_800)] {
        for refused in [
            space.put("k", text("1"), Keep::For(lifetime)).await,
            space.atomic_put("k", text("1"), Keep::For(lifetime), None).await.map(|_| ()),
        ] {
            assert!(matches!(refused, Err(CoordinationError::Unfit(_))), "{refused:?}");
        }
    }
    assert!(!space.exists("k").await.unwrap());
}

#[tokio::test]
async fn an_entry_that_counts_no_further_is_worked_on_nevertheless() {
    let register = connect::<Register>(&clock(), Codec::Wire).await;
    let space = Space::new(&register, "a");
    let entry = Work { times: u32::MAX, ..Work::new("a") };
    space.put("work/a", Payload::of(&entry).unwrap(), Keep::Forever).await.unwrap();
    let tally = consume(&space, "w", Duration::from_millis(1), |_| async {}).await.unwrap();
    assert_eq!(tally.done, ["a"]);
    let done: Work = space.get("work/a").await.unwrap().read().unwrap();
    assert_eq!(done, Work { done_by: Some("w".into()), ..entry });
}

#[tokio::test]
async fn what_is_written_against_the_previous_value_is_refused_when_there_is_another() {
    let clock = clock();
    for register in both::<Register>(&clock).await {
        let space = Space::new(&register, "a");
        let first = space.atomic_put("k", text("1"), Keep::Forever, None).await.unwrap();
        let Err(CoordinationError::Exists(there)) = space.atomic_put("k", text("2"), Keep::Forever, None).await else {
            panic!("written over")
        };
        assert_eq!(*there, first);
        let second = space.atomic_put("k", text("2"), Keep::For(HOUR), Some(&first)).await.unwrap();
        let late = space.atomic_put("k", text("3"), Keep::Forever, Some(&first)).await;
        assert!(matches!(late, Err(CoordinationError::Modified(now)) if *now == second));
        let late = space.atomic_delete("k", Some(&first)).await;
        assert!(matches!(late, Err(CoordinationError::Modified(now)) if *now == second));
        assert!(matches!(space.atomic_delete("k", None).await, Err(CoordinationError::Exists(_))));
        space.atomic_delete("k", Some(&second)).await.unwrap();
        space.atomic_delete("k", None).await.unwrap();
        let gone = space.atomic_put("k", text("3"), Keep::Forever, Some(&second)).await;
        assert!(matches!(gone, Err(CoordinationError::NotFound)), "{gone:?}");
        assert!(matches!(space.atomic_delete("k", Some(&second)).await, Err(CoordinationError::NotFound)));
    }
}

#[tokio::test]
async fn what_was_deleted_or_has_expired_and_was_put_anew_is_not_the_previous_value() {
    let clock = clock();
    for register in both::<Register>(&clock).await {
        let space = Space::new(&register, "a");
        let guard = space.lock("k", None, pending()).await.unwrap();
        let mut previous = space.atomic_put("k", text("1"), Keep::For(HOUR), None).await.unwrap();
        for expires in [false, true] {
            if expires {
                clock.advance(HOUR);
                let late = space.atomic_put("k", text("2"), Keep::Forever, Some(&previous)).await;
                assert!(matches!(late, Err(CoordinationError::NotFound)), "{late:?}");
            } else {
                space.delete("k").await.unwrap();
            }
            let other = space.atomic_put("k", text("other"), Keep::For(HOUR), None).await.unwrap();
            let refused = [
                space.atomic_put("k", text("2"), Keep::Forever, Some(&previous)).await.map(|_| ()),
                space.guarded_put(&guard, text("2"), &previous).await.map(|_| ()),
                space.atomic_delete("k", Some(&previous)).await,
            ];
            for refused in refused {
                assert!(matches!(&refused, Err(CoordinationError::Modified(now)) if **now == other), "{refused:?}");
            }
            assert_eq!(space.get("k").await.unwrap(), other);
            previous = other;
        }
    }
}

#[tokio::test]
async fn a_write_against_the_previous_value_whose_answer_gets_lost_is_known_to_be_made() {
    let register = connect::<Register>(&clock(), Codec::Wire).await;
    let faults = Faults::script([Fault::CutAfter, Fault::None, Fault::CutWithin]);
    let faulty = Space::new(&register.clone().with_faults(&faults), "a");
    let first = faulty.atomic_put("k", text("1"), Keep::Forever, None).await.unwrap();
    faulty.atomic_put("k", text("2"), Keep::Forever, Some(&first)).await.unwrap();
    assert_eq!((faults.injected().lost, faults.requests()), (2, 4));
    assert_eq!(Space::new(&register, "a").get("k").await.unwrap().read::<String>().unwrap(), "2");
}

#[tokio::test]
async fn a_lock_is_waited_for_until_one_is_told_to_stop() {
    for register in both::<Register>(&clock()).await {
        let space = Space::new(&register, "a");
        let guard = space.lock("k", Some("busy".into()), pending()).await.unwrap();
        let stopped = space.lock("k", None, tokio::time::sleep(Duration::from_millis(50))).await;
        assert!(matches!(stopped, Err(CoordinationError::AcquireCancelled)));
        assert!(space.try_lock("k").await.unwrap().is_none());
        let pair = space.atomic_put("k", text("1"), Keep::Forever, None).await.unwrap();
        let first = pair.clone();
        let pair = space.guarded_put(&guard, text("2"), &pair).await.unwrap();
        let late = space.guarded_put(&guard, text("3"), &first).await;
        assert!(matches!(late, Err(CoordinationError::Modified(now)) if *now == pair));
        let late = space.guarded_put(&guard, text("3"), &Pair { version: Uuid::nil(), ..first.clone() }).await;
        assert!(matches!(late, Err(CoordinationError::Exists(there)) if *there == pair));
        let never = space.guarded_put(&guard, text("3"), &Pair { key: "never".into(), ..first }).await;
        assert!(matches!(never, Err(CoordinationError::NotFound)), "{never:?}");
        guard.release().await.unwrap();
        let next = space.lock("k", None, pending()).await.unwrap();
        assert_eq!((next.token(), next.item().note.as_ref().and_then(|note| note.as_str())), (2, Some("busy")));
        assert_eq!(space.get("k").await.unwrap(), pair);
    }
}

#[tokio::test]
async fn an_entry_that_is_deleted_or_changed_meanwhile_stops_no_consumer() {
    for register in both::<Register>(&clock()).await {
        let space = Space::new(&register, "a");
        work_off(&space, &["a", "b", "c", "d"]).await.unwrap();
        let begun = Mutex::new(Vec::new());
        let work = |entry: Work| {
            begun.lock().unwrap().push(entry.task.clone());
            let (space, again) = (space.clone(), begun.lock().unwrap().len() > 3);
            async move {
                match entry.task.as_str() {
                    // The list was read, and knows it still.
                    "a" => space.delete("work/b").await.unwrap(),
                    // The very entry.
                    "c" => space.delete("work/c").await.unwrap(),
                    "d" if !again => {
                        let other = Payload::of(&Work::new("d")).unwrap();
                        space.put("work/d", other, Keep::Forever).await.unwrap();
                    }
                    _ => {}
                }
            }
        };
        let tally = consume(&space, "w", Duration::from_millis(1), work).await.unwrap();
        assert_eq!((tally.done, tally.in_vain), (vec!["a".into(), "d".into()], vec!["c".into(), "d".into()]));
        assert_eq!(*begun.lock().unwrap(), ["a", "c", "d", "d"]);
        assert_eq!(space.list("work/").await.unwrap().len(), 2);
        assert_eq!(register.scan::<KeyLock>().consistent().count().await.unwrap(), 0, "no lock stays behind");
    }
}

#[tokio::test]
async fn a_result_is_not_written_over_another_entry_under_the_same_key() {
    for register in both::<Register>(&clock()).await {
        let space = Space::new(&register, "a");
        work_off(&space, &["a"]).await.unwrap();
        let work = |entry: Work| {
            let space = space.clone();
            async move {
                if entry.task == "a" {
                    space.delete("work/a").await.unwrap();
                    let other = Payload::of(&Work::new("other")).unwrap();
                    space.atomic_put("work/a", other, Keep::Forever, None).await.unwrap();
                }
            }
        };
        let tally = consume(&space, "w", Duration::from_millis(1), work).await.unwrap();
        assert_eq!((tally.done, tally.in_vain), (vec!["other".into()], vec!["a".into()]));
        let entry: Work = space.get("work/a").await.unwrap().read().unwrap();
        assert_eq!((entry.task.as_str(), entry.times), ("other", 1));
    }
}

#[tokio::test]
async fn what_a_consumer_that_ends_with_an_error_has_begun_the_next_one_begins_again() {
    let register = connect::<Register>(&clock(), Codec::Wire).await;
    work_off(&Space::new(&register, "a"), &["a"]).await.unwrap();
    let faults = Faults::script([Fault::error(400, "ValidationException")]).only("TransactWriteItems");
    let begun = Mutex::new(0);
    for (client, is_well) in [(register.clone().with_faults(&faults), false), (register.clone(), true)] {
        let space = Space::new(&client, "a");
        let tally = consume(&space, "w", Duration::from_millis(1), |_| {
            *begun.lock().unwrap() += 1;
            async {}
        });
        match tally.await {
            Ok(tally) => assert!(is_well && tally.done == ["a"], "{tally:?}"),
            Err(error) => assert!(!is_well && matches!(error, CoordinationError::Store(_)), "{error:?}"),
        }
    }
    let entry: Work = Space::new(&register, "a").get("work/a").await.unwrap().read().unwrap();
    assert_eq!((*begun.lock().unwrap(), entry.times), (2, 1));
    assert_eq!(register.scan::<KeyLock>().consistent().count().await.unwrap(), 0);
}

/// An eventually consistent read after the lock could show an entry as it was before it was done.
#[tokio::test]
async fn a_consumer_reads_an_entry_as_it_is_whatever_its_space_says() {
    let register = connect::<Register>(&clock(), Codec::Wire).await;
    work_off(&Space::new(&register, "a"), &["a", "b"]).await.unwrap();
    let faults = Faults::script([]).recording();
    let space = Space::new(&register.with_faults(&faults), "a").eventually();
    let tally = consume(&space, "w", Duration::from_millis(1), |_| async {}).await.unwrap();
    assert_eq!(tally.done, ["a", "b"]);
    space.atomic_delete("k", None).await.unwrap();
    let consistent = |operation: &str| {
        let sent = faults.sent().into_iter().filter(|sent| sent.operation == operation);
        let bodies = sent.map(|sent| String::from_utf8(sent.body).unwrap()).filter(|body| body.contains("\"KEY#"));
        bodies.map(|body| body.contains("\"ConsistentRead\":true")).collect::<Vec<_>>()
    };
    // Two entries, and the key under which nothing must be.
    assert_eq!((consistent("Query"), consistent("GetItem")), (vec![false; 2], vec![true; 3]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_entry_is_worked_on_by_exactly_one_of_many() {
    let [register, _] = both::<Register>(&clock()).await;
    let space = Space::new(&register, "orchestra");
    let tasks: Vec<_> = (0..20).map(|task| format!("task {task:02}")).collect();
    let tasks: Vec<&str> = tasks.iter().map(String::as_str).collect();
    work_off(&space, &tasks).await.unwrap();
    assert!(matches!(work_off(&space, &tasks).await, Err(CoordinationError::Exists(_))));
    let begun = Arc::new(Mutex::new(Vec::new()));
    let consumers: Vec<_> = (0..5)
        .map(|number| {
            let (register, begun) = (register.clone(), Arc::clone(&begun));
            tokio::spawn(async move {
                let name = format!("consumer {number}");
                let space = Space::new(&register, "orchestra").with_locks(Locks::new(&register).owner(&name));
                let work = |entry: Work| {
                    begun.lock().unwrap().push(entry.task);
                    tokio::time::sleep(Duration::from_millis(5))
                };
                consume(&space, &name, Duration::from_millis(10), work).await.unwrap()
            })
        })
        .collect();
    let mut done = Vec::new();
    for consumer in consumers {
        let tally = consumer.await.unwrap();
        assert_eq!(tally.in_vain, [""; 0]);
        done.extend(tally.done);
    }
    done.sort();
    assert_eq!(done, tasks);
    let mut begun = begun.lock().unwrap().clone();
    begun.sort();
    assert_eq!(begun, tasks, "nobody began what another one did");
    assert_eq!(register.scan::<KeyLock>().consistent().count().await.unwrap(), 0, "no lock stays behind");
    for pair in space.list("work/").await.unwrap() {
        let work: Work = pair.read().unwrap();
        assert!(work.times == 1 && work.done_by.is_some(), "{work:?}");
    }
}
