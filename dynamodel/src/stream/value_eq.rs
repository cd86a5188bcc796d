//! Equality of attribute values: sets and maps have no order, and JSON can be canonical in many ways.

use crate::wire::{self, CodecError, Reader};
use std::collections::BTreeMap;

/// The attributes of an item, each in a canonical form that all equal values share.
pub(super) fn canonical_attributes(item: &str) -> Result<BTreeMap<String, Vec<u8>>, CodecError> {
    let mut out = BTreeMap::new();
    Reader::from_str(item).object(|reader, name| {
        let value = canonical(reader)?;
        out.insert(name.to_owned(), value);
        Ok(())
    })?;
    Ok(out)
}

/// One value in canonical form.
fn canonical(reader: &mut Reader<'_>) -> Result<Vec<u8>, CodecError> {
    let mut out = Vec::new();
    reader.object(|reader, tag| {
        wire::write_string(&mut out, tag);
        match tag {
            "M" => {
                let mut members = BTreeMap::new();
                reader.object(|reader, name| {
                    let value = canonical(reader)?;
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
                    let value = canonical(reader)?;
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
            // `true` and `false`; types that DynamoDB may add later are compared as they are written.
            _ => out.extend_from_slice(reader.raw()?.as_bytes()),
        }
        Ok(())
    })?;
    Ok(out)
}
