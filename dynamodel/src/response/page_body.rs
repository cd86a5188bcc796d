//! The bodies of successful responses.

use crate::entity::{Entity, Expiry, Incoming, Item, PrimaryKey, Projection, decode, peek};
use crate::error::{Error, ErrorKind, Result};
use crate::op::key_of_item;
use crate::wire::{CodecError, Reader};
use serde::de::Error as _;
use std::time::SystemTime;

/// An item with a key is hardly shorter as text.
const SHORT_ITEM: usize = 64;

/// The item in the response of GetItem (`Item`) or of a write that gives one back (`Attributes`); `None` when there is
/// none. `alive_at` leaves out one that has expired by then.
///
/// # Errors
/// When it cannot be read, or is not the one that was asked for.
pub(crate) fn item<P: Projection>(
    body: &[u8],
    asked: Option<&PrimaryKey>,
    alive_at: Option<SystemTime>,
) -> Result<Option<P>> {
    let mut found = None;
    each_member(body, |reader, name| {
        match name {
            "Item" | "Attributes" if !reader.null()? => {
                let before = reader.clone();
                check::<P>(asked, &before)?;
                let part: P = match decode(reader) {
                    Ok(part) => part,
                    // A part may have none of its attributes; a whole item without any is what some engines send for
                    // none.
                    Err(_) if P::ATTRIBUTES.is_none() && before.clone().raw()? == "{}" => return Ok(()),
                    Err(error) => return Err(error.into()),
                };
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

/// The text of the item in the response of GetItem or of a write that gives one back; `None` when there is none.
pub(crate) fn item_text(body: &[u8]) -> Result<Option<&str>> {
    let mut found = None;
    each_member(body, |reader, name| {
        match name {
            "Item" | "Attributes" if !reader.null()? => found = Some(reader.raw()?),
            "Item" | "Attributes" => {}
            _ => reader.skip()?,
        }
        Ok(())
    })?;
    // Some engines send an empty item for none.
    Ok(found.filter(|item| *item != "{}"))
}

/// Whether it is the item that was asked for.
fn check<P: Projection>(asked: Option<&PrimaryKey>, item: &Reader<'_>) -> Result<()> {
    match asked {
        Some(asked) if asked.is_another(item.clone()) => Err(asked.wrong_item().of_entity(P::Entity::SCHEMA.name)),
        _ => Ok(()),
    }
}

/// One item by itself; `None` when it has expired by `alive_at`.
///
/// # Errors
/// As [`item`].
pub(crate) fn decode_item<P: Projection>(
    item: &str,
    asked: Option<&PrimaryKey>,
    alive_at: Option<SystemTime>,
) -> Result<Option<P>> {
    let before = Reader::from_str(item);
    check::<P>(asked, &before)?;
    let part: P = decode(&mut before.clone())?;
    Ok(if alive_at.is_some_and(|now| is_past(&part, before, now)) { None } else { Some(part) })
}

/// The items in the response of TransactGetItems to a request for so many, in the order of the asking: their texts.
///
/// # Errors
/// When the response is malformed, or does not speak of each of them: what it leaves out is not known to be absent.
pub(crate) fn decode_transact_get(body: &[u8], asked: usize) -> Result<Vec<Option<&str>>> {
    let mut items = Vec::new();
    each_member(body, |reader, name| {
        if name != "Responses" {
            return Ok(reader.skip()?);
        }
        reader.array(|reader| {
            let mut item = None;
            reader.object(|reader, name| {
                match name {
                    "Item" if !reader.null()? => item = Some(reader.raw()?),
                    "Item" => {}
                    _ => reader.skip()?,
                }
                Ok(())
            })?;
            // Some engines send an empty item for none.
            items.push(item.filter(|item| *item != "{}"));
            Ok(())
        })?;
        Ok(())
    })?;
    if items.len() != asked {
        let message = format!(
            "the response has {} of the {asked} items that were asked for; is there a proxy in between?",
            items.len()
        );
        return Err(Error::new(ErrorKind::Decode, message));
    }
    Ok(items)
}

/// Whether an item has expired. A part need not know: then the item does, whose time to live was asked for too.
fn is_past<P: Projection>(part: &P, mut item: Reader<'_>, now: SystemTime) -> bool {
    let expiry = match (P::ATTRIBUTES, P::Entity::SCHEMA.ttl) {
        (Some(_), Some(ttl)) => item.raw().ok().and_then(|item| peek::<Expiry>(item, ttl)),
        _ => part.own_expiry(),
    };
    expiry.is_some_and(|expiry| expiry.is_past(now))
}

/// What one response of Query or Scan holds.
#[derive(Debug)]
pub(crate) struct DecodedPage<P> {
    pub(crate) items: Vec<P>,
    /// The keys of the first item and of the last one.
    pub(crate) first: Option<String>,
    pub(crate) last: Option<String>,
    /// Where DynamoDB stopped; `None` at the end of what was asked for.
    pub(crate) stopped: Option<String>,
    /// Whether items were left over, more than were wanted.
    pub(crate) cut: bool,
    /// How many items there are, and how many DynamoDB looked at.
    pub(crate) count: u64,
    pub(crate) evaluated: u64,
    pub(crate) consumed: Option<f64>,
}

/// How a response of Query or Scan is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DecodeOptions<'a> {
    /// How many items are wanted at most.
    pub(crate) wanted: Option<usize>,
    /// The attributes of which the keys to go on from consist.
    pub(crate) key: &'a [&'a str],
    /// Those of them that the request says itself.
    pub(crate) known: &'a [&'a str],
    /// Leaves out what has expired by then.
    pub(crate) alive_at: Option<SystemTime>,
    /// The items were not asked for: only how many there are.
    pub(crate) counts: bool,
}

/// The items in the response of Query or Scan, and where it ended.
pub(crate) fn decode_page<P: Item>(body: &[u8], options: DecodeOptions<'_>) -> Result<DecodedPage<P>> {
    let mut out = DecodedPage {
        items: Vec::new(),
        first: None,
        last: None,
        stopped: None,
        cut: false,
        count: 0,
        evaluated: 0,
        consumed: None,
    };
    let (mut counted, mut listed) = (false, false);
    each_member(body, |reader, name| {
        match name {
            // It comes before the items. Of these, what it says is no more than a hint: the text bounds it.
            "Count" => {
                out.count = reader.number()?.parse().map_err(CodecError::custom)?;
                counted = true;
                let count = usize::try_from(out.count).unwrap_or(usize::MAX);
                out.items.reserve(count.min(body.len() / SHORT_ITEM));
            }
            "ScannedCount" => out.evaluated = reader.number()?.parse().map_err(CodecError::custom)?,
            "Items" => {
                listed = true;
                items(reader, options, &mut out)?;
            }
            "LastEvaluatedKey" => {
                let key = if reader.null()? { None } else { Some(reader.raw()?) };
                out.stopped =
                    key.map(|key| key_of_item(key, options.key, options.known).unwrap_or_else(|| key.to_owned()));
            }
            "ConsumedCapacity" => out.consumed = consumed(reader)?,
            _ => reader.skip()?,
        }
        Ok(())
    })?;
    let lacks = if options.counts { ("Count", !counted) } else { ("Items", !listed) };
    if let (name, true) = lacks {
        let message = format!("the response has no `{name}`; is there a proxy in between?");
        return Err(Error::new(ErrorKind::Decode, message));
    }
    Ok(out)
}

fn items<P: Item>(
    reader: &mut Reader<'_>,
    options: DecodeOptions<'_>,
    out: &mut DecodedPage<P>,
) -> Result<(), ReadError> {
    let mut failed = None;
    let (mut first, mut last) = (None, None);
    let read = reader.array(|reader| {
        if options.wanted.is_some_and(|wanted| out.items.len() >= wanted) {
            out.cut = true;
            return reader.skip();
        }
        let before = reader.clone();
        match P::read(&mut Incoming(reader)) {
            Ok(item) => {
                let expired = |now| item.expires().is_some_and(|expiry| expiry.is_past(now));
                // The server has left these out already, if it could.
                if !options.alive_at.is_some_and(expired) {
                    out.items.push(item);
                    first.get_or_insert_with(|| before.clone());
                    last = Some(before);
                }
                Ok(())
            }
            Err(error) => {
                failed = Some(error);
                Err(CodecError::custom("an item cannot be read"))
            }
        }
    });
    if let Some(error) = failed {
        return Err(error.into());
    }
    read?;
    let key = |mut item: Reader<'_>| key_of_item(item.raw().ok()?, options.key, options.known);
    out.first = first.and_then(key);
    out.last = last.and_then(key);
    Ok(())
}

/// Units of capacity in a response: of one table, or of each of several.
fn consumed(reader: &mut Reader<'_>) -> Result<Option<f64>, CodecError> {
    let mut units = None;
    if reader.null()? {
        return Ok(None);
    }
    reader.object(|reader, name| {
        if name == "CapacityUnits" {
            units = reader.raw()?.parse().ok();
            Ok(())
        } else {
            reader.skip()
        }
    })?;
    Ok(units)
}

/// Why a response cannot be used: its form, or what it holds.
pub(super) enum ReadError {
    Form(CodecError),
    Content(Error),
}

impl From<CodecError> for ReadError {
    fn from(error: CodecError) -> Self {
        Self::Form(error)
    }
}

impl From<Error> for ReadError {
    fn from(error: Error) -> Self {
        Self::Content(error)
    }
}

/// Hands every member of a response to `member`.
pub(super) fn each_member<'a>(
    body: &'a [u8],
    mut member: impl FnMut(&mut Reader<'a>, &str) -> Result<(), ReadError>,
) -> Result<()> {
    let malformed = |error: CodecError| {
        Error::new(ErrorKind::Decode, "the response is not DynamoDB JSON; is there a proxy in between?")
            .with_source(error)
    };
    let mut reader = Reader::new(body).map_err(malformed)?;
    let mut content = None;
    let read = reader.object(|reader, name| {
        member(reader, name).map_err(|failed| match failed {
            ReadError::Form(error) => error,
            ReadError::Content(error) => {
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
