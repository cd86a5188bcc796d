//! What a transaction sends, and what its cancellation means, operation by operation; sends nothing itself.

use super::operation::{Operation, Ready, Refuse};
use crate::client::send::Failure;
use crate::entity::conceal_sent;
use crate::error::{Error, ErrorKind, Result};
use crate::op::{Action, Context, KnownItem, SentinelChange, join};
use crate::response::{StoredItem, reasons};
use std::sync::Arc;
use std::time::SystemTime;

/// What an action of the transaction is for.
pub(super) enum Role {
    /// The operation itself.
    Own,
    /// A sentinel of the operation at this place, by its key.
    Sentinel(usize, String, SentinelChange),
}

/// A transaction with what its actions are for.
pub(super) struct Assembled<'a> {
    pub(super) plan: Plan<'a>,
    pub(super) roles: Vec<Role>,
    pub(super) ready: Vec<Option<Ready<'a>>>,
}

/// What is sent and kept of a transaction.
pub(in crate::client) struct Plan<'t> {
    pub(super) actions: Vec<Action>,
    refuse: Vec<Refuse<'t>>,
    /// Of which operation each action is.
    of: Vec<usize>,
    /// What the operations are called.
    names: Vec<&'t str>,
}

/// Why a transaction was not carried out.
pub(in crate::client) struct Cancelled {
    pub(in crate::client) error: Error,
    /// Action by action.
    pub(in crate::client) refused: Vec<Refused>,
}

/// Whether an action's condition did not hold.
#[derive(Debug)]
pub(in crate::client) enum Refused {
    /// It did, or was not what it was about.
    No,
    /// It did not, and this is there.
    By(StoredItem),
}

impl Refused {
    pub(in crate::client) fn is_refused(&self) -> bool {
        matches!(self, Self::By(_))
    }
}

impl From<Error> for Cancelled {
    fn from(error: Error) -> Self {
        Self { error, refused: Vec::new() }
    }
}

impl<'t> Plan<'t> {
    /// No action yet, of these operations.
    pub(in crate::client) fn of(operations: &'t [Operation<'_>]) -> Self {
        let names = operations.iter().map(Operation::name).collect();
        Self { actions: Vec::new(), refuse: Vec::new(), of: Vec::new(), names }
    }

    /// One more action, of the operation at this place.
    pub(in crate::client) fn push(&mut self, operation: usize, action: Action, refuse: Refuse<'t>) {
        self.actions.push(action);
        self.refuse.push(refuse);
        self.of.push(operation);
    }

    pub(in crate::client) fn actions(&self) -> &[Action] {
        &self.actions
    }
}

/// A transaction that was cancelled while an earlier try of it may still arrive and be carried out.
pub(super) fn late(cancelled: Error) -> Error {
    let message = "a response was lost, and the transaction was cancelled when it was sent again: an earlier attempt may still arrive and be carried out; the source says why the later one was cancelled. Read before writing again";
    Error::new(ErrorKind::OutcomeUnknown, message).replacing(cancelled)
}

/// The error of a cancelled transaction, and whether trying again may help. Puts down which conditions did not hold;
/// `there` is what lies under their keys.
pub(super) fn cancelled(
    plan: &Plan<'_>,
    failure: &Failure,
    now: SystemTime,
    there: Vec<Option<StoredItem>>,
    refused: &mut Vec<Refused>,
) -> (Error, bool) {
    let said = reasons(failure.body().unwrap_or_default());
    let passing = !said.is_empty() && said.iter().all(|said| said.is_none() || said.is_passing());
    let mut reasons: Vec<Option<Error>> = plan.names.iter().map(|_| None).collect();
    for (at, ((action, refuse), there)) in plan.actions.iter().zip(&plan.refuse).zip(there).enumerate() {
        let said = said.get(at).filter(|said| !said.is_none());
        let reason = match (said, &there) {
            (_, Some(there)) => Some(refuse(there, now)),
            (Some(said), None) => {
                let show = |message| conceal_sent(message, &action.request.body);
                Some(said.error(show).of_entity(action.entity))
            }
            (None, None) => None,
        };
        refused.push(there.map_or(Refused::No, Refused::By));
        // An operation's own action comes before those on its sentinels, and says more.
        if let (Some(reason), Some(slot)) = (reason, plan.of.get(at).and_then(|of| reasons.get_mut(*of))) {
            slot.get_or_insert(reason);
        }
    }
    let count = reasons.iter().flatten().count();
    let first = reasons.iter().position(Option::is_some);
    let message = match first.and_then(|at| Some((at, plan.names.get(at)?, reasons.get(at)?.as_ref()?))) {
        Some((at, name, reason)) => {
            let others = if count > 1 { format!(" (and {} more)", count - 1) } else { String::new() };
            format!("the transaction was cancelled by operation {} ({name}){others}: {reason}", at + 1)
        }
        None => "the transaction was cancelled, and DynamoDB does not say by which operation".to_owned(),
    };
    (Error::new(ErrorKind::Cancelled, message).with_reasons(reasons), passing)
}

/// Sentinels that had gone to others when they were to be given up: the physical table, and the key.
pub(super) type Lost = Vec<(String, String)>;

/// All actions: those of the operations in their order, then those on sentinels.
pub(super) fn assemble<'a>(
    operations: &'a [Operation<'_>],
    cx: &Context<'_>,
    seen: &[KnownItem],
    lost: &Lost,
) -> Result<Assembled<'a>> {
    let mut plan = Plan::of(operations);
    let (mut roles, mut all) = (Vec::new(), Vec::new());
    let mut sentinels = Vec::new();
    for (at, operation) in operations.iter().enumerate() {
        roles.push(Role::Own);
        match operation {
            Operation::Plain { action, refuse } => {
                plan.push(at, action.clone(), Box::new(refuse));
                all.push(None);
            }
            Operation::Unique(unique) => {
                let seen = seen.get(at).unwrap_or(&KnownItem::Fresh);
                let here = unique.context(cx);
                let lost: Vec<_> =
                    lost.iter().filter(|(table, _)| table == here.table).map(|(_, key)| key.as_str()).collect();
                let mut ready = (unique.plan)(&here, seen, &lost).map_err(|error| unique.place(error))?;
                sentinels.extend(ready.sentinels.drain(..).map(|sentinel| (at, sentinel)));
                let refuse = Arc::clone(&ready.refuse);
                plan.push(at, ready.action.clone(), Box::new(move |there, now| refuse(there, now)));
                all.push(Some(ready));
            }
        }
    }
    // What is unique is so within a physical table.
    let table_of = |at: usize| operations.get(at).and_then(Operation::unique).map(|unique| unique.table_of(cx));
    for (at, sentinel) in join(sentinels, |one, other| table_of(one) == table_of(other))? {
        let Some(unique) = operations.get(at).and_then(Operation::unique) else { continue };
        let action = sentinel.action(&unique.context(cx)).map_err(|error| unique.place(error))?;
        roles.push(Role::Sentinel(at, sentinel.key.clone(), sentinel.change.clone()));
        plan.push(at, action, Box::new(move |there, _| (unique.taken)(&sentinel, there)));
    }
    Ok(Assembled { plan, roles, ready: all })
}
