//! The bodies of successful answers.

use super::Page;
use super::decode::decode;
use crate::entity::Entity;
use crate::error::{Error, ErrorKind, Result};
use crate::op::{Cursor, cursor};
use crate::wire::{CodecError, Reader};
use serde::de::Error as _;

/// The item in the answer of GetItem; `None` when there is none.
pub(crate) fn item<E: Entity>(body: &[u8]) -> Result<Option<E>> {
    let mut found = None;
    each_member(body, |reader, name| {
        match name {
            "Item" if !reader.null()? => found = Some(decode(reader)?),
            "Item" => {}
            _ => reader.skip()?,
        }
        Ok(())
    })?;
    Ok(found)
}

/// The items in the answer of Query, and where it ended.
pub(crate) fn page<E: Entity>(body: &[u8]) -> Result<Page<E>> {
    let mut items = Vec::new();
    let mut next: Option<Cursor> = None;
    each_member(body, |reader, name| {
        match name {
            "Items" => {
                let mut trouble = None;
                let read = reader.array(|reader| match decode(reader) {
                    Ok(entity) => {
                        items.push(entity);
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
