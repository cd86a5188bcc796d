//! Transactions as requests: several actions in one body, and what DynamoDB's rules say before it is sent.

use super::{Context, Operation, Request, Unsent, size};
use crate::entity::{Entity, LivesIn, PrimaryKey};
use crate::error::{Error, ErrorKind, Result};
use crate::wire;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

/// The most actions in a transaction, by DynamoDB's rules.
const MOST: usize = 100;

/// The most bytes of items in a transaction.
const LARGEST: usize = 4 * 1024 * 1024;

/// Which of DynamoDB's actions, by its name in the request.
pub(crate) type Kind = &'static str;

/// One action of a transaction.
#[derive(Debug, Clone)]
pub(crate) struct Action {
    pub(crate) kind: Kind,
    /// What the user called it: verb and entity.
    pub(crate) name: String,
    /// The entity's name.
    pub(crate) entity: &'static str,
    /// The single operation, whose body is that of the action too.
    pub(crate) request: Request,
}

/// To which table an operation without a client of its own goes.
#[diagnostic::on_unimplemented(
    message = "this operation on `{E}` cannot go through a client of the table `{T}`",
    label = "`{E}` lives in another table",
    note = "make it with the client of its own table: `audit.create(&entry)` instead of `Create::new(&entry)`"
)]
pub trait Via<E, T> {
    /// The physical table's name, `own` being that of the client that sends it.
    #[doc(hidden)]
    fn table<'a>(&'a self, own: &'a str) -> &'a str;
}

impl<E: LivesIn<T>, T> Via<E, T> for Unsent {
    fn table<'a>(&'a self, own: &'a str) -> &'a str {
        own
    }
}

impl Action {
    pub(crate) fn new<E: Entity>(kind: Kind, verb: &str, request: Request) -> Self {
        Self { kind, entity: E::SCHEMA.name, name: format!("{verb} of `{}`", E::SCHEMA.name), request }
    }

    /// How many bytes it counts by DynamoDB's rules, at most.
    fn size(&self) -> usize {
        let body = &self.request.body;
        let item = body.get(self.request.item.clone()).filter(|item| !item.is_empty());
        item.and_then(|item| size(item).ok()).unwrap_or(body.len())
    }
}

/// The names of the tables of a transaction, each once, with commas in between.
fn tables<'r>(requests: impl Iterator<Item = &'r Request>) -> Option<String> {
    if cfg!(not(feature = "tracing")) {
        return None;
    }
    let mut names: Vec<&[u8]> = Vec::new();
    for name in requests.map(Request::table_json) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let names: Vec<_> =
        names.into_iter().map(|name| String::from_utf8_lossy(name).trim_matches('"').to_owned()).collect();
    (!names.is_empty()).then(|| names.join(","))
}

/// The body of a write transaction.
///
/// # Errors
/// When DynamoDB would refuse it: too many actions, too large, or one item twice.
pub(crate) fn transact_write(actions: &[Action], token: &str) -> Result<Request> {
    check_actions(actions)?;
    let mut body = Vec::with_capacity(actions.iter().map(|action| action.request.body.len() + 32).sum::<usize>() + 64);
    body.extend_from_slice(b"{\"TransactItems\":[");
    for (at, action) in actions.iter().enumerate() {
        body.extend_from_slice(if at > 0 { b",{\"" } else { b"{\"" });
        body.extend_from_slice(action.kind.as_bytes());
        body.extend_from_slice(b"\":");
        body.extend_from_slice(&action.request.body);
        body.push(b'}');
    }
    body.extend_from_slice(b"],\"ClientRequestToken\":");
    wire::write_string(&mut body, token);
    body.push(b'}');
    let tables = tables(actions.iter().map(|action| &action.request));
    Ok(Request::of_many(Operation::TransactWriteItems, body, actions.len(), tables))
}

/// The body of a read transaction.
///
/// # Errors
/// When it has too many items.
pub(crate) fn transact_get(gets: &[Request]) -> Result<Request> {
    check_count(gets.len())?;
    let mut body = b"{\"TransactItems\":[".to_vec();
    for (at, get) in gets.iter().enumerate() {
        body.extend_from_slice(if at > 0 { b",{\"Get\":" } else { b"{\"Get\":" });
        body.extend_from_slice(&get.body);
        body.push(b'}');
    }
    body.extend_from_slice(b"]}");
    Ok(Request::of_many(Operation::TransactGetItems, body, gets.len(), tables(gets.iter())))
}

/// Whether a transaction may have so many.
///
/// # Errors
/// When DynamoDB takes fewer, or there are none.
pub(crate) fn check_count(actions: usize) -> Result<()> {
    let message = match actions {
        0 => "the transaction is empty: give it an operation".to_owned(),
        1..=MOST => return Ok(()),
        _ => format!("the transaction has {actions} operations, and DynamoDB takes at most {MOST}: split it"),
    };
    Err(Error::new(ErrorKind::InvalidRequest, message))
}

/// Whether DynamoDB would take them in one transaction, as far as their number, their size and their items say.
///
/// # Errors
/// When it would not.
pub(crate) fn check_actions(actions: &[Action]) -> Result<()> {
    check_count(actions.len())?;
    let mut seen: HashMap<(&[u8], &PrimaryKey), usize> = HashMap::with_capacity(actions.len());
    for (at, action) in actions.iter().enumerate() {
        let Some(key) = &action.request.key else { continue };
        if let Some(first) = seen.insert((action.request.table_json(), key), at) {
            let name = actions.get(first).map(|action| action.name.as_str()).unwrap_or_default();
            return Err(Error::new(
                ErrorKind::InvalidRequest,
                format!(
                    "operations {} ({name}) and {} ({}) are on one item, and DynamoDB takes one for each: make them one",
                    first + 1,
                    at + 1,
                    action.name
                ),
            ));
        }
    }
    // The text is never shorter than the items, so most transactions need no exact look.
    if actions.iter().map(|action| action.request.body.len()).sum::<usize>() <= LARGEST {
        return Ok(());
    }
    let mut total = 0;
    for (at, action) in actions.iter().enumerate() {
        total += action.size();
        if total > LARGEST {
            return Err(Error::new(
                ErrorKind::InvalidRequest,
                format!(
                    "the transaction is over DynamoDB's 4 MB with operation {} ({}): split it",
                    at + 1,
                    action.name
                ),
            ));
        }
    }
    Ok(())
}

/// A token by which DynamoDB knows a transaction again for ten minutes: 32 random characters.
pub(crate) fn token() -> String {
    format!("{:016x}{:016x}", random(), random())
}

/// A random number: every `RandomState` has keys of its own, which the system's randomness seeds.
pub(crate) fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// The context of an operation that goes to another table than its sender's.
pub(crate) fn context_of<'a, E, T>(via: &'a impl Via<E, T>, cx: &Context<'a>) -> Context<'a> {
    Context { table: via.table(cx.table), now: cx.now }
}
