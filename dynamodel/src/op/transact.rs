//! Transactions as requests: several actions in one body, and what DynamoDB's rules say before it is sent.

use super::{Context, Operation, Request, Unsent, size};
use crate::entity::{Entity, LivesIn, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::wire::{self, Reader};
use bytes::Bytes;
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
    /// The body of the single operation, which is that of the action too.
    pub(crate) body: Bytes,
    /// The names of the table's key attributes.
    pub(crate) keys: [Option<&'static str>; 2],
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
        Self {
            kind,
            entity: E::SCHEMA.name,
            name: format!("{verb} of `{}`", E::SCHEMA.name),
            body: request.body,
            keys: [Some(E::Table::PARTITION_KEY), E::Table::SORT_KEY],
        }
    }

    /// Table and key as one text: what DynamoDB takes once in a transaction. The library writes a key always the same
    /// way.
    fn item(&self) -> Option<String> {
        let (mut table, mut key) = (String::new(), String::new());
        let read = Reader::new(&self.body).ok()?.object(|reader, name| {
            match name {
                "TableName" => table = reader.string()?.into_owned(),
                "Key" | "Item" => reader.object(|reader, name| {
                    if self.keys.contains(&Some(name)) {
                        key.push_str(name);
                        key.push_str(reader.raw()?);
                        Ok(())
                    } else {
                        reader.skip()
                    }
                })?,
                _ => reader.skip()?,
            }
            Ok(())
        });
        read.ok().map(|()| format!("{table}\0{key}"))
    }

    /// How many bytes it counts by DynamoDB's rules, at most.
    fn size(&self) -> usize {
        let mut item = None;
        let read = Reader::new(&self.body).and_then(|mut reader| {
            reader.object(|reader, name| {
                if name == "Item" {
                    item = Some(reader.raw()?);
                    return Ok(());
                }
                reader.skip()
            })
        });
        match (read, item) {
            (Ok(()), Some(item)) => size(item.as_bytes()).unwrap_or(self.body.len()),
            _ => self.body.len(),
        }
    }
}

/// The body of a write transaction.
///
/// # Errors
/// When DynamoDB would refuse it: too many actions, too large, or one item twice.
pub(crate) fn transact_write(actions: &[Action], token: &str) -> Result<Request> {
    check_actions(actions)?;
    let mut body = Vec::with_capacity(actions.iter().map(|action| action.body.len() + 32).sum::<usize>() + 64);
    body.extend_from_slice(b"{\"TransactItems\":[");
    for (at, action) in actions.iter().enumerate() {
        body.extend_from_slice(if at > 0 { b",{\"" } else { b"{\"" });
        body.extend_from_slice(action.kind.as_bytes());
        body.extend_from_slice(b"\":");
        body.extend_from_slice(&action.body);
        body.push(b'}');
    }
    body.extend_from_slice(b"],\"ClientRequestToken\":");
    wire::write_string(&mut body, token);
    body.push(b'}');
    Ok(Request { operation: Operation::TransactWriteItems, body: body.into(), once: false })
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
    Ok(Request { operation: Operation::TransactGetItems, body: body.into(), once: false })
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
    let mut seen: HashMap<String, usize> = HashMap::with_capacity(actions.len());
    for (at, action) in actions.iter().enumerate() {
        let Some(item) = action.item() else { continue };
        if let Some(first) = seen.insert(item, at) {
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
    if actions.iter().map(|action| action.body.len()).sum::<usize>() <= LARGEST {
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
