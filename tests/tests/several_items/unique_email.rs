//! Accounts by unique e-mail address: whatever tasks do to them at once, each address has one owner, and each account
//! has its address.

use super::unique::look;
use dynamodel::testing::Faults;
use dynamodel::{Change, Client, Codec, Entity, ErrorKind, Expiry, ManualClock, Table};
use dynamodel_tests::engine;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

#[derive(Table, Debug)]
#[dynamo(pk = "PK", entities(Account))]
struct Accounts;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Accounts, pk = "ACCOUNT#{id}")]
struct Account {
    id: String,
    #[dynamo(unique)]
    email: String,
    #[dynamo(unique)]
    alias: Option<String>,
    visits: u32,
    #[dynamo(version)]
    version: u64,
    #[dynamo(ttl)]
    until: Option<Expiry>,
}

/// What a task does next, with an account and an address by their numbers.
#[derive(Debug, Clone)]
enum Step {
    Create(u8, u8),
    Save(u8, u8),
    Put(u8, u8),
    UpdateByKey(u8, u8),
    UpdateByValue(u8, u8),
    Alias(u8, Option<u8>),
    Upsert(u8, u8),
    Modify(u8, u8),
    GetOrCreate(u8, u8),
    DeleteByKey(u8),
    DeleteByValue(u8),
    Swap(u8, u8),
    Visit(u8),
    Live(u8, u16),
    Wait(u8),
}

fn step() -> impl Strategy<Value = Step> {
    let (account, address) = (0..4_u8, 0..4_u8);
    let both = (account.clone(), address.clone());
    prop_oneof![
        3 => both.clone().prop_map(|(a, e)| Step::Create(a, e)),
        2 => both.clone().prop_map(|(a, e)| Step::Save(a, e)),
        1 => both.clone().prop_map(|(a, e)| Step::Put(a, e)),
        2 => both.clone().prop_map(|(a, e)| Step::UpdateByKey(a, e)),
        2 => both.clone().prop_map(|(a, e)| Step::UpdateByValue(a, e)),
        2 => (account.clone(), proptest::option::of(address.clone())).prop_map(|(a, e)| Step::Alias(a, e)),
        1 => both.clone().prop_map(|(a, e)| Step::Upsert(a, e)),
        1 => both.clone().prop_map(|(a, e)| Step::Modify(a, e)),
        1 => both.clone().prop_map(|(a, e)| Step::GetOrCreate(a, e)),
        1 => account.clone().prop_map(Step::DeleteByKey),
        1 => account.clone().prop_map(Step::DeleteByValue),
        1 => (account.clone(), account.clone()).prop_map(|(a, b)| Step::Swap(a, b)),
        1 => account.clone().prop_map(Step::Visit),
        1 => (account, 1..4_000_u16).prop_map(|(a, s)| Step::Live(a, s)),
        1 => (0..200_u8).prop_map(Step::Wait),
    ]
}

fn address(number: u8) -> String {
    format!("{number}@example.com")
}

fn fresh(account: u8, email: u8, clock: &ManualClock) -> Account {
    Account {
        id: account.to_string(),
        email: address(email),
        alias: None,
        visits: 0,
        version: 0,
        until: account.is_multiple_of(2).then(|| Expiry::from_epoch_seconds(clock.epoch_seconds() + 1000).unwrap()),
    }
}

/// One step; what others did in between may refuse it, and nothing else.
async fn take(accounts: &Client<Accounts>, clock: &ManualClock, step: Step) -> dynamodel::Result<()> {
    let key = |account: u8| Account::key(account.to_string().as_str());
    match step {
        Step::Create(a, e) => accounts.create(&fresh(a, e, clock)).await.map(drop),
        Step::Put(a, e) => {
            let there = accounts.get(key(a)).consistent().await?;
            let version = there.map_or(0, |there| there.version);
            accounts.put(&Account { version, ..fresh(a, e, clock) }).await.map(drop)
        }
        Step::Save(a, e) => match accounts.get(key(a)).consistent().await? {
            Some(mut there) => {
                there.email = address(e);
                accounts.save(&mut there).await
            }
            None => Ok(()),
        },
        Step::UpdateByKey(a, e) => accounts.update(key(a)).set(|x| x.email, address(e)).await,
        Step::UpdateByValue(a, e) => match accounts.get(key(a)).consistent().await? {
            Some(there) => accounts.update(&there).set(|x| x.email, address(e)).await,
            None => Ok(()),
        },
        Step::Alias(a, e) => accounts.update(key(a)).set(|x| x.alias, e.map(address)).await,
        Step::Upsert(a, e) => accounts.upsert(&fresh(a, e, clock)).set(|x| x.email, address(e)).await.map(drop),
        Step::Modify(a, e) => {
            let change = |there: &mut Account| {
                there.email = address(e);
                Change::Write
            };
            accounts.modify(key(a), change).await.map(drop)
        }
        Step::GetOrCreate(a, e) => accounts.get_or_create(fresh(a, e, clock)).await.map(drop),
        Step::DeleteByKey(a) => accounts.delete(key(a)).await,
        Step::DeleteByValue(a) => match accounts.get(key(a)).consistent().await? {
            Some(there) => accounts.delete(&there).await,
            None => Ok(()),
        },
        Step::Swap(a, b) => {
            let (one, other) = (accounts.get(key(a)).consistent().await?, accounts.get(key(b)).consistent().await?);
            match (one, other) {
                (Some(mut one), Some(mut other)) if a != b => {
                    std::mem::swap(&mut one.email, &mut other.email);
                    let saves = (dynamodel::op::Save::new(&mut one), dynamodel::op::Save::new(&mut other));
                    accounts.transact(saves).await.map(drop)
                }
                _ => Ok(()),
            }
        }
        Step::Visit(a) => accounts.update(key(a)).add(|x| x.visits, 1).await,
        Step::Live(a, seconds) => accounts.update(key(a)).expires_in(Duration::from_secs(seconds.into())).await,
        Step::Wait(seconds) => {
            clock.advance(Duration::from_secs(seconds.into()));
            Ok(())
        }
    }
}

