//! The responses of batches: what was done, and what was not.

use super::page_body::each_member;
use crate::entity::Table;
use crate::error::{Error, ErrorKind, Result};
use crate::op::ItemKey;
use crate::wire::{CodecError, Reader};
use serde::de::Error as _;

/// The keys of the puts and deletes that were not carried out.
///
/// # Errors
/// When the response is malformed, or one of the keys cannot be read: it must not pass for one that was carried out.
pub(crate) fn unprocessed_writes<T: Table>(body: &[u8]) -> Result<Vec<ItemKey>> {
    let mut left = Vec::new();
    each_member(body, |reader, name| {
        if name != "UnprocessedItems" {
            return Ok(reader.skip()?);
        }
        each_table(reader, |reader| {
            reader.array(|reader| {
                // `{"PutRequest":{"Item":{..}}}` or `{"DeleteRequest":{"Key":{..}}}`
                reader.object(|reader, _| {
                    reader.object(|reader, _| {
                        left.push(key_of::<T>(reader)?);
                        Ok(())
                    })
                })
            })
        })?;
        Ok(())
    })?;
    Ok(left)
}

/// Items with their keys, and the keys of those that were not read.
type DecodedBatchGet<'a> = (Vec<(ItemKey, &'a str)>, Vec<ItemKey>);

/// The items that were read, each with its key and its text, and the keys of those that were not.
///
/// # Errors
/// When the response is malformed, or a key in it cannot be read.
pub(crate) fn decode_batch_get<T: Table>(body: &[u8]) -> Result<DecodedBatchGet<'_>> {
    let (mut items, mut left, mut responded) = (Vec::new(), Vec::new(), false);
    each_member(body, |reader, name| {
        responded |= name == "Responses";
        match name {
            "Responses" => each_table(reader, |reader| {
                reader.array(|reader| {
                    let item = reader.raw()?;
                    let key = ItemKey::of::<T>(item).ok_or_else(no_key::<T>)?;
                    items.push((key, item));
                    Ok(())
                })
            })?,
            "UnprocessedKeys" => each_table(reader, |reader| {
                reader.object(|reader, name| {
                    if name != "Keys" {
                        return reader.skip();
                    }
                    reader.array(|reader| {
                        left.push(key_of::<T>(reader)?);
                        Ok(())
                    })
                })
            })?,
            _ => reader.skip()?,
        }
        Ok(())
    })?;
    if !responded {
        let message = "the response has no `Responses`; is there a proxy in between?";
        return Err(Error::new(ErrorKind::Decode, message));
    }
    Ok((items, left))
}

/// The key in the next value.
fn key_of<T: Table>(reader: &mut Reader<'_>) -> Result<ItemKey, CodecError> {
    ItemKey::of::<T>(reader.raw()?).ok_or_else(no_key::<T>)
}

fn no_key<T: Table>() -> CodecError {
    let sort = T::SORT_KEY.map(|sort| format!(" and `{sort}`")).unwrap_or_default();
    CodecError::custom(format!("an item in the response has no key of `{}`{sort}", T::PARTITION_KEY))
}

fn each_table<'a>(
    reader: &mut Reader<'a>,
    mut read: impl FnMut(&mut Reader<'a>) -> Result<(), CodecError>,
) -> Result<(), CodecError> {
    if reader.null()? {
        return Ok(());
    }
    reader.object(|reader, _| read(reader))
}
