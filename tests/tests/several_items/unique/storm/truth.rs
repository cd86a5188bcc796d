//! What must hold: of each call's word, and of all that is stored.

use super::entities::{Badge, Club, Coupon, Member, Token};
use dynamodel::sdk::types::AttributeValue;
use dynamodel::{Client, Clock, Error, ErrorKind, ManualClock};
use dynamodel_tests::record::Record;
use dynamodel_tests::storm::Random;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::time::UNIX_EPOCH;

/// What a call said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It was done: exactly once.
    Once,
    /// It was done, if more often then to the same end.
    Done,
    /// There was nothing to do, or it is not told what was done.
    Open,
    /// There was nothing to do.
    Nothing,
    Refused(ErrorKind),
    Unknown,
}

impl Told {
    pub fn of<O>(outcome: Result<O, Error>, done: Self) -> Self {
        match outcome {
            Ok(_) => done,
            Err(error) if error.is_outcome_unknown() => Self::Unknown,
            Err(error) if error.is_applied() => Self::Done,
            Err(error) => Self::Refused(error.reasons().iter().flatten().next().map_or(error.kind(), Error::kind)),
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Once | Self::Done | Self::Open => "done",
            Self::Nothing => "nothing",
            Self::Refused(_) => "refused",
            Self::Unknown => "unknown",
        }
    }
}

/// One call.
pub struct Call {
    pub name: String,
    pub told: Told,
    pub record: Record,
    /// How often it was carried out by the time that it was told.
    pub early: u32,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}\n  {}", self.name, self.told, self.record.lines())
    }
}

/// Whether what a call said is what was done.
pub fn words_are_right(call: &Call, swept: bool) -> Result<(), String> {
    let (effects, doubts) = (call.record.effects(), call.record.doubts());
    let complaint = match call.told {
        Told::Once if effects != 1 => "told as done once",
        Told::Done if effects == 0 => "told as done",
        // A batch of many may have done a part of its work.
        Told::Refused(_) if effects != 0 && !call.name.contains("each") => "told as not done",
        Told::Nothing if effects != 0 => "told as not done",
        Told::Unknown if doubts == 0 => "unknown without a doubt",
        Told::Refused(ErrorKind::SentinelMissing) if !swept => "a sentinel is missing",
        Told::Refused(ErrorKind::Decode | ErrorKind::WrongEntity | ErrorKind::Service | ErrorKind::InvalidValue) => {
            "an odd error"
        }
        _ => return Ok(()),
    };
    Err(format!("{complaint}, carried out {effects} times: {call}"))
}

type Raw = HashMap<String, AttributeValue>;

async fn all(there: &Client<Club>) -> Vec<Raw> {
    let mut out = Vec::new();
    let mut start = None;
    loop {
        let scan = there.sdk().scan().table_name(there.table_name()).consistent_read(true);
        let page = scan.set_exclusive_start_key(start).send().await.unwrap();
        out.extend(page.items.unwrap_or_default());
        start = page.last_evaluated_key;
        if start.is_none() {
            return out;
        }
    }
}

fn text(item: &Raw, name: &str) -> Option<String> {
    match item.get(name)? {
        AttributeValue::S(text) | AttributeValue::N(text) => Some(text.clone()),
        _ => None,
    }
}

fn until(item: &Raw) -> Option<u64> {
    text(item, "until").map(|seconds| seconds.parse().unwrap())
}

fn seconds(clock: &ManualClock) -> u64 {
    clock.now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// The sentinels that an item is to have.
fn wanted(item: &Raw) -> Vec<String> {
    let pk = text(item, "PK").unwrap();
    let name = match pk.split_once('#').unwrap().0 {
        "MEMBER" => "Member",
        "BADGE" => "Badge",
        "COUPON" => "Coupon",
        _ => "Token",
    };
    let field = |field: &str| text(item, field);
    let mut out = vec![format!("$UNIQUE#{name}#code#{}", field("code").unwrap())];
    out.push(format!("$UNIQUE#{name}#team+handle#{}#{}", field("team").unwrap(), field("handle").unwrap()));
    out.extend(
        field("country").map(|country| format!("$UNIQUE#{name}#country+number#{country}#{}", field("number").unwrap())),
    );
    out
}

/// Whether every living item has exactly its sentinels, with its expiry, and every sentinel that has not expired an item
/// that lives and has the value. What has expired may lie there with or without the other. `look` asks the library too. How
/// many there are of both.
pub async fn stored_is_right(there: &Client<Club>, clock: &ManualClock, look: bool) -> Result<(usize, usize), String> {
    let now = seconds(clock);
    let (claims, items): (Vec<_>, Vec<_>) =
        all(there).await.into_iter().partition(|item| text(item, "PK").unwrap().starts_with("$UNIQUE#"));
    let lives = |item: &Raw| until(item).is_none_or(|until| until > now);
    let mut expected = BTreeMap::new();
    let living: Vec<_> = items.into_iter().filter(lives).collect();
    for item in &living {
        let pk = text(item, "PK").unwrap();
        for key in wanted(item) {
            if let Some((other, _)) = expected.insert(key.clone(), (pk.clone(), until(item))) {
                return Err(format!("{pk} and {other} share {key}"));
            }
        }
    }
    let count = expected.len();
    for claim in claims.iter().filter(|claim| lives(claim)) {
        let (key, owner) = (text(claim, "PK").unwrap(), text(claim, "$owner").unwrap());
        match expected.remove(&key) {
            Some(wanted) if wanted == (owner.clone(), until(claim)) => {}
            Some(wanted) => return Err(format!("{key} is {owner}'s until {:?}, not {wanted:?}", until(claim))),
            None => return Err(format!("{key} is {owner}'s until {:?}, which has it not (now {now})", until(claim))),
        }
    }
    if let Some((key, owner)) = expected.first_key_value() {
        return Err(format!("{key} of {owner:?} is missing (now {now})"));
    }
    if !look {
        return Ok((living.len(), count));
    }
    // The library's own look finds the same.
    let client = there.clone().with_clock(clock.clone());
    for total in [
        client.scan::<Member>().add_missing_sentinels().await.unwrap(),
        client.scan::<Badge>().add_missing_sentinels().await.unwrap(),
        client.scan::<Coupon>().add_missing_sentinels().await.unwrap(),
        client.scan::<Token>().add_missing_sentinels().await.unwrap(),
    ] {
        if total.added > 0 || !total.problems.is_empty() {
            return Err(format!("{total:?}"));
        }
    }
    Ok((living.len(), count))
}

/// Deletes some of what has expired, items and sentinels each by themselves, as DynamoDB does.
pub async fn sweep(there: &Client<Club>, clock: &ManualClock, random: &mut Random) {
    let now = seconds(clock);
    for item in all(there).await {
        if until(&item).is_none_or(|until| until > now) || random.percent(50) {
            continue;
        }
        let delete = there.sdk().delete_item().table_name(there.table_name()).key("PK", item["PK"].clone());
        let delete = delete.condition_expression("#until <= :now").expression_attribute_names("#until", "until");
        let delete = delete.expression_attribute_values(":now", AttributeValue::N(now.to_string()));
        // Somebody may have given it a longer life in between.
        let _kept = delete.send().await;
    }
}
