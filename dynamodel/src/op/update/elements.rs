//! Elements as a set's value.

use crate::wire::{CodecError, Reader};
use serde::ser::Error as _;
use std::collections::BTreeSet;

/// The set of some elements, each given as DynamoDB JSON (`{"S":"x"}`); `None` for no elements, since there is no empty
/// set.
pub(super) fn set_of(elements: &BTreeSet<Vec<u8>>) -> Result<Option<Vec<u8>>, CodecError> {
    let mut kind = None;
    let mut out = Vec::with_capacity(32);
    for element in elements {
        Reader::new(element)?.object(|reader, tag| {
            let text = reader.raw()?;
            match (tag, kind.as_deref()) {
                ("S" | "N" | "B", None) => {
                    out.extend_from_slice(format!("{{\"{tag}S\":[").as_bytes());
                    kind = Some(tag.to_owned());
                }
                (_, Some(known)) if known == tag => out.push(b','),
                _ => {
                    return Err(CodecError::custom(
                        "the elements of a set are strings, numbers or bytes, all of one kind",
                    ));
                }
            }
            out.extend_from_slice(text.as_bytes());
            Ok(())
        })?;
    }
    if kind.is_none() {
        return Ok(None);
    }
    out.extend_from_slice(b"]}");
    Ok(Some(out))
}
