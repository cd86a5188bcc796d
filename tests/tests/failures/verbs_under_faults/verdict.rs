//! Whether what the library said is right.

use super::cases::{Meddling, Verb};
use super::oracle::{Kind, Row};
use super::truth::Truth;
use dynamodel::ErrorKind;

/// What the library said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// It was done.
    Done,
    /// It was done, and here is the item.
    Given(i64, Vec<String>),
    /// An upsert updated.
    Updated,
    /// An upsert, or `get_or_create`, created.
    Created,
    /// `get_or_create` found this.
    Got(i64),
    /// It was not done.
    Refused(ErrorKind),
    /// Nobody knows.
    Unknown,
    /// The verb is not for this entity.
    Skipped,
}

/// What is wrong about what was said.
pub fn wrong(told: &Told, verb: Verb, truth: &Truth, is_fresh: bool) -> Option<String> {
    // Not at all on an item that was made anew since.
    let (done, once) = (truth.effects >= 1, truth.here <= 1);
    let carried_out = || {
        if !done {
            return Some("said to be done, and was not".to_owned());
        }
        (verb.counts() && !once).then(|| format!("counts, and was done {} times", truth.here))
    };
    match told {
        Told::Done => carried_out(),
        Told::Given(value, log) => carried_out().or_else(|| {
            let row = if verb == Verb::SetOld { &truth.before } else { &truth.after };
            if verb == Verb::SetOld && truth.effects != 1 {
                return Some("the old item of the first try is lost".to_owned());
            }
            let given = row.as_ref().map(|row| (&row.value, &row.log));
            (given != Some((value, log))).then(|| format!("another item was {given:?}"))
        }),
        Told::Created => carried_out().or_else(|| {
            let created = truth.created || verb == Verb::GetOrCreate;
            (!created).then(|| "created nothing".to_owned())
        }),
        Told::Updated => carried_out().or_else(|| truth.created.then(|| "it was created".to_owned())),
        Told::Got(value) => match &truth.told {
            _ if done => Some("it was created".to_owned()),
            Some(row) if row.value == *value && truth.answered => None,
            other => Some(format!("there was {other:?}")),
        },
        Told::Refused(_) if done => Some(format!("said not to be done, and was done {} times", truth.effects)),
        Told::Refused(ErrorKind::Throttled | ErrorKind::Unavailable) => {
            truth.answered.then(|| "there was an answer".to_owned())
        }
        Told::Refused(ErrorKind::InvalidRequest) if is_fresh && truth.requests == 0 => None,
        // Nothing was read that could be changed.
        Told::Refused(kind @ (ErrorKind::NotFound | ErrorKind::Expired))
            if verb == Verb::Modify && truth.requests == 0 =>
        {
            let expected = match &truth.told {
                None => Some(ErrorKind::NotFound),
                Some(row) => row.expired.then_some(ErrorKind::Expired),
            };
            (expected != Some(*kind)).then(|| format!("it is {expected:?}"))
        }
        // An engine that has not sent an item along yet is asked for it, a moment later.
        Told::Refused(ErrorKind::ConditionFailed | ErrorKind::Conflict)
            if truth.refused == Some(ErrorKind::NotFound) && truth.meddled == Some(Meddling::Recreate) =>
        {
            None
        }
        Told::Refused(kind) => {
            (truth.refused != Some(*kind) || !truth.answered).then(|| format!("the table says {:?}", truth.refused))
        }
        Told::Unknown => (!truth.doubt).then(|| "every answer came".to_owned()),
        Told::Skipped => None,
    }
}

/// Why nothing but the exact outcome will do.
pub fn must_be_exact(kind: Kind, verb: Verb, in_transaction: bool, truth: &Truth) -> Option<&'static str> {
    if !truth.doubt {
        return Some("every answer came");
    }
    // What was carried out is known by the token; what was not may still arrive, where a try got no response.
    if in_transaction && truth.answered && (truth.effects >= 1 || !truth.silent) {
        return Some("the token tells");
    }
    // Of a counting update the item is looked up, since the request is not sent again.
    let asked = truth.answered || (verb.counts() && truth.requests == 1);
    let is_told = verb.stores_a_version() && verb != Verb::SetOld;
    let tells = kind == Kind::Random && is_told && truth.effects >= 1 && truth.meddled.is_none() && asked;
    (tells && !in_transaction).then_some("the random version tells")
}

/// What an item is, without what is random about it.
pub fn shown(kind: Kind, row: Option<&Row>) -> String {
    match row {
        None => "nothing".to_owned(),
        Some(Row { value, log, expired, version }) => {
            let version = if kind == Kind::Counted { *version } else { 0 };
            format!("{value} {log:?} expired {expired} version {version}")
        }
    }
}
