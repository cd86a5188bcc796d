//! Created-at, updated-at, expiry and the largest version, on a real engine and by both ways of travelling.

use dynamodel::op::{BatchOp, Create, GotOrCreated, Put, Save, Update, Upserted};
use dynamodel::{Clock, Entity, ErrorKind, Expiry, ManualClock, Table, Timestamp};
use dynamodel_tests::{both, clock};
use serde::{Deserialize, Serialize};
use std::time::Duration;

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", entities(Job, Tag, Small))]
pub struct Works;

/// Everything that time has a part in.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Default)]
#[dynamo(table = Works, pk = "JOB#{id}", sk = "JOB", query = of_job)]
pub struct Job {
    pub id: String,
    pub runs: u64,
    #[dynamo(created_at)]
    pub created_at: Timestamp,
    #[dynamo(updated_at)]
    #[serde(rename = "changed")]
    pub updated_at: Timestamp,
    #[dynamo(ttl)]
    pub expires_at: Option<Expiry>,
    #[dynamo(version)]
    pub version: u64,
}

/// No version, and moments that serde leaves out.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Default)]
#[dynamo(table = Works, pk = "TAG#{name}", sk = "TAG")]
pub struct Tag {
    #[dynamo(key_only)]
    pub name: String,
    #[dynamo(created_at)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    #[dynamo(updated_at)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
    pub text: String,
}

/// A version that is soon used up.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Works, pk = "SMALL#{id}", sk = "SMALL")]
pub struct Small {
    pub id: String,
    pub hits: u64,
    #[dynamo(version)]
    pub version: u8,
}

const MINUTE: Duration = Duration::from_secs(60);

fn job(id: &str) -> Job {
    Job { id: id.to_owned(), ..Job::default() }
}

fn tag(name: &str) -> Tag {
    Tag { name: name.to_owned(), text: "x".to_owned(), ..Tag::default() }
}

fn now(clock: &ManualClock) -> Timestamp {
    Timestamp::try_from(clock.now()).unwrap()
}

/// When an item was created and written last.
fn moments(job: &Job) -> (Timestamp, Timestamp) {
    (job.created_at, job.updated_at)
}

#[tokio::test]
async fn create_sets_both_moments_and_every_write_the_second() {
    let clock = clock();
    for works in both::<Works>(&clock).await {
        let read = async || works.get(Job::key("a")).consistent().await.unwrap().unwrap();
        let created = now(&clock);
        works.create(&job("a")).await.unwrap();
        assert_eq!(moments(&read().await), (created, created));

        clock.advance(MINUTE);
        works.update(Job::key("a")).add(|j| j.runs, 1).await.unwrap();
        assert_eq!(moments(&read().await), (created, now(&clock)));

        clock.advance(MINUTE);
        let mut mine = read().await;
        works.update(&mine).set(|j| j.runs, 7).await.unwrap();
        assert_eq!(moments(&read().await), (created, now(&clock)));
        let before = mine.clone();
        assert!(works.save(&mut mine).await.unwrap_err().is_conflict());
        assert_eq!(mine, before, "a refused save leaves the value as it was");

        clock.advance(MINUTE);
        let mut mine = read().await;
        works.save(&mut mine).await.unwrap();
        assert_eq!(moments(&mine), (created, now(&clock)));
        assert_eq!(read().await, mine, "the value learnt what was stored");

        clock.advance(MINUTE);
        works.modify(Job::key("a"), |job| job.runs += 1).await.unwrap();
        assert_eq!(moments(&read().await), (created, now(&clock)));
    }
}

#[tokio::test]
async fn put_writes_created_at_as_the_value_holds_it() {
    let clock = clock();
    for works in both::<Works>(&clock).await {
        let long_ago = Timestamp::from_epoch_millis(1_000_000_000_123).unwrap();
        works.put(&Job { created_at: long_ago, ..job("a") }).await.unwrap();
        let stored = works.get(Job::key("a")).await.unwrap().unwrap();
        assert_eq!(moments(&stored), (long_ago, now(&clock)));

        works.put(&tag("t")).await.unwrap();
        let stored = works.get(Tag::key("t")).await.unwrap().unwrap();
        assert_eq!((stored.created_at, stored.updated_at), (None, Some(now(&clock))));
    }
}

