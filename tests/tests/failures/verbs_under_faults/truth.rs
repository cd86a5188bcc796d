//! What really happened: the requests that were seen, one after the other, by the oracle.

use super::cases::{Case, Meddling, Verb, is_doubt, is_silent, reaches};
use super::oracle::{self, Kind, REQUESTS, Row, Version};
use dynamodel::ErrorKind;
use dynamodel::testing::{Fault, Sent};

/// What really happened.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that happened or did not")]
pub struct Truth {
    /// How often the verb was carried out on the item that is there; starts anew where somebody else deletes it.
    pub here: u32,
    /// How often at all.
    pub effects: u32,
    /// Which of an upsert's halves was carried out.
    pub created: bool,
    /// Why the last answer that came said no.
    pub refused: Option<ErrorKind>,
    /// The item before the verb was carried out first, after it was last, and when the last answer came.
    pub before: Option<Row>,
    pub after: Option<Row>,
    pub told: Option<Row>,
    /// The item in the end.
    pub end: Option<Row>,
    /// What somebody else did.
    pub meddled: Option<Meddling>,
    /// Whether an answer was lost.
    pub doubt: bool,
    /// Whether an attempt got no response at all.
    pub silent: bool,
    /// Whether the last request got its answer.
    pub answered: bool,
    /// How many requests wrote.
    pub requests: usize,
}

/// Follows the requests. `done` says whether somebody else did what the case says.
pub fn follow(
    (kind, verb, in_transaction): (Kind, Verb, bool),
    (mut row, copy): (Option<Row>, Version),
    case: &Case,
    sent: &[Sent],
    done: bool,
) -> Truth {
    let writes: Vec<_> = sent.iter().filter(|sent| sent.operation != "GetItem").collect();
    let mut truth = Truth {
        here: 0,
        effects: 0,
        created: false,
        refused: None,
        before: None,
        after: None,
        told: row.clone(),
        end: None,
        meddled: None,
        doubt: false,
        silent: false,
        answered: false,
        requests: writes.len(),
    };
    let mut waiting = case.meddling.filter(|_| done);
    let mut copy = (copy, 0);
    for (at, request) in writes.iter().enumerate() {
        if let Some((how, _)) = waiting.take_if(|(_, before)| *before <= at) {
            row = oracle::meddle(kind, how, row);
            truth.meddled = Some(how);
            truth.here = if how == Meddling::Write { truth.here } else { 0 };
        }
        let same = writes.iter().position(|first| first.body == request.body).unwrap_or(at);
        if verb == Verb::Modify && same == at {
            // What was read, or came with the refusal.
            copy = truth.told.as_ref().map_or((0, 0), |row| (row.version, row.value));
        }
        let fault = case.script.get(at).unwrap_or(&Fault::None);
        truth.doubt |= is_doubt(fault);
        truth.silent |= is_silent(fault);
        truth.answered = *fault == Fault::None;
        if !reaches(fault) {
            continue;
        }
        // A transaction is known again by its token.
        let known = in_transaction && truth.effects > 0;
        let creates = request.operation == "PutItem";
        let by = REQUESTS + u64::try_from(same).unwrap();
        let outcome = if known { Ok(row.clone()) } else { oracle::apply(kind, verb, creates, copy, row.as_ref(), by) };
        let refused = outcome.as_ref().err().copied();
        if let Ok(new) = outcome.as_ref()
            && !known
        {
            if truth.effects == 0 {
                truth.before.clone_from(&row);
            }
            truth.effects += 1;
            truth.here += 1;
            truth.created |= creates;
            truth.after.clone_from(new);
        }
        if truth.answered {
            truth.refused = refused;
            truth.told.clone_from(&row);
        }
        row = outcome.unwrap_or(row);
    }
    if let Some((how, _)) = waiting {
        row = oracle::meddle(kind, how, row);
        truth.meddled = Some(how);
    }
    truth.end = row;
    truth
}
