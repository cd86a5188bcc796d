//! The answers of batches: what was done, and what was not.

use super::output::each_member;
use crate::entity::Table;
use crate::error::Result;
use crate::op::ItemKey;
use crate::wire::{CodecError, Reader};

/// The keys of the puts and deletes that were not carried out.
pub(crate) fn unwritten<T: Table>(body: &[u8]) -> Result<Vec<ItemKey>> {
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
                        left.extend(ItemKey::of::<T>(reader.raw()?));
                        Ok(())
                    })
                })
            })
        })?;
        Ok(())
    })?;
    Ok(left)
}

/// The items that were read, as texts, and the keys of those that were not.
pub(crate) fn batch_got<T: Table>(body: &[u8]) -> Result<(Vec<&str>, Vec<ItemKey>)> {
    let (mut items, mut left) = (Vec::new(), Vec::new());
    each_member(body, |reader, name| {
        match name {
            "Responses" => each_table(reader, |reader| {
                reader.array(|reader| {
                    items.push(reader.raw()?);
                    Ok(())
                })
            })?,
            "UnprocessedKeys" => each_table(reader, |reader| {
                reader.object(|reader, name| {
                    if name != "Keys" {
                        return reader.skip();
                    }
                    reader.array(|reader| {
                        left.extend(ItemKey::of::<T>(reader.raw()?));
                        Ok(())
                    })
                })
            })?,
            _ => reader.skip()?,
        }
        Ok(())
    })?;
    Ok((items, left))
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
