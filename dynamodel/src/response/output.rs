//! The bodies of successful answers.

use super::Page;
use super::decode::{decode, peek};
use crate::entity::{Entity as _, Expiry, Projection};
use crate::error::{Error, ErrorKind, Result};
use crate::op::{Cursor, cursor};
use crate::wire::{CodecError, Reader};
use serde::de::Error as _;
use std::time::SystemTime;

/// An item with a key is hardly shorter as text.
const SHORT_ITEM: usize = 64;

/// The item in the answer of GetItem (`Item`) or of a write that gives one back (`Attributes`); `None` when there is
/// none. `alive_at` leaves out one that has expired by then.
pub(crate) fn item<P: Projection>(body: &[u8], alive_at: Option<SystemTime>) -> Result<Option<P>> {
    let mut found = None;
    each_member(body, |reader, name| {
        match name {
            "Item" | "Attributes" if !reader.null()? => {
                let before = reader.clone();
                let part: P = decode(reader)?;
                if !alive_at.is_some_and(|now| is_past(&part, before, now)) {
                    found = Some(part);
                }
            }
            "Item" | "Attributes" => {}
            _ => reader.skip()?,
        }
        Ok(())
    })?;
    Ok(found)
}

/// Whether an item has expired. A part need not know: then the item does, whose time to live was asked for too.
fn is_past<P: Projection>(part: &P, mut item: Reader<'_>, now: SystemTime) -> bool {
    let expiry = match (P::ATTRIBUTES, P::Entity::SCHEMA.ttl) {
        (Some(_), Some(ttl)) => item.raw().ok().and_then(|item| peek::<Expiry>(item, ttl)),
        _ => part.own_expiry(),
    };
    expiry.is_some_and(|expiry| expiry.is_past(now))
}

/// The items in the answer of Query, and where it ended.
pub(crate) fn page<P: Projection>(body: &[u8]) -> Result<Page<P>> {
    let mut items = Vec::new();
    let mut next: Option<Cursor> = None;
    each_member(body, |reader, name| {
        match name {
            // It comes before the items. What it says is no more than a hint: the text bounds it.
            "Count" => items.reserve(reader.raw()?.parse().unwrap_or(0).min(body.len() / SHORT_ITEM)),
            "Items" => {
                let mut trouble = None;
                let read = reader.array(|reader| match decode(reader) {
                    Ok(part) => {
                        items.push(part);
                        Ok(())
                    }
                    Err(error) => {
                        trouble = Some(error);
                        Err(CodecError::custom("an item cannot be read"))
                    }
                });
                match trouble {
                    Some(error) => return Err(error.into()),
                    None => read?,
                }
            }
            "LastEvaluatedKey" => next = if reader.null()? { None } else { Some(cursor(reader)?) },
            _ => reader.skip()?,
        }
        Ok(())
    })?;
    Ok(Page { items, next })
}

/// Why an answer cannot be used: its form, or what it holds.
enum Trouble {
    Form(CodecError),
    Content(Error),
}

impl From<CodecError> for Trouble {
    fn from(error: CodecError) -> Self {
        Self::Form(error)
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Content(error)
    }
}

/// Hands every member of an answer to `member`.
fn each_member<'a>(body: &'a [u8], mut member: impl FnMut(&mut Reader<'a>, &str) -> Result<(), Trouble>) -> Result<()> {
    let malformed = |error: CodecError| {
        Error::new(ErrorKind::Decode, "the answer is no JSON of DynamoDB's form; does something stand between?")
            .with_source(error)
    };
    let mut reader = Reader::new(body).map_err(malformed)?;
    let mut content = None;
    let read = reader.object(|reader, name| {
        member(reader, name).map_err(|trouble| match trouble {
            Trouble::Form(error) => error,
            Trouble::Content(error) => {
                content = Some(error);
                CodecError::custom("an item cannot be read")
            }
        })
    });
    match content {
        Some(error) => Err(error),
        None => read.map_err(malformed),
    }
}
