//! The table of verbs under faults: every verb, on every column, through every fault. What the library says is right by
//! what the engine holds, or it says that nobody knows; where it is promised to be exact, it is.

#[allow(dead_code, reason = "not every path to every field is taken")]
mod accounts;
mod between;
mod cases;
mod oracle;
mod truth;
mod verdict;

use accounts::{Account, Counted, Ledger, Plain, Random};
use between::Between;
use cases::{Case, Copied, Start, Verb, cases, columns};
use dynamodel::sdk::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use dynamodel::testing::Faults;
use dynamodel::{Client, Codec, ManualClock, RetryPolicy};
use dynamodel_tests::engine;
use oracle::Kind;
use std::collections::BTreeMap;
use std::time::Duration;
use verdict::{Told, must_be_exact, shown, wrong};

/// Whether to do all cells; a debug build does every seventh one, which meets every verb, column and fault.
fn is_whole() -> bool {
    !cfg!(debug_assertions) || std::env::var_os("DYNAMODEL_WHOLE").is_some()
}

const PART: usize = 7;

/// A client for the faults: it tries three times, at once, as often as it likes, and transactions four times that.
fn hurried(ledger: &Client<Ledger>) -> Client<Ledger> {
    let retries = RetryConfig::standard().with_max_attempts(3).with_initial_backoff(Duration::from_nanos(1));
    let bucket = RetryPartition::custom("verbs_under_faults").token_bucket(TokenBucket::unlimited()).build();
    let config = ledger.sdk().config().to_builder().retry_config(retries).retry_partition(bucket).build();
    let policy = RetryPolicy { tries: 4, first: Duration::ZERO, longest: Duration::ZERO };
    ledger.clone().with_sdk(dynamodel::sdk::Client::from_conf(config)).with_retries(policy)
}

/// What came of the cells.
#[derive(Debug, Default)]
struct Counts {
    cells: u32,
    /// Where an answer was lost: those that are right all the same, and those that are said to be unknown.
    exact: BTreeMap<Kind, u32>,
    unknown: BTreeMap<Kind, u32>,
    wrong: Vec<String>,
}

/// One cell of the table.
async fn cell<A: Account>(
    (there, hurried, clock): (&Client<Ledger>, &Client<Ledger>, &ManualClock),
    (verb, in_transaction): (Verb, bool),
    place: (Start, Copied),
    case: &Case,
    counts: &mut Counts,
) {
    counts.cells += 1;
    let id = format!("{verb:?}-{}", counts.cells);
    let copy = A::begin(there, clock, &id, place).await;
    let faults = ["PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems"]
        .into_iter()
        .fold(Faults::script(case.script.clone()).recording(), Faults::only);
    let client = hurried.clone().with_faults(&faults);
    let (client, between) = match case.meddling {
        None => (client, None),
        Some((how, before)) => {
            let deed = Box::pin(A::meddle(there.clone(), id.clone(), how));
            let (client, between) = Between::put(client, before, deed);
            (client, Some(between))
        }
    };
    let told = if in_transaction {
        A::ask_in_transaction(&client, verb, copy).await
    } else {
        A::ask(&client, verb, copy).await
    };
    if told == Told::Skipped {
        return;
    }
    let (row, version) = oracle::start(A::KIND, place.0, place.1);
    let done = between.is_some_and(|between| between.is_done());
    let truth = truth::follow((A::KIND, verb, in_transaction), (row, version), case, &faults.sent(), done);
    let stored = A::stored(there, clock, &id).await;
    let (stored, end) = (shown(A::KIND, stored.as_ref()), shown(A::KIND, truth.end.as_ref()));
    let is_fresh = A::KIND != Kind::Plain && version == 0;
    let mut complaint = wrong(&told, verb, &truth, is_fresh);
    if stored != end {
        complaint = Some(format!("the engine holds {stored}, not {end}"));
    } else if in_transaction && truth.silent && matches!(told, Told::Refused(_)) && truth.answered {
        complaint = Some("said not to be done, and an attempt may still arrive".to_owned());
    } else if told == Told::Unknown
        && let Some(why) = must_be_exact(A::KIND, verb, in_transaction, &truth)
    {
        complaint = Some(format!("said to be unknown, and {why}"));
    }
    if let Some(complaint) = complaint {
        let what = if in_transaction { "in a transaction" } else { "alone" };
        let (kind, name, meddling) = (A::KIND, case.name, case.meddling);
        counts.wrong.push(format!(
            "{verb:?} {what} of {kind:?} on {place:?}, {name}, {meddling:?}: told {told:?}; {complaint}; {truth:?}"
        ));
    } else if truth.doubt {
        let column = if told == Told::Unknown { &mut counts.unknown } else { &mut counts.exact };
        *column.entry(A::KIND).or_default() += 1;
    }
}

