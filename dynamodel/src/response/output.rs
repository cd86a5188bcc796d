//! The bodies of successful answers.

use super::Page;
use super::decode::decode;
use crate::entity::Entity;
use crate::error::{Error, ErrorKind, Result};
use crate::op::{Cursor, cursor};
use crate::wire::{CodecError, Reader};

/// The item in the answer of GetItem; `None` when there is none.
pub(crate) fn item<E: Entity>(body: &[u8]) -> Result<Option<E>> {
    let mut found = None;
    each_member(body, |reader, name| {
        match name {
            "Item" => found = Some(reader.raw()?),
            _ => reader.skip()?,
        }
        Ok(())
    })?;
    found.map(decode).transpose()
}

/// The items in the answer of Query, and where it ended.
pub(crate) fn page<E: Entity>(body: &[u8]) -> Result<Page<E>> {
    let mut items = Vec::new();
    let mut next: Option<Cursor> = None;
    let mut trouble = None;
    each_member(body, |reader, name| {
        match name {
            "Items" => reader.array(|reader| {
                let text = reader.raw()?;
                match decode(text) {
                    _ if trouble.is_some() => {}
                    Ok(entity) => items.push(entity),
                    Err(error) => trouble = Some(error),
                }
                Ok(())
            })?,
            "LastEvaluatedKey" => next = if reader.null()? { None } else { Some(cursor(reader)?) },
            _ => reader.skip()?,
        }
        Ok(())
    })?;
    match trouble {
        Some(error) => Err(error),
        None => Ok(Page { items, next }),
    }
}

fn each_member<'a>(
    body: &'a [u8],
    member: impl FnMut(&mut Reader<'a>, &str) -> Result<(), CodecError>,
) -> Result<()> {
    let malformed = |error: CodecError| {
        Error::new(ErrorKind::Decode, "the answer is no JSON of DynamoDB's form; does something stand between?")
            .with_source(error)
    };
    let mut reader = Reader::new(body).map_err(malformed)?;
    reader.object(member).map_err(malformed)
}