#[tokio::test]
async fn save_of_a_value_that_was_never_stored_creates_it() {
    let clock = clock();
    for works in both::<Works>(&clock).await {
        let mut fresh = job("a");
        works.save(&mut fresh).await.unwrap();
        assert_eq!(moments(&fresh), (now(&clock), now(&clock)));
        assert_eq!(works.get(Job::key("a")).await.unwrap(), Some(fresh));

        // Without a version, nobody knows whether it was stored: what the value holds is kept.
        works.create(&tag("t")).await.unwrap();
        let created = Some(now(&clock));
        let mut tag = works.get(Tag::key("t")).await.unwrap().unwrap();
        assert_eq!((tag.created_at, tag.updated_at), (created, created));
        clock.advance(MINUTE);
        works.save(&mut tag).await.unwrap();
        assert_eq!((tag.created_at, tag.updated_at), (created, Some(now(&clock))));
        assert_eq!(works.get(Tag::key("t")).await.unwrap(), Some(tag));
    }
}

#[tokio::test]
async fn upsert_creates_with_both_moments_and_keeps_the_first_one_afterwards() {
    let clock = clock();
    for works in both::<Works>(&clock).await {
        let created = now(&clock);
        assert_eq!(works.upsert(&job("a")).add(|j| j.runs, 1).await.unwrap(), Upserted::Created);
        clock.advance(MINUTE);
        assert_eq!(works.upsert(&job("a")).add(|j| j.runs, 1).await.unwrap(), Upserted::Updated);
        let stored = works.get(Job::key("a")).await.unwrap().unwrap();
        assert_eq!((moments(&stored), stored.runs), ((created, now(&clock)), 1));
    }
}

#[tokio::test]
async fn get_or_create_gives_the_value_with_both_moments() {
    let clock = clock();
    for works in both::<Works>(&clock).await {
        let made = works.get_or_create(job("a")).await.unwrap();
        let GotOrCreated::Created(made) = made else { panic!("found {made:?}") };
        assert_eq!((moments(&made), made.version), ((now(&clock), now(&clock)), 1));
        clock.advance(MINUTE);
        assert_eq!(works.get_or_create(job("a")).await.unwrap(), GotOrCreated::Got(made));
    }
}

#[tokio::test]
async fn what_is_encoded_early_is_stamped_when_it_is_sent() {
    let clock = clock();
    for works in both::<Works>(&clock).await {
        let (a, mut b) = (job("a"), job("b"));
        let create = works.create(&a);
        let batched = BatchOp::put_unchecked(&job("c")).unwrap();
        clock.advance(MINUTE);
        create.await.unwrap();
        let kept = Timestamp::from_epoch_millis(5).unwrap();
        let put = Job { created_at: kept, ..job("d") };
        let added = Update::new(Job::key("a")).add(|j| j.runs, 1);
        clock.advance(MINUTE);
        works.transact((Save::new(&mut b), Put::new(&put), Create::new(&job("e")), added)).await.unwrap();
        assert_eq!(moments(&b), (now(&clock), now(&clock)), "a transaction tells the value too");
        works.batch_write().unchecked().retry_leftovers([batched]).put(&job("f")).await.unwrap();
        let read = async |id: &str| moments(&works.get(Job::key(id)).consistent().await.unwrap().unwrap());
        let sent = now(&clock);
        let a = read("a").await;
        assert_eq!((a.1, sent), (sent, now(&clock)));
        assert_eq!(Timestamp::try_from(a.0.to_system_time() + MINUTE).unwrap(), sent);
        assert_eq!(read("b").await, (sent, sent));
        assert_eq!(read("d").await, (kept, sent));
        assert_eq!(read("e").await, (sent, sent));
        for id in ["c", "f"] {
            assert_eq!(read(id).await, (Timestamp::EPOCH, sent), "a batch puts: created-at is the value's");
        }
    }
}

#[tokio::test]
async fn update_each_stamps_every_item() {
    let clock = clock();
    for works in both::<Works>(&clock).await {
        works.create(&job("a")).await.unwrap();
        clock.advance(MINUTE);
        works.query(Job::of_job("a")).update_each(|job| job.set(|j| j.runs, 9)).await.unwrap();
        let stored = works.get(Job::key("a")).await.unwrap().unwrap();
        assert_eq!((stored.runs, stored.updated_at), (9, now(&clock)));
    }
}