async fn of_kind<A: Account>(verbs: &[Verb], in_transaction: bool, counts: &mut Counts) {
    let clock = engine::clock();
    let there: Client<Ledger> = engine::connect(&clock, Codec::Wire).await;
    let hurried = hurried(&there);
    let cases = cases();
    for (row, verb) in verbs.iter().copied().enumerate().filter(|(_, verb)| verb.is_single() || !in_transaction) {
        for (column, place) in columns(verb, A::KIND != Kind::Plain).into_iter().enumerate() {
            for (at, case) in cases.iter().enumerate() {
                if !is_whole() && !(row + column + at).is_multiple_of(PART) {
                    continue;
                }
                // Both ways of travelling take turns.
                let codec = if (column + at / 2).is_multiple_of(2) { Codec::Wire } else { Codec::AttributeValue };
                let hurried = hurried.clone().with_codec(codec);
                cell::<A>((&there, &hurried, &clock), (verb, in_transaction), place, case, counts).await;
            }
        }
    }
}

/// The cells of some verbs.
async fn hold(verbs: &[Verb], in_transaction: bool) -> Counts {
    let mut counts = Counts::default();
    of_kind::<Plain>(verbs, in_transaction, &mut counts).await;
    of_kind::<Counted>(verbs, in_transaction, &mut counts).await;
    of_kind::<Random>(verbs, in_transaction, &mut counts).await;
    println!(
        "{verbs:?}: {} cells; after a lost answer exact {:?}, unknown {:?}",
        counts.cells, counts.exact, counts.unknown
    );
    assert!(counts.wrong.is_empty(), "{} wrong:\n{}", counts.wrong.len(), counts.wrong.join("\n"));
    counts
}

fn of(column: &BTreeMap<Kind, u32>, kind: Kind) -> u32 {
    column.get(&kind).copied().unwrap_or(0)
}

/// A random version tells more than a counted one, and that one no less than none.
fn random_versions_tell_more(counts: &Counts) {
    let Counts { exact, unknown, .. } = counts;
    assert!(of(unknown, Kind::Random) < of(unknown, Kind::Counted), "{counts:?}");
    assert!(of(exact, Kind::Random) > of(exact, Kind::Counted), "{counts:?}");
    assert!(of(unknown, Kind::Random) > 0, "nothing was in doubt: {counts:?}");
}

#[tokio::test]
async fn create_and_get_or_create() {
    random_versions_tell_more(&hold(&[Verb::Create, Verb::GetOrCreate], false).await);
}

#[tokio::test]
async fn put_and_save() {
    random_versions_tell_more(&hold(&[Verb::Put, Verb::Save], false).await);
}

#[tokio::test]
async fn put_unchecked_says_what_holds_and_is_in_doubt_only_when_no_answer_comes() {
    let counts = hold(&[Verb::Overwrite], false).await;
    assert!(of(&counts.exact, Kind::Plain) > of(&counts.unknown, Kind::Plain));
}

#[tokio::test]
async fn updates_by_key_that_say_what_holds() {
    let counts = hold(&[Verb::Set, Verb::Seal, Verb::SetNew, Verb::SetOld], false).await;
    random_versions_tell_more(&counts);
}

#[tokio::test]
async fn updates_by_key_that_count() {
    random_versions_tell_more(&hold(&[Verb::Add, Verb::Append, Verb::Plus, Verb::AddNew], false).await);
}

#[tokio::test]
async fn updates_by_value() {
    random_versions_tell_more(&hold(&[Verb::SetOf, Verb::AddOf], false).await);
}

#[tokio::test]
async fn upserts() {
    random_versions_tell_more(&hold(&[Verb::UpsertSet, Verb::UpsertAdd], false).await);
}

#[tokio::test]
async fn modifies() {
    random_versions_tell_more(&hold(&[Verb::Modify], false).await);
}

#[tokio::test]
async fn deletes() {
    let counts = hold(&[Verb::Delete, Verb::DeleteOf], false).await;
    for kind in [Kind::Plain, Kind::Counted, Kind::Random] {
        assert!(of(&counts.exact, kind) > 0 && of(&counts.unknown, kind) > 0, "{counts:?}");
    }
}

#[tokio::test]
async fn all_of_them_in_transactions_are_exact_unless_they_are_refused_after_an_attempt_without_a_response() {
    let counts = hold(&Verb::ALL, true).await;
    for kind in [Kind::Plain, Kind::Counted, Kind::Random] {
        // Many cells are about writes that are refused.
        assert!(2 * of(&counts.exact, kind) > of(&counts.unknown, kind), "{counts:?}");
    }
}