fn is_refusal(error: &dynamodel::Error) -> bool {
    error.is_condition_failed()
        || matches!(error.kind(), ErrorKind::Contention | ErrorKind::Cancelled)
        || error.is_outcome_unknown()
}

/// Every value of a living account has one sentinel, which is its own and expires with it, and there is no other one
/// that has not expired.
async fn check(accounts: &Client<Accounts>, clock: &ManualClock) {
    let now = clock.epoch_seconds();
    let living = accounts.scan::<Account>().consistent().collect().await.unwrap();
    let mut expected = BTreeMap::new();
    for account in living {
        let claim = (format!("ACCOUNT#{}", account.id), account.until.map(Expiry::epoch_seconds));
        let email = format!("$UNIQUE#Account#email#{}", account.email);
        let alias = account.alias.map(|alias| format!("$UNIQUE#Account#alias#{alias}"));
        for key in [email].into_iter().chain(alias) {
            assert!(expected.insert(key.clone(), claim.clone()).is_none(), "{key} is in two accounts");
        }
    }
    let raw = look::raw(accounts).await.into_iter();
    let found: BTreeMap<_, _> = raw
        .filter(|(_, _, until)| until.is_none_or(|until| until > now))
        .map(|(key, owner, until)| (key, (owner, until)))
        .collect();
    assert_eq!(found, expected);
}

fn run(tasks: Vec<Vec<Step>>, faults: bool) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let clock = engine::clock();
        let sure = engine::connect::<Accounts>(&clock, Codec::Wire).await;
        let accounts = if faults {
            sure.clone().with_faults(&Faults::seeded(7).cut_after(0.1).transaction_conflict(0.1).fail_500(0.05))
        } else {
            sure.clone()
        };
        let tasks: Vec<_> = tasks
            .into_iter()
            .map(|steps| {
                let (accounts, clock) = (accounts.clone(), clock.clone());
                tokio::spawn(async move {
                    for step in steps {
                        if let Err(error) = take(&accounts, &clock, step.clone()).await {
                            assert!(is_refusal(&error), "{step:?}: {error:?}");
                        }
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        check(&sure, &clock).await;
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn whatever_tasks_do_at_once_every_living_value_has_one_sentinel(
        tasks in proptest::collection::vec(proptest::collection::vec(step(), 4..24), 1..5),
    ) {
        run(tasks, false);
    }

    #[test]
    fn also_where_answers_are_lost_and_transactions_meet(
        tasks in proptest::collection::vec(proptest::collection::vec(step(), 4..12), 1..4),
    ) {
        run(tasks, true);
    }
}

#[tokio::test]
async fn of_a_hundred_registrations_with_one_address_one_succeeds() {
    let accounts = engine::connect::<Accounts>(&engine::clock(), Codec::Wire).await;
    let clock = engine::clock();
    let tasks: Vec<_> = (0..100_u8)
        .map(|task| {
            let (accounts, account) = (accounts.clone(), Account { until: None, ..fresh(task, 1, &clock) });
            tokio::spawn(async move { accounts.create(&account).await })
        })
        .collect();
    let mut registered = Vec::new();
    let mut owners = Vec::new();
    for (task, outcome) in tasks.into_iter().enumerate() {
        match outcome.await.unwrap() {
            Ok(_) => registered.push(format!("ACCOUNT#{task}")),
            Err(error) => {
                assert!(error.is_unique_violation(), "{error:?}");
                owners.push(error.owner::<Account>().unwrap().to_string());
            }
        }
    }
    assert_eq!((registered.len(), owners.len()), (1, 99));
    assert!(owners.iter().all(|owner| *owner == registered[0]), "the owner is named");
    check(&accounts, &clock).await;
}