#[tokio::test]
async fn a_clock_that_goes_back_is_believed() {
    let clock = clock();
    for works in both::<Works>(&clock).await {
        works.create(&job("a")).await.unwrap();
        let created = now(&clock);
        let behind = ManualClock::at_epoch_seconds(clock.epoch_seconds() - 3600);
        let slow = works.clone().with_clock(behind.clone());
        slow.update(Job::key("a")).set(|j| j.runs, 1).await.unwrap();
        let stored = works.get(Job::key("a")).await.unwrap().unwrap();
        assert_eq!(moments(&stored), (created, now(&behind)), "written before it was created");
    }
}

#[tokio::test]
async fn whether_an_item_has_expired_is_for_each_clock_to_say() {
    let clock = clock();
    for works in both::<Works>(&clock).await {
        let expires_at = Some(Expiry::at(clock.now() + MINUTE).unwrap());
        works.create(&Job { expires_at, ..job("a") }).await.unwrap();
        let behind = ManualClock::at_epoch_seconds(clock.epoch_seconds());
        let slow = works.clone().with_clock(behind);
        let ahead = ManualClock::at_epoch_seconds(clock.epoch_seconds() + 60);
        let fast = works.clone().with_clock(ahead);
        // One has it already expired, the other one not: no write of the latter is lost, none of the former gets through.
        assert_eq!(fast.get(Job::key("a")).await.unwrap(), None);
        let refused = fast.update(Job::key("a")).add(|j| j.runs, 1).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Expired);
        assert!(slow.get(Job::key("a")).await.unwrap().is_some());
        slow.update(Job::key("a")).add(|j| j.runs, 1).expires_in(2 * MINUTE).await.unwrap();
        assert!(fast.get(Job::key("a")).await.unwrap().is_some(), "extended by the slow one's clock");
    }
}

#[tokio::test]
async fn expires_in_counts_from_the_moment_of_sending() {
    let clock = clock();
    for works in both::<Works>(&clock).await {
        works.create(&job("a")).await.unwrap();
        let update = works.update(Job::key("a")).expires_in(MINUTE + Duration::from_millis(1));
        clock.advance(MINUTE);
        update.await.unwrap();
        let stored = works.get(Job::key("a")).await.unwrap().unwrap();
        assert_eq!(stored.expires_at, Some(Expiry::at(clock.now() + MINUTE + Duration::from_secs(1)).unwrap()));

        let twice = works.update(Job::key("a")).set(|j| j.expires_at, None).expires_in(MINUTE);
        let refused = twice.await.unwrap_err();
        assert_eq!((refused.kind(), refused.attempts()), (ErrorKind::InvalidRequest, 0));
        let never = works.update(Job::key("a")).expires_in(Duration::MAX).await.unwrap_err();
        assert_eq!((never.kind(), never.attempts()), (ErrorKind::InvalidValue, 0));
        clock.advance(2 * MINUTE);
        assert_eq!(works.get(Job::key("a")).await.unwrap(), None);
    }
}

#[tokio::test]
async fn no_update_counts_a_version_beyond_its_type() {
    for works in both::<Works>(&clock()).await {
        let small = Small { id: "a".to_owned(), hits: 0, version: 253 };
        works.batch_write().unchecked().put(&small).await.unwrap();
        works.update(Small::key("a")).add(|s| s.hits, 1).await.unwrap();
        let full = works.update(Small::key("a")).add(|s| s.hits, 1).await.unwrap_err();
        assert_eq!(full.kind(), ErrorKind::InvalidValue);
        assert!(full.to_string().contains("largest value"), "{full}");
        let mut stored = works.get(Small::key("a")).await.unwrap().unwrap();
        assert_eq!((stored.version, stored.hits), (255, 1));
        assert_eq!(works.save(&mut stored).await.unwrap_err().kind(), ErrorKind::InvalidValue);
        // An item that something else wrote without a version is counted from nothing.
        let raw = |name: &str| dynamodel::sdk::types::AttributeValue::S(name.to_owned());
        let put = works.sdk().put_item().table_name(works.table_name());
        let put =
            put.item("PK", raw("SMALL#b")).item("SK", raw("SMALL")).item("id", raw("b")).item("_type", raw("Small"));
        put.send().await.unwrap();
        works.update(Small::key("b")).set(|s| s.hits, 1).await.unwrap();
        assert_eq!(works.get(Small::key("b")).await.unwrap().unwrap().version, 1);
    }
}
