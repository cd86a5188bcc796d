//! Whether two attribute values mean the same: sets and maps have no order, JSON has many spellings.

use crate::wire::{self, CodecError, Reader};
use std::collections::BTreeMap;

/// The attributes of an item, each in the one spelling that all values of its meaning share.
pub(super) fn attributes(item: &str) -> Result<BTreeMap<String, Vec<u8>>, CodecError> {
    let mut out = BTreeMap::new();
    Reader::from_str(item).object(|reader, name| {
        let value = spelled(reader)?;
        out.insert(name.to_owned(), value);
        Ok(())
    })?;
    Ok(out)
}

/// One value, in that spelling.
fn spelled(reader: &mut Reader<'_>) -> Result<Vec<u8>, CodecError> {
    let mut out = Vec::new();
    reader.object(|reader, tag| {
        wire::write_string(&mut out, tag);
        match tag {
            "M" => {
                let mut members = BTreeMap::new();
                reader.object(|reader, name| {
                    let value = spelled(reader)?;
                    members.insert(name.to_owned(), value);
                    Ok(())
                })?;
                for (name, value) in members {
                    wire::write_string(&mut out, &name);
                    out.extend(value);
                }
                out.push(b'}');
            }
            "L" => {
                reader.array(|reader| {
                    let value = spelled(reader)?;
                    out.extend(value);
                    Ok(())
                })?;
                out.push(b']');
            }
            "SS" | "NS" | "BS" => {
                let mut elements = Vec::new();
                reader.array(|reader| {
                    elements.push(reader.string()?.into_owned());
                    Ok(())
                })?;
                elements.sort_unstable();
                for element in elements {
                    wire::write_string(&mut out, &element);
                }
                out.push(b']');
            }
            "S" | "N" | "B" => wire::write_string(&mut out, &reader.string()?),
            // `true` and `false`; whatever comes later is compared as it is written.
            _ => out.extend_from_slice(reader.raw()?.as_bytes()),
        }
        Ok(())
    })?;
    Ok(out)
}
